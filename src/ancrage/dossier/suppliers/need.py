"""What a line asks of whoever would make it: processes, product classes, size, yearly volume, certificates, materials.

A treatment (of surface, of heat) or a test is a step of making a part, not the making: it is followed only when the
line is that operation itself (`Zingage blanc`), or when nothing else is read in it. Of the processes left, the *main*
ones are the first and those of its family that are read with enough confidence; the *steps* are the others.

A size is what the designation says (`Ø120`, `600x400`, `25 mm`), the largest of its dimensions in millimetres; a
thread, a reference or an electric value is not a size. What the line does not say is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ancrage.dossier.model import Candidate, Classification, Line
from ancrage.dossier.suppliers.rules import Rules
from ancrage.reference.capability import Capabilities, CapabilityHit, CapabilityKind

_NUMBER = r"\d+(?:[.,]\d+)?"
_DIMENSION = re.compile(
    rf"(?P<diameter>[Øø⌀]|\bdiam(?:[èe]tre)?\.?|\bdia\.?)\s*(?P<first>{_NUMBER})(?:\s*[x×*]\s*(?P<second>{_NUMBER}))?"
    rf"|(?<![\w.,])(?P<block>{_NUMBER}(?:\s*[x×*]\s*{_NUMBER})+)\s*(?P<unit>mm|cm|m\b)?(?![\w²³])"
    rf"|(?<![\w.,])(?P<length>{_NUMBER})\s*(?P<of>mm|cm)(?![\w²³])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_LINKS = frozenset(
    {"les", "des", "une", "aux", "par", "pour", "sur", "avec", "sans", "dans", "axe", "axes", "pièce", "pièces"}
    | {"the", "and", "for", "with", "from", "per", "axis", "made", "part", "parts"}
)
_IN_MM = {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1000)}
_MOST = Decimal(20000)

TREATMENTS = frozenset({"surface-treatment", "heat-treatment", "testing"})
"""Families of processes that come after the making of a part."""

Ranked = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Need:
    """What one line asks. `processes` and `classes` are (identifier, confidence), best first; `main` and `steps` are
    the processes of which something may be said from statements; `text` is what to look for in names; `size_mm`,
    `volume` (pieces a year), `certificates` and `materials` are empty when not asked."""

    line: str
    processes: Ranked
    classes: Ranked
    size_mm: Decimal | None = None
    volume: Decimal | None = None
    certificates: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    text: str = ""

    main: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """True when a process, a product, a material or a certificate is asked."""
        return bool(self.processes or self.classes or self.materials or self.certificates)

    def sure_of(self, process: str) -> float:
        """The confidence with which the line is read as asking a process; 0 when it is not."""
        return next((sure for code, sure in self.processes if code == process), 0.0)

    @property
    def what(self) -> tuple[object, ...]:
        """All that changes the answer, the line apart: lines that ask the same are answered once."""
        return (self.processes, self.classes, self.size_mm, self.volume, self.certificates, self.materials, self.text)


def need_of(line: Line, found: Classification, vocabulary: Capabilities, rules: Rules) -> Need:
    """The need of a line from what it is (its classification) and what it says."""
    named = vocabulary.find(" ".join(filter(None, (line.process, line.material, line.label))))
    classes = _followed(found.nace, rules)
    is_operation = _is_treatment_at_start(line, vocabulary)
    making = _made_by(found.processes, vocabulary, is_operation=is_operation, is_product=bool(classes))
    processes = _followed(making, rules)
    main, steps = parted(processes, vocabulary, rules)
    return Need(
        line=line.key,
        processes=processes,
        classes=classes,
        main=main,
        steps=steps,
        size_mm=size_in(line.label),
        volume=line.annual_volume,
        certificates=_named(named, CapabilityKind.CERTIFICATE),
        materials=_materials(found.materials, named, rules),
        text=vocabulary.process(processes[0][0]).label["fr"] if processes else "",
    )


def need_of_text(text: str, vocabulary: Capabilities, rules: Rules, classes: Ranked = ()) -> Need:
    """The need of a free question (`usinage aluminium 5 axes`): what the vocabulary finds in it is certain. Classes
    read with little confidence are left, and all of them when the question says a process and no product."""
    named = vocabulary.find(text)
    processes = most_precise(_named(named, CapabilityKind.PROCESS), vocabulary)
    return Need(
        line="question",
        processes=tuple((process, 1.0) for process in processes),
        main=processes,
        classes=() if processes and not _rest(text, named) else _kept(classes, rules),
        size_mm=size_in(text),
        certificates=_named(named, CapabilityKind.CERTIFICATE),
        materials=_named(named, CapabilityKind.MATERIAL),
        text=text,
    )


def parted(processes: Ranked, vocabulary: Capabilities, rules: Rules) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The main processes of a need and its steps, among those read with enough confidence."""
    sure = [code for code, confidence in processes if confidence >= rules.reading["judged"]]
    if not sure:
        return (), ()
    family = vocabulary.process(sure[0]).family
    main = tuple(code for code in sure if vocabulary.process(code).family == family)
    return main, tuple(code for code in sure if code not in main)


