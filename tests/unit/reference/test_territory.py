"""The territory: codes of today and of yesterday, names, postcodes, distances, and what a radius reaches."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from ancrage.kernel.errors import PlaceError
from ancrage.reference.territory import (
    Commune,
    Division,
    Kind,
    Point,
    Precision,
    Territory,
    distance_km,
    load_territory,
    middle,
    territory_of,
    with_points,
)


@pytest.fixture(scope="module")
def france() -> Territory:
    return load_territory()


def commune_of(code: str, point: Point | None, **other: str) -> Commune:
    precision = None if point is None else Precision(other.pop("precision", "exact"))
    return Commune(code, other.pop("name", code), "99", "9", "", None, (), point, precision, Kind.COMMUNE, "")


def test_the_geographic_code_is_whole(france: Territory) -> None:
    kinds = Counter(commune.kind for commune in france.communes.values())
    assert kinds == {Kind.COMMUNE: 34969, Kind.DISTRICT: 45, Kind.FORMER: 4240}
    assert (len(france.departments), len(france.regions), len(france.epci)) == (109, 26, 1255)


def test_every_commune_stands_in_divisions_that_exist(france: Territory) -> None:
    for commune in france.communes.values():
        assert france.departments[commune.department].region == commune.region
        assert commune.region in france.regions
        assert commune.epci == "" or commune.epci in france.epci


def test_a_district_or_former_commune_leads_to_a_current_one(france: Territory) -> None:
    for commune in france.communes.values():
        assert (commune.kind is Kind.COMMUNE) == (commune.successor == "")
        assert france.current(commune.code).kind is Kind.COMMUNE


@pytest.mark.parametrize(
    ("code", "current"),
    [
        ("57463", "57463"),
        ("75101", "75056"),
        ("69381", "69123"),
        ("13216", "13055"),
        ("01340", "01015"),
        ("2a004", "2A004"),
    ],
)
def test_a_code_of_any_time_finds_the_commune_of_today(france: Territory, code: str, current: str) -> None:
    assert france.current(code).code == current


def test_an_unknown_code_is_refused(france: Territory) -> None:
    for lookup in (france.commune, france.current, france.department, france.region, france.group):
        with pytest.raises(PlaceError, match="unknown"):
            lookup("00000")


def test_names_are_found_without_case_accents_or_abbreviations(france: Territory) -> None:
    for spelling in ("Besançon", "BESANCON", "besancon"):
        assert [commune.code for commune in france.named(spelling)] == ["25056"]
    assert {c.code for c in france.named("St-Denis")} == {"11339", "30247", "93066", "97411"}
    assert [commune.code for commune in france.named("Ville d’Avray")] == ["92077"]


def test_a_merged_commune_is_found_by_the_name_of_its_seat(france: Territory) -> None:
    assert [commune.name for commune in france.named("Oullins")] == ["Oullins-Pierre-Bénite"]


def test_current_communes_come_before_former_ones_of_the_same_name(france: Territory) -> None:
    former = {commune.name for commune in france.communes.values() if commune.kind is Kind.FORMER and commune.name}
    current = {commune.name for commune in france.communes.values() if commune.kind is Kind.COMMUNE}
    shared = min(former & current)
    assert all(commune.kind is Kind.COMMUNE for commune in france.named(shared))
    gone = min(former - current - {commune.seat for commune in france.communes.values()})
    assert {commune.kind for commune in france.named(gone)} == {Kind.FORMER}


def test_a_postcode_finds_the_communes_it_serves(france: Territory) -> None:
    assert [commune.code for commune in france.of_postcode("25000")] == ["25056"]
    assert len(france.of_postcode("39500")) > 1
    assert france.of_postcode("00000") == ()


def test_an_area_holds_the_districts_and_former_codes_of_its_communes(france: Territory) -> None:
    area = france.area([france.commune("75056")])
    assert "75101" in area
    assert "75056" in area
    assert area.current == {"75056"}
    assert "69123" not in area


@pytest.mark.parametrize(
    ("left", "right", "kilometres"),
    [
        (Point(0, 0), Point(0, 180), 20015.1),  # half a great circle: pi times the mean radius
        (Point(0, 0), Point(90, 0), 10007.6),
        (Point(48.8566, 2.3522), Point(45.7640, 4.8357), 391.5),  # Paris, Lyon
        (Point(47.0, 6.0), Point(47.0, 6.0), 0.0),
    ],
)
def test_distances_are_great_circles(left: Point, right: Point, kilometres: float) -> None:
    assert distance_km(left, right) == pytest.approx(kilometres, abs=0.1)
    assert distance_km(right, left) == pytest.approx(kilometres, abs=0.1)


def test_the_communes_around_a_point_are_those_within_the_distance(france: Territory) -> None:
    metz = france.commune("57463").point
    assert metz is not None
    area = france.around(metz, 20)
    within = {
        commune.code
        for commune in france.communes.values()
        if commune.kind is Kind.COMMUNE and commune.point and distance_km(metz, commune.point) <= 20
    }
    assert area.current == within
    assert "57463" in within
    assert "54395" not in within  # Nancy is 47 km away


@pytest.mark.parametrize(
    ("code", "radius", "abroad"),
    [
        ("57463", 80, ("DE", "LU", "BE")),
        ("57463", 20, ()),
        ("67482", 10, ("DE",)),
        ("59350", 20, ("BE",)),
        ("66136", 40, ("ES",)),
        ("87085", 150, ()),
        ("62193", 50, ("GB",)),
    ],
)
def test_a_radius_says_which_neighbours_it_reaches(
    france: Territory, code: str, radius: float, abroad: tuple[str, ...]
) -> None:
    centre = france.commune(code).point
    assert centre is not None
    found = france.neighbours_within(centre, radius)
    assert found[: len(abroad)] == abroad
    assert set(found) - set(abroad) <= {"BE"}


def test_approximate_points_say_so_and_stand_among_their_neighbours(france: Territory) -> None:
    precisions = Counter(c.precision for c in france.communes.values() if c.kind is Kind.COMMUNE)
    assert precisions[Precision.EXACT] > 14000
    assert precisions[None] < 10
    for group in france.epci:
        members = france.of_epci(group)
        centre = middle(members)
        for commune in members:
            if commune.precision is Precision.EPCI:
                assert centre is not None
                assert commune.point is not None
                assert distance_km(commune.point, centre) < 0.1


def test_the_middle_prefers_exact_points_and_is_unknown_without_any() -> None:
    exact = commune_of("1", Point(10.0, 20.0))
    rough = commune_of("2", Point(50.0, 60.0), precision="approximate-epci")
    assert middle([exact, rough]) == Point(10.0, 20.0)
    assert middle([rough]) == Point(50.0, 60.0)
    assert middle([commune_of("3", None)]) is None


def test_nine_inhabitants_in_ten_live_where_the_point_is_exact(france: Territory) -> None:
    current = [commune for commune in france.communes.values() if commune.kind is Kind.COMMUNE]
    exact = sum(commune.population or 0 for commune in current if commune.precision is Precision.EXACT)
    assert exact / sum(commune.population or 0 for commune in current) > 0.88


def test_exact_points_are_where_la_poste_puts_the_commune(france: Territory, shared_data: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = shared_data / "territoires" / "communes_2026.parquet"
    if not path.is_file():
        pytest.skip(f"{path.name} is not among the shared data")
    errors = sorted(
        distance_km(found.point, Point(row["lat"], row["lon"]))
        for row in parquet.read_table(path, columns=["code", "lat", "lon"]).to_pylist()
        if row["lat"] is not None
        and (found := france.communes.get(row["code"]))
        and found.point
        and found.precision is Precision.EXACT
    )
    median, ninth, last_percent = (errors[int(len(errors) * share)] for share in (0.5, 0.9, 0.99))
    assert len(errors) > 14000
    assert median < 1.0  # 0.84 km
    assert ninth < 2.5  # 1.92 km
    assert last_percent < 5.0  # 4.11 km


def test_a_territory_can_be_made_of_other_tables() -> None:
    old = Commune("9", "Vieux", "25", "27", "", None, (), None, None, Kind.FORMER, "1")
    new = Commune("1", "Neuf", "25", "27", "E", 5, ("25999",), Point(47.0, 6.0), Precision.EXACT, Kind.COMMUNE, "")
    small = territory_of(
        [old, new], [Division("25", "Doubs", "27")], [Division("27", "Région")], [Division("E", "CC", form="CC")], []
    )
    assert small.current("9") == new
    assert small.of_postcode("25999") == (new,)
    assert small.named("vieux") == (old,)
    assert small.neighbours_within(Point(47.0, 6.0), 1000) == ()


def test_an_official_point_is_exact_and_the_territory_it_came_to_is_left_as_it_was(france: Territory) -> None:
    official = Point(47.9, 4.4)
    placed = with_points(france, {"21419": official, "00000": Point(0.0, 0.0)})
    assert (placed.commune("21419").point, placed.commune("21419").precision) == (official, Precision.EXACT)
    assert france.commune("21419").precision is Precision.DEPARTMENT
    assert {code for code, one in placed.communes.items() if one != france.communes[code]} == {"21419"}


def test_a_former_commune_takes_the_official_point_of_its_successor_unless_it_has_one(france: Territory) -> None:
    former = [one for one in france.communes.values() if one.kind is Kind.FORMER]
    rough = next(one for one in former if one.precision is Precision.EPCI)
    exact = next(one for one in former if one.precision is Precision.EXACT)
    official = Point(48.0, 2.0)
    placed = with_points(france, {rough.successor: official, exact.successor: official})
    assert (placed.commune(rough.code).point, placed.commune(rough.code).precision) == (official, Precision.COMMUNE)
    assert placed.commune(exact.code) == exact
    own = with_points(france, {rough.code: Point(48.5, 2.5), rough.successor: official})
    assert (own.commune(rough.code).point, own.commune(rough.code).precision) == (Point(48.5, 2.5), Precision.EXACT)


def test_the_territory_is_read_fast() -> None:
    load_territory.cache_clear()
    start = time.process_time()
    load_territory()
    assert time.process_time() - start < 0.3 * 3  # 0.23 s measured; the margin is for a loaded machine
