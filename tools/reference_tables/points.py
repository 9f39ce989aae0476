"""Gives communes the points of the populated places of GeoNames.

GeoNames says the region of a place, not its department, so a name alone may be ambiguous or belong to a hamlet. A
place is given to a commune in four rounds, each with a check on the ground:

1. the place and the commune are the only ones of their name in the region (the *anchors*);
2. homonyms: the commune of that name whose group of communes (EPCI) is where the place stands, when no other place
   nor commune of that name is nearly as close;
3. the same with the other names that GeoNames knows;
4. the same with the name of the seat of a merged commune (Vire for Vire Normandie).

A place is *where the group stands* when it is within `REACH_KM` of a located commune of the group, or, when the group
has fewer than two of them, within `DEPARTMENT_KM` of the median point of the department. Anchors are held to the same
rule against the others of their group, so that a homonym hamlet is thrown out, unless the place has the commune's own
population, which a hamlet has not.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from reference_tables.text import fold

REACH_KM = 12.0
DEPARTMENT_KM = 45.0
EARTH_RADIUS_KM = 6371.0088

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Named:
    """A commune, as far as matching goes. `group` is its EPCI, or its department when it has none; `seat` the former
    commune where a merged commune has its town hall, or empty."""

    code: str
    name: str
    region: str
    department: str
    group: str
    population: int
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place of GeoNames: latitude and longitude in degrees (WGS 84)."""

    key: int
    name: str
    other_names: tuple[str, ...]
    region: str
    point: Point
    population: int


def distance_km(left: Point, right: Point) -> float:
    """Great-circle distance (haversine, mean radius of the Earth)."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (left, right))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def mean_point(points: Sequence[Point]) -> Point:
    """The mean of latitudes and longitudes: fit for an area the size of a department."""
    return (sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points))


class _Ground:
    """Where groups and departments are, known from the anchors."""

    def __init__(self, communes: Mapping[str, Named], points: Mapping[str, Point]) -> None:
        self.by_group: dict[str, dict[str, Point]] = defaultdict(dict)
        by_department: dict[str, list[Point]] = defaultdict(list)
        for code, point in points.items():
            self.by_group[communes[code].group][code] = point
            by_department[communes[code].department].append(point)
        self.medians = {
            department: (median(lat for lat, _ in found), median(lon for _, lon in found))
            for department, found in by_department.items()
        }

    def distance(self, commune: Named, point: Point) -> float:
        """Kilometres to the nearest other anchor of the group; infinite when none is within reach and the department
        is not there either."""
        others = [found for code, found in self.by_group[commune.group].items() if code != commune.code]
        nearest = min((distance_km(point, other) for other in others), default=math.inf)
        if nearest <= REACH_KM:
            return nearest
        if len(others) < 2 and commune.department in self.medians:
            away = distance_km(point, self.medians[commune.department])
            return away if away <= DEPARTMENT_KM else math.inf
        return math.inf


def locate(communes: Iterable[Named], places: Iterable[Place]) -> dict[str, Point]:
    """The point of every commune that has one, by code."""
    known = {commune.code: commune for commune in communes}
    stock = list(places)
    found = _anchors(known.values(), stock)
    ground = _Ground(known, {code: place.point for code, place in found.items()})
    found = {c: p for c, p in found.items() if ground.distance(known[c], p.point) < math.inf or _same_size(known[c], p)}
    for wanted, offered in ((_name, _own_name), (_name, _all_names), (_seat, _all_names)):
        ground = _Ground(known, {code: place.point for code, place in found.items()})
        taken = {place.key for place in found.values()}
        free = [place for place in stock if place.key not in taken]
        left = {code: wanted(commune) for code, commune in known.items() if code not in found and wanted(commune)}
        found |= _homonyms(known, left, _by_name(free, offered), ground)
    return {code: place.point for code, place in found.items()}


def _name(commune: Named) -> str:
    return fold(commune.name)


def _seat(commune: Named) -> str:
    return fold(commune.seat)


def _same_size(commune: Named, place: Place) -> bool:
    """Within a quarter of each other, and large enough for that to mean something."""
    small, large = sorted((commune.population, place.population))
    return small >= 5000 and large <= 1.25 * small


def _own_name(place: Place) -> set[str]:
    return {fold(place.name)}


def _all_names(place: Place) -> set[str]:
    return {fold(name) for name in (place.name, *place.other_names)} - {""}


def _anchors(communes: Iterable[Named], places: Iterable[Place]) -> dict[str, Place]:
    named: dict[tuple[str, str], list[Named]] = defaultdict(list)
    placed: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for commune in communes:
        named[commune.region, fold(commune.name)].append(commune)
    for place in places:
        placed[place.region, fold(place.name)].append(place)
    return {
        named[key][0].code: found[0]
        for key, found in placed.items()
        if len(found) == 1 and len(named.get(key, ())) == 1
    }


def _by_name(places: Iterable[Place], names: Callable[[Place], set[str]]) -> dict[tuple[str, str], list[Place]]:
    placed: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        for name in names(place):
            placed[place.region, name].append(place)
    return placed


def _homonyms(
    communes: Mapping[str, Named],
    wanted: Mapping[str, str],
    placed: Mapping[tuple[str, str], Sequence[Place]],
    ground: _Ground,
) -> dict[str, Place]:
    """The pairs of one name that stand on the same ground, each the nearest of both its sides by a factor of two."""
    pairs = [
        (distance, code, place)
        for code, name in wanted.items()
        for place in placed.get((communes[code].region, name), ())
        if (distance := ground.distance(communes[code], place.point)) < math.inf
    ]
    by_commune: dict[str, list[float]] = defaultdict(list)
    by_place: dict[int, list[float]] = defaultdict(list)
    for distance, code, place in pairs:
        by_commune[code].append(distance)
        by_place[place.key].append(distance)
    return {
        code: place
        for distance, code, place in pairs
        if _stands_out(distance, by_commune[code]) and _stands_out(distance, by_place[place.key])
    }


def _stands_out(distance: float, rivals: Sequence[float]) -> bool:
    first, *others = sorted(rivals)
    return distance == first and all(other >= 2 * distance for other in others)
