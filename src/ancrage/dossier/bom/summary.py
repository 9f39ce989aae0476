"""Totals, coverage, and the sums that people write below their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ancrage.dossier.bom.numbers import read_number
from ancrage.dossier.bom.rows import RowReader
from ancrage.dossier.model import Line, Problem, Severity
from ancrage.kernel.message import message
from ancrage.kernel.money import EXACT, total_by_currency


def totals(lines: Sequence[Line]) -> dict[str, Decimal]:
    """Exact amounts by currency of the lines that count."""
    return total_by_currency(value for line in lines if (value := line.value) is not None)


def coverage(lines: Sequence[Line]) -> dict[str, Decimal]:
    """Share (0 to 1) of counting lines whose value, origin, supplier and customs code are known."""
    counting = [line for line in lines if line.counts]
    known = {
        "price": sum(line.value is not None for line in counting),
        "origin": sum(line.origin is not None for line in counting),
        "supplier": sum(line.supplier is not None for line in counting),
        "hs": sum(line.hs_given is not None for line in counting),
    }
    if not counting:
        return {name: Decimal(0) for name in known}
    return {name: round(Decimal(number) / len(counting), 6) for name, number in known.items()}


def check_sums(
    reader: RowReader, sums: Sequence[tuple[str, int, int]], lines: Sequence[Line], *, is_flat: bool
) -> Iterator[Problem]:
    """Compare what people summed with the exact sum. A subtotal sums the lines since the one before it."""
    start = 0
    for kind, row, stop in sums:
        found = _written(reader, row)
        if found is not None and kind != "tax" and (is_flat or kind == "total"):
            name, written = found
            part = lines[start:stop] if kind == "subtotal" else lines[:stop]
            yield from _compare(written, totals(part), reader.sheet.numbers[row], name)
        if kind == "subtotal":
            start = stop


def _written(reader: RowReader, row: int) -> tuple[str, Decimal] | None:
    """The amount of a row of sum, in the column of amounts (else of prices)."""
    for name in ("line_total", "annual_amount", "unit_price"):
        column = reader.layout.first(name)
        if column is not None:
            number = read_number(reader.cell(row, column), reader.rule(column))
            if number.value is not None:
                return column.name, EXACT.multiply(number.value, Decimal(column.heading.scale))
    return None


def _compare(written: Decimal, ours: dict[str, Decimal], line: int, column: str) -> Iterator[Problem]:
    if len(ours) > 1:
        yield Problem(Severity.NOTE, message("bom.sum.currencies"), line, column)
        return
    exact = next(iter(ours.values()), Decimal(0))
    if abs(exact - written) > Decimal("0.005") + abs(exact) * Decimal("1e-9"):
        yield Problem(Severity.WARNING, message("bom.sum.differs", written=written, ours=exact), line, column)
