"""Codes of six digits under the headings of a line: each heading's share, shared out among its codes.

Within a heading, a code weighs what the lexicon's terms give it, then the tariff's labels, then how usual it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ancrage.dossier.bom.experts import Opinions
from ancrage.dossier.bom.lexical import Floats
from ancrage.dossier.bom.line_model import LineModel

TARIFF_WEIGHT, USUAL_WEIGHT = 0.3, 0.02


@dataclass(frozen=True)
class Breakdown:
    """The six-digit codes of each heading (`codes[h]`: places among the model's codes) and how usual each code is."""

    codes: tuple[tuple[int, ...], ...]
    usual: tuple[float, ...]


def breakdown_of(model: LineModel) -> Breakdown:
    """How often the lexicon gives each code (0 to 1), 1e-3 for one it never gives."""
    places = {heading: place for place, heading in enumerate(model.headings)}
    below: list[list[int]] = [[] for _ in model.headings]
    for number, code in enumerate(model.hs):
        if len(code) == 6:
            below[places[code[:4]]].append(number)
    counts = np.asarray(model.lexicon.hs.sum(axis=0)).ravel()
    return Breakdown(tuple(map(tuple, below)), tuple((counts / counts.max() + 1e-3).tolist()))


def six_digits(
    headings: Floats, best: Sequence[Sequence[int]], opinions: Opinions, breakdown: Breakdown
) -> list[list[tuple[int, float]]]:
    """For each line, the codes (place and share) under its best headings, greatest share first, ties by place."""
    found = []
    for row, places in enumerate(best):
        said = _said(opinions, row)
        shares = [
            (code, share)
            for heading in places
            for code, share in _shared(float(headings[row, heading]), breakdown.codes[heading], said, breakdown.usual)
        ]
        found.append(sorted(shares, key=lambda entry: (-entry[1], entry[0])))
    return found


def _said(opinions: Opinions, row: int) -> dict[int, float]:
    total: dict[int, float] = {}
    for opinion, weight in ((opinions.lexicon, 1.0), (opinions.tariff, TARIFF_WEIGHT)):
        part = slice(opinion.hs.indptr[row], opinion.hs.indptr[row + 1])
        for code, share in zip(opinion.hs.indices[part].tolist(), opinion.hs.data[part].tolist(), strict=True):
            total[code] = total.get(code, 0.0) + weight * share
    return total


def _shared(
    share: float, codes: Sequence[int], said: dict[int, float], usual: Sequence[float]
) -> list[tuple[int, float]]:
    weights = [said.get(code, 0.0) + USUAL_WEIGHT * usual[code] for code in codes]
    total = sum(weights)
    return [(code, share * weight / total) for code, weight in zip(codes, weights, strict=True)]
