"""Outlines of the departments of mainland France and Corsica, simplified without opening gaps between neighbours.

The source simplified each department alone: two neighbours kept different points of their common border. They are first
stitched: a department receives the points of the others that lie along its edges. Then rings are cut into arcs at the
points where three areas meet; an arc shared by two departments is simplified once, so that both keep the same border.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from reference_tables.packages import Packages
from reference_tables.writing import Written, write_bytes

MAPS = "@superset-ui/legacy-plugin-chart-country-map"
DECIMALS = 3
TOLERANCE = 0.02  # degrees of latitude: about 2 km, half a millimetre on a printed map

STITCH = 0.01  # degrees: how far the source let a border move

Point = tuple[float, float]
Ring = tuple[Point, ...]  # closed: the last point is not repeated


def write_outline(packages: Packages, catalogue: Path) -> Written:
    """A GeoJSON FeatureCollection in longitude and latitude (WGS 84), one feature per department, `id` its code.

    Overseas departments are left out: the source draws them as insets, at coordinates that are not theirs.
    """
    source = packages.json(MAPS, "lib/countries/france.geojson")
    shapes = {
        feature["properties"]["ISO"].removeprefix("FR-"): _polygons(feature["geometry"])
        for feature in source["features"]
        if feature["properties"]["ISO"].removeprefix("FR-")[0].isdigit()
    }
    names = {
        row["code"]: row["nom"] for row in packages.json("@etalab/decoupage-administratif", "data/departements.json")
    }
    if len(shapes) != 96 or not shapes.keys() <= names.keys():
        raise ValueError(f"{len(shapes)} departments instead of 96")
    shapes = _stitched(shapes)
    nodes = _nodes(ring for polygons in shapes.values() for polygon in polygons for ring in polygon)
    features = [_feature(code, names[code], shapes[code], nodes) for code in sorted(shapes)]
    content = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    return write_bytes(catalogue, "territory/departments_outline.json", content.encode() + b"\n", len(features))


def _polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[_ring(ring) for ring in polygon] for polygon in polygons]


def _ring(coordinates: Sequence[Sequence[float]]) -> Ring:
    rounded = [(round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in coordinates]
    distinct = [point for index, point in enumerate(rounded) if point != rounded[index - 1]]
    return tuple(distinct)


def _stitched(shapes: dict[str, list[list[Ring]]]) -> dict[str, list[list[Ring]]]:
    points = {
        code: {point for polygon in polygons for ring in polygon for point in ring} for code, polygons in shapes.items()
    }
    cells: dict[tuple[int, int], set[Point]] = defaultdict(set)
    for point in set().union(*points.values()):
        cells[_cell(point)].add(point)
    return {
        code: [[_stitched_ring(ring, points[code], cells) for ring in polygon] for polygon in polygons]
        for code, polygons in shapes.items()
    }


def _cell(point: Point) -> tuple[int, int]:
    return int(point[0] // 0.1), int(point[1] // 0.1)


def _stitched_ring(ring: Ring, own: set[Point], cells: dict[tuple[int, int], set[Point]]) -> Ring:
    """The ring with each foreign point that lies along it, put into the edge it is nearest to."""
    edges = list(pairwise((*ring, ring[0])))
    nearest: dict[Point, tuple[float, int]] = {}
    for index, (start, end) in enumerate(edges):
        for point in _near(start, end, cells) - own:
            away = _distance(point, start, end)
            if away < STITCH and 0 < _along(point, start, end) < 1:
                nearest[point] = min(nearest.get(point, (away, index)), (away, index))
    inside: dict[int, list[Point]] = defaultdict(list)
    for point, (_, index) in nearest.items():
        inside[index].append(point)
    stitched: list[Point] = []
    for index, (start, end) in enumerate(edges):
        stitched.append(start)
        stitched += sorted(inside[index], key=lambda point, a=start, b=end: (_along(point, a, b), point))  # type: ignore[misc]
    return tuple(stitched)


def _near(start: Point, end: Point, cells: dict[tuple[int, int], set[Point]]) -> set[Point]:
    left, right = sorted((start[0], end[0]))
    bottom, top = sorted((start[1], end[1]))
    first = _cell((left - STITCH / _SHRINK, bottom - STITCH))
    last = _cell((right + STITCH / _SHRINK, top + STITCH))
    across = range(first[0], last[0] + 1)
    return {point for x in across for y in range(first[1], last[1] + 1) for point in cells.get((x, y), ())}


def _nodes(rings: Iterator[Ring]) -> set[Point]:
    """The points where arcs end: those with other than two neighbours over all rings."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for index, point in enumerate(ring):
            neighbours[point] |= {ring[index - 1], ring[(index + 1) % len(ring)]}
    return {point for point, around in neighbours.items() if len(around) != 2}


