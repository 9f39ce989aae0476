"""Makes the confidences of one line hold together, once each is calibrated by itself.

The codes of one kind exclude one another: their confidences add up to 1 at most, so that those after the first share
what it leaves. A six-digit code is never surer than its own heading. The order never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

_UNIT = 10_000
"""Confidences have four decimals."""

Ranked = tuple[tuple[str, float], ...]


def sharing(ranked: Ranked) -> Ranked:
    """The first confidence as it is; the others scaled down when they add up to more than what it leaves. An answer
    left without confidence goes."""
    if not ranked:
        return ranked
    (first, sure), others = ranked[0], ranked[1:]
    total, left = sum(value for _, value in others), max(1.0 - sure, 0.0)
    if total <= left:
        return ranked
    scaled = [(code, _rounded_down(value * left / total)) for code, value in others]
    return ((first, sure), *(entry for entry in scaled if entry[1] > 0.0))


def under_headings(codes: Ranked, headings: Ranked) -> Ranked:
    """Six-digit codes, each at most as sure as its heading and as the code before it; those of no heading go."""
    most: Mapping[str, float] = dict(headings)
    found: list[tuple[str, float]] = []
    least = 1.0
    for code, value in codes:
        least = min(least, value, most.get(code[:4], 0.0))
        if least > 0.0:
            found.append((code, least))
    return tuple(found)


def _rounded_down(value: float) -> float:
    return floor(value * _UNIT + 1e-9) / _UNIT
