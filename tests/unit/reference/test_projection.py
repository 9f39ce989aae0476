"""Lambert conic coordinates against published points."""

from __future__ import annotations

from math import cos, exp, log, pi, radians, sin, tan

import ibis
import pytest

from ancrage.reference.projection import LAMBERT_93, Conic, geographic

IGN_EXAMPLE = Conic(0.760405966, 11603796.9767, 600000.0, 5657616.674, 0.04079234433 * 180 / pi, 0.0824832568)
"""Parameters of the worked example of ALG0004 (IGN, NTG 71)."""


def _degrees(projection: Conic, x: float, y: float) -> tuple[float, float]:
    table = ibis.memtable({"x": [x], "y": [y]})
    row = geographic(table, projection, ("x", "y"), ("lon", "lat")).to_pyarrow().to_pylist()[0]
    assert set(row) == {"x", "y", "lon", "lat"}
    return row["lon"], row["lat"]


def _lambert(projection: Conic, lon: float, lat: float) -> tuple[float, float]:
    """The forward formulas (IGN NTG 71, ALG0001 and ALG0003), in plain numbers."""
    eccentric = projection.e * sin(radians(lat))
    isometric = log(tan(pi / 4 + radians(lat) / 2)) - projection.e / 2 * log((1 + eccentric) / (1 - eccentric))
    radius, angle = projection.c * exp(-projection.n * isometric), projection.n * radians(lon - projection.meridian)
    return projection.x_apex + radius * sin(angle), projection.y_apex - radius * cos(angle)


def test_the_worked_example_of_ign_is_found_to_its_last_digit() -> None:
    lon, lat = _degrees(IGN_EXAMPLE, 1029705.083, 272723.849)
    assert lon * pi / 180 == pytest.approx(0.145512099, abs=1e-9)
    assert lat * pi / 180 == pytest.approx(0.872664626, abs=1e-9)


def test_the_origin_of_lambert_93_is_where_epsg_2154_says() -> None:
    assert _degrees(LAMBERT_93, 700000.0, 6600000.0) == pytest.approx((3.0, 46.5), abs=1e-9)


@pytest.mark.parametrize("point", [(-4.78, 48.38), (8.2, 48.97), (2.35, 51.05), (9.45, 41.35), (6.18, 49.12)])
def test_points_at_the_ends_of_the_country_come_back_within_a_millimetre(point: tuple[float, float]) -> None:
    assert _degrees(LAMBERT_93, *_lambert(LAMBERT_93, *point)) == pytest.approx(point, abs=1e-8)


def test_the_apex_and_missing_coordinates_have_no_latitude() -> None:
    table = ibis.memtable(
        {"x": [700000.0, None], "y": [LAMBERT_93.y_apex, 1.0]}, schema={"x": "float64", "y": "float64"}
    )
    rows = geographic(table, LAMBERT_93, ("x", "y"), ("lon", "lat")).to_pyarrow().to_pylist()
    assert [row["lat"] for row in rows] == [None, None]
