"""The map of establishments, drawn in kilometres around the assembly site.

Outlines of departments, the search circle, the site and the establishments, as a Vega-Lite specification. Positions are
projected beforehand (equirectangular, true to scale near the site), so that the drawing needs no map service and no
order of polygon points.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ancrage.interfaces.reports.charts import ACCENT, INK, QUIET, VERDICT_COLOURS, Spec
from ancrage.reference.embedded import embedded_bytes

Point = tuple[float, float]
_KM_PER_DEGREE = 111.195
_SIDE = 520


@dataclass(frozen=True, slots=True)
class Frame:
    """What the map shows: `centre` is the assembly site, (longitude, latitude) in degrees; `reach_km` half the side of
    the map; `circle_km` the radius of the search, None without one."""

    centre: Point
    reach_km: float
    circle_km: float | None


@dataclass(frozen=True, slots=True)
class Key:
    """What the map says: the name of the site, the titles of its legends, the verdicts (key, label) present."""

    site: str
    lines: str
    verdict: str
    verdicts: tuple[tuple[str, str], ...]


def map_of(frame: Frame, points: Sequence[Mapping[str, object]], key: Key) -> Spec:
    """The map as a specification.

    `points` hold `lon`, `lat`, `lines` (how many lines each could serve), `verdict` (label), `rank` (written beside it,
    or empty) and `tip`.
    """
    placed = [{**point, **_place(frame.centre, (_real(point["lon"]), _real(point["lat"])))} for point in points]
    scale: Spec = {"domain": [-frame.reach_km, frame.reach_km], "nice": False}
    x: Spec = {"field": "x", "type": "quantitative", "scale": scale, "axis": None}
    y: Spec = {"field": "y", "type": "quantitative", "scale": scale, "axis": None}
    return {
        "width": _SIDE,
        "height": _SIDE,
        "view": {"stroke": "#b8c1ca", "fill": "#f3f6f9"},
        "layer": [
            _outlines(frame, x, y),
            *([_circle(frame.circle_km, x, y)] if frame.circle_km else []),
            _points(placed, x, y, key),
            _ranks(placed, x, y),
            _site(key.site, x, y),
        ],
    }


def _real(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(value)
    return float(value)


def _place(centre: Point, point: Point) -> dict[str, float]:
    return {
        "x": round((point[0] - centre[0]) * math.cos(math.radians(centre[1])) * _KM_PER_DEGREE, 2),
        "y": round((point[1] - centre[1]) * _KM_PER_DEGREE, 2),
    }


@cache
def _departments() -> tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]:
    features = json.loads(embedded_bytes("territory/departments_outline.json"))["features"]
    found = []
    for feature in features:
        shapes = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            shapes = [shapes]
        rings = tuple(tuple((p[0], p[1]) for p in ring) for shape in shapes for ring in shape)
        found.append((feature["properties"]["name"], rings))
    return tuple(found)


def _near(ring: Sequence[dict[str, float]], reach_km: float) -> bool:
    west, east = min(p["x"] for p in ring), max(p["x"] for p in ring)
    south, north = min(p["y"] for p in ring), max(p["y"] for p in ring)
    return west < reach_km and east > -reach_km and south < reach_km and north > -reach_km


def _outlines(frame: Frame, x: Spec, y: Spec) -> Spec:
    rows: list[dict[str, object]] = []
    for name, rings in _departments():
        for number, ring in enumerate(rings):
            placed = [_place(frame.centre, point) for point in ring]
            if _near(placed, frame.reach_km):
                rows += [{**point, "ring": f"{name} {number}", "rank": rank} for rank, point in enumerate(placed)]
    return {
        "data": {"values": rows},
        "mark": {
            "type": "line", "filled": True, "fill": "#ffffff", "stroke": "#9aa6b1", "strokeWidth": 0.8, "clip": True,
            "interpolate": "linear-closed", "aria": False,
        },
        "encoding": {"x": x, "y": y, "detail": {"field": "ring"}, "order": {"field": "rank", "type": "quantitative"}},
    }  # fmt: skip


def _circle(radius_km: float, x: Spec, y: Spec) -> Spec:
    rows = [
        {"x": round(radius_km * math.cos(math.radians(a)), 2), "y": round(radius_km * math.sin(math.radians(a)), 2),
         "rank": a}
        for a in range(0, 361, 3)
    ]  # fmt: skip
    return {
        "data": {"values": rows},
        "mark": {
            "type": "line", "stroke": ACCENT, "strokeDash": [6, 4], "strokeWidth": 1.3, "clip": True, "aria": False,
        },
        "encoding": {"x": x, "y": y, "order": {"field": "rank", "type": "quantitative"}},
    }  # fmt: skip


def _count(row: Mapping[str, object]) -> int:
    return int(_real(row["lines"]))


def _steps(counts: Sequence[int]) -> list[int]:
    """Sizes that the legend shows: one, the middle, the most."""
    most = max([1, *counts])
    return sorted({1, (1 + most) // 2, most})


def _points(rows: Sequence[Mapping[str, object]], x: Spec, y: Spec, key: Key) -> Spec:
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "circle", "opacity": 0.82, "stroke": "#ffffff", "strokeWidth": 0.8, "clip": True},
        "encoding": {
            "x": x,
            "y": y,
            "size": {
                "field": "lines", "type": "quantitative", "title": key.lines,
                "scale": {"type": "sqrt", "range": [45, 620], "domain": [1, max([2, *(_count(row) for row in rows)])]},
                "legend": {"orient": "bottom", "symbolType": "circle", "symbolFillColor": "#ffffff",
                           "symbolStrokeColor": QUIET, "format": "d", "values": _steps([_count(row) for row in rows])},
            },
            "color": {
                "field": "verdict", "type": "nominal", "title": key.verdict,
                "scale": {"domain": [label for _, label in key.verdicts],
                          "range": [VERDICT_COLOURS[name] for name, _ in key.verdicts]},
                "legend": {"orient": "bottom", "symbolType": "circle"},
            },
            "description": {"field": "tip", "type": "nominal"},
        },
    }  # fmt: skip


def _ranks(rows: Sequence[Mapping[str, object]], x: Spec, y: Spec) -> Spec:
    """Ranks beside the points that have one, on a halo so that they read over outlines and other points."""
    text: Spec = {"type": "text", "align": "left", "dx": 9, "dy": -8, "fontSize": 13, "fontWeight": 700, "aria": False,
                  "clip": True}  # fmt: skip
    encoding: Spec = {"x": x, "y": y, "text": {"field": "rank"}}
    return {
        "data": {"values": [row for row in rows if row["rank"]]},
        "layer": [
            {"mark": {**text, "color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 3.5}, "encoding": encoding},
            {"mark": {**text, "color": INK}, "encoding": encoding},
        ],
    }


def _site(name: str, x: Spec, y: Spec) -> Spec:
    text: Spec = {"type": "text", "dy": 20, "fontSize": 12, "fontWeight": 700, "aria": False}
    named: Spec = {"x": x, "y": y, "text": {"field": "name"}}
    return {
        "data": {"values": [{"x": 0, "y": 0, "name": name, "tip": name}]},
        "layer": [
            {
                "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 170, "fill": INK,
                         "stroke": "#ffffff", "strokeWidth": 1.5, "opacity": 1},
                "encoding": {"x": x, "y": y, "description": {"field": "tip", "type": "nominal"}},
            },
            {"mark": {**text, "color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 3.5}, "encoding": named},
            {"mark": {**text, "color": INK}, "encoding": named},
        ],
    }  # fmt: skip
