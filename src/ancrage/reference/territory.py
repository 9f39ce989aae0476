"""Communes, groups of communes, departments and regions of France, and where they are.

Source: the Code officiel géographique of 2026 and points of GeoNames, embedded (`catalogue/ATTRIBUTION.toml`). About
four communes in ten, holding nine inhabitants in ten, have a point of their own; the others stand at the mean point of
their EPCI, else of their department, and say so; `with_points` gives them official ones. Distances are great-circle
distances, never road distances.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from ancrage.kernel.errors import PlaceError
from ancrage.reference.embedded import embedded_rows
from ancrage.reference.name import folded_name

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG), for the haversine formula."""


class Point(NamedTuple):
    """Latitude and longitude in degrees (WGS 84)."""

    lat: float
    lon: float


class Precision(StrEnum):
    """What a point stands for. All but `EXACT` are shown as approximate."""

    EXACT = "exact"
    COMMUNE = "approximate-commune"
    EPCI = "approximate-epci"
    DEPARTMENT = "approximate-department"
    AREA = "approximate-area"


class Kind(StrEnum):
    """A current commune, a municipal district (Paris, Lyon, Marseille), or a commune that was merged or renumbered."""

    COMMUNE = "commune"
    DISTRICT = "district"
    FORMER = "former"


class Commune(NamedTuple):
    """A commune, by INSEE code. `name` is empty when a former commune's is not known.

    `epci` is empty outside any group; `population` is None when unknown; `point` is None where nothing near is
    located; `successor` is the current commune of a district or former commune, empty for a current one. `seat` is the
    other name of a merged commune, that of the commune whose code it took (Oullins for Oullins-Pierre-Bénite).
    """

    code: str
    name: str
    department: str
    region: str
    epci: str
    population: int | None
    postcodes: tuple[str, ...]
    point: Point | None
    precision: Precision | None
    kind: Kind
    successor: str
    seat: str = ""


class Division(NamedTuple):
    """A department, a region or an EPCI. `region` is that of a department; `form` is that of an EPCI (CC, CA, ...)."""

    code: str
    name: str
    region: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A set of communes. `codes` holds the current ones with their districts and former codes, so that a row of a
    register that still carries an old code belongs to it; `current` holds the current ones alone."""

    codes: frozenset[str] = field(repr=False)
    current: frozenset[str] = field(repr=False)

    def __contains__(self, commune: str) -> bool:
        return commune in self.codes


def distance_km(left: Point, right: Point) -> float:
    """Kilometres along the great circle, by the haversine formula (R. W. Sinnott, Sky and Telescope 68, 1984)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*left, *right))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True, slots=True)
class Territory:
    """France. Mappings are by code."""

    communes: Mapping[str, Commune] = field(repr=False)
    departments: Mapping[str, Division] = field(repr=False)
    regions: Mapping[str, Division] = field(repr=False)
    epci: Mapping[str, Division] = field(repr=False)
    neighbours: tuple[tuple[str, Point], ...] = field(repr=False)
    codes_of: Mapping[str, tuple[str, ...]] = field(repr=False)
    """The districts and former codes of a current commune."""
    by_postcode: Mapping[str, tuple[str, ...]] = field(repr=False)
    """The current communes of a postcode."""
    by_name: Mapping[str, tuple[str, ...]] = field(repr=False)
    """Communes, districts and former communes of a folded name."""

    def commune(self, code: str) -> Commune:
        """The commune of a code, former codes and districts included, as it is. Raises `PlaceError`."""
        found = self.communes.get(code.upper())
        if found is None:
            raise PlaceError("territory.commune.unknown", code=code)
        return found

    def current(self, code: str) -> Commune:
        """The current commune that a code belongs to: itself, or its successor. Raises `PlaceError`."""
        found = self.commune(code)
        return self.communes[found.successor] if found.successor else found

    def department(self, code: str) -> Division:
        """Raises `PlaceError`."""
        return _division(self.departments, code, "territory.department.unknown")

    def region(self, code: str) -> Division:
        """Raises `PlaceError`."""
        return _division(self.regions, code, "territory.region.unknown")

    def group(self, code: str) -> Division:
        """The EPCI of a SIREN. Raises `PlaceError`."""
        return _division(self.epci, code, "territory.epci.unknown")

    def of_postcode(self, postcode: str) -> tuple[Commune, ...]:
        """The current communes that a postcode serves, none when it is not known."""
        return tuple(self.communes[code] for code in self.by_postcode.get(postcode, ()))

    def of_department(self, code: str) -> tuple[Commune, ...]:
        """The current communes of a department."""
        return tuple(commune for commune in self._current() if commune.department == code)

    def of_region(self, code: str) -> tuple[Commune, ...]:
        """The current communes of a region."""
        return tuple(commune for commune in self._current() if commune.region == code)

    def of_epci(self, code: str) -> tuple[Commune, ...]:
        """The current communes of a group."""
        return tuple(commune for commune in self._current() if commune.epci == code)

    def _current(self) -> Iterator[Commune]:
        return (commune for commune in self.communes.values() if commune.kind is Kind.COMMUNE)

    def named(self, name: str) -> tuple[Commune, ...]:
        """The current communes of a name, else the districts or former communes of that name, in the order of codes.

        Case, accents and hyphens do not count; several communes of one name are all returned.
        """
        codes = self.by_name.get(folded_name(name), ())
        found = [self.communes[code] for code in codes]
        return tuple([commune for commune in found if commune.kind is Kind.COMMUNE] or found)

    def area(self, communes: Iterable[Commune]) -> Area:
        """The area of current communes."""
        current = frozenset(commune.code for commune in communes)
        return Area(current.union(*(self.codes_of.get(code, ()) for code in current)), current)

    def around(self, centre: Point, radius_km: float) -> Area:
        """The communes whose point is within a distance, approximate points included."""
        reach = radius_km / EARTH_RADIUS_KM * 180 / math.pi
        return self.area(
            commune
            for commune in self._current()
            if commune.point is not None
            and abs(commune.point.lat - centre.lat) <= reach
            and distance_km(commune.point, centre) <= radius_km
        )

    def neighbours_within(self, centre: Point, radius_km: float) -> tuple[str, ...]:
        """The foreign countries that a radius reaches into (ISO 3166-1 alpha-2), nearest first; the register does not
        cover them. The border is known to about 2 km."""
        nearest: dict[str, float] = {}
        for country, point in self.neighbours:
            away = distance_km(point, centre)
            if away <= radius_km:
                nearest[country] = min(away, nearest.get(country, away))
        return tuple(sorted(nearest, key=lambda country: (nearest[country], country)))


