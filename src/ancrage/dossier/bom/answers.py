"""The best answers of each kind, best first, with their confidence, and consistent with one another.

Six-digit codes stand under one of the headings given; a class is one that a heading given leads to, by the lexicon or
by the correspondence of customs codes and activities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ancrage.dossier.bom.coherence import Ranked, sharing, under_headings
from ancrage.dossier.bom.confidence import calibrated, describing
from ancrage.dossier.bom.experts import Opinions, heading_experts, nace_experts, pooled
from ancrage.dossier.bom.lexical import Floats
from ancrage.dossier.bom.line_model import LineModel
from ancrage.dossier.bom.six_digits import Breakdown, six_digits

LEAST = 0.005

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answers:
    """Codes and confidences of one line, best first."""

    headings: Ranked
    hs: Ranked
    nace: Ranked


@dataclass(frozen=True)
class Best:
    """The best codes of lines: `places[i]` among the codes of their kind, `shares[i]` their pooled shares (0 where a
    line has fewer)."""

    places: Places
    shares: Floats


def best_answers(
    opinions: Opinions, model: LineModel, links: sparse.csr_matrix, breakdown: Breakdown, top: int
) -> dict[str, Best]:
    """The best headings, six-digit codes and classes of every line."""
    headings = pooled(heading_experts(opinions), opinions.quality, model.readers["heading"].mix)
    first = _best_of(headings, top)
    nace = pooled(nace_experts(opinions, headings, links), opinions.quality, model.readers["nace"].mix)
    linked = np.array([links[places].sum(axis=0).A1 > 0.0 for places in first.places]).reshape(nace.shape)
    ranked = six_digits(headings, first.places.tolist(), opinions, breakdown)
    return {"heading": first, "hs": _padded(ranked, top), "nace": _best_of(np.where(linked, nace, 0.0), top)}


def _best_of(shares: Floats, most: int) -> Best:
    """The greatest shares of each line, best first, ties by place."""
    most = min(most, shares.shape[1])
    places = np.sort(np.argpartition(-shares, most - 1, axis=1)[:, :most], axis=1)
    order = np.argsort(-np.take_along_axis(shares, places, axis=1), axis=1, kind="stable")
    places = np.take_along_axis(places, order, axis=1)
    return Best(places, np.take_along_axis(shares, places, axis=1))


def _padded(ranked: Sequence[Sequence[tuple[int, float]]], top: int) -> Best:
    places, shares = np.zeros((len(ranked), top), dtype=np.int64), np.zeros((len(ranked), top))
    for row, found in enumerate(ranked):
        for column, (place, share) in enumerate(found[:top]):
            places[row, column], shares[row, column] = place, share
    return Best(places, shares)


def described(best: Best, opinions: Opinions) -> Floats:
    """The features of every answer, line after line: what its confidence is made from."""
    lines, most = best.places.shape
    rows = np.repeat(np.arange(lines), most)
    is_first = np.tile(np.arange(most) == 0, lines).astype(np.float64)
    return describing(best.shares.ravel(), opinions.quality[rows], opinions.recognised[rows], is_first)


def answers_of(best: dict[str, Best], opinions: Opinions, model: LineModel) -> list[Answers]:
    """The answers of every line, with their confidence."""
    codes = {"heading": model.headings, "hs": model.hs, "nace": model.nace}
    ranked = [
        _ranked(best[kind], codes[kind], calibrated(described(best[kind], opinions), model.readers[kind].scale))
        for kind in ("heading", "hs", "nace")
    ]
    return [_coherent(*parts) for parts in zip(*ranked, strict=True)]


def _coherent(headings: Ranked, hs: Ranked, nace: Ranked) -> Answers:
    headings = sharing(headings)
    return Answers(headings, sharing(under_headings(hs, headings)), sharing(nace))


def _ranked(best: Best, codes: Sequence[str], sure: Floats) -> list[Ranked]:
    """Confidences never rise with the rank; answers without share, or hardly possible, are left out."""
    sure = np.minimum.accumulate(sure.reshape(best.places.shape), axis=1)
    kept = (best.shares > 0.0) & (sure >= LEAST)
    return [
        tuple(
            (codes[place], round(value, 4))
            for place, value in zip(best.places[row][keep].tolist(), sure[row][keep].tolist(), strict=True)
        )
        for row, keep in enumerate(kept)
    ]
