"""Prices and amounts of a row, with the currency that its cells, its column or its heading give."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ancrage.dossier.bom import cells
from ancrage.dossier.bom.columns import Column
from ancrage.dossier.bom.currencies import find_currency, is_ambiguous, is_assumed
from ancrage.dossier.bom.headings import fold
from ancrage.dossier.bom.numbers import Number, is_absent
from ancrage.dossier.model import Problem, Severity, SheetKind
from ancrage.kernel.errors import UnitError
from ancrage.kernel.message import message
from ancrage.kernel.money import EXACT, Money
from ancrage.kernel.quantity import Quantity, is_known_unit, parse_unit

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
                draft.price = money
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

    def bring_to_one(self, row: int, draft: Draft) -> None:
        """Bring the price to one unit of the quantity; called once unit and unit mass are read.

        The price is for 100 or 1,000 units, for a kilogram (a column of price units, or `€/kg` in the heading), or for
        one. A base that is missing or nil, or a unit that does not convert exactly, leaves the price unknown.
        """
        column = self._reader.layout.first("price_base")
        price, heading = draft.price, self._columns.get("unit_price")
        if price is None or heading is None:
            return
        if column is not None:
            base, unit = self._base(row, column)
        else:
            base, unit = Decimal(1), _measure(heading.heading.unit)
        if not base:
            self._reader.doubt(row, column, message("bom.price.base"))
            draft.price = None
            return
        units = Decimal(1) if unit is None else _units_in(unit, draft)
        if units is None:
            text = message("bom.price.unit", price=str(unit)[:40], quantity=draft.unit)
            self._reader.doubt(row, column or heading, text)
            draft.price = None
            return
        draft.price = Money(EXACT.divide(EXACT.multiply(price.amount, units), base), price.currency)

    def _base(self, row: int, column: Column) -> tuple[Decimal | None, str | None]:
        """How many, and of what: `100`, `100 pcs`, or a unit alone (`kg`), which means one."""
        cell = self._reader.cell(row, column)
        text = cell.strip().removeprefix("/").strip() if isinstance(cell, str) else ""
        if text and not is_absent(text) and not any(character.isdigit() for character in text.rstrip("23")):
            return Decimal(1), parse_unit(text)
        number = self._reader.numeric(row, column)
        return number.value, None if number.suffix is None else parse_unit(number.suffix)


def _measure(unit: str | None) -> str | None:
    """The unit of mass, length, surface or volume of a heading (`Prix (€/kg)`); a price by the piece is the usual."""
    found = None if unit is None else parse_unit(unit)
    return found if found is not None and is_known_unit(found) and found != "piece" else None


def _units_in(unit: str, draft: Draft) -> Decimal | None:
    """How many units of the price stand in one unit of the quantity, exactly; None when nothing says."""
    if unit == draft.unit:
        return Decimal(1)
    one = Quantity(Decimal(1), draft.unit)
    if draft.unit == "piece" and draft.mass is not None:
        one = draft.mass
    try:
        return one.to(unit).value
    except UnitError:
        return None
