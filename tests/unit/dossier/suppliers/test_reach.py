"""Finding nobody where the register has nobody is unknown, and said so with what the register covers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ancrage.dossier.model import RegisterReach, SupplierReport
from ancrage.dossier.suppliers.ground import Around
from ancrage.dossier.suppliers.reach import reach_of, reach_warning
from ancrage.dossier.suppliers.report import find_suppliers
from ancrage.interfaces.reports.register_reach import reach_callout
from ancrage.interfaces.reports.supplier_list import supplier_list_payload, supplier_list_text
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import LANGUAGES, Language
from ancrage.reference.place import parse_place
from ancrage.reference.territory import load_territory
from tests.supplier_ground import AROUND, BELFORT, Site, options, view

FRANCE = load_territory()
METZ = (6.1757, 49.1193)
BRITTANY = Around(centre=None, area=parse_place("region:53", FRANCE).area)


def search(around: Around, text: str = "usinage", covered: tuple[str, ...] = ("25", "90")) -> SupplierReport:
    return find_suppliers(text, replace(view([Site(1), Site(2)]), covered=covered), around, options())


def test_departments_of_a_territory_and_of_a_circle_are_those_that_it_touches() -> None:
    assert reach_of(0, ["90"], BRITTANY, FRANCE).uncovered == ("22", "29", "35", "56")
    assert {"54", "57", "55"} <= set(reach_of(0, ["90"], Around(METZ, 80.0), FRANCE).uncovered)
    assert "90" not in reach_of(3, ["90"], Around(BELFORT, 20.0), FRANCE).uncovered
    assert reach_of(3, ["90"], Around(None), FRANCE).uncovered == ()


def test_the_reach_counts_open_establishments_of_the_area() -> None:
    assert search(AROUND).reach.establishments == 2
    assert search(BRITTANY).reach == RegisterReach(0, ("25", "90"), ("22", "29", "35", "56"))


def test_without_a_word_on_the_whole_register_its_rows_tell_what_it_covers() -> None:
    report = find_suppliers("usinage", view([Site(1)]), AROUND, options())
    assert report.reach.covered == ("90",)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_area_outside_the_register_is_no_none(lang: Language) -> None:
    report = search(BRITTANY)
    shown = supplier_list_text(report, lang)
    warning = reach_warning(report)
    assert warning is not None
    said = Words(lang).message(warning)
    assert said in shown
    assert Words(lang).say("suppliers.list.none") not in shown
    assert all(code in said for code in ("22, 29, 35, 56", "25, 90"))
    assert supplier_list_payload(report, lang)["warnings"] == [said]
    assert [callout.text for callout in reach_callout(report, Words(lang), ())] == [said]


def test_a_covered_area_says_nothing_of_the_reach() -> None:
    everywhere = tuple(FRANCE.departments)
    report = search(AROUND, covered=everywhere)
    assert reach_warning(report) is None
    assert list(reach_callout(report, Words("fr"), ())) == []


def test_an_area_partly_outside_names_its_departments_without_anyone() -> None:
    report = replace(search(AROUND), reach=RegisterReach(2, ("90",), ("68",)))
    warning = reach_warning(report)
    assert warning is not None
    assert "68" in Words("fr").message(warning)
    assert Words("fr").message(warning) in supplier_list_text(report, "fr")


def test_many_departments_are_counted_and_none_is_said() -> None:
    many = replace(search(BRITTANY), reach=RegisterReach(0, tuple(sorted(FRANCE.departments)), ()))
    none = replace(search(BRITTANY), reach=RegisterReach(0, (), ("22",)))
    for report, part in ((many, f"{len(FRANCE.departments)} départements"), (none, "aucun département")):
        warning = reach_warning(report)
        assert warning is not None
        assert part in Words("fr").message(warning)


@pytest.mark.parametrize("text", ["xyzzy", "???", "12"])
def test_a_question_of_no_known_word_is_not_answered_by_none(text: str) -> None:
    report = search(AROUND, text)
    assert not report.understood
    assert not supplier_list_payload(report, "fr")["understood"]
    assert "Aucun mot reconnu" in supplier_list_text(report, "fr")
    assert "No word was recognised" in supplier_list_text(report, "en")


@pytest.mark.parametrize("text", ["usinage", "inox", "ISO 9001"])
def test_a_known_process_material_or_certificate_is_understood(text: str) -> None:
    assert search(AROUND, text).understood


def test_a_question_that_only_names_a_process_is_not_read_as_a_product() -> None:
    def of(text: str) -> set[str]:
        sites = [Site(1, "24.51Z"), Site(2, "25.99B")]
        report = find_suppliers(text, view(sites), AROUND, options(), (("25.99", 0.9), ("32.50", 0.01)))
        return {report.establishments[match.siret].activity or "" for match in report.shortlists[0].matches}

    assert of("fonderie") == {"24.51Z"}
    assert of("fonderie fonte") == {"24.51Z"}
    assert of("fonderie de poteaux") == {"24.51Z", "25.99B"}
    assert of("poteaux") == {"25.99B"}
