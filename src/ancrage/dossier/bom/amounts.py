"""Prices and amounts of a row, with the currency that its cells, its column or its heading give."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ancrage.dossier.bom import cells
from ancrage.dossier.bom.columns import Column
from ancrage.dossier.bom.currencies import find_currency, is_ambiguous, is_assumed
from ancrage.dossier.bom.headings import fold
from ancrage.dossier.bom.numbers import Number
from ancrage.dossier.model import Problem, Severity, SheetKind
from ancrage.kernel.message import message
from ancrage.kernel.money import EXACT, Money

if TYPE_CHECKING:
    from ancrage.dossier.bom.rows import Draft, RowReader

_BARE_PRICES = ("prix", "price", "cout", "cost", "tarif")
_FIELDS = {SheetKind.BILL: ("unit_price", "line_total"), SheetKind.PURCHASES: ("line_total", "annual_amount")}


class AmountReader:
    """Reads the amounts of rows. A bill of materials has unit prices and line totals, never yearly amounts; a purchases
    file has amounts, and no unit price."""

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        layout = reader.layout
        self._columns = {name: column for name in _FIELDS[reader.kind] if (column := layout.first(name)) is not None}
        self._currencies = layout.first("currency")
        given = {column.heading.currency for column in self._columns.values()} - {None}
        self._default = next(iter(given)) if len(given) == 1 else None
        self._state()

    def _state(self) -> None:
        """What is understood of the headings, where they leave a doubt."""
        reader = self._reader
        line = reader.sheet.numbers[reader.layout.header]
        for name, column in self._columns.items():
            text = column.heading.text
            if "$" in text:
                reader.warn_once("bom.currency.assumed", column, text="$", currency="USD")
            if name == "unit_price" and fold(text).replace("_", " ").split(" ")[0].strip("()") in _BARE_PRICES:
                is_bare = not any(word in fold(text) for word in ("unit", "each", "piece", "achat", "standard", "net"))
                if is_bare:
                    problem = Problem(Severity.NOTE, message("bom.price.bare", heading=text), line, column.name)
                    reader.problems.append(problem)

    def read(self, row: int, draft: Draft) -> None:
        """Fill the price and the amount of a draft."""
        currency, is_known = self._currency(row)
        for name, column in self._columns.items():
            number = self._reader.numeric(row, column)
            if number.value is None or not is_known:
                continue
            money = self._money(row, column, number, currency)
            if name == "unit_price":
                draft.price = self._per_unit(row, money)
            else:
                draft.amount = draft.amount or money

    def _currency(self, row: int) -> tuple[str | None, bool]:
        """The currency that the row's own cell says; False when the cell is there and cannot be read."""
        column = self._currencies
        if column is None:
            return None, True
        text, issue = cells.read_known(self._reader.cell(row, column))
        self._reader.doubt(row, column, issue)
        if text is None:
            return None, True
        if is_ambiguous(text):
            self._reader.doubt(row, column, message("bom.currency.ambiguous", text=text[:20]))
            return None, False
        found = find_currency(text)
        if found is None:
            self._reader.doubt(row, column, message("bom.currency.unknown", text=text[:20]))
        elif is_assumed(text):
            self._reader.doubt(row, column, message("bom.currency.assumed", text=text[:20], currency=found))
        return found, found is not None

    def _money(self, row: int, column: Column, number: Number, currency: str | None) -> Money | None:
        """The amount in the one currency that the cell, the row and the heading agree on."""
        if number.value is None:
            return None
        if number.suffix is not None:
            self._reader.doubt(row, column, message("bom.number.unreadable", text=number.suffix[:40]))
            return None
        said = [code for code in (number.currency, currency, column.heading.currency) if code is not None]
        if len(set(said)) > 1:
            self._reader.doubt(row, column, message("bom.currency.contradiction", one=said[0], other=said[-1]))
            return None
        code = said[0] if said else self._default
        if code is None and self._currencies is not None:
            self._reader.doubt(row, column, message("bom.currency.absent"))
            return None
        if code is None:
            self._reader.warn_once("bom.currency.none", column)
        if column.heading.with_taxes:
            self._reader.warn_once("bom.price.taxes", column, heading=column.name)
        if number.value == 0:
            self._reader.doubt(row, column, message("bom.price.zero"))
        return Money(EXACT.multiply(number.value, Decimal(column.heading.scale)), code or "EUR")

    def _per_unit(self, row: int, money: Money | None) -> Money | None:
        """A price for 100 or 1,000 units, brought to one unit; a base that is missing or nil leaves it unknown."""
        column = self._reader.layout.first("price_base")
        if column is None or money is None:
            return money
        base = self._reader.numeric(row, column).value
        if not base:
            self._reader.doubt(row, column, message("bom.price.base"))
            return None
        return Money(EXACT.divide(money.amount, base), money.currency)