def is_treatment(process: str, vocabulary: Capabilities) -> bool:
    """True for a process done to a part that is already made."""
    return vocabulary.process(process).family in TREATMENTS


def _is_treatment_at_start(line: Line, vocabulary: Capabilities) -> bool:
    """True when the line is a treatment, by its process or by the first words of its designation."""
    if line.process is not None:
        said = [hit for hit in vocabulary.find(line.process) if hit.kind is CapabilityKind.PROCESS]
        return bool(said) and all(is_treatment(hit.id, vocabulary) for hit in said)
    first = next((hit for hit in vocabulary.find(line.label) if hit.kind is CapabilityKind.PROCESS), None)
    return first is not None and first.start == 0 and is_treatment(first.id, vocabulary)


def _made_by(
    read: Sequence[Candidate], vocabulary: Capabilities, *, is_operation: bool, is_product: bool
) -> Sequence[Candidate]:
    """The processes that answer the line: treatments alone when it is one, else what makes the part when that is
    read, else its product class alone speaks."""
    treatments = [one for one in read if is_treatment(one.code, vocabulary)]
    if is_operation:
        return treatments
    making = [one for one in read if one not in treatments]
    return making if making or is_product else treatments


def most_precise(identifiers: Iterable[str], vocabulary: Capabilities) -> tuple[str, ...]:
    """Without those that another of them makes more precise: `machining` goes when `milling-5-axis` is there."""
    known = tuple(dict.fromkeys(identifiers))
    return tuple(one for one in known if not any(other != one and vocabulary.answers(other, one) for other in known))


def size_in(text: str) -> Decimal | None:
    """The largest dimension that a designation writes, in millimetres; None when it writes none."""
    sizes = [size for found in _DIMENSION.finditer(text) for size in _sizes(found)]
    return max((size for size in sizes if 0 < size <= _MOST), default=None)


def _sizes(found: re.Match[str]) -> list[Decimal]:
    if found["diameter"]:
        return [_decimal(part) for part in (found["first"], found["second"]) if part]
    if found["block"]:
        factor = _IN_MM[(found["unit"] or "mm").lower()]
        return [_decimal(part) * factor for part in re.split(r"\s*[x×*]\s*", found["block"], flags=re.IGNORECASE)]
    return [_decimal(found["length"]) * _IN_MM[found["of"].lower()]]


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _followed(candidates: Sequence[Candidate], rules: Rules) -> Ranked:
    return _kept([(one.code, one.confidence) for one in candidates], rules)


def _kept(ranked: Iterable[tuple[str, float]], rules: Rules) -> Ranked:
    kept = [(code, sure) for code, sure in ranked if sure >= rules.reading["floor"]]
    return tuple(sorted(kept, key=lambda pair: (-pair[1], pair[0]))[: int(rules.reading["most"])])


def _rest(text: str, named: Iterable[CapabilityHit]) -> list[str]:
    """The words of a text that the vocabulary does not account for: those of a product, when there is one. Numbers,
    link words and axes of machines are none."""
    for hit in sorted(named, key=lambda one: -one.start):
        text = f"{text[: hit.start]} {text[hit.end :]}"
    return [word for word in _WORD.findall(text) if word.casefold() not in _LINKS]


def _named(hits: Iterable[CapabilityHit], kind: CapabilityKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.id for hit in hits if hit.kind is kind))


def _materials(read: Sequence[Candidate], named: Iterable[CapabilityHit], rules: Rules) -> tuple[str, ...]:
    """Those that the line names, else those that the classification is sure enough of."""
    written = _named(named, CapabilityKind.MATERIAL)
    return written or tuple(one.code for one in read if one.confidence >= rules.reading["judged"])
