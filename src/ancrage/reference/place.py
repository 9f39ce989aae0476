"""What people write for a place, read without guessing.

A place is a name (`Besançon`, `Saint-Denis (93)`), a postcode (`25000`), a SIRET, or a typed code: `commune:57463`,
`departement:25`, `region:27`, `epci:200039865`, `postcode:25000`. A name may stand after a type too
(`region:Bretagne`). What could mean several places is refused with the typed codes to choose from. Accents count only
where they tell two places apart (`Loire` is not `Loiré`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from ancrage.kernel.codes import CommuneCode, Siret, parse_siret
from ancrage.kernel.errors import PlaceError
from ancrage.reference.name import folded_name
from ancrage.reference.territory import Area, Commune, Division, Point, Precision, Territory, middle

MOST_CHOICES = 12
CLOSE = 0.86
"""How alike (`difflib` ratio) a known name must be to be proposed: one letter of seven wrong at most."""


class PlaceKind(StrEnum):
    """What a place is; the value is its type in a typed code."""

    COMMUNE = "commune"
    DEPARTMENT = "departement"
    REGION = "region"
    EPCI = "epci"
    POSTCODE = "postcode"
    SITE = "siret"


_TYPES: Mapping[str, PlaceKind] = {
    **{kind.value: kind for kind in PlaceKind},
    "department": PlaceKind.DEPARTMENT,
    "département": PlaceKind.DEPARTMENT,
    "région": PlaceKind.REGION,
    "code-postal": PlaceKind.POSTCODE,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was understood: `typed` names it for good. `point` is where distances start (None: unknown), with
    its precision; `area` the communes it covers, that of its commune for a site."""

    kind: PlaceKind
    code: str
    name: str
    area: Area
    point: Point | None
    precision: Precision | None

    @property
    def typed(self) -> str:
        """`region:27`: reads back to the same place."""
        return f"{self.kind.value}:{self.code}"


SiteFinder = Callable[[Siret], tuple[str, Point | None] | None]
"""The commune code and the own point of an establishment, None when the register does not have it."""


def parse_place(text: str, territory: Territory, site_of: SiteFinder | None = None) -> Place:
    """Reads a place. `site_of` answers for a SIRET; without it a SIRET is refused.

    Raises `PlaceError` for what is unknown or ambiguous, with the choices; `CodeError` for a SIRET with a wrong key.
    """
    typed, colon, rest = text.partition(":")
    if not colon:
        return _bare(text.strip(), territory, site_of)
    kind = _TYPES.get(typed.strip().casefold())
    if kind is None:
        raise PlaceError("territory.place.type", type=typed.strip(), place=text, types=", ".join(PlaceKind))
    return _typed(kind, rest.strip(), territory, site_of)


def _bare(text: str, territory: Territory, site_of: SiteFinder | None) -> Place:
    compact = re.sub(r"[\s.\u00a0\u202f]", "", text)
    if re.fullmatch(r"[0-9]{14}", compact):
        return _site(compact, territory, site_of)
    if re.fullmatch(r"[0-9]{5}|2[ABab][0-9]{3}", compact):
        return _five(compact.upper(), territory)
    if re.fullmatch(r"[0-9]+|2[ABab]", compact):
        raise _ambiguous(text, [place for place in _short(compact.upper(), territory) if place is not None])
    return _chosen(text, list(_named(text, territory)), territory)


def _typed(kind: PlaceKind, code: str, territory: Territory, site_of: SiteFinder | None) -> Place:
    if kind is PlaceKind.SITE:
        return _site(code, territory, site_of)
    if not any(character.isdigit() for character in code):
        return _chosen(code, [place for place in _named(code, territory) if place.kind is kind], territory)
    if kind is PlaceKind.COMMUNE:
        return _of_commune(territory.current(code), territory)
    if kind is PlaceKind.POSTCODE:
        return _of_postcode(code, territory)
    division = {
        PlaceKind.DEPARTMENT: territory.department,
        PlaceKind.REGION: territory.region,
        PlaceKind.EPCI: territory.group,
    }[kind](code)
    return _of_division(kind, division, territory)


def _site(text: str, territory: Territory, site_of: SiteFinder | None) -> Place:
    siret = parse_siret(text)
    found = site_of(siret) if site_of else None
    if found is None:
        raise PlaceError("territory.place.site", siret=siret)
    commune, point = territory.current(found[0]), found[1]
    precision = commune.precision if point is None else Precision.EXACT
    return Place(PlaceKind.SITE, siret, commune.name, territory.area([commune]), point or commune.point, precision)


def _five(code: str, territory: Territory) -> Place:
    """Five characters alone are a postcode: a commune code says so."""
    if territory.of_postcode(code):
        return _of_postcode(code, territory)
    if code in territory.communes:
        raise _ambiguous(code, [_of_commune(territory.current(code), territory)])
    raise PlaceError("territory.place.postcode", postcode=code)


def _short(code: str, territory: Territory) -> Iterator[Place | None]:
    """What digits that are neither a postcode nor a SIRET could mean."""
    for kind, known in (
        (PlaceKind.REGION, territory.regions),
        (PlaceKind.DEPARTMENT, territory.departments),
        (PlaceKind.EPCI, territory.epci),
    ):
        yield _of_division(kind, known[code], territory) if code in known else None


