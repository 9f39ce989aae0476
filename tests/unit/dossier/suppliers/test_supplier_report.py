"""The report as a whole: one shortlist per line, sites of one company once, evidence for everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ancrage.dossier.model import Candidate, Classification, Line, SupplierReport
from ancrage.dossier.suppliers.ground import Around
from ancrage.dossier.suppliers.report import find_suppliers, supplier_report
from ancrage.interfaces.wording import LANGUAGES, say
from ancrage.kernel.errors import InputError
from ancrage.kernel.message import Message
from ancrage.kernel.ports import Hit
from ancrage.kernel.verdict import Ability
from tests.factories import FILE, REGISTER, line
from tests.supplier_ground import AROUND, BELFORT, FakeIndex, Site, options, statement, view

NEAR = (6.9, 47.65)
LESS_NEAR = (7.2, 47.6)


def wanted(row: int, label: str, *processes: tuple[str, float], nace: str = "") -> tuple[Line, Classification]:
    candidates = tuple(Candidate(code, sure, ()) for code, sure in processes)
    classes = (Candidate(nace, 0.7, ()),) if nace else ()
    return line(row, label), Classification(label, (), (), classes, candidates, (), (), FILE)


def sirets(report: SupplierReport, place: int = 0) -> list[str]:
    return [str(match.siret) for match in report.shortlists[place].matches]


def test_a_lead_nearer_comes_first_and_an_able_site_before_both() -> None:
    sites = [Site(1, point=LESS_NEAR), Site(2, point=NEAR), Site(3, point=LESS_NEAR)]
    report = supplier_report([wanted(2, "Bride", ("milling", 0.9))], view(sites, [statement(3)]), AROUND, options())
    assert sirets(report) == [str(Site(number).siret) for number in (3, 2, 1)]
    assert [match.verdict.ability for match in report.shortlists[0].matches] == [
        Ability.ABLE,
        Ability.LEAD,
        Ability.LEAD,
    ]


def test_the_score_is_the_weighted_sum_of_its_parts() -> None:
    sites = [Site(number, band=band) for number, band in enumerate(("01", "12", None, "32"), 1)]
    report = supplier_report([wanted(2, "Bride", ("milling", 0.9))], view(sites, [statement(2)]), AROUND, options())
    for match in report.shortlists[0].matches:
        assert match.score == pytest.approx(sum(part.value * part.weight for part in match.parts), abs=1e-5)
        assert sum(part.weight for part in match.parts) == pytest.approx(1)
        assert all(0 <= part.value <= 1 for part in match.parts)


def test_sites_of_one_company_appear_once_with_the_one_that_produces() -> None:
    sites = [Site(1, "70.10Z", company=9), Site(2, company=9, point=LESS_NEAR), Site(3, company=9, point=NEAR)]
    report = supplier_report([wanted(2, "Bride", ("milling", 0.9))], view(sites), AROUND, options(with_set_aside=True))
    assert sirets(report) == [str(Site(3).siret)]
    assert report.shortlists[0].found == 1


def test_what_is_not_production_is_unlikely_when_the_switch_shows_it() -> None:
    report = supplier_report(
        [wanted(2, "Bride", ("milling", 0.9))], view([Site(1, band="00")]), AROUND, options(with_set_aside=True)
    )
    match = report.shortlists[0].matches[0]
    assert match.verdict.ability is Ability.UNLIKELY
    assert "suppliers.reason.kind" in [reason.text.code for reason in match.verdict.reasons]


def test_the_shortlist_is_cut_and_says_how_many_there_were() -> None:
    sites = [Site(number) for number in range(1, 13)]
    report = supplier_report([wanted(2, "Bride", ("milling", 0.9))], view(sites), AROUND, options(top=5))
    assert len(report.shortlists[0].matches) == 5
    assert report.shortlists[0].found == 12


def test_every_pick_stands_in_the_shortlist_of_each_line_it_covers() -> None:
    sites = [*(Site(number, "25.62A", point=NEAR) for number in range(1, 10)), Site(10, "25.62B", point=LESS_NEAR)]
    lines = [
        wanted(2, "Axe", ("bar-turning", 0.9)),
        *(wanted(row, f"Carter Ø{row}", ("milling", 0.9)) for row in (3, 4, 5)),
    ]
    report = supplier_report(lines, view(sites), AROUND, options(top=2))
    by_line = {one.line: {str(match.siret) for match in one.matches} for one in report.shortlists}
    assert report.coverage.picks
    for siret, covered in report.coverage.picks:
        assert str(siret) in report.establishments
        assert all(str(siret) in by_line[key] for key in covered)


def test_a_line_that_nobody_makes_is_uncovered_and_has_an_empty_shortlist() -> None:
    lines = [wanted(2, "Bride", ("milling", 0.9)), wanted(3, "Tissu", ("weaving", 0.9)), wanted(4, "Mystère")]
    report = supplier_report(lines, view([Site(1)]), AROUND, options())
    assert report.coverage.uncovered == ("L3", "L4")
    assert [len(one.matches) for one in report.shortlists] == [1, 0, 0]


def test_every_reason_leads_to_its_row_of_the_register_or_its_statement() -> None:
    sites = [Site(1), Site(2, "25.61Z")]
    report = supplier_report([wanted(2, "Bride", ("milling", 0.9))], view(sites, [statement(1)]), AROUND, options())
    for match in report.shortlists[0].matches:
        for reason in match.verdict.reasons:
            places = {link.place for link in reason.evidence.chain()}
            assert str(match.siret) in places
            assert reason.evidence.invented
    assert report.evidence.invented
    assert report.register == REGISTER


def test_an_unknown_headcount_is_asked_for_and_not_counted_as_none() -> None:
    report = supplier_report(
        [wanted(2, "Bride", ("milling", 0.9))], view([Site(1, band=None, employer=None)]), AROUND, options()
    )
    match = report.shortlists[0].matches[0]
    assert "suppliers.ask.headcount" in [one.code for one in match.verdict.missing]
    assert report.establishments[str(match.siret)].band is None


def test_a_product_reading_says_so() -> None:
    report = supplier_report([wanted(2, "Roulement", nace="28.15")], view([Site(1, "28.15Z")]), AROUND, options())
    match = report.shortlists[0].matches[0]
    assert match.reading == "product"
    assert match.verdict.ability is Ability.LEAD


def test_a_border_in_the_radius_is_said() -> None:
    around = Around(BELFORT, 50.0, neighbours=("CH", "DE"))
    assert supplier_report([], view([Site(1)]), around, options()).crosses_border
    assert not supplier_report([], view([Site(1)]), AROUND, options()).crosses_border


def test_a_free_question_gives_one_shortlist_with_names_that_match() -> None:
    hits = FakeIndex(
        [Hit(str(Site(2).siret), 4.0, ("usinage", "5", "axes")), Hit(str(Site(1).siret), 1.0, ("usinage",))], []
    )
    sites = [Site(1), Site(2, "28.99B"), Site(3, "10.51C")]
    report = find_suppliers("usinage 5 axes fromage", view(sites, index=hits), AROUND, options(), (("10.51", 0.2),))
    found = {str(match.siret): match for match in report.shortlists[0].matches}
    assert report.shortlists[0].line == "question"
    assert found.keys() == {str(Site(number).siret) for number in (1, 2, 3)}
    assert "suppliers.reason.words" in [one.text.code for one in found[str(Site(2).siret)].verdict.reasons]
    assert {one.text for one in hits.asked} == {"usinage 5 axes fromage"}


def test_the_large_volume_of_a_line_prefers_larger_sites() -> None:
    sites = [Site(1, band="03"), Site(2, band="31")]
    small, large = wanted(2, "Bride", ("milling", 0.9)), wanted(3, "Bride", ("milling", 0.9))
    large = (replace(large[0], annual_volume=Decimal(500000)), large[1])
    report = supplier_report([small, large], view(sites), AROUND, options())
    size = {
        (one.line, str(match.siret)): next(part.value for part in match.parts if part.name == "suppliers.score.size")
        for one in report.shortlists
        for match in one.matches
    }
    assert size["L3", str(Site(1).siret)] < size["L2", str(Site(1).siret)]
    assert size["L3", str(Site(2).siret)] > size["L2", str(Site(2).siret)]


def test_a_statement_about_a_site_elsewhere_changes_nothing() -> None:
    lines = [wanted(2, "Bride", ("milling", 0.9))]
    with_it = supplier_report(lines, view([Site(1)], [statement(77)]), AROUND, options())
    without = supplier_report(lines, view([Site(1)]), AROUND, options())
    assert with_it.shortlists == without.shortlists


def test_a_site_that_states_the_process_is_found_whatever_its_activity() -> None:
    said = [statement(1, on=date(2026, 5, 1))]
    report = supplier_report([wanted(2, "Bride", ("milling", 0.9))], view([Site(1, "28.99B")], said), AROUND, options())
    assert report.shortlists[0].matches[0].verdict.ability is Ability.ABLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_a_match_is_worded(language: str) -> None:
    sites = [Site(1), Site(2, "25.61Z"), Site(3, "28.15Z"), Site(4, "28.13Z"), Site(5, "28.99B", point=None)]
    hits = FakeIndex([Hit(str(Site(5).siret), 1.0, ("fraisage",))], [])
    around = Around(BELFORT)
    asked = wanted(2, "Bride Ø60", ("milling", 0.9), nace="28.15")
    report = supplier_report([asked], view(sites, index=hits), around, options())
    assert len(report.shortlists[0].matches) == 5
    for match in report.shortlists[0].matches:
        for text in (*(one.text for one in match.verdict.reasons), *match.verdict.missing):
            assert "{" not in say(text, language)  # type: ignore[arg-type]
        for part in match.parts:
            assert say(Message(part.name), language)  # type: ignore[arg-type]


def test_a_broad_class_read_with_little_confidence_does_not_carry_the_cover() -> None:
    sites = [Site(1, "25.99B"), Site(2, "25.62B", point=LESS_NEAR)]
    sure = ("milling", 0.9)
    asked = [wanted(2, "A", sure), wanted(3, "B", sure), wanted(9, "Article")]
    lines = [(one, replace(found, nace=(Candidate("25.99", 0.3, ()),))) for one, found in asked]
    report = supplier_report(lines, view(sites), AROUND, options())
    assert report.coverage.picks == ((Site(2).siret, ("L2", "L3")), (Site(1).siret, ("L9",)))


def test_a_territory_without_a_starting_point_has_unknown_distances_and_a_radius_is_refused() -> None:
    lines = [wanted(2, "Bride", ("milling", 0.9))]
    report = supplier_report(lines, view([Site(1)]), Around(None), options())
    assert report.shortlists[0].matches[0].distance_km is None
    assert report.origin_point is None
    with pytest.raises(InputError):
        supplier_report(lines, view([Site(1)]), Around(None, 50.0), options())
