"""What the dossier says, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from ancrage.dossier.model import Coverage, Dossier, SheetKind, Weighting
from ancrage.interfaces.reports.assemble import report_of
from ancrage.interfaces.reports.content import (
    Callout,
    Cell,
    Chart,
    Facts,
    Heading,
    ListBlock,
    Paragraph,
    Report,
    Section,
    Table,
)
from ancrage.interfaces.reports.xlsx import tables_of
from ancrage.interfaces.wording import Language
from ancrage.kernel.money import Money
from tests.factories import bicycle_lines, dossier, line, place_evidence

EVERY_SECTION = ("summary", "origin", "critical", "lines", "suppliers", "unknown", "sources")


def section(report: Report, key: str) -> Section:
    return next(one for one in report.sections if one.key == key)


def texts(report: Report) -> Iterator[str]:
    """Every text that a reader can meet."""
    for one in report.sections:
        yield one.title
        for block in one.blocks:
            match block:
                case Heading() | Paragraph():
                    yield block.text
                case Callout():
                    yield f"{block.title} {block.text}"
                case Facts():
                    yield from (f"{fact.label} {fact.text} {fact.detail}" for fact in block.facts)
                case ListBlock():
                    yield from (f"{item.lead} {item.text}" for item in block.items)
                case Chart():
                    yield block.alt
                case Table():
                    yield block.title


def table(report: Report, key: str) -> Table:
    return next(one for one in tables_of(report) if one.key == key)


def cell_of(report: Report, key: str, row: int, title: str) -> Cell:
    found = table(report, key)
    column = [one.title for one in found.columns].index(title)
    return next(cells[column] for cells in found.rows if cells[0].value == row)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_section_is_there_in_order_and_says_something(language: Language) -> None:
    report = report_of(dossier(language=language), language)
    assert tuple(one.key for one in report.sections) == EVERY_SECTION
    assert all(text.strip() for text in texts(report))


def test_what_is_not_assessed_is_absent(report: Report) -> None:
    titles = " ".join(one.title.lower() for one in report.sections)
    assert not any(word in titles for word in ("coût", "financement", "aide", "foncier", "compétence"))


def test_three_components_of_2200_from_china_and_japan(cobot: Dossier) -> None:
    french = section(report_of(cobot, "fr"), "summary").blocks[0]
    english = section(report_of(cobot, "en"), "summary").blocks[0]
    assert isinstance(french, Paragraph)
    assert isinstance(english, Paragraph)
    plain = french.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "3 lignes sur 2 200 viennent du reste du monde : Chine (2) et Japon (1)." in plain
    assert "3 lines of 2,200 come from the rest of the world: China (2) and Japan (1)." in english.text


def test_the_share_outside_the_union_stands_under_the_three_weightings(report: Report) -> None:
    facts = next(block for block in section(report, "summary").blocks if isinstance(block, Facts)).facts
    outside = [fact for fact in facts if fact.label.startswith("Hors UE")]
    assert [fact.label for fact in outside] == ["Hors UE, en nombre", "Hors UE, en valeur", "Hors UE, en criticité"]
    assert all(fact.ref is not None and "inconnue" in fact.detail for fact in outside)


def test_a_weighting_under_which_nothing_weighs_is_unknown_and_not_zero() -> None:
    known = dossier()
    absent = {Weighting.COUNT: known.origin.by_zone[Weighting.COUNT], Weighting.CRITICALITY: ()}
    origin = replace(known.origin, by_zone=absent, by_country=known.origin.by_country, currency=None)
    report = report_of(replace(known, origin=origin), "fr")
    facts = next(block for block in section(report, "summary").blocks if isinstance(block, Facts)).facts
    said = {fact.label: fact.text for fact in facts}
    assert said["Hors UE, en valeur"] == said["Hors UE, en criticité"] == "inconnu"


def test_at_most_three_next_steps_and_the_heaviest_parts_first(report: Report) -> None:
    blocks = section(report, "summary").blocks
    steps = next(block for block in blocks if isinstance(block, ListBlock))
    assert steps.ordered
    assert 1 <= len(steps.items) <= 3
    values = [row[3].value for row in table(report, "summary-heaviest").rows]
    assert values == sorted(values, key=lambda value: -Decimal(str(value)))


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "renseignement tarifaire contraignant (RTC)"), ("en", "binding tariff information (BTI, in French RTC)")],
)
def test_a_proposed_code_is_never_a_customs_classification(language: Language, words: str) -> None:
    report = report_of(dossier(language=language), language)
    first = next(block for block in section(report, "lines").blocks if isinstance(block, Callout))
    assert words in first.text


def test_a_given_code_stands_as_given_and_a_proposed_one_says_how_sure_it_is(report: Report) -> None:
    given = cell_of(report, "lines", 3, "Code douanier")
    proposed = cell_of(report, "lines", 4, "Code douanier")
    assert given.value == "850131"
    assert given.detail.startswith("donné")
    assert proposed.detail.replace("\u00a0", " ").startswith("sûr (83 %)")


def test_unknown_is_neither_zero_nor_no(report: Report) -> None:
    assert cell_of(report, "lines", 16, "Valeur").value is None
    assert cell_of(report, "lines", 6, "Origine").value is None
    headcounts = [row[5].value for row in table(report, "suppliers-sites").rows]
    assert None in headcounts


def test_an_assembly_that_does_not_count_has_no_unknown_origin() -> None:
    lines = (line(2, "Vélo complet", country=None, price=None, is_assembly=True, counts=False), *bicycle_lines()[1:])
    report = report_of(dossier(lines), "fr")
    assert cell_of(report, "lines", 2, "Origine").value == ""


def test_what_is_unknown_says_whom_to_ask_heaviest_first(report: Report) -> None:
    asked = table(report, "unknown-lines")
    assert asked.rows[0][0].value == 14  # the brake: critical, of unknown origin
    by_line = {row[0].value: str(row[4].value) for row in asked.rows}
    assert "Câblerie Montbrac" in by_line[8]
    assert "service achats" in by_line[6]


def test_the_score_is_shown_term_by_term_with_reasons_and_what_is_missing(report: Report) -> None:
    detail = table(report, "suppliers-detail")
    titles = [column.title.replace("\u00a0", " ") for column in detail.columns[6:9]]
    weights = [Decimal(title.split("× ")[1].rstrip(" %)")) / 100 for title in titles]
    for row in detail.rows:
        terms = [Decimal(str(cell.value)) for cell in row[6:9]]
        score = sum(term * weight for term, weight in zip(terms, weights, strict=True))
        assert abs(score - Decimal(str(row[5].value))) < Decimal("0.0001")
        assert str(row[10].value)
        assert str(row[11].value)


def test_a_radius_that_crosses_the_border_names_the_countries(report: Report) -> None:
    callouts = [block for block in section(report, "suppliers").blocks if isinstance(block, Callout)]
    assert any("Suisse et Allemagne" in one.text for one in callouts)


def test_no_supplier_section_without_a_line_to_relocate() -> None:
    known = dossier()
    nothing = replace(known.suppliers, shortlists=(), coverage=Coverage((), ()))
    report = report_of(replace(known, suppliers=nothing, origin=replace(known.origin, to_relocate=())), "fr")
    assert "suppliers" not in [one.key for one in report.sections]


def test_a_purchases_file_says_what_it_cannot_give() -> None:
    known = dossier()
    report = report_of(replace(known, bom=replace(known.bom, kind=SheetKind.PURCHASES)), "fr")
    assert any("ni les quantités" in text for text in texts(report))


def test_prices_in_two_currencies_are_never_added_up() -> None:
    lines = list(bicycle_lines())
    lines[0] = replace(lines[0], unit_price=Money(Decimal("148.00"), "USD"))
    report = report_of(dossier(tuple(lines)), "fr")
    assert "chart-pareto" not in [block.key for block in section(report, "critical").blocks if isinstance(block, Chart)]
    assert any("pas tous dans une même devise" in text for text in texts(report))


def test_every_reference_leads_to_an_entry_and_every_entry_to_its_own(report: Report) -> None:
    entries = {row[0].value: row for row in table(report, "evidence").rows}
    cited = {cell.ref.number for one in tables_of(report) for row in one.rows for cell in row if cell.ref is not None}
    assert cited
    assert cited <= entries.keys()
    rests_on = {int(part.strip("[]")) for row in entries.values() for part in str(row[5].value).split()}
    assert rests_on <= entries.keys()


def test_every_amount_share_and_score_has_its_evidence(report: Report) -> None:
    """A figure leads to its evidence by itself, or by the number of the line of the file that stands in its row."""
    for one in tables_of(report):
        if one.key in {"question", "vintages", "evidence", "candidates"}:
            continue
        for row in one.rows:
            figures = [
                cell
                for cell, column in zip(row, one.columns, strict=True)
                if column.kind in {"amount", "percent", "decimal"} and isinstance(cell.value, Decimal)
            ]
            assert not figures or any(cell.ref for cell in row), (one.key, row)


def test_shared_references_are_those_of_every_row() -> None:
    found = report_of(dossier(), "fr")
    for one in tables_of(found):
        for place, ref in enumerate(one.shared_refs):
            if ref is not None:
                assert {cell.ref.number for cell in (row[place] for row in one.visible) if cell.ref} == {ref.number}


def test_a_line_leads_to_its_own_row_of_the_file(report: Report) -> None:
    cell = table(report, "lines").rows[4][0]
    assert cell.ref is not None
    assert cell.ref.place == place_evidence(6).place


def test_when_no_origin_is_known_the_share_outside_the_union_is_unknown_and_not_zero() -> None:
    lines = tuple(replace(one, origin=None, is_critical=None, is_single_source=None) for one in bicycle_lines())
    report = report_of(dossier(lines), "fr")
    blocks = section(report, "summary").blocks
    facts = {fact.label: fact for fact in next(block for block in blocks if isinstance(block, Facts)).facts}
    assert facts["Hors UE, en nombre"].text == facts["Hors UE, en valeur"].text == "inconnu"
    assert facts["Points de rupture"].text == "inconnu"
    assert isinstance(blocks[0], Paragraph)
    assert "L'origine d'aucune n'est connue" in blocks[0].text


def test_an_establishment_without_a_published_name_is_called_by_its_siret(report: Report) -> None:
    names = [str(row[0].value) for row in table(report, "suppliers-sites").rows]
    assert any(name.startswith("SIRET 000") for name in names)
