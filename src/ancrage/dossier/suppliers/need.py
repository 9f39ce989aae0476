"""What a line asks of whoever would make it: processes, product classes, size, yearly volume, certificates, materials.

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
_IN_MM = {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1000)}
_MOST = Decimal(20000)

Ranked = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Need:
    """What one line asks. `processes` and `classes` are (identifier, confidence), best first; `text` is what to look
    for in names; `size_mm`, `volume` (pieces a year), `certificates` and `materials` are empty when not asked."""

    line: str
    processes: Ranked
    classes: Ranked
    size_mm: Decimal | None = None
    volume: Decimal | None = None
    certificates: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    text: str = ""

    @property
    def what(self) -> tuple[object, ...]:
        """All that changes the answer, the line apart: lines that ask the same are answered once."""
        return (self.processes, self.classes, self.size_mm, self.volume, self.certificates, self.materials, self.text)


def need_of(line: Line, found: Classification, vocabulary: Capabilities, rules: Rules) -> Need:
    """The need of a line from what it is (its classification) and what it says."""
    named = vocabulary.find(" ".join(filter(None, (line.process, line.material, line.label))))
    processes = _followed(found.processes, rules)
    return Need(
        line=line.key,
        processes=processes,
        classes=_followed(found.nace, rules),
        size_mm=size_in(line.label),
        volume=line.annual_volume,
        certificates=_named(named, CapabilityKind.CERTIFICATE),
        materials=_materials(found.materials, named, rules),
        text=vocabulary.process(processes[0][0]).label["fr"] if processes else "",
    )


def need_of_text(text: str, vocabulary: Capabilities, classes: Ranked = ()) -> Need:
    """The need of a free question (`usinage aluminium 5 axes`): what the vocabulary finds in it is certain."""
    named = vocabulary.find(text)
    processes = _named(named, CapabilityKind.PROCESS)
    return Need(
        line="question",
        processes=tuple((process, 1.0) for process in most_precise(processes, vocabulary)),
        classes=classes,
        size_mm=size_in(text),
        certificates=_named(named, CapabilityKind.CERTIFICATE),
        materials=_named(named, CapabilityKind.MATERIAL),
        text=text,
    )


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
    kept = [(one.code, one.confidence) for one in candidates if one.confidence >= rules.reading["floor"]]
    return tuple(sorted(kept, key=lambda pair: (-pair[1], pair[0]))[: int(rules.reading["most"])])


def _named(hits: Iterable[CapabilityHit], kind: CapabilityKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.id for hit in hits if hit.kind is kind))


def _materials(read: Sequence[Candidate], named: Iterable[CapabilityHit], rules: Rules) -> tuple[str, ...]:
    """Those that the line names, else those that the classification is sure enough of."""
    written = _named(named, CapabilityKind.MATERIAL)
    return written or tuple(one.code for one in read if one.confidence >= rules.reading["judged"])