def _feature(code: str, name: str, polygons: list[list[Ring]], nodes: set[Point]) -> dict[str, Any]:
    simple = [[_simplified_ring(ring, nodes) for ring in polygon] for polygon in polygons]
    kept = [polygon for polygon in simple if len(polygon[0]) > 3]
    return {
        "type": "Feature",
        "id": code,
        "properties": {"code": code, "name": name},
        "geometry": {"type": "MultiPolygon", "coordinates": kept},
    }


def _simplified_ring(ring: Ring, nodes: set[Point]) -> list[Point]:
    """The ring through its simplified arcs, closed as GeoJSON asks. An island starts at its westernmost point."""
    ends = [index for index, point in enumerate(ring) if point in nodes]
    start = ends[0] if ends else min(range(len(ring)), key=lambda index: ring[index])
    turned = [*ring[start:], *ring[: start + 1]]
    cuts = [index for index, point in enumerate(turned) if point in nodes or index in {0, len(turned) - 1}]
    if len(cuts) == 2:
        cuts.insert(1, _farthest(turned))
    arcs = [turned[first : last + 1] for first, last in pairwise(cuts)]
    return [turned[0], *(point for arc in arcs for point in _simplified_arc(arc)[1:])]


def _farthest(points: Sequence[Point]) -> int:
    x, y = points[0]
    return max(range(len(points)), key=lambda index: (points[index][0] - x) ** 2 + (points[index][1] - y) ** 2)


def _simplified_arc(arc: Sequence[Point]) -> list[Point]:
    """Douglas and Peucker (1973), always run in the same direction so that neighbours agree."""
    return _peucker(arc) if arc[0] <= arc[-1] else _peucker(arc[::-1])[::-1]


def _peucker(arc: Sequence[Point]) -> list[Point]:
    if len(arc) < 3:
        return list(arc)
    away = [_distance(point, arc[0], arc[-1]) for point in arc[1:-1]]
    farthest = max(range(len(away)), key=away.__getitem__)
    if away[farthest] <= TOLERANCE:
        return [arc[0], arc[-1]]
    return [*_peucker(arc[: farthest + 2]), *_peucker(arc[farthest + 1 :])[1:]]


_SHRINK = 0.688  # cosine of 46.5 degrees, the middle of France: a degree of longitude in degrees of latitude


def _along(point: Point, start: Point, end: Point) -> float:
    """Where a point projects on a segment: 0 at its start, 1 at its end; outside when beyond."""
    px, py = (point[0] - start[0]) * _SHRINK, point[1] - start[1]
    ex, ey = (end[0] - start[0]) * _SHRINK, end[1] - start[1]
    length = ex * ex + ey * ey
    return 0.0 if length == 0 else (px * ex + py * ey) / length


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a segment, in degrees of latitude."""
    along = max(0.0, min(1.0, _along(point, start, end)))
    dx = (point[0] - start[0] - along * (end[0] - start[0])) * _SHRINK
    dy = point[1] - start[1] - along * (end[1] - start[1])
    return float((dx * dx + dy * dy) ** 0.5)
