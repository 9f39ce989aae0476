"""Official points of communes: one per commune, and the same rule for a territory and for an import."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import ibis
import pytest

from ancrage.reference.commune_points import located, points_of_communes
from ancrage.reference.territory import Point, Precision, load_territory, with_points

COLUMNS = {"commune": "string", "lat": "string", "lon": "string"}


def _read(rows: Sequence[tuple[str | None, str | None, str | None]]) -> list[dict[str, Any]]:
    table = ibis.memtable([dict(zip(COLUMNS, row, strict=True)) for row in rows], schema=COLUMNS)
    return list(points_of_communes(table).to_pyarrow().to_pylist())


def test_a_commune_of_several_rows_has_one_point_the_mean_of_the_distinct_ones() -> None:
    rows = _read([("21419", "47.9", "4.4"), ("21419", "47.9", "4.4"), ("21419", "48.1", "4.2"), ("25056", "47.2", "6")])
    kept = {row["commune"]: row for row in rows if row["reason"] is None}
    assert (kept["21419"]["latitude"], kept["21419"]["longitude"], kept["21419"]["points"]) == (48.0, 4.3, 2)
    assert (kept["25056"]["latitude"], kept["25056"]["points"]) == (47.2, 1)
    assert sorted(row["reason"] or "" for row in rows) == ["", "", "merged", "merged"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("99138", "43.7", "7.4"), "abroad"),
        (("MONAC", "43.7", "7.4"), "commune"),
        ((None, "43.7", "7.4"), "commune"),
        (("21419", None, None), "no_point"),
        (("21419", "", ""), "point"),
        (("21419", "4.3", "48.0"), "point"),
        (("97411", "-120.9", "55.4"), "point"),
    ],
)
def test_what_is_not_the_point_of_a_commune_says_why(row: tuple[str | None, str, str], reason: str) -> None:
    assert [found["reason"] for found in _read([row])] == [reason]


def test_a_row_without_point_takes_nothing_from_the_other_rows_of_its_commune() -> None:
    rows = _read([("21419", None, None), ("21419", "48.0", "4.3"), ("97411", "-20.9", "55.4")])
    assert {(row["commune"], row["latitude"]) for row in rows if row["reason"] is None} == {
        ("21419", 48.0),
        ("97411", -20.9),
    }


def test_an_import_and_a_territory_put_every_commune_at_the_same_point() -> None:
    """The whole geographic code, with official points of a third of it."""
    france, rng = load_territory(), random.Random(5)
    official = {
        code: Point(rng.uniform(41, 51), rng.uniform(-5, 9)) for code in france.communes if rng.random() < 1 / 3
    }
    communes = [
        {"commune": one.code, "longitude": one.point and one.point.lon, "latitude": one.point and one.point.lat,
         "approximate": one.precision is not Precision.EXACT, "successor": one.successor or None}
        for one in france.communes.values()
    ]  # fmt: skip
    points = [{"commune": code, "longitude": point.lon, "latitude": point.lat} for code, point in official.items()]
    rows = located(ibis.memtable(communes), ibis.memtable(points)).to_pyarrow().to_pylist()
    placed = with_points(france, official).communes
    assert len(rows) == len(placed)
    for row in rows:
        one = placed[row["commune"]]
        assert (row["latitude"], row["longitude"]) == (one.point or (None, None))
        assert row["approximate"] == (one.precision is not Precision.EXACT)
