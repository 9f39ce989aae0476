"""Lines that stand twice: the same row, or one part number with two prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ancrage.dossier.bom.columns import Layout
from ancrage.dossier.bom.sheet import RawSheet
from ancrage.dossier.model import Line, Problem, Severity
from ancrage.kernel.message import message
from ancrage.kernel.money import plain

_SHOWN = 10


def duplicates(sheet: RawSheet, layout: Layout, rows: Sequence[int], lines: Sequence[Line]) -> Iterator[Problem]:
    """State them: a row repeated whole and a part number with two unit prices are warnings, the rest one note."""
    numbering = {column.index for column in layout.columns.get("line_number", ())}
    seen: dict[object, int] = {}
    for row, line in zip(rows, lines, strict=True):
        cells = tuple(cell for index, cell in enumerate(sheet.rows[row]) if index not in numbering)
        first = seen.setdefault((cells, line.parent if line.level is None else (line.parent, row)), line.number)
        if first != line.number:
            yield Problem(Severity.WARNING, message("bom.duplicate.row", first=first), line.number)
    yield from _references(lines)


def _references(lines: Sequence[Line]) -> Iterator[Problem]:
    by_item: dict[str, Line] = {}
    repeated: dict[str, None] = {}
    for line in lines:
        if line.item is None:
            continue
        first = by_item.setdefault(line.item, line)
        if first is line:
            continue
        repeated[line.item] = None
        if _prices_differ(first, line):
            assert first.unit_price is not None
            assert line.unit_price is not None
            text = message("bom.duplicate.price", item=line.item[:60], first=first.number,
                           one=plain(first.unit_price.amount), two=plain(line.unit_price.amount))  # fmt: skip
            yield Problem(Severity.WARNING, text, line.number)
    if repeated:
        shown = ", ".join(item[:40] for item in list(repeated)[:_SHOWN])
        yield Problem(Severity.NOTE, message("bom.duplicate.item", n=len(repeated), items=shown))


def _prices_differ(first: Line, second: Line) -> bool:
    if first.unit_price is None or second.unit_price is None:
        return False
    return first.unit_price.currency == second.unit_price.currency and first.unit_price != second.unit_price
