"""Which column says what: the row of headings, the fields found, what must be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ancrage.dossier.bom.headings import (
    SET_APART,
    Heading,
    field_named,
    fields,
    fold,
    is_bare_country,
    propose,
    recognised,
    understand,
)
from ancrage.dossier.bom.numbers import convention, read_number
from ancrage.dossier.bom.sheet import Cell, RawSheet, column_letter
from ancrage.dossier.model import Problem, Severity, SheetKind
from ancrage.kernel.errors import UsageError
from ancrage.kernel.message import Message, message

_SEARCHED_ROWS = 40
_OUTLINE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*")
_SEVERAL = frozenset({"label", "detail", "line_number", "factor", "category"})
"""Fields that several columns may say: labels stand in for one another, factors multiply, the others are set aside."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was understood."""

    index: int
    heading: Heading

    @property
    def name(self) -> str:
        """How the user knows it: the heading as written, or the letter of the column."""
        return self.heading.text or column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand (index in `rows`) and the columns of each field, best synonym first."""

    header: int
    columns: Mapping[str, tuple[Column, ...]]
    width: int
    understood: Mapping[str, str]
    problems: tuple[Problem, ...] = field(default=())

    def first(self, name: str) -> Column | None:
        """The column of a field, if there is one."""
        found = self.columns.get(name)
        return found[0] if found else None


def lay_out(sheet: RawSheet, mapping: Mapping[str, str]) -> Layout:
    """Find the headings and what each column says. An error among its problems means that the file is rejected.

    `mapping` gives the field (identifier, label or synonym; `-` to set aside) of headings the user confirmed, or of
    columns named by their letter (`B`), the only way to tell two equal headings apart. Raises `UsageError` when it
    names a heading that is not in the file or a field that does not exist.
    """
    header = _header_row(sheet, mapping)
    cells = sheet.rows[header]
    confirmed = _confirmed(mapping, cells)
    columns = [Column(index, _heading(cell, column_letter(index), confirmed)) for index, cell in enumerate(cells)]
    columns = [_settled(column, columns, sheet, header) for column in columns]
    problems = list(_unknown(sheet, header, columns))
    groups = _groups(columns)
    problems.extend(_doubles(sheet, header, groups))
    understood = {column.name: column.heading.field or "" for column in columns if column.heading.text}
    if header:
        problems.insert(
            0, Problem(Severity.NOTE, message("bom.header.row", row=sheet.numbers[header]), sheet.numbers[header])
        )
    width = len(cells) if sheet.is_text else max((c.index + 1 for c in columns if c.heading.text), default=0)
    return Layout(header, groups, width, understood, tuple(problems))


def _header_row(sheet: RawSheet, mapping: Mapping[str, str]) -> int:
    mapped = {fold(text.strip()) for pair in mapping.items() for text in pair}

    def score(row: Sequence[Cell]) -> int:
        return recognised(row) + sum(isinstance(cell, str) and fold(cell) in mapped for cell in row)

    rows = sheet.rows[:_SEARCHED_ROWS]
    best = max(range(len(rows)), key=lambda index: (score(rows[index]), -index))
    if score(rows[best]) < 2:
        filled = [index for index, row in enumerate(rows) if any(cell is not None for cell in row)]
        return filled[0] if filled and score(rows[best]) < 1 else best
    return best


def _confirmed(mapping: Mapping[str, str], cells: Sequence[Cell]) -> dict[str, str]:
    """The field by folded heading, or by letter of column: a capital letter, when no heading is written so."""
    letters = {column_letter(index) for index in range(len(cells))}
    written = {fold(cell.strip()): cell for cell in cells if isinstance(cell, str)}
    found = {}
    for left, right in mapping.items():
        heading, target = left, right
        if fold(left.strip()) not in written and fold(right.strip()) in written and field_named(left) is not None:
            heading, target = right, left
        name = field_named(target)
        if name is None or name in SET_APART:
            labels = ", ".join(entry.label["fr"] for name, entry in fields().items() if name not in SET_APART)
            raise UsageError("bom.map.field", field=target, fields=labels)
        if fold(heading.strip()) not in written and heading.strip() in letters:
            found[heading.strip()] = name
            continue
        if fold(heading.strip()) not in written:
            raise UsageError("bom.map.heading", heading=heading, headings=", ".join(written.values()))
        found[fold(heading.strip())] = name
    return found


def _heading(cell: Cell, letter: str, confirmed: Mapping[str, str]) -> Heading:
    text = "" if cell is None else str(cell).strip()
    understood = understand(text) if text else Heading("", None)
    name = confirmed.get(letter, confirmed.get(fold(text)))
    if name is None:
        return understood
    return Heading(text, name, -1, understood.currency, understood.scale, understood.unit, understood.with_taxes)


def _settled(column: Column, columns: Sequence[Column], sheet: RawSheet, header: int) -> Column:
    """`Item` is a reference, a description or a number of line; `Value` an amount or, in electronics, what a part is:
    the other columns and the cells of the column tell."""
    if column.heading.field == "item" and sum(other.heading.field == "item" for other in columns) > 1:
        return _numbered(column, columns, sheet, header)
    settle = {"ambiguous_item": _item_or_label, "ambiguous_value": _amount_or_label}.get(column.heading.field or "")
    if settle is None:
        return column
    others = {other.heading.field for other in columns}
    values = [cell for cell in _cells(sheet, header, column.index) if cell is not None]
    return Column(column.index, replace(column.heading, field=settle(values, others), rank=1_000))


def _numbered(column: Column, columns: Sequence[Column], sheet: RawSheet, header: int) -> Column:
    """Beside another reference, `1`, `1.1`, `1.2`, `2` are not references: they are levels, or numbers of lines."""
    values = [str(cell) for cell in _cells(sheet, header, column.index) if cell is not None]
    if not values or not all(_OUTLINE.fullmatch(value) for value in values):
        return column
    has_level = any(other.heading.field == "level" for other in columns)
    is_tree = any("." in value for value in values) and not has_level
    return Column(column.index, replace(column.heading, field="level" if is_tree else "line_number"))


def _item_or_label(cells: Sequence[Cell], others: set[str | None]) -> str:
    values = [str(cell) for cell in cells]
    if values and all(value.isascii() and value.isdigit() and int(value) <= 2 * len(values) for value in values):
        return "line_number"
    if {"item", "label"} <= others:
        return "detail"
    if others & {"item", "label"}:
        return "label" if "item" in others else "item"
    worded = sum(" " in value or value.isalpha() for value in values)
    return "label" if worded * 2 >= len(values) else "item"


def _amount_or_label(cells: Sequence[Cell], others: set[str | None]) -> str:
    rule = convention(cells)
    numbers = [read_number(cell, rule) for cell in cells]
    amounts = sum(number.value is not None and number.suffix is None for number in numbers)
    if amounts * 5 >= len(cells) * 4:
        return "line_total"
    return "detail" if "label" in others else "label"


def _cells(sheet: RawSheet, header: int, index: int) -> Iterator[Cell]:
    for row in sheet.rows[header + 1 :]:
        yield row[index] if index < len(row) else None


def _groups(columns: Sequence[Column]) -> dict[str, tuple[Column, ...]]:
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.heading.field is not None:
            groups.setdefault(column.heading.field, []).append(column)
    return {name: tuple(sorted(found, key=lambda c: (c.heading.rank, c.index))) for name, found in groups.items()}


def _unknown(sheet: RawSheet, header: int, columns: Sequence[Column]) -> Iterator[Problem]:
    line = sheet.numbers[header]
    known = {column.heading.field for column in columns}
    for column in columns:
        is_empty = all(cell is None for cell in _cells(sheet, header, column.index))
        if not column.heading.text and not is_empty:
            yield Problem(Severity.WARNING, message("bom.heading.absent"), line, column_letter(column.index))
        elif column.heading.odd_scale is not None:
            text = message("bom.heading.scale", heading=column.name, scale=column.heading.odd_scale)
            yield Problem(Severity.WARNING, text, line, column.name)
        elif column.heading.text and column.heading.field is None and not is_empty:
            proposal = propose(column.heading.text)
            if is_bare_country(column.heading.text):
                yield Problem(Severity.WARNING, message("bom.heading.country", heading=column.name), line, column.name)
            elif proposal is None or proposal.field in known:
                yield Problem(Severity.NOTE, message("bom.heading.unknown", heading=column.name), line, column.name)
            else:
                label = message(f"bom.field.{proposal.field}")
                text = message("bom.heading.proposed", heading=column.name, field=label)
                yield Problem(Severity.WARNING, text, line, column.name)


def _doubles(sheet: RawSheet, header: int, groups: dict[str, tuple[Column, ...]]) -> Iterator[Problem]:
    """Two columns for one field: the same values are fine, other values must be settled by the user."""
    line = sheet.numbers[header]
    for name, columns in groups.items():
        if name in _SEVERAL or len(columns) < 2:
            continue
        first, *others = columns
        for other in others:
            pair = message(f"bom.field.{name}")
            if name == "item" and first.heading.rank != other.heading.rank:
                yield Problem(
                    Severity.NOTE, message("bom.heading.second", heading=other.name, first=first.name), line, other.name
                )
            elif _agree(sheet, header, first.index, other.index):
                text = message("bom.heading.doubled", first=first.name, second=other.name, field=pair)
                yield Problem(Severity.WARNING, text, line, other.name)
            else:
                text = _conflict(first, other, pair)
                yield Problem(Severity.ERROR, text, line, other.name)


def _conflict(first: Column, second: Column, field: Message) -> Message:
    """What to set aside; equal headings are told apart by the letter of their columns."""
    if fold(first.name) != fold(second.name):
        return message("bom.heading.conflict", first=first.name, second=second.name, field=field)
    letters = {"first": column_letter(first.index), "second": column_letter(second.index)}
    return message("bom.heading.conflict_same", heading=first.name, field=field, **letters)


def _agree(sheet: RawSheet, header: int, first: int, second: int) -> bool:
    pairs = zip(_cells(sheet, header, first), _cells(sheet, header, second), strict=True)
    return all(a == b or b is None for a, b in pairs)


def missing(layout: Layout) -> tuple[SheetKind, Problem | None]:
    """The shape of the file, and the error when a required column is missing."""
    has = layout.columns.keys()
    is_named = bool(has & {"item", "label"})
    if has & {"quantity", "total_quantity"} and is_named:
        return SheetKind.BILL, None
    is_purchases = "annual_amount" in has and bool(has & {"supplier", "label", "category", "item"})
    is_purchases |= "line_total" in has and "supplier" in has and "unit_price" not in has
    if is_purchases and not has & {"quantity", "total_quantity"}:
        return SheetKind.PURCHASES, None
    found = ", ".join(layout.understood) or "-"
    code = (
        "bom.missing.quantity"
        if is_named
        else "bom.missing.label"
        if has & {"quantity", "total_quantity"}
        else "bom.missing.both"
    )
    return SheetKind.BILL, Problem(Severity.ERROR, message(code, found=found), None)
