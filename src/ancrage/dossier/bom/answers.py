"""The best answers of each kind, best first, with their confidence, and consistent with one another.

Six-digit codes stand under one of the headings given; a class is one that a heading given leads to, by the lexicon or
by the correspondence of customs codes and activities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ancrage.dossier.bom.confidence import calibrated, describing
from ancrage.dossier.bom.lexical import Floats
from ancrage.dossier.bom.line_model import LineModel

LEAST = 0.005

Ranked = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """Codes and confidences of one line, best first."""

    headings: Ranked
    hs: Ranked
    nace: Ranked


@dataclass(frozen=True)
class Shares:
    """Pooled shares of lines by codes, and what describes the lines."""

    headings: Floats
    hs: Floats
    nace: Floats
    quality: Floats
    recognised: Floats


def answers_of(shares: Shares, model: LineModel, links: sparse.csr_matrix, top: int) -> list[Answers]:
    """The answers of every line."""
    headings = best_of(shares.headings, top)
    hs = best_of(np.where(_under(headings, model), shares.hs, 0.0), top)
    linked = np.stack([np.asarray(links[places].sum(axis=0)).ravel() > 0.0 for places in headings])
    nace = best_of(np.where(linked, shares.nace, 0.0), top)
    return [
        Answers(*parts)
        for parts in zip(
            _ranked("heading", shares.headings, headings, model.headings, shares, model),
            _ranked("hs", shares.hs, hs, model.hs, shares, model),
            _ranked("nace", shares.nace, nace, model.nace, shares, model),
            strict=True,
        )
    ]


def best_of(shares: Floats, most: int) -> np.ndarray:
    """The places of the greatest shares of each line, best first, ties by place."""
    return np.argsort(-shares, axis=1, kind="stable")[:, :most]


def _under(headings: np.ndarray, model: LineModel) -> np.ndarray:
    """Lines by six-digit codes: true where the code stands under a heading given."""
    given = np.zeros((len(headings), len(model.headings)), dtype=bool)
    np.put_along_axis(given, headings, True, axis=1)
    places = {heading: place for place, heading in enumerate(model.headings)}
    return given[:, [places[code[:4]] for code in model.hs]]


def _ranked(
    kind: str, values: Floats, best: np.ndarray, codes: Sequence[str], shares: Shares, model: LineModel
) -> list[Ranked]:
    lines = np.repeat(np.arange(len(best)), best.shape[1])
    is_first = np.tile(np.arange(best.shape[1]) == 0, len(best)).astype(np.float64)
    features = describing(values[lines, best.ravel()], shares.quality[lines], shares.recognised[lines], is_first)
    sure = calibrated(features, model.readers[kind].scale).reshape(best.shape)
    sure = np.minimum.accumulate(sure, axis=1)
    held = np.take_along_axis(values, best, axis=1) > 0.0
    kept = held & (sure >= LEAST)
    return [
        tuple(
            (codes[place], round(float(value), 4))
            for place, value in zip(best[row][keep], sure[row][keep], strict=True)
        )
        for row, keep in enumerate(kept)
    ]
