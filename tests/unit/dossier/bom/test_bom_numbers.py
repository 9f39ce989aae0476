"""Numbers are read exactly or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ancrage.dossier.bom.numbers import Convention, convention, is_absent, read_number
from ancrage.dossier.bom.sheet import Flaw

COMMA, POINT, NOTHING = Convention(","), Convention("."), Convention()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", "3"),
        ("007", "7"),
        ("1 234", "1234"),
        ("1\u202f234,50", "1234.50"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1'234'567", "1234567"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
        (",5", "0.5"),
        ("12.345.678", "12345678"),
        ("12,50 €", "12.50"),
        ("€ 12,50", "12.50"),
        ("12,50EUR", "12.50"),
        ("3 pcs", "3"),
        ("2,5 m²", "2.5"),
        ("+4", "4"),
        ("-4,5", "-4.5"),
    ],
)
def test_a_clear_number_is_read(text: str, value: str) -> None:
    assert read_number(text, NOTHING).value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "inf",
        "-inf",
        "1_000",
        "1e5",
        "1E400",
        "٣",
        "１２",
        "0x1F",
        "1/2",
        "2-3",
        "12 34",
        "1,2,3",
        "1.2.3",
        "1.23.456",
        "12,",
        "..5",
        "--5",
        "1 2 3 4",
        "5 %",
        "~10",
        "x3",
        "3 x 4",
        "A12",
        "(12)",
        "12 €/kg",
        "USD 3 EUR",
        "9" * 60,
        "1 000 00",
        "¹²",
        "Ⅳ",
        "½",
        "1\n2\n3",
        "1;2",
    ],
)
def test_what_is_not_clearly_a_number_stays_unknown_and_says_why(text: str) -> None:
    number = read_number(text, NOTHING)
    assert (number.value, number.issue is None) == (None, False)


@pytest.mark.parametrize("text", ["", "-", "n/a", "NC", "?", "inconnu", "à définir", "TBD"])
def test_what_people_write_for_unknown_is_unknown_without_a_word(text: str) -> None:
    assert text == "" or is_absent(text)
    assert read_number(text or None, NOTHING).issue is None


@pytest.mark.parametrize(
    ("text", "rule", "value", "code"),
    [
        ("1.234", NOTHING, None, "bom.number.ambiguous"),
        ("1,234", NOTHING, None, "bom.number.ambiguous"),
        ("1.234", POINT, "1.234", "bom.number.decided"),
        ("1.234", COMMA, "1234", "bom.number.decided"),
        ("1,234", POINT, "1234", "bom.number.decided"),
        ("1,234", COMMA, "1.234", "bom.number.decided"),
        ("1.234", Convention("mixed"), None, "bom.number.ambiguous"),
    ],
)
def test_an_ambiguous_number_follows_its_column_and_says_so(
    text: str, rule: Convention, value: str | None, code: str
) -> None:
    number = read_number(text, rule)
    assert number.value == (None if value is None else Decimal(value))
    assert number.issue is not None
    assert number.issue.code == code


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1,5", "1.234", "3"], ","),
        (["1.5", "12"], "."),
        (["1,5", "1.5"], "mixed"),
        (["1.234", "5"], None),
        (["1.234.567"], ","),
        (["1 234,567"], ","),
        ([1, Decimal("1.5"), None, True], None),
        (["x" * 40_000 + ",5"], None),
    ],
)
def test_a_column_says_its_decimal_mark_by_its_clear_cells(cells: list[object], mark: str | None) -> None:
    assert convention(cells).decimal == mark  # type: ignore[arg-type]


def test_typed_cells_are_exact_and_other_types_are_no_numbers() -> None:
    assert read_number(Decimal("0.1"), NOTHING).value == Decimal("0.1")
    assert read_number(7, NOTHING).value == Decimal(7)
    for cell in (True, date(2026, 1, 2), Flaw("error", "#REF!"), Flaw("formula", ""), Decimal("1E+13")):
        assert read_number(cell, NOTHING).value is None
        assert read_number(cell, NOTHING).issue is not None


def test_a_currency_beside_the_number_is_kept() -> None:
    assert read_number("12,50 USD", NOTHING).currency == "USD"
    assert read_number("12 m", NOTHING).suffix == "m"