def _of_postcode(postcode: str, territory: Territory) -> Place:
    communes = territory.of_postcode(postcode)
    if not communes:
        raise PlaceError("territory.place.postcode", postcode=postcode)
    if len(communes) == 1:
        return _of_commune(communes[0], territory)
    area, point = territory.area(communes), middle(communes)
    name = ", ".join(commune.name for commune in communes)
    return Place(PlaceKind.POSTCODE, postcode, name, area, point, Precision.AREA if point else None)


def _of_commune(commune: Commune, territory: Territory) -> Place:
    area = territory.area([commune])
    return Place(PlaceKind.COMMUNE, commune.code, commune.name, area, commune.point, commune.precision)


def _of_division(kind: PlaceKind, division: Division, territory: Territory) -> Place:
    communes = {
        PlaceKind.DEPARTMENT: territory.of_department,
        PlaceKind.REGION: territory.of_region,
        PlaceKind.EPCI: territory.of_epci,
    }[kind](division.code)
    point = middle(communes)
    precision = Precision.AREA if point else None
    return Place(kind, division.code, division.name, territory.area(communes), point, precision)


_IN_DEPARTMENT = re.compile(
    r"(?P<name>.+?)[\s,]+\(?(?P<department>[0-9]{2,3}|2[ABab])\)?|(?P<left>.+?)\s*[(,](?P<in>[^()]+)\)?"
)


def _named(text: str, territory: Territory) -> Iterator[Place]:
    """Every place of a name: communes first. `Saint-Denis (93)` and `Saint-Denis, Réunion` narrow to a department."""
    name, within = text, None
    if not territory.named(text) and (found := _IN_DEPARTMENT.fullmatch(text)):
        name = found["name"] or found["left"]
        within = _department_called(found["department"] or found["in"], territory)
    for commune in territory.named(name):
        current = territory.current(commune.code)
        if within is None or current.department == within:
            yield _of_commune(current, territory)
    if within is None:
        yield from _divisions_called(name, territory)


def _department_called(text: str, territory: Territory) -> str:
    wanted = folded_name(text)
    for department in territory.departments.values():
        if wanted in {department.code.casefold(), folded_name(department.name)}:
            return department.code
    raise PlaceError("territory.department.unknown", code=text.strip())


def _divisions_called(text: str, territory: Territory) -> Iterator[Place]:
    wanted = folded_name(text)
    for kind, known in (
        (PlaceKind.DEPARTMENT, territory.departments),
        (PlaceKind.REGION, territory.regions),
        (PlaceKind.EPCI, territory.epci),
    ):
        for division in known.values():
            if folded_name(division.name) in {wanted, f"la {wanted}"} or (
                kind is PlaceKind.EPCI
                and folded_name(division.name).removeprefix(f"{division.form.casefold()} ") == wanted
            ):
                yield _of_division(kind, division, territory)


def _chosen(text: str, places: list[Place], territory: Territory) -> Place:
    """The only place, the same communes counting once (Paris the commune and Paris the department)."""
    spelled = [place for place in places if place.name.casefold() == text.casefold()]
    distinct: dict[frozenset[str], Place] = {}
    for place in spelled or places:
        distinct.setdefault(place.area.current, place)
    if len(distinct) == 1:
        return next(iter(distinct.values()))
    if distinct:
        raise _ambiguous(text, distinct.values())
    raise _unknown(text, territory)


def _unknown(text: str, territory: Territory) -> PlaceError:
    wanted = folded_name(text)
    alike = [name for name in territory.by_name if name[:2] == wanted[:2]]
    names = get_close_matches(wanted, alike, n=3, cutoff=CLOSE)
    codes = [code for name in names for code in territory.by_name[name]][:MOST_CHOICES]
    places = [_of_commune(territory.current(code), territory) for code in codes]
    if not places:
        return PlaceError("territory.place.unknown", place=text)
    return PlaceError(
        "territory.place.unknown.suggestions", place=text, readings=_readings(places), choices=_typed_codes(places)
    )


def _ambiguous(text: str, places: Iterable[Place]) -> PlaceError:
    """What could mean several places, or a code without its type that could mean one only."""
    found = list(places)
    if not found:
        return PlaceError("territory.place.unknown", place=text)
    shown = found[:MOST_CHOICES]
    if len(shown) == 1:
        return PlaceError("territory.place.bare", place=text, readings=_readings(shown), choices=_typed_codes(shown))
    return PlaceError(
        "territory.place.ambiguous", place=text, readings=_readings(shown), n=len(found), choices=_typed_codes(shown)
    )


def _typed_codes(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.typed for place in places))


def _readings(places: Iterable[Place]) -> str:
    """`commune:93066 (Saint-Denis, 93); commune:97411 (Saint-Denis, 974)`."""
    return "; ".join(
        f"{place.typed} ({place.name}, {CommuneCode(place.code).department})"
        if place.kind is PlaceKind.COMMUNE
        else f"{place.typed} ({place.name})"
        for place in places
    )
