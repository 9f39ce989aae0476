"""How a line is made: processes named in it, those of the lexicon's terms it resembles, those its matter suggests.

The three are independent hints and are joined as such: `1 - (1 - a)(1 - b)(1 - c)`. Goods bought by reference follow
rules of their own (`bought`). There is no labelled set of
processes: these confidences are set by hand and bounded by that of the product reading, where they come from it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ancrage.dossier.bom.bought import BoughtGoods, RuleKind, load_bought_goods
from ancrage.dossier.bom.experts import Reading
from ancrage.dossier.bom.text import stems_of
from ancrage.dossier.bom.why import Explanation
from ancrage.dossier.model import Candidate
from ancrage.kernel.errors import CatalogueError
from ancrage.kernel.message import Message, message
from ancrage.reference.capability import Capabilities, CapabilityHit, CapabilityKind
from ancrage.reference.embedded import embedded_bytes

FILE = "models/process_rules.csv"
NAMED, IN_COLUMN, NAMED_MATTER, FROM_COLUMN_MATTER = 0.9, 0.95, 0.9, 0.95
LATER = 0.6
LEAST = 0.05
SURE = 0.5
"""Confidence of the first heading from which terms of other headings lend no process."""
LIKELY = 0.3
"""Confidence from which a process makes the part: finishes then come after it."""
FINISHES = frozenset({"surface-treatment", "heat-treatment", "testing"})
"""Families of processes done to a part that is already made; sterilisation is one more."""
_COMPLEMENT = re.compile(r"(?:\bd['’]|\b(?:de|du|des|pour|à|for|of)\s+)$", re.IGNORECASE)
BOUGHT = 0.5
"""What a process implied for goods bought by reference is multiplied by."""

_Hint = tuple[str, float, Message]


@dataclass(frozen=True, slots=True)
class ProcessRules:
    """What a matter suggests when a part of that matter has no process of its own, (family, shape) to processes, and
    the goods whose name holds a process that is no work to place."""

    by_matter: Mapping[tuple[str, str], tuple[tuple[str, float], ...]]
    bought: BoughtGoods


def load_process_rules(capabilities: Capabilities) -> ProcessRules:
    """The embedded rules. Raises `CatalogueError` when one names a process that does not exist."""
    found: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for row in csv.DictReader(io.StringIO(embedded_bytes(FILE).decode("utf-8"), newline="")):
        if row["process"] not in capabilities.entries:
            raise CatalogueError("classify.rule_wrong", file=FILE, process=row["process"])
        found.setdefault((row["matter"], row["shape"]), []).append((row["process"], float(row["confidence"])))
    return ProcessRules({key: tuple(values) for key, values in found.items()}, load_bought_goods(capabilities))


@dataclass(frozen=True, slots=True)
class _Sum:
    confidence: float
    why: tuple[Message, ...]

    def joined(self, confidence: float, why: Message) -> _Sum:
        return _Sum(1.0 - (1.0 - self.confidence) * (1.0 - confidence), tuple(dict.fromkeys((*self.why, why))))


@dataclass(frozen=True, slots=True)
class Made:
    """What tells how a line is made: its text, the process column, the terms it met, its first heading (none when it
    has no answer) and the confidence of that heading (0 to 1)."""

    text: str
    column: str | None
    explanation: Explanation
    heading: str | None
    product: float


def processes_of(made: Made, capabilities: Capabilities, rules: ProcessRules, top: int) -> tuple[Candidate, ...]:
    """The processes of a line, best first, finishes after what makes the part."""
    found: dict[str, _Sum] = {}
    for process, confidence, why in (
        *_in_column(made.column, capabilities),
        *_named(made, capabilities, rules.bought),
        *_implied(made, rules),
    ):
        found[process] = found.get(process, _Sum(0.0, ())).joined(confidence, why)
    best = sorted(found.items(), key=lambda entry: (-entry[1].confidence, entry[0]))[:top]
    return tuple(
        Candidate(process, round(min(one.confidence, 0.99), 4), one.why, nace_of_process(process, capabilities))
        for process, one in _main_first(best, made.text, capabilities)
        if one.confidence >= LEAST
    )


def _main_first(
    ranked: Sequence[tuple[str, _Sum]], text: str, capabilities: Capabilities
) -> Sequence[tuple[str, _Sum]]:
    """Finishes after what makes the part, when that is likely and the line does not begin with them; else as ranked."""
    hits = _hits(text, CapabilityKind.PROCESS, capabilities)
    starts = bool(hits) and hits[0].start == 0 and _is_finish(hits[0].id, capabilities)
    makes = any(one.confidence >= LIKELY and not _is_finish(process, capabilities) for process, one in ranked)
    if starts or not makes:
        return ranked
    return sorted(ranked, key=lambda entry: _is_finish(entry[0], capabilities))


def _is_finish(process: str, capabilities: Capabilities) -> bool:
    return capabilities.process(process).family in FINISHES or process == "sterilisation"


def nace_of_process(process: str, capabilities: Capabilities) -> tuple[str, ...]:
    """The classes of the sites that do it as a trade."""
    return tuple(activity.code for activity in capabilities.process(process).nace)


def _in_column(column: str | None, capabilities: Capabilities) -> list[_Hint]:
    hits = _hits(column, CapabilityKind.PROCESS, capabilities)
    return [(hit.id, IN_COLUMN, message("classify.why.process_column", words=hit.words)) for hit in hits]


def _named(made: Made, capabilities: Capabilities, bought: BoughtGoods) -> list[_Hint]:
    """The processes that the text names, but for those that are part of the name of goods: by rule, or because they
    complete the noun of a term that is made otherwise (`collier de câblage`)."""
    return [
        (hit.id, NAMED, message("classify.why.process_named", words=hit.words))
        for hit in _hits(made.text, CapabilityKind.PROCESS, capabilities)
        if not bought.holds(RuleKind.NAMED, made.heading, hit.id, made.text)
        and not _completes_a_noun(hit, made, capabilities)
    ]


def _completes_a_noun(hit: CapabilityHit, made: Made, capabilities: Capabilities) -> bool:
    """True for a process after a preposition, in a term of the lexicon that is made by none of its family."""
    if made.product < SURE or not _COMPLEMENT.search(made.text[: hit.start]):
        return False
    family = capabilities.process(hit.id).family
    words, texts = set(stems_of(hit.words)), made.explanation.model.term_texts
    made_by: dict[int, set[str]] = {}
    for process, reasons in made.explanation.processes.items():
        for reason in reasons:
            if not reason.is_tariff and words < set(stems_of(texts[reason.term])):
                made_by.setdefault(reason.term, set()).add(capabilities.process(process).family)
    return any(family not in families for families in made_by.values())


def _implied(made: Made, rules: ProcessRules) -> list[_Hint]:
    """The processes of the lexicon and of the matter; those of goods bought by reference weigh less."""
    hints = _of_lexicon(made)
    hints += _of_matter(made.explanation.reading, rules, made.product)
    return [
        (process, confidence * (BOUGHT if _is_bought(made, process, rules) else 1.0), why)
        for process, confidence, why in hints
    ]


def _is_bought(made: Made, process: str, rules: ProcessRules) -> bool:
    return rules.bought.holds(RuleKind.IMPLIED, made.heading, process, made.text)


def _hits(text: str | None, kind: CapabilityKind, capabilities: Capabilities) -> Sequence[CapabilityHit]:
    return [hit for hit in capabilities.find(text or "") if hit.kind is kind]


def _of_lexicon(made: Made) -> list[_Hint]:
    """The processes of the terms met: a process weighs as much as the terms that carry it. When the heading is sure, a
    term of another (the rack that a lamp is fixed to) lends none."""
    found = []
    explanation, product = made.explanation, made.product
    own = {reason.term for reason in explanation.headings.get(made.heading or "", ())} if product >= SURE else None
    for process, every in explanation.processes.items():
        reasons = [reason for reason in every if own is None or reason.term in own]
        if not reasons:
            continue
        share = min(sum(reason.share for reason in reasons if not reason.is_tariff), 1.0)
        best = max(reasons, key=lambda reason: (reason.share, -reason.term))
        text = explanation.model.term_texts[best.term]
        if share and not text.startswith("#"):
            found.append((process, LATER * share * product, message("classify.why.process_lexicon", term=text)))
    return found


def _of_matter(reading: Reading, rules: ProcessRules, product: float) -> list[_Hint]:
    return [
        (
            process,
            confidence * max(product, 0.4),
            message("classify.why.process_matter", matter=message(f"classify.matter.{family}")),
        )
        for family in reading.families
        for shape in sorted(reading.shapes)
        for process, confidence in rules.by_matter.get((family, shape), ())
    ]


def materials_of(text: str, column: str | None, capabilities: Capabilities, top: int) -> tuple[Candidate, ...]:
    """The materials named in the column and in the text, most precise first: a grade before its family."""
    found: dict[str, Candidate] = {}
    for place, sure, source in ((column, FROM_COLUMN_MATTER, "column"), (text, NAMED_MATTER, "named")):
        for hit in _hits(place, CapabilityKind.MATERIAL, capabilities):
            found.setdefault(
                hit.id, Candidate(hit.id, sure, (message(f"classify.why.material_{source}", words=hit.words),))
            )
    general = {above for material in found for above in capabilities.ancestors(material)}
    kept = [candidate for material, candidate in found.items() if material not in general]
    return tuple(sorted(kept, key=lambda one: -one.confidence)[:top])
