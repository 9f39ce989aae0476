"""The sums that people write among their lines: which rows are sums and not parts, and whether they are right.

A row whose name is only words of a total (`Sous-total HT`) is a sum. One that starts so and goes on (`Sous-total
visserie`, `Total station laser`) may be a part: its amount tells, when it is the sum of its group or of all above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from ancrage.dossier.bom.headings import fold
from ancrage.dossier.bom.numbers import read_number
from ancrage.dossier.bom.rows import Draft, RowReader
from ancrage.dossier.model import Line, Problem, Severity
from ancrage.kernel.message import message
from ancrage.kernel.money import EXACT, Money

_AMOUNTS = ("line_total", "annual_amount", "unit_price")
_NAMES = ("label", "item", "category", "supplier")
_STARTS = re.compile(
    r"(?P<subtotal>sous[ -]?total|sub[ -]?total|zwischensumme)(?![\w-])"
    r"|(?P<carry>a reporter|report)(?![\w-])"
    r"|(?P<total>(?:grand )?total|totaux|somme|sum|summe|gesamt(?:summe|betrag)?)(?![\w-])"
)


class _Valued(Protocol):
    @property
    def value(self) -> Money | None: ...


@dataclass(frozen=True, slots=True)
class Sum:
    """A row of sum: `kind` is `total`, `subtotal`, `carry` (to the next page), `tax` or `aside` (not checked);
    `lines` stand before it."""

    kind: str
    row: int
    lines: int


@dataclass(slots=True)
class _Running:
    """Exact amounts by currency of all lines so far, and of those since the subtotal before; each is added once."""

    whole: dict[str, Decimal] = field(default_factory=dict)
    group: dict[str, Decimal] = field(default_factory=dict)
    _seen: int = 0

    def advance(self, values: Sequence[_Valued], stop: int) -> None:
        for index in range(self._seen, stop):
            amount = values[index].value
            if amount is not None:
                for sums in (self.whole, self.group):
                    sums[amount.currency] = EXACT.add(sums.get(amount.currency, Decimal(0)), amount.amount)
        self._seen = max(self._seen, stop)

    def close(self, kind: str) -> None:
        if kind in {"subtotal", "aside"}:
            self.group = {}


@dataclass(slots=True)
class Sums:
    """The rows of sums of one reading, found while rows are read."""

    reader: RowReader
    rows: list[Sum] = field(default_factory=list)
    _running: _Running = field(default_factory=_Running)

    def add(self, kind: str, row: int, drafts: Sequence[Draft]) -> Problem:
        """A row that is a sum by its words alone, or by its amount."""
        self._running.advance(drafts, len(drafts))
        self._running.close(kind)
        self.rows.append(Sum(kind, row, len(drafts)))
        return Problem(Severity.NOTE, message("bom.row.total"), self.reader.sheet.numbers[row])

    def judge(self, row: int, drafts: Sequence[Draft]) -> tuple[bool, Problem | None]:
        """Whether a row that starts like a sum is one, and what to say. One that is not the sum of lines above is a
        part when it has a reference, a supplier, or a price for several (`Total Quartz 5W30`, two at ten euros)."""
        found = self._start(row)
        if found is None:
            return False, None
        kind, name, text = found
        line = self.reader.sheet.numbers[row]
        if self._is_sum(row, drafts):
            return True, self.add(kind, row, drafts)
        is_named = any(self._filled(row, other) for other in ("item", "supplier") if other != name)
        if is_named or self._is_priced(row):
            return False, Problem(Severity.WARNING, message("bom.row.like_total_kept", text=text), line)
        self.add("aside", row, drafts)
        return True, Problem(Severity.WARNING, message("bom.row.like_total_aside", text=text), line)

    def _start(self, row: int) -> tuple[str, str, str] | None:
        """How the name of a row starts: kind of sum, field of the name, its text."""
        for name in _NAMES:
            text = self._filled(row, name)
            if text is not None:
                found = _STARTS.match(fold(text.strip()))
                return None if found is None else (str(found.lastgroup), name, text[:60])
        return None

    def _is_priced(self, row: int) -> bool:
        """A unit price and a quantity other than one, which some write beside their totals."""
        columns = [self.reader.layout.first(name) for name in ("unit_price", "quantity")]
        values = [
            None if column is None else read_number(self.reader.cell(row, column), self.reader.rule(column)).value
            for column in columns
        ]
        return None not in values and values[1] != 1

    def _filled(self, row: int, name: str) -> str | None:
        for column in self.reader.layout.columns.get(name, ()):
            cell = self.reader.cell(row, column)
            if cell is not None:
                return str(cell)
        return None

    def _is_sum(self, row: int, drafts: Sequence[Draft]) -> bool:
        found = written(self.reader, row)
        if found is None:
            return False
        self._running.advance(drafts, len(drafts))
        return _is_one_of(found[1], self._running.group, self._running.whole)


def _is_one_of(amount: Decimal, *sums: dict[str, Decimal]) -> bool:
    """The amount is one of these sums, of lines in one currency."""
    return any(len(ours) == 1 and is_equal(next(iter(ours.values())), amount) for ours in sums)


def check_sums(reader: RowReader, sums: Sequence[Sum], lines: Sequence[Line], *, is_flat: bool) -> Iterator[Problem]:
    """Compare what people summed with the exact sum: that of the lines since the subtotal before, or of all."""
    running = _Running()
    for found in sums:
        running.advance(lines, found.lines)
        amount = written(reader, found.row)
        if amount is not None and found.kind not in {"tax", "aside"} and (is_flat or found.kind == "total"):
            group, whole = running.group, running.whole
            first, other = (group, whole) if found.kind == "subtotal" else (whole, group)
            yield from _compare(amount[1], first, other, reader.sheet.numbers[found.row], amount[0])
        running.close(found.kind)


def written(reader: RowReader, row: int) -> tuple[str, Decimal] | None:
    """The amount of a row of sum, in the column of amounts (else of prices), and the name of that column."""
    for name in _AMOUNTS:
        column = reader.layout.first(name)
        if column is not None:
            number = read_number(reader.cell(row, column), reader.rule(column))
            if number.value is not None:
                return column.name, EXACT.multiply(number.value, Decimal(column.heading.scale))
    return None


def is_equal(ours: Decimal, amount: Decimal) -> bool:
    """The same amount, within half a cent and what a spreadsheet's own sums lose."""
    return abs(ours - amount) <= Decimal("0.005") + abs(ours) * Decimal("1e-9")


def _compare(
    amount: Decimal, ours: dict[str, Decimal], other: dict[str, Decimal], line: int, column: str
) -> Iterator[Problem]:
    if len(ours) > 1:
        yield Problem(Severity.NOTE, message("bom.sum.currencies"), line, column)
        return
    exact = next(iter(ours.values()), Decimal(0))
    if not is_equal(exact, amount) and not _is_one_of(amount, other):
        yield Problem(Severity.WARNING, message("bom.sum.differs", written=amount, ours=exact), line, column)
