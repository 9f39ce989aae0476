"""Amounts are exact and never mix."""

from datetime import date
from decimal import Decimal

import pytest

from ancrage.kernel.errors import MoneyError, UnitError
from ancrage.kernel.money import Money, Rate, plain, total_by_currency
from ancrage.kernel.quantity import Quantity, parse_unit


def test_amounts_of_two_currencies_never_add_up() -> None:
    with pytest.raises(MoneyError, match="mixed"):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "USD")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_an_amount_is_finite(amount: str) -> None:
    with pytest.raises(MoneyError, match="not_finite"):
        Money(Decimal(amount), "EUR")


def test_a_rate_converts_its_own_currency_only() -> None:
    rate = Rate("USD", "EUR", Decimal("0.92"), date(2026, 3, 1), "given by the company")
    assert rate.convert(Money(Decimal(100), "USD")) == Money(Decimal("92.00"), "EUR")
    with pytest.raises(MoneyError, match="rate"):
        rate.convert(Money(Decimal(100), "CNY"))


def test_tenths_add_up_exactly() -> None:
    assert total_by_currency([Money(Decimal("0.1"), "EUR")] * 10) == {"EUR": Decimal(1)}


def test_amounts_round_half_to_even_at_the_minor_unit() -> None:
    assert Money(Decimal("2.345"), "EUR").rounded().amount == Decimal("2.34")
    assert Money(Decimal("2.5"), "JPY").rounded().amount == Decimal(2)


@pytest.mark.parametrize(
    ("amount", "text"), [("196.620", "196.62"), ("1E+3", "1000"), ("1E-7", "0.0000001"), ("-0", "0")]
)
def test_plain_notation_has_neither_exponent_nor_needless_zeros(amount: str, text: str) -> None:
    assert plain(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("written", "unit"), [("Pcs", "piece"), ("Unité", "piece"), ("m²", "m2"), ("kg", "kg"), ("bobine", "bobine")]
)
def test_units_are_read_from_shop_floor_texts(written: str, unit: str) -> None:
    assert parse_unit(written) == unit


def test_dimensions_never_mix() -> None:
    assert Quantity(Decimal(1500), "g").to("kg") == Quantity(Decimal("1.500"), "kg")
    with pytest.raises(UnitError):
        Quantity(Decimal(1), "kg").to("m")
