"""Finds the establishments that may answer a need: by process, by product, by text, and by what was said of them.

All that depends on the codes alone is computed once per code and activity (a few hundred), never per establishment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from ancrage.dossier.suppliers.ground import Around, Bools, Floats, Ground, Ints
from ancrage.dossier.suppliers.need import Need
from ancrage.dossier.suppliers.rules import Rules
from ancrage.dossier.suppliers.sites import KINDS, SiteKind
from ancrage.kernel.ports import Box, Hit, Search, SearchIndex
from ancrage.reference.capability import Capabilities

TEXT_HITS = 300
_KM_PER_DEGREE = 111.19492664
_PRODUCTION = KINDS.index(SiteKind.PRODUCTION)


class ReadingKind(StrEnum):
    """How a line was read when an establishment was found for it."""

    PROCESS = "process"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a line: a process or a product class, its confidence, and the activities that answer it."""

    kind: ReadingKind
    code: str
    confidence: float
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The rows of a ground that may answer a need, ascending, with why: for each, the best reading (-1 when its
    activity says nothing), how close its activity is (0 to 1), the text part (0 to 1), and whether it is worth a lead.

    `beside` counts what was left out, by kind of site.
    """

    rows: Ints
    reading: Ints
    closeness: Floats
    confidence: Floats
    text: Floats
    is_lead: Bools
    beside: Mapping[str, int]


class Retriever:
    """Finds candidates on one ground, and remembers what each code gave."""

    def __init__(self, ground: Ground, vocabulary: Capabilities, rules: Rules) -> None:
        self.ground = ground
        self._vocabulary = vocabulary
        self._rules = rules
        self._closeness: dict[tuple[str, str], Floats] = {}

    def readings(self, need: Need) -> tuple[Reading, ...]:
        """The readings of a need, processes first."""
        processes = (
            Reading(
                ReadingKind.PROCESS, code, confidence, tuple(one.code for one in self._vocabulary.process(code).naf)
            )
            for code, confidence in need.processes
        )
        products = (Reading(ReadingKind.PRODUCT, code, confidence, (code,)) for code, confidence in need.classes)
        return (*processes, *products)

    def find(
        self, need: Need, texts: Mapping[int, TextClue], said: Sequence[int], *, with_set_aside: bool = False
    ) -> Candidates:
        """The candidates of a need. `texts` are clues by row, `said` the rows with a statement that bears on it."""
        readings = self.readings(need)
        reading, closeness, confidence = self._best(readings)
        rows = self._rows(np.flatnonzero(closeness > 0), texts, said)
        activity = self.ground.activity[rows]
        text = np.array([texts[row].part if row in texts else 0.0 for row in rows.tolist()], dtype=np.float64) \
            if texts else np.zeros(len(rows))  # fmt: skip
        whole = np.array([row for row, clue in texts.items() if clue.is_lead], dtype=np.int64)
        is_lead = (closeness[activity] >= self._rules.closeness["lead"]) | np.isin(rows, whole)
        is_lead |= np.isin(rows, np.asarray(said, dtype=np.int64))
        kind = self._kinds(rows, readings)
        kept = np.ones(len(rows), dtype=bool) if with_set_aside else kind == _PRODUCTION
        beside = self._beside(rows[kept], kind[~kept & is_lead])
        certain = max((one.confidence for one in readings), default=0.0)
        found = reading[activity]
        return Candidates(
            rows=rows[kept],
            reading=found[kept],
            closeness=closeness[activity][kept],
            confidence=np.where(found >= 0, confidence[activity], certain)[kept],
            text=text[kept],
            is_lead=(is_lead & (kind == _PRODUCTION))[kept],
            beside=beside,
        )

    def _best(self, readings: Sequence[Reading]) -> tuple[Ints, Floats, Floats]:
        """For each activity, the reading that makes it worth most: its number, closeness and confidence."""
        size = len(self.ground.activities)
        best, worth = np.full(size, -1, dtype=np.int64), np.zeros(size)
        closeness, confidence = np.zeros(size), np.zeros(size)
        weight = self._rules.weight
        for number, reading in enumerate(readings):
            close = self._close(reading)
            value = np.where(close > 0, weight["activity"] * close + weight["reading"] * reading.confidence, 0.0)
            better = value > worth
            best[better], worth[better] = number, value[better]
            closeness[better], confidence[better] = close[better], reading.confidence
        return best, closeness, confidence

    def _close(self, reading: Reading) -> Floats:
        key = (reading.kind, reading.code)
        if key not in self._closeness:
            found = [closeness(activity, reading, self._rules) for activity in self.ground.activities]
            self._closeness[key] = np.array(found, dtype=np.float64)
        return self._closeness[key]

    def _rows(self, activities: Ints, texts: Mapping[int, TextClue], said: Sequence[int]) -> Ints:
        starts, order = self.ground.starts, self.ground.by_activity
        parts = [order[starts[activity] : starts[activity + 1]] for activity in activities.tolist()]
        extra = np.array(sorted({*texts, *said}), dtype=np.int64)
        by_activity = np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)
        return np.union1d(by_activity, extra) if len(extra) else by_activity

    def _kinds(self, rows: Ints, readings: Sequence[Reading]) -> Ints:
        """What each site is; one whose activity does the process that is asked is not set aside for its activity."""
        asked = {code for one in readings if one.kind is ReadingKind.PROCESS for code in one.activities}
        wanted = np.array([activity in asked for activity in self.ground.activities], dtype=bool)
        activity = self.ground.activity[rows]
        return np.where(wanted[activity], self.ground.trade_kind[rows], self.ground.kind[rows])

    def _beside(self, kept: Ints, left: Ints) -> dict[str, int]:
        """Sites left out by kind: those of the right activity, and the other sites of the companies that were found."""
        found = np.zeros(int(self.ground.company.max(initial=-1)) + 1, dtype=bool)
        found[self.ground.company[kept]] = True
        beside = self.ground.beside
        others = np.setdiff1d(beside[found[self.ground.company[beside]]], kept, assume_unique=True)
        counts = np.bincount(left, minlength=len(KINDS)) + np.bincount(self.ground.kind[others], minlength=len(KINDS))
        return {KINDS[place].value: int(counts[place]) for place in np.flatnonzero(counts).tolist()}


@dataclass(frozen=True, slots=True)
class TextClue:
    """What a text search gave for a row: its part of the score (0 to 1), the words found, and whether they are enough
    of the question to make a lead alone."""

    part: float
    words: tuple[str, ...] = field(default=())
    is_lead: bool = False


def closeness(activity: str | None, reading: Reading, rules: Rules) -> float:
    """How close an activity (NAF rev. 2) is to those that answer a reading: 0 to 1, 0 when unknown or of another group.

    Both sides are codes of the same edition (NAF rev. 2, of which NACE rev. 2 classes are the first five characters).
    """
    if activity is None:
        return 0.0
    numbers = rules.closeness
    if activity in reading.activities:
        return max(numbers["floor"], numbers["first"] - numbers["step"] * reading.activities.index(activity))
    if reading.kind is ReadingKind.PRODUCT and activity.startswith(reading.code):
        return numbers["first"]
    if any(activity[:5] == code[:5] for code in reading.activities):
        return numbers["class"]
    return numbers["group"] if any(activity[:4] == code[:4] for code in reading.activities) else 0.0


def questions(needs: Sequence[Need], around: Around) -> dict[str, Search]:
    """What to ask a search index, by text: each distinct text once, within the box of the radius or the departments."""
    box = _box(around) if around.area is None else None
    departments = _departments(around) if around.radius_km is None else ()
    return {
        need.text: Search(text=need.text, box=box, departments=departments, limit=TEXT_HITS)
        for need in needs
        if need.text
    }


def text_clues(ground: Ground, hits: Sequence[Hit], rules: Rules) -> dict[int, TextClue]:
    """Clues by row. The part is the hit's score over the best; the share of words is over the most that any hit has."""
    best = max((hit.score for hit in hits), default=0.0)
    most = max((len(hit.words) for hit in hits), default=0)
    clues: dict[int, TextClue] = {}
    for hit in hits:
        row = ground.row_of(hit.siret)
        if row is not None and best > 0:
            share = len(hit.words) / most if most else 0.0
            clues[row] = TextClue(hit.score / best, hit.words, share >= rules.reading["text_share"])
    return clues


def clues_by_text(
    ground: Ground, asked: Mapping[str, Search], index: SearchIndex | None, rules: Rules
) -> dict[str, dict[int, TextClue]]:
    """Clues of every question. Without an index there is none, and the score has no text part."""
    if index is None:
        return {}
    return {text: text_clues(ground, index.search(question), rules) for text, question in asked.items()}


def _box(around: Around) -> Box | None:
    """The rectangle that holds the circle, in degrees; None without a circle."""
    if around.radius_km is None or around.centre is None:
        return None
    longitude, latitude = around.centre
    up = around.radius_km / _KM_PER_DEGREE
    side = min(180.0, up / max(0.01, float(np.cos(np.radians(min(89.0, abs(latitude) + up))))))
    return Box(longitude - side, latitude - up, longitude + side, latitude + up)


def _departments(around: Around) -> tuple[str, ...]:
    codes: Iterator[str] = iter(()) if around.area is None else iter(around.area.current)
    return tuple(sorted({code[:3] if code.startswith(("97", "98")) else code[:2] for code in codes}))
