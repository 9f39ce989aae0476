"""Exact amounts: a decimal and its currency (RELIABILITY P4).

Amounts are `decimal.Decimal`, never binary floats. Amounts of two currencies never add up: they convert only with a
dated rate that somebody gave. Rounding happens when an amount is shown, half to even, to the currency's minor unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

from ancrage.kernel.errors import MoneyError

EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
"""Wide enough that sums and products of what a bill of materials can hold lose no digit."""

_MINOR_DIGITS: Mapping[str, int] = {
    "BIF": 0,
    "CLP": 0,
    "ISK": 0,
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "XAF": 0,
    "XOF": 0,
    "XPF": 0,
    "TND": 3,
    "KWD": 3,
    "BHD": 3,
}
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency (ISO 4217 code).

    Raises `MoneyError` when the amount is not finite or the currency is not three capital letters.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise MoneyError("kernel.money.not_finite", amount=str(self.amount))
        if not _CURRENCY.fullmatch(self.currency):
            raise MoneyError("kernel.money.currency", currency=self.currency)

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise MoneyError("kernel.money.mixed", left=self.currency, right=other.currency)
        return Money(EXACT.add(self.amount, other.amount), self.currency)

    def times(self, factor: Decimal) -> Money:
        """The amount multiplied by a pure number, exactly."""
        return Money(EXACT.multiply(self.amount, factor), self.currency)

    def rounded(self) -> Money:
        """The amount at the currency's minor unit (2 digits, 0 for JPY...), half to even."""
        digits = _MINOR_DIGITS.get(self.currency, 2)
        return Money(self.amount.quantize(Decimal(1).scaleb(-digits), context=EXACT), self.currency)


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `source` is worth `value` units of `target` on the date `on`, according to `origin`."""

    source: str
    target: str
    value: Decimal
    on: date
    origin: str

    def convert(self, money: Money) -> Money:
        """Convert an amount of `source`. Raises `MoneyError` on another currency."""
        if money.currency != self.source:
            raise MoneyError("kernel.money.rate", currency=money.currency, source=self.source)
        return Money(EXACT.multiply(money.amount, self.value), self.target)


def total_by_currency(amounts: Iterable[Money]) -> dict[str, Decimal]:
    """Exact totals per currency, in the order of the currency codes."""
    totals: dict[str, Decimal] = {}
    for money in amounts:
        totals[money.currency] = EXACT.add(totals.get(money.currency, Decimal(0)), money.amount)
    return dict(sorted(totals.items()))


def plain(amount: Decimal) -> str:
    """Plain decimal notation, without exponent nor needless zeros after the point: `196.62`, `1200`, `0.05`."""
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
