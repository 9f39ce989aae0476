"""The ground: who is in the area, at which distance, what each site is."""

from __future__ import annotations

import numpy as np
import pytest

from ancrage.dossier.suppliers.ground import Around, distance_parts, haversine_km, size_parts, survey
from ancrage.dossier.suppliers.sites import KINDS
from ancrage.kernel.errors import InputError
from ancrage.reference.territory import Area, Point, distance_km, load_territory
from tests.supplier_ground import AROUND, BELFORT, FAR, RULES, Site, ground_of, register

SITES = (
    Site(1),
    Site(2, "46.69B"),
    Site(3, band="00"),
    Site(4, band=None, employer=None),
    Site(5, point=FAR, commune="75101"),
    Site(6, point=None),
    Site(7, active=False),
)


def test_distances_are_those_of_the_territory() -> None:
    found = haversine_km(BELFORT, np.array([FAR[0]]), np.array([FAR[1]]))
    assert found[0] == pytest.approx(distance_km(Point(BELFORT[1], BELFORT[0]), Point(FAR[1], FAR[0])), abs=1e-9)


def test_a_radius_keeps_who_is_inside_and_counts_who_cannot_be_placed() -> None:
    ground = ground_of(SITES)
    assert list(ground.sirets) == [str(SITES[place].siret) for place in range(4)]
    assert ground.outside == 1


def test_an_area_keeps_its_communes_even_without_a_point() -> None:
    ground = ground_of(SITES, Around(BELFORT, area=Area(frozenset({"90010"}), frozenset({"90010"}))))
    assert str(SITES[5].siret) in set(ground.sirets)
    assert str(SITES[4].siret) not in set(ground.sirets)


def test_radius_or_area_is_enough() -> None:
    both = Around(BELFORT, 50.0, Area(frozenset({"75101"}), frozenset({"75101"})))
    assert len(ground_of(SITES, both).sirets) == 5


def test_closed_sites_are_not_there() -> None:
    assert str(SITES[6].siret) not in set(ground_of(SITES, Around(BELFORT)).sirets)


def test_each_site_is_of_its_kind() -> None:
    ground = ground_of(SITES)
    assert [KINDS[kind].value for kind in ground.kind] == ["production", "wholesale", "no-employee", "production"]


def test_an_unknown_headcount_is_neutral_and_band_00_is_nothing() -> None:
    parts = size_parts(ground_of(SITES), RULES, large=False)
    assert parts.tolist() == [1.0, 1.0, 0.0, RULES.size_unknown]


def test_distance_counts_half_at_half_the_distance_and_unknown_is_neither_near_nor_far() -> None:
    ground = ground_of([Site(1), Site(2, point=(7.5285, 47.6397)), Site(3, point=None)], Around(BELFORT))
    parts = distance_parts(ground, RULES)
    assert parts[0] == 1.0
    assert parts[1] == pytest.approx(0.5, abs=0.01)
    assert parts[2] == RULES.distance["unknown"]


def test_an_empty_register_gives_an_empty_ground() -> None:
    ground = ground_of([])
    assert len(ground.sirets) == 0
    assert ground.row_of("00000000000000") is None


def test_a_register_without_a_column_is_refused_by_name() -> None:
    with pytest.raises(InputError) as refusal:
        survey(register(SITES).drop_columns(["band"]), AROUND)
    assert dict(refusal.value.message.parameters)["columns"] == "band"


def test_a_radius_around_belfort_reaches_switzerland() -> None:
    assert "CH" in load_territory().neighbours_within(Point(BELFORT[1], BELFORT[0]), 50.0)
