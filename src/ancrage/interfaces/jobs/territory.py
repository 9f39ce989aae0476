"""The territory of a home: the embedded one, with the official points of communes when the home has them.

The only place that puts the two together; who measures a distance is given the result, with the vintage to cite.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ancrage.kernel.table import read_declaration
from ancrage.reference.source import catalogue_of_sources
from ancrage.reference.territory import Point, Territory, load_territory, with_points

if TYPE_CHECKING:
    from ancrage.kernel.evidence import Vintage
    from ancrage.kernel.ports import Warehouse

TABLE = "commune_points"


@dataclass(frozen=True, slots=True)
class HomeTerritory:
    """A territory, and the vintage of the official points of its communes (None: the embedded points alone)."""

    territory: Territory
    points: Vintage | None = None


def territory_in_use(warehouse: Warehouse) -> HomeTerritory:
    """The territory with the official points in use, or the embedded one when there are none."""
    from ancrage.adapters.store import queries

    sources = sorted(one.id for one in catalogue_of_sources().values() if one.table == TABLE)
    used = (queries.current_vintage(source) for source in sources)
    return territory_with(warehouse, next((vintage for vintage in used if vintage is not None), None))


def territory_with(warehouse: Warehouse, points: Vintage | None) -> HomeTerritory:
    """The territory with exactly these official points, None being the embedded ones.

    Raises `VintageError` when the vintage is absent or damaged.
    """
    if points is None:
        return HomeTerritory(load_territory())
    rows = warehouse.collect(warehouse.open(points, read_declaration(TABLE)).expression)
    places = (rows.column(name).to_pylist() for name in ("commune", "latitude", "longitude"))
    official = {code: Point(lat, lon) for code, lat, lon in zip(*places, strict=True)}
    return HomeTerritory(with_points(load_territory(), official), points)
