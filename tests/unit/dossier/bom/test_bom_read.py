"""What a sheet says: three outcomes, exact totals, unknown kept unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ancrage.dossier.bom.currencies import parse_rate
from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.bom.sheet import Cell, Merge, RawSheet
from ancrage.dossier.model import BomReading, OriginBasis, PriceBasis, Severity, SheetKind, Status
from ancrage.kernel.errors import MoneyError, UsageError
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.money import Money, Rate

SOURCE = Evidence("file:abc", "bom.read")
HEAD = ("Désignation", "Quantité", "Prix unitaire (EUR)")


def read(*rows: tuple[Cell, ...], mapping: dict[str, str] | None = None, rates: tuple[Rate, ...] = ()) -> BomReading:
    return read_bom(RawSheet.of(rows), SOURCE, mapping=mapping, rates=rates)


def codes(reading: BomReading) -> set[str]:
    return {problem.code for problem in reading.problems}


def test_a_clean_sheet_is_accepted_whole() -> None:
    reading = read(HEAD, ("Vis", 3, Decimal("1.2")), ("Écrou", 2, Decimal("0.1")))
    assert reading.status is Status.ACCEPTED
    assert reading.totals == {"EUR": Decimal("3.8")}
    assert [(line.number, line.label) for line in reading.lines] == [(2, "Vis"), (3, "Écrou")]
    assert reading.lines[0].evidence.place == "L2"


def test_what_is_missing_stays_unknown_and_the_coverage_says_so() -> None:
    reading = read((*HEAD, "Pays d'origine"), ("Vis", 3, None, "France"), ("Écrou", 2, Decimal("0.1"), None))
    assert reading.status is Status.ACCEPTED
    assert reading.lines[0].unit_price is None
    assert reading.lines[1].origin is None
    assert reading.coverage == {"price": Decimal("0.5"), "origin": Decimal("0.5"), "supplier": 0, "hs": 0}


def test_the_sellers_country_is_never_the_origin() -> None:
    head = (*HEAD, "Pays du fournisseur", "Pays d'expédition", "Fournisseur")
    reading = read(head, ("Vis", 3, Decimal("1.2"), "FR", "NL", "RS Components"))
    (line,) = reading.lines
    assert (line.origin, line.seller_country, line.dispatch_country) == (None, "FR", "NL")
    assert line.supplier_is_distributor
    assert {"bom.origin.not_seller", "bom.distributors"} <= codes(reading)


@pytest.mark.parametrize(
    ("supplier", "is_known"),
    [
        ("RS", True),
        ("RS Components SAS", True),
        ("rs-online.com", True),
        ("Farnell", True),
        ("Würth France", True),
        ("AliExpress", True),
        ("amazon.fr", True),
        ("Digi-Key", True),
        ("RSA Moteurs", False),
        ("Moteurs RS", False),
        ("ACME", False),
    ],
)
def test_known_distributors_are_marked(supplier: str, is_known: bool) -> None:
    reading = read((*HEAD, "Fournisseur"), ("Vis", 3, Decimal("1.2"), supplier))
    assert reading.lines[0].supplier_is_distributor is is_known


def test_an_origin_says_how_it_is_known() -> None:
    head = (*HEAD, "Pays d'origine", "Mode de preuve de l'origine")
    rows = [
        ("A", 1, None, "Chine", "document douanier"),
        ("B", 1, None, "Chine", None),
        ("C", 1, None, "Chine ?", None),
        ("D", 1, None, "Chine", "marquage"),
        ("E", 1, None, "Chine", "boule de cristal"),
    ]
    reading = read(head, *rows)
    assert [line.origin.basis for line in reading.lines if line.origin] == [
        OriginBasis.CUSTOMS_DOCUMENT,
        OriginBasis.COMPANY_WORD,
        OriginBasis.SUPPOSED,
        OriginBasis.MARKING,
        OriginBasis.COMPANY_WORD,
    ]
    assert "bom.basis.unknown" in codes(reading)


def test_a_price_deduced_from_a_total_keeps_the_total_exact() -> None:
    reading = read(("Désignation", "Quantité", "Montant (EUR)"), ("Plaque", 12, 29), ("Vis", 7, 1))
    assert reading.totals == {"EUR": Decimal(30)}
    first, second = reading.lines
    assert first.price_basis is PriceBasis.DEDUCED
    assert first.unit_price == Money(Decimal("2.416666666667"), "EUR")
    assert second.value == Money(Decimal(1), "EUR")
    assert "bom.price.deduced" in codes(reading)


def test_factors_multiply() -> None:
    reading = read(
        ("item", "qty_per_assembly", "assembly_multiplier", "cost_usd"), ("Wheel hub", 2, 6, Decimal("1.25"))
    )
    assert reading.lines[0].label == "Wheel hub"
    assert reading.lines[0].quantity is not None
    assert reading.lines[0].quantity.value == 12
    assert reading.totals == {"USD": Decimal(15)}


def test_headings_are_proposed_then_confirmed() -> None:
    rows = (("Machin", "Quantitée", "Prix unitaire (EUR)"), ("Vis", 3, Decimal("1.2")))
    first = read(*rows)
    assert first.status is Status.REJECTED
    assert {"bom.heading.proposed", "bom.missing.both"} <= codes(first)
    confirmed = read(*rows, mapping={"Machin": "Désignation", "Quantitée": "quantity"})
    assert confirmed.totals == {"EUR": Decimal("3.6")}
    assert confirmed.understood == {"Machin": "label", "Quantitée": "quantity", "Prix unitaire (EUR)": "unit_price"}


def test_a_column_can_be_set_aside() -> None:
    rows = ((*HEAD, "Prix catalogue", "Prix unitaire"), ("Vis", 3, Decimal("1.2"), 9, 2))
    assert read(*rows).status is Status.REJECTED
    assert read(*rows, mapping={"Prix unitaire": "-"}).totals == {"EUR": Decimal("3.6")}


@pytest.mark.parametrize("mapping", [{"Absente": "Désignation"}, {"Désignation": "Zorglub"}])
def test_a_mapping_that_names_nothing_is_a_wrong_usage(mapping: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        read(HEAD, ("Vis", 3, 1), mapping=mapping)


def test_currencies_add_up_only_with_a_dated_rate() -> None:
    head = ("Désignation", "Quantité", "Prix unitaire", "Devise")
    rows = (("A", 1, 10, "EUR"), ("B", 2, 5, "USD"))
    assert read(head, *rows).totals == {"EUR": Decimal(10), "USD": Decimal(10)}
    reading = read(head, *rows, rates=(parse_rate("USD=0.92@2026-03-01"),))
    assert reading.totals == {"EUR": Decimal("19.2")}
    assert "bom.rate.used" in codes(reading)


def test_a_rate_is_written_with_its_date() -> None:
    assert parse_rate("usd=0,92@2026-03-01") == Rate("USD", "EUR", Decimal("0.92"), date(2026, 3, 1), "user")
    for text in (
        "USD=0.92",
        "USD@2026-03-01",
        "ZZZ=1@2026-03-01",
        "EUR=1@2026-03-01",
        "USD=0@2026-03-01",
        "USD=1@2026-13-01",
        "USD=-1@2026-03-01",
        "USD=1e5@2026-03-01",
        "USD=nan@2026-03-01",
    ):
        with pytest.raises(MoneyError):
            parse_rate(text)


def test_a_purchases_file_has_amounts_and_no_quantity() -> None:
    reading = read(
        ("Fournisseur", "Catégorie", "Montant annuel (k€)", "Pays d'origine"),
        ("ACME", "Visserie", Decimal("12.5"), "CN"),
    )
    assert (reading.kind, reading.status) == (SheetKind.PURCHASES, Status.ACCEPTED)
    (line,) = reading.lines
    assert (line.quantity, line.unit_price, line.label) == (None, None, "Visserie")
    assert line.value == Money(Decimal(12_500), "EUR")
    assert "bom.purchases.limits" in codes(reading)


def test_quantities_and_prices_follow_the_tree() -> None:
    head = ("Niveau", "Référence", "Quantité", "Prix unitaire (EUR)")
    reading = read(
        head, (0, "P", None, 100), (1, "A", 2, None), (2, "a", 3, Decimal("1.5")), (1, "b", 4, Decimal("0.5"))
    )
    assert reading.totals == {"EUR": Decimal(11)}
    assert [line.counts for line in reading.lines] == [False, False, True, True]
    assert [line.parent for line in reading.lines] == [None, "P", "A", "P"]
    warning = next(problem for problem in reading.problems if problem.code == "bom.assembly.priced")
    assert dict(warning.text.parameters)["own"] == "100 EUR"
    assert dict(warning.text.parameters)["components"] == "11 EUR"
    assert (warning.severity, warning.line) == (Severity.WARNING, 2)


def test_a_priced_assembly_without_priced_components_counts_itself() -> None:
    reading = read(
        ("Niveau", "Référence", "Quantité", "Prix unitaire (EUR)"),
        (0, "P", 1, None),
        (1, "A", 2, 30),
        (2, "a", 3, None),
    )
    assert reading.totals == {"EUR": Decimal(60)}
    assert [line.counts for line in reading.lines] == [False, True, True]


def test_merged_cells_are_named_and_a_shared_number_stays_unknown() -> None:
    rows = ((*HEAD, "Fournisseur"), ("Vis", 3, 2, "ACME"), ("Écrou", 2, None, None))
    sheet = RawSheet("m.xlsx", rows, (1, 2, 3), "A", merges=(Merge(1, 2, 2, 2), Merge(1, 3, 2, 3)))
    reading = read_bom(sheet, SOURCE)
    assert reading.totals == {}
    assert [line.supplier for line in reading.lines] == ["ACME", "ACME"]
    assert {"bom.merged.number", "bom.merged.text"} <= codes(reading)


def test_units_delays_masses_and_flags_are_typed() -> None:
    head = (
        "Désignation",
        "Qté",
        "Unité",
        "Délai (semaines)",
        "Masse (g)",
        "Criticité",
        "Source unique",
        "Volume annuel",
    )
    (line,) = read(head, ("Fil", "2,5", "mètres", 12, "250", "Haute", "non", "1 000")).lines
    assert line.quantity is not None
    assert (line.quantity.value, line.quantity.unit) == (Decimal("2.5"), "m")
    assert line.lead_time_days == 84
    assert line.unit_mass is not None
    assert line.unit_mass.to("kg").value == Decimal("0.25")
    assert (line.is_critical, line.is_single_source, line.annual_volume) == (True, False, Decimal(1000))


def test_a_customs_code_must_exist() -> None:
    head = ("Désignation", "Quantité", "Code SH")
    reading = read(
        head, ("A", 1, "8482.10"), ("B", 1, 848210), ("C", 1, "84821010"), ("D", 1, "77.99"), ("E", 1, 1012100)
    )
    assert [line.hs_given for line in reading.lines] == ["848210", "848210", "848210", None, None]
    assert {"bom.hs.absent", "kernel.code.hs_zero"} <= codes(reading)


def test_a_rejected_sheet_keeps_nothing_and_begins_with_the_error() -> None:
    reading = read(("Désignation", "Prix"), ("Vis", 3))
    assert (reading.status, reading.lines, reading.totals) == (Status.REJECTED, (), {})
    assert reading.problems[0].severity is Severity.ERROR
    assert reading.problems[0].line == 1
    assert read().status is Status.REJECTED
    assert read((None, None)).status is Status.REJECTED


def test_a_currency_that_contradicts_the_heading_leaves_the_amount_unknown() -> None:
    head = ("Désignation", "Quantité", "Prix unitaire (EUR)", "Devise")
    reading = read(head, ("A", 1, 10, "USD"), ("B", 1, 5, "EUR"), ("C", 1, "3 €", None), ("D", 1, "$3", None))
    assert [line.unit_price is None for line in reading.lines] == [True, False, False, True]
    assert reading.totals == {"EUR": Decimal(8)}
    assert "bom.currency.contradiction" in codes(reading)


def test_total_quantities_alone_are_not_multiplied_again() -> None:
    head = ("Niveau", "Référence", "Quantité totale", "Prix unitaire (EUR)")
    reading = read(head, (0, "P", 1, None), (1, "A", 2, None), (2, "a", 6, Decimal("1.5")))
    assert reading.totals == {"EUR": Decimal(9)}
    assert "bom.quantity.cumulated" in codes(reading)


def test_a_yearly_amount_is_never_the_amount_of_a_line() -> None:
    reading = read(("Désignation", "Quantité", "Montant annuel (EUR)"), ("Vis", 3, 1200))
    assert (reading.kind, reading.totals) == (SheetKind.BILL, {})


def test_a_price_of_zero_is_kept_and_said() -> None:
    reading = read(HEAD, ("Vis", 3, 0))
    assert reading.totals == {"EUR": Decimal(0)}
    assert "bom.price.zero" in codes(reading)


def test_a_bare_price_is_said_to_be_read_as_a_unit_price() -> None:
    assert "bom.price.bare" in codes(read(("Désignation", "Quantité", "Prix (EUR)"), ("Vis", 3, 1)))
    assert "bom.price.bare" not in codes(read(HEAD, ("Vis", 3, 1)))


def test_a_second_column_of_a_known_field_is_set_aside_without_a_warning() -> None:
    reading = read((*HEAD, "Fournisseur", "Fournisseur 2"), ("Vis", 3, 1, "ACME", "Autre"))
    assert reading.status is Status.ACCEPTED
    assert reading.lines[0].supplier == "ACME"
    assert "bom.heading.unknown" in codes(reading)
