"""Where lines come from: zones, countries, concentration, single points, what to relocate first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from pathlib import Path

import pytest

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.origin import (
    HomeGround,
    criticality,
    exact_shares,
    hhi,
    origin_report,
    problems_of,
    zone_of,
)
from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.model import BomReading, Line, OriginReport, Weighting, Zone
from ancrage.interfaces.wording import LANGUAGES, say
from ancrage.kernel.errors import CodeError
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.message import Message
from ancrage.kernel.money import Money
from tests.factories import line, reading

HOME = HomeGround(date(2026, 11, 24), "27")


def report(*lines: Line, home: HomeGround = HOME) -> OriginReport:
    return origin_report(reading(lines), home)


def zones(found: OriginReport, weighting: Weighting) -> dict[str, Decimal]:
    return {share.key: share.share for share in found.by_zone[weighting]}


def test_the_concentration_of_70_20_10_is_0_54() -> None:
    """METHODS C1, worked test: extra-EU suppliers {CN 70, US 20, JP 10} give 0.54."""
    assert hhi(map(Decimal, (70, 20, 10))) == Fraction(54, 100)


@pytest.mark.parametrize(
    ("country", "on", "zone"),
    [
        ("FR", date(2026, 1, 1), Zone.FRANCE),
        ("RE", date(2026, 1, 1), Zone.FRANCE),
        ("DE", date(2026, 1, 1), Zone.EU),
        ("NO", date(2026, 1, 1), Zone.EEA_UK),
        ("GB", date(2026, 1, 1), Zone.EEA_UK),
        ("GB", date(2019, 1, 1), Zone.EU),
        ("HR", date(2012, 1, 1), Zone.WORLD),
        ("CN", date(2026, 1, 1), Zone.WORLD),
        (None, date(2026, 1, 1), Zone.UNKNOWN),
    ],
)
def test_the_zone_is_that_of_the_day(country: str | None, on: date, zone: Zone) -> None:
    assert zone_of(line(2, "Pièce", country=country), HomeGround(on)) is zone


def test_a_french_line_is_in_the_region_only_where_its_maker_is_known_to_be_there() -> None:
    home = HomeGround(HOME.on, "27", {"L2": "27", "L3": "84", "L5": "27"})
    lines = [line(row, "Pièce") for row in (2, 3, 4)] + [line(5, "Pièce", country="DE")]
    assert [zone_of(one, home) for one in lines] == [Zone.REGION, Zone.FRANCE, Zone.FRANCE, Zone.EU]


def test_an_unknown_country_code_is_an_error_and_not_the_rest_of_the_world() -> None:
    with pytest.raises(CodeError):
        report(line(2, "Pièce", country="ZZ"))


def test_thirds_add_up_to_exactly_one() -> None:
    parts = exact_shares([Decimal(1)] * 3)
    assert sum(parts) == 1
    assert parts == [Decimal("0.333333333334"), Decimal("0.333333333333"), Decimal("0.333333333333")]


@pytest.mark.parametrize(
    ("facts", "weight"),
    [
        ({}, 0),
        ({"is_critical": True}, 1),
        ({"is_single_source": True}, 1),
        ({"lead_time_days": Decimal(85)}, 1),
        ({"lead_time_days": Decimal(84)}, 0),
        ({"is_single_source": True, "lead_time_days": Decimal(120)}, 3),
        ({"is_critical": True, "is_single_source": True, "lead_time_days": Decimal(120)}, 4),
        ({"is_critical": False, "is_single_source": False}, 0),
    ],
)
def test_criticality_adds_what_is_known_and_the_critical_path(facts: dict[str, object], weight: int) -> None:
    assert criticality(line(2, "Pièce", **facts)) == weight  # type: ignore[arg-type]


def test_shares_by_count_value_and_criticality_stand_together() -> None:
    found = report(
        line(2, "Carter", price="60", country="FR"),
        line(3, "Aimant", price="30", country="CN", is_critical=True),
        line(4, "Codeur", price="10", country="JP", is_single_source=True, lead_time_days=Decimal(120)),
        line(5, "Vis", price="0.01", country=None),
    )
    assert zones(found, Weighting.COUNT) == {
        "france": Decimal("0.25"), "world": Decimal("0.5"), "unknown": Decimal("0.25"),
    }  # fmt: skip
    assert zones(found, Weighting.VALUE)["world"] == Decimal("0.399960004000")
    assert zones(found, Weighting.CRITICALITY)["world"] == 1
    assert {share.key: share.weight for share in found.by_country[Weighting.CRITICALITY]} == {
        "JP": Decimal(3), "CN": Decimal(1), "FR": Decimal(0), "unknown": Decimal(0),
    }  # fmt: skip
    assert found.hhi[Weighting.CRITICALITY].value == Decimal("0.625")


def test_unknown_origins_are_kept_apart_and_lower_the_coverage() -> None:
    found = report(line(2, "A", country="FR"), line(3, "B", country=None), line(4, "C", country=None))
    assert found.hhi[Weighting.COUNT].value == 1
    assert found.hhi[Weighting.COUNT].coverage == Decimal("0.333333333333")


def test_nothing_known_gives_no_index_and_says_so() -> None:
    found = report(line(2, "A", country=None))
    assert found.hhi[Weighting.COUNT].value is None
    assert "origin.note.no_concentration" in [note.code for note in problems_of(found)]


def test_several_currencies_are_not_added_up() -> None:
    euro = line(2, "A", price="10")
    found = report(euro, replace(euro, number=3, unit_price=Money(Decimal(10), "USD")))
    assert found.currency is None
    assert Weighting.VALUE not in found.by_zone
    assert found.total.value is None
    assert found.total.note == Message("origin.note.currencies")


def test_a_missing_price_is_said_and_weighs_nothing_by_value() -> None:
    found = report(line(2, "A", price="10"), line(3, "B", price=None, country="CN"))
    assert found.total.value == 10
    assert found.total.coverage == Decimal("0.5")
    assert found.total.note is not None
    assert zones(found, Weighting.VALUE) == {"france": Decimal(1), "world": Decimal(0)}


def test_the_fewest_lines_that_explain_80_percent_of_the_value_outside_the_union() -> None:
    prices = ("50", "30", "12", "8")
    far = [line(row, "X", price=price, country="CN") for row, price in enumerate(prices, 2)]
    assert report(*far, line(9, "Y", price="500", country="FR")).outside_eu == ("L2", "L3")


def test_a_british_part_is_outside_the_union() -> None:
    assert report(line(2, "A", country="GB"), line(3, "B", country="DE")).outside_eu == ("L2",)


def test_lines_to_relocate_go_by_what_they_weigh_unknown_origins_among_them() -> None:
    found = report(
        line(2, "A", price="1", country="CN"),
        line(3, "B", price="50", country="CN"),
        line(4, "C", price="10", country=None, is_critical=True, is_single_source=True),
        line(5, "D", price="90", country="DE"),
    )
    assert found.to_relocate == ("L4", "L3", "L2")


def test_single_points_are_single_sources_and_critical_parts_of_one_supplier() -> None:
    found = report(
        line(2, "A", is_single_source=True),
        line(3, "B", is_critical=True),
        line(4, "C", is_critical=True, is_single_source=False),
        line(5, "D", is_critical=True, supplier=None),
        line(6, "E", is_critical=True, item="P-X", supplier="Un"),
        line(7, "E", is_critical=True, item="P-X", supplier="Deux"),
        line(8, "F"),
    )
    assert set(found.single_points) == {"L2", "L3"}


def test_spellings_of_one_supplier_count_once_and_an_unknown_one_is_none() -> None:
    lines = [line(2, "A", supplier="Zoran"), line(3, "B", supplier="ZORAN "), line(4, "C", supplier=None)]
    found = report(*lines)
    assert {share.key for share in found.by_supplier} == {"ZORAN", "unknown"}
    assert found.supplier_hhi.value == 1


def test_an_assembly_that_does_not_count_weighs_nothing() -> None:
    found = report(line(2, "A", country="CN", counts=False, is_assembly=True), line(3, "B", country="FR"))
    assert zones(found, Weighting.COUNT) == {"france": Decimal(1)}


def test_no_line_gives_empty_shares() -> None:
    found = origin_report(replace(reading((line(2, "A"),)), lines=()), HOME)
    assert found.by_zone[Weighting.COUNT] == ()
    assert found.total.value is None


def test_every_figure_leads_to_the_file() -> None:
    found = report(line(2, "A"))
    for figure in (found.total, found.supplier_hhi, *found.hhi.values()):
        assert any(link.source.startswith("file:") for link in figure.evidence.chain())
    assert ("on", "2026-11-24") in found.evidence.parameters


@pytest.mark.parametrize("language", LANGUAGES)
def test_zones_weightings_and_notes_are_worded(language: str) -> None:
    notes: Sequence[Message] = problems_of(report(line(2, "A", price=None, country=None)))
    named = [Message(f"origin.zone.{zone.value}") for zone in Zone]
    named += [Message(f"origin.weighting.{weighting.value}") for weighting in Weighting]
    assert all(say(one, language) for one in (*notes, *named))  # type: ignore[arg-type]


def cobot() -> BomReading:
    path = Path(str(resources.files("ancrage"))) / "catalogue" / "demonstration" / "bom" / "cobot.csv"
    return read_bom(read_sheet(path), Evidence("file:cobot", "sheets.read_sheet"))


def test_the_cobot_tells_of_3_components_of_2200_from_china_and_japan() -> None:
    found = origin_report(cobot(), HOME)
    countries = {share.key: share.lines for share in found.by_country[Weighting.COUNT]}
    assert countries["CN"] + countries["JP"] == 3
    assert sum(countries.values()) == 2200
    assert "unknown" not in countries
    assert {share.key: share.lines for share in found.by_zone[Weighting.COUNT]}["world"] == 3
