"""A cell as people read it, the same in pages and in the PDF."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ancrage.interfaces.reports.content import Cell, Column
from ancrage.interfaces.reports.words import Words
from ancrage.kernel.money import Money

NUMERIC = frozenset({"integer", "decimal", "amount", "percent"})


def written(cell: Cell, column: Column, words: Words) -> str:
    """The text of a value; the word for "unknown" when it is None."""
    value = cell.value
    if value is None:
        return words.say("unknown")
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, str):
        return value
    if column.kind == "percent":
        return words.percent(value, column.digits)
    if column.kind == "amount" and cell.unit:
        return words.amount(Money(Decimal(value), cell.unit))
    return words.number(value, column.digits)
