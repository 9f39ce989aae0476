"""Points along the border of France, each with the country beyond it."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from reference_tables.packages import Packages
from reference_tables.points import distance_km
from reference_tables.writing import Written, write_csv

FACTS = Path(__file__).parent.parent / "facts" / "neighbours.toml"
STEP_KM = 3.0
ADRIFT_KM = 12.0  # how far the outline may be from a true tripoint

Point = tuple[float, float]  # longitude, latitude


def write_border(packages: Packages, catalogue: Path) -> Written:  # noqa: ARG001 (same shape as the other builders)
    """A point every `STEP_KM` at most on the land border of the outline, and the shores of `facts/neighbours.toml`.

    Needs the outline already written. Raises `ValueError` when a stretch of border does not start or end on it.
    """
    facts = tomllib.loads(FACTS.read_text("utf-8"))
    outline = json.loads((catalogue / "territory" / "departments_outline.json").read_text("utf-8"))
    mainland = max(_outer_rings(outline), key=len)
    found = {point for stretch in facts["border"] for point in _stretch(mainland, stretch)}
    found |= {(country, *point) for country, points in facts["shores"].items() for point in points}
    rows = [(country, f"{lat:.4f}", f"{lon:.4f}") for country, lon, lat in found]
    return write_csv(catalogue, "territory/neighbours.csv", ("country", "lat", "lon"), rows)


def _outer_rings(outline: dict[str, Any]) -> Iterator[list[Point]]:
    """The rings of the edges that only one department has."""
    rings = [
        [(lon, lat) for lon, lat in ring]
        for feature in outline["features"]
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
    ]
    edges = [edge for ring in rings for edge in pairwise(ring)]
    shared = Counter(frozenset(edge) for edge in edges)
    following: dict[Point, list[Point]] = {}
    for start, end in edges:
        if shared[frozenset((start, end))] == 1:
            following.setdefault(start, []).append(end)
    while following:
        ring = [min(following)]
        while ring[-1] in following:
            onward = following[ring[-1]]
            step = onward.pop()
            if not onward:
                del following[ring[-1]]
            ring.append(step)
        yield ring


def _stretch(ring: Sequence[Point], stretch: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    first, last = (_nearest(ring, tuple(stretch[end])) for end in ("from", "to"))
    forward = [*ring[first:], *ring[: last + 1]] if last < first else list(ring[first : last + 1])
    backward = [*ring[last:], *ring[: first + 1]] if first < last else list(ring[last : first + 1])
    for start, end in pairwise(min(forward, backward, key=_length)):
        pieces = int(_km(start, end) // STEP_KM) + 1
        for piece in range(pieces + 1):
            at = piece / pieces
            lon, lat = (start[axis] + at * (end[axis] - start[axis]) for axis in (0, 1))
            yield stretch["country"], round(lon, 4), round(lat, 4)


def _nearest(ring: Sequence[Point], point: Point) -> int:
    index = min(range(len(ring)), key=lambda at: _km(ring[at], point))
    if _km(ring[index], point) > ADRIFT_KM:
        raise ValueError(f"{point} is {_km(ring[index], point):.0f} km away from the outline")
    return index


def _length(path: Iterable[Point]) -> float:
    return sum(_km(start, end) for start, end in pairwise(path))


def _km(left: Point, right: Point) -> float:
    return distance_km((left[1], left[0]), (right[1], right[0]))
