"""The establishments that cover most lines together: greedy set cover (V. Chvátal, 1979: within 1 + ln n of the best).

At each step, the site that covers most lines not covered yet; ties by the higher total score over those lines, then by
SIRET, so that the answer is always the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ancrage.dossier.suppliers.ground import Floats, Ints
from ancrage.dossier.suppliers.score import DIGITS


@dataclass(frozen=True, slots=True)
class Offer:
    """The sites (ascending row numbers) that may make some lines, and their scores for them. `lines` ask the same."""

    lines: tuple[str, ...]
    rows: Ints
    scores: Floats


def cover(offers: Sequence[Offer], size: int) -> tuple[tuple[tuple[int, tuple[str, ...]], ...], tuple[str, ...]]:
    """Picks (row, lines that it adds), best first, and the lines that no site covers. `size` is the number of rows."""
    counts, totals = np.zeros(size, dtype=np.int64), np.zeros(size)
    for offer in offers:
        counts[offer.rows] += len(offer.lines)
        totals[offer.rows] += len(offer.lines) * offer.scores
    waiting = [offer for offer in offers if len(offer.rows)]
    picks: list[tuple[int, tuple[str, ...]]] = []
    while waiting:
        row = _best(counts, totals)
        taken = [offer for offer in waiting if _has(offer, row)]
        for offer in taken:
            counts[offer.rows] -= len(offer.lines)
            totals[offer.rows] -= len(offer.lines) * offer.scores
        picks.append((row, tuple(line for offer in taken for line in offer.lines)))
        waiting = [offer for offer in waiting if not _has(offer, row)]
    return tuple(picks), tuple(line for offer in offers if not len(offer.rows) for line in offer.lines)


def _best(counts: Ints, totals: Floats) -> int:
    tied = np.flatnonzero(counts == counts.max())
    return int(tied[np.argmax(np.round(totals[tied], DIGITS - 1))])


def _has(offer: Offer, row: int) -> bool:
    place = int(np.searchsorted(offer.rows, row))
    return place < len(offer.rows) and int(offer.rows[place]) == row
