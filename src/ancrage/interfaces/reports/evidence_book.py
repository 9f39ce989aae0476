"""Numbers the evidence of a dossier, so that each figure leads to the whole chain behind it.

Evidence that differs only by its place (a line of the file, a SIRET of the register) shares one entry: the place is
said beside the figure, and the entry tells how many places it stands for. An entry leads to the entries that it rests
on, down to the sources.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ancrage.interfaces.reports.content import Ref
from ancrage.kernel.evidence import Evidence, Vintage
from ancrage.kernel.message import Scalar


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered step: what it read or computed, from which vintage, with which parameters, from which entries."""

    number: int
    source: str
    step: str
    vintage: Vintage | None
    parameters: tuple[tuple[str, Scalar], ...]
    rests_on: tuple[int, ...]
    places: tuple[str, ...]
    """The distinct places, in the order they were met: the first twenty."""
    places_total: int


class EvidenceBook:
    """Collects evidence while sections are built. Numbers follow the order of citation, so that they are stable."""

    def __init__(self) -> None:
        self._shapes: dict[
            int, tuple[Evidence, Evidence]
        ] = {}  # by id; the first keeps the object, hence its id, alive
        self._numbers: dict[Evidence, int] = {}
        self._places: dict[Evidence, dict[str, None]] = {}

    def ref(self, evidence: Evidence) -> Ref:
        """The link of a figure to its evidence."""
        return Ref(self._number(self._shape(evidence)), evidence.place)

    def refs(self, *evidence: Evidence) -> tuple[Ref, ...]:
        """The links of a sentence to the evidence of its figures, each entry once."""
        found = {ref.number: ref for ref in map(self.ref, evidence)}
        return tuple(found.values())

    def entries(self) -> tuple[Entry, ...]:
        """Every entry cited so far, in the order of numbers."""
        return tuple(self._entry(shape, number) for shape, number in self._numbers.items())

    def _shape(self, evidence: Evidence) -> Evidence:
        """The evidence without its places, nor those of what it rests on."""
        known = self._shapes.get(id(evidence))
        if known is not None:
            return known[1]
        inputs = tuple(dict.fromkeys(self._shape(link) for link in evidence.inputs))
        shape = replace(evidence, place=None, inputs=inputs)
        if evidence.place is not None:
            self._places.setdefault(shape, {})[evidence.place] = None
        self._shapes[id(evidence)] = (evidence, shape)
        return shape

    def _number(self, shape: Evidence) -> int:
        if shape not in self._numbers:
            self._numbers[shape] = len(self._numbers) + 1
            for link in shape.inputs:
                self._number(link)
        return self._numbers[shape]

    def _entry(self, shape: Evidence, number: int) -> Entry:
        places = tuple(self._places.get(shape, {}))
        rests_on = tuple(self._numbers[link] for link in shape.inputs)
        return Entry(
            number, shape.source, shape.step, shape.vintage, shape.parameters, rests_on, places[:20], len(places)
        )