def _division(known: Mapping[str, Division], code: str, refusal: str) -> Division:
    found = known.get(code.upper())
    if found is None:
        raise PlaceError(refusal, code=code)
    return found


def middle(communes: Sequence[Commune]) -> Point | None:
    """The mean point of communes, weighted by nothing; exact points alone when there are any. None without a point."""
    exact = [commune.point for commune in communes if commune.precision is Precision.EXACT]
    points = [point for point in exact or [commune.point for commune in communes] if point is not None]
    if not points:
        return None
    return Point(sum(point.lat for point in points) / len(points), sum(point.lon for point in points) / len(points))


def with_points(territory: Territory, points: Mapping[str, Point]) -> Territory:
    """The territory with official points of communes, by code, as exact ones.

    A district or former commune without one takes that of its successor when what it has is approximate, and stays
    approximate; a current commune without one stays where it was.
    """

    def placed(commune: Commune) -> Commune:
        if (own := points.get(commune.code)) is not None:
            return commune._replace(point=own, precision=Precision.EXACT)
        heir = points.get(commune.successor)
        if heir is not None and commune.precision is not Precision.EXACT:
            return commune._replace(point=heir, precision=Precision.COMMUNE)
        return commune

    return replace(territory, communes={code: placed(commune) for code, commune in territory.communes.items()})


def territory_of(
    communes: Iterable[Commune],
    departments: Iterable[Division],
    regions: Iterable[Division],
    groups: Iterable[Division],
    neighbours: Iterable[tuple[str, Point]],
) -> Territory:
    """A territory from its parts, in any order."""
    known = {commune.code: commune for commune in communes}
    codes_of: dict[str, list[str]] = defaultdict(list)
    by_postcode: dict[str, list[str]] = defaultdict(list)
    by_name: dict[str, list[str]] = defaultdict(list)
    for commune in known.values():
        for name in filter(None, (commune.name, commune.seat)):
            by_name[folded_name(name)].append(commune.code)
        if commune.successor:
            codes_of[commune.successor].append(commune.code)
        else:
            for postcode in commune.postcodes:
                by_postcode[postcode].append(commune.code)
    return Territory(
        known,
        {division.code: division for division in departments},
        {division.code: division for division in regions},
        {division.code: division for division in groups},
        tuple(neighbours),
        _frozen(codes_of),
        _frozen(by_postcode),
        _frozen(by_name),
    )


def _frozen(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(codes) for key, codes in found.items()}


@cache
def load_territory() -> Territory:
    """The territory of the embedded tables, read once. Raises `CatalogueError` when one is damaged."""
    return territory_of(
        map(_commune, embedded_rows(_COMMUNES, _COLUMNS)),
        (Division(*row) for row in embedded_rows("territory/departments.csv", ("code", "name", "region"))),
        (Division(*row) for row in embedded_rows("territory/regions.csv", ("code", "name"))),
        (
            Division(code, name, form=form)
            for code, name, form, _ in embedded_rows("territory/epci.csv.gz", ("code", "name", "form", "population"))
        ),
        (
            (country, Point(float(lat), float(lon)))
            for country, lat, lon in embedded_rows("territory/neighbours.csv", ("country", "lat", "lon"))
        ),
    )


_COMMUNES = "territory/communes.csv.gz"
_COLUMNS = (
    "code", "name", "department", "region", "epci", "population", "postcodes",
    "lat", "lon", "point", "current", "successor", "kind", "seat",
)  # fmt: skip
_KINDS = {kind.value: kind for kind in Kind}
_PRECISIONS: Mapping[str, Precision | None] = {"": None, **{precision.value: precision for precision in Precision}}


@cache
def _postcodes(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


@cache
def _point(lat: str, lon: str) -> Point | None:
    """Shared: half of the communes stand at the middle of their EPCI."""
    return Point(float(lat), float(lon)) if lat else None


def _commune(row: list[str]) -> Commune:
    code, name, department, region, epci, population, postcodes, lat, lon, precision, _, successor, kind, seat = row
    return Commune(
        code,
        name,
        department,
        region,
        epci,
        int(population) if population else None,
        _postcodes(postcodes),
        _point(lat, lon),
        _PRECISIONS[precision],
        _KINDS[kind],
        successor,
        seat,
    )
