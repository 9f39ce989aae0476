"""Candidates: by activity, by text, by what was said; what is left out is counted."""

from __future__ import annotations

import pytest

from ancrage.dossier.suppliers.ground import Around
from ancrage.dossier.suppliers.need import Need
from ancrage.dossier.suppliers.retrieve import (
    Reading,
    ReadingKind,
    Retriever,
    closeness,
    clues_by_text,
    questions,
    text_clues,
)
from ancrage.kernel.ports import Hit, Search
from ancrage.reference.territory import Area
from tests.supplier_ground import AROUND, BELFORT, RULES, FakeIndex, Site, ground_of, need, vocabulary

TURNING = Reading(ReadingKind.PROCESS, "bar-turning", 0.9, ("25.62A",))
MILLING = Reading(ReadingKind.PROCESS, "turning", 0.9, ("25.62B", "25.62A"))
GEARS = Reading(ReadingKind.PRODUCT, "28.15", 0.9, ("28.15",))


@pytest.mark.parametrize(
    ("activity", "reading", "expected"),
    [
        ("25.62A", TURNING, 1.0),
        ("25.62B", TURNING, 0.6),
        ("25.61Z", TURNING, 0.2),
        ("25.11Z", TURNING, 0.0),
        ("25.62B", MILLING, 1.0),
        ("25.62A", MILLING, 0.9),
        ("28.15Z", GEARS, 1.0),
        ("28.13Z", GEARS, 0.2),
        ("28.22Z", GEARS, 0.0),
        (None, GEARS, 0.0),
    ],
)
def test_closeness_falls_from_the_trade_to_its_group(activity: str | None, reading: Reading, expected: float) -> None:
    assert closeness(activity, reading, RULES) == pytest.approx(expected)


def found_for(asked: Need, sites: list[Site], **how: bool) -> tuple[list[str], dict[str, int]]:
    ground = ground_of(sites)
    found = Retriever(ground, vocabulary(), RULES).find(asked, {}, [], **how)
    return [str(ground.sirets[row]) for row in found.rows], dict(found.beside)


def test_production_sites_are_kept_and_others_of_the_trade_counted() -> None:
    sites = [Site(1), Site(2, band="00"), Site(3, band=None, employer=False), Site(4, band=None, employer=None)]
    sirets, beside = found_for(need("milling"), sites)
    assert sirets == [str(sites[0].siret), str(sites[3].siret)]
    assert beside == {"no-employee": 1, "not-employer": 1}


def test_head_office_and_warehouse_of_a_company_that_makes_are_counted_beside() -> None:
    sites = [Site(1), Site(2, "70.10Z", company=1), Site(3, "52.10B", company=1), Site(4, "70.10Z", company=9)]
    _, beside = found_for(need("milling"), sites)
    assert beside == {"head-office": 1, "logistics": 1}


def test_the_switch_shows_what_is_set_aside() -> None:
    sites = [Site(1), Site(2, band="00")]
    sirets, beside = found_for(need("milling"), sites, with_set_aside=True)
    assert len(sirets) == 2
    assert beside == {}


def test_a_testing_laboratory_is_no_one_s_office_when_a_test_is_asked() -> None:
    sirets, _ = found_for(need("non-destructive-testing"), [Site(1, "71.20B"), Site(2, "71.20B", band="00")])
    assert sirets == [str(Site(1).siret)]


def test_the_better_reading_of_two_is_the_one_shown() -> None:
    ground = ground_of([Site(1, "25.62B"), Site(2, "28.15Z")])
    retriever = Retriever(ground, vocabulary(), RULES)
    asked = need("milling", classes=(("28.15", 0.4),))
    found = retriever.find(asked, {}, [])
    assert [retriever.readings(asked)[place].code for place in found.reading] == ["milling", "28.15"]


def test_a_text_that_names_the_process_makes_a_lead_of_any_production_site() -> None:
    sites = [Site(1, "28.99B"), Site(2, "46.69B"), Site(3, "28.99B")]
    ground = ground_of(sites)
    hits = [Hit(str(one.siret), 2.0, ("Fraisage",)) for one in sites[:2]]
    clues = text_clues(ground, hits, RULES)
    found = Retriever(ground, vocabulary(), RULES).find(need("milling"), clues, [])
    assert [str(ground.sirets[row]) for row in found.rows] == [str(sites[0].siret)]
    assert found.is_lead.tolist() == [True]
    assert found.reading.tolist() == [-1]
    assert dict(found.beside) == {"wholesale": 1}


def test_a_hit_outside_the_area_or_of_half_the_words_makes_no_lead() -> None:
    ground = ground_of([Site(1), Site(2)])
    hits = [Hit("00099999999999", 3.0, ("a", "b", "c")), Hit(str(Site(1).siret), 1.5, ("a",))]
    clues = text_clues(ground, hits, RULES)
    assert {row: (clue.part, clue.is_lead) for row, clue in clues.items()} == {0: (0.5, False)}


def test_each_text_is_asked_once_within_the_box_of_the_radius() -> None:
    index = FakeIndex([Hit(str(Site(1).siret), 1.0, ("Fraisage",))], [])
    needs = [need("milling", line=f"L{row}", text="Fraisage") for row in (2, 3)]
    clues = clues_by_text(ground_of([Site(1)]), questions(needs, AROUND), index, RULES)
    assert list(clues) == ["Fraisage"]
    assert len(index.asked) == 1
    box = index.asked[0].box
    assert box is not None
    assert box.west < BELFORT[0] - 0.6 < BELFORT[0] + 0.6 < box.east


def test_a_territory_is_asked_by_its_departments() -> None:
    area = Area(frozenset({"90010", "2A004", "97411"}), frozenset({"90010", "2A004", "97411"}))
    asked = questions([need("milling", text="Fraisage")], Around(BELFORT, area=area))
    assert asked["Fraisage"] == Search(text="Fraisage", departments=("2A", "90", "974"), limit=300)
