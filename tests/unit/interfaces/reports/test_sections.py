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
from ancrage.interfaces.reports.requests_out import asked_lines
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
    assert facts["Sources uniques déclarées"].text == "inconnu"
    assert isinstance(blocks[0], Paragraph)
    assert "L'origine d'aucune n'est connue" in blocks[0].text


def test_an_establishment_without_a_published_name_is_called_by_its_siret(report: Report) -> None:
    names = [str(row[0].value) for row in table(report, "suppliers-sites").rows]
    assert any(name.startswith("SIRET 000") for name in names)


def summary_facts(one: Dossier, language: Language = "fr") -> dict[str, tuple[str, str]]:
    blocks = section(report_of(one, language), "summary").blocks
    facts = next(block for block in blocks if isinstance(block, Facts)).facts
    return {fact.label: (fact.text, fact.detail) for fact in facts}


def test_a_search_around_the_site_or_in_a_territory_says_both(bicycle: Dossier) -> None:
    where = "à moins de 150 km ou dans le territoire choisi (Bourgogne-Franche-Comté)"
    assert summary_facts(bicycle)["Lignes avec une piste"][1].endswith(where)
    assert any(where in text for text in texts(of_suppliers(bicycle)))
    around = replace(bicycle, question=replace(bicycle.question, territory=""))
    assert summary_facts(around)["Lignes avec une piste"][1].endswith("à moins de 150 km")
    inside = replace(bicycle, suppliers=replace(bicycle.suppliers, radius_km=None))
    assert summary_facts(inside, "en")["Lines with a lead"][1].endswith(
        "in the chosen territory (Bourgogne-Franche-Comté)"
    )


def of_suppliers(one: Dossier) -> Report:
    whole = report_of(one, "fr")
    return replace(whole, sections=(section(whole, "suppliers"),))


def test_a_declared_single_source_and_a_critical_part_with_one_supplier_named_are_counted_apart() -> None:
    lines = (
        line(2, "Carte", is_critical=True, is_single_source=True),
        line(3, "Cadre", is_critical=True),
        line(4, "Moteur", is_critical=True),
    )
    one = dossier(lines)
    one = replace(one, origin=replace(one.origin, single_points=("L3", "L2", "L4")))
    assert summary_facts(one)["Sources uniques déclarées"] == (
        "1", "et 2 pièces critiques dont un seul fournisseur est cité, à confirmer",
    )  # fmt: skip
    report = report_of(one, "fr")
    said = " ".join(texts(report))
    assert "1 ligne est déclarée à source unique" in said
    assert "2 pièces critiques n'ont qu'un fournisseur cité" in said
    assert "Sécuriser « Carte »" in said.replace("\u00a0", " ")
    why = {row[0].value: str(row[-1].value) for row in table(report, "critical-single").rows}
    assert why[2].startswith("source unique déclarée")
    assert why[3].startswith("un seul fournisseur cité (à confirmer)")


def test_critical_parts_with_one_supplier_named_are_no_declared_single_source() -> None:
    one = dossier((line(2, is_critical=True),))
    one = replace(one, origin=replace(one.origin, single_points=("L2",)))
    text, detail = summary_facts(one)["Sources uniques déclarées"]
    assert text == "inconnu"
    assert "1 pièce critique dont un seul fournisseur est cité" in detail


def test_the_supplier_to_start_with_is_the_first_of_the_letters_with_the_count_of_its_letter(bicycle: Dossier) -> None:
    supplier, asked = asked_lines(bicycle)[0]
    said = " ".join(texts(report_of(bicycle, "fr")))
    assert f"commencez par {supplier} ({len(asked)} articles)" in said


def test_lines_that_name_the_same_part_are_one_priority() -> None:
    lines = (
        line(2, "Moteur", item="M", price="50", country="CN"),
        line(3, "Carte", item="C", price="40", country="CN"),
        line(4, "Moteur", item="M", price="30", country="CN"),
        line(5, "Moteur", item="M", price="20", country="JP"),
        line(6, "Carte", item="C", price=None, country="CN"),
    )
    rows = table(report_of(dossier(lines), "fr"), "summary-heaviest")
    found = [(row[0].value, row[1].value, row[3].value) for row in rows.rows]
    assert found == [("2, 4", "Moteur", Decimal(80)), ("3, 6", "Carte", None), (5, "Moteur", Decimal(20))]
    assert "5 lignes" in rows.note


def with_bom(one: Dossier, sha256: str) -> Dossier:
    return replace(one, question=replace(one.question, bom_sha256=sha256))


def drawings(one: Dossier) -> dict[str, bool]:
    """By drawing, whether it says that its data are invented."""
    blocks = (block for part in report_of(one, "fr").sections for block in part.blocks)
    return {block.key: "inventées" in str(block.spec["title"]) for block in blocks if isinstance(block, Chart)}


def test_what_is_invented_is_said_precisely(bicycle: Dossier, real_bicycle: Dossier) -> None:
    own = with_bom(bicycle, "ab" * 32)
    shown = replace(real_bicycle, invented=True)
    notices = [report_of(one, "fr").cover.notice for one in (bicycle, own, shown, real_bicycle)]
    assert all(notice.startswith("Données inventées") for notice in notices[:3])
    assert "aucun chiffre n'y est réel" in notices[0]
    assert "ceux du fichier remis" in notices[1]
    assert "vrai registre" in notices[2]
    assert notices[3] == ""


def test_a_drawing_says_that_its_own_data_are_invented(bicycle: Dossier, real_bicycle: Dossier) -> None:
    assert set(drawings(bicycle).values()) == {True}
    assert set(drawings(real_bicycle).values()) == {False}
    own = drawings(with_bom(bicycle, "ab" * 32))
    assert {key for key, is_marked in own.items() if is_marked} == {"chart-map"}
    shown = drawings(replace(real_bicycle, invented=True))
    assert {key for key, is_marked in shown.items() if not is_marked} == {"chart-map"}
