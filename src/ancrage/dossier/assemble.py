"""Run the steps of a dossier in order: the only composer.

```text
BomReading -> classifications -> origin report -> lines to relocate -> supplier report -> Dossier
```

Steps do not know one another; each returns values with their evidence. What touches the world (the rows of the
register, its text index, the trained arrays) comes in as `Means`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ancrage.dossier.bom.origin import HomeGround, origin_report
from ancrage.dossier.model import BomReading, Classification, Dossier, Line, Question
from ancrage.dossier.suppliers.ground import Around
from ancrage.dossier.suppliers.report import Options, RegisterView, supplier_report
from ancrage.kernel.codes import HsCode
from ancrage.kernel.evidence import Vintage


class Classifier(Protocol):
    """Says what lines are, by their designation and what else the file says of them."""

    def classify(
        self,
        texts: Sequence[str],
        *,
        given: Sequence[HsCode | None] | None = None,
        materials: Sequence[str | None] | None = None,
        processes: Sequence[str | None] | None = None,
        top: int = 5,
    ) -> list[Classification]:
        """One classification per text, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Means:
    """What a study works with: the classifier, the register around the site and where to look in it, the region of
    the site, the code that runs."""

    classifier: Classifier
    register: RegisterView
    around: Around
    region: str | None
    made_in: Mapping[str, str]
    """The region where a line is made, by its key, where that is known."""
    code_version: str
    is_invented: bool
    """True when the file itself is a demonstration; the register says so of itself."""
    points: Vintage | None = None
    """The official points of communes that places stand at (None: the embedded ones)."""


def assemble(question: Question, product: str, bom: BomReading, means: Means) -> Dossier:
    """The dossier of an accepted bill of materials."""
    classifications = classified(bom.lines, means.classifier)
    origin = origin_report(bom, HomeGround(question.on, means.region, means.made_in))
    lines = {line.key: line for line in bom.lines}
    wanted = [(lines[key], classifications[key]) for key in origin.to_relocate]
    options = Options(question.on, with_set_aside=question.with_others, points=means.points)
    suppliers = supplier_report(wanted, means.register, means.around, options)
    used = {*suppliers.evidence.vintages(), means.register.vintage}
    return Dossier(
        question=question,
        product=product,
        bom=bom,
        classifications=classifications,
        origin=origin,
        suppliers=suppliers,
        vintages=tuple(sorted(used, key=lambda one: (one.source, one.sha256))),
        code_version=means.code_version,
        invented=means.is_invented or means.register.vintage.invented,
    )


def classified(lines: Sequence[Line], classifier: Classifier) -> dict[str, Classification]:
    """What each line is, by its key."""
    found = classifier.classify(
        [line.label for line in lines],
        given=[line.hs_given for line in lines],
        materials=[line.material for line in lines],
        processes=[line.process for line in lines],
    )
    return {line.key: one for line, one in zip(lines, found, strict=True)}
