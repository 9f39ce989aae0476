"""Workbooks (XLSX, ODS): the fast reader gives the values, the scan says what it leaves out."""

from __future__ import annotations

import math
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ancrage.adapters.sheet_container import Kind
from ancrage.adapters.sheet_limits import CELL_TEXT, Refusal, Statement
from ancrage.adapters.sheet_scan import Scan, percent_styles, scan_ods, scan_xlsx, xlsx_members

PEEK_ROWS = 40
PEEK_SHEETS = 30
_LISTED = 30
Row = tuple[int, list[Any]]


class Book:
    """A workbook opened once: its sheets, hidden or not, and the scan of each when asked."""

    def __init__(self, content: BytesIO, kind: Kind) -> None:
        self.archive = zipfile.ZipFile(content)
        self.names = set(self.archive.namelist())
        self.kind = kind
        self._members = xlsx_members(self.archive) if kind == "xlsx" else {}
        self._percents = percent_styles(self.archive) if kind == "xlsx" else frozenset()
        self._ods = scan_ods(self.archive) if kind == "ods" else {}
        content.seek(0)
        self.workbook = CalamineWorkbook.from_filelike(content)
        sheets = [s for s in self.workbook.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
        self.hidden = {sheet.name: sheet.visible != SheetVisibleEnum.Visible for sheet in sheets}

    def scan(self, name: str) -> Scan:
        """What the XML of a sheet says. Raises `Refusal` when it is over budget or missing."""
        if self.kind == "ods":
            return self._ods.get(name, Scan())
        if name not in self._members:
            raise Refusal("damaged")
        return scan_xlsx(self.archive, self._members[name], self._percents)

    def rows(self, name: str, scan: Scan, limit: int | None = None) -> Iterator[Row]:
        """The rows of a sheet from its first, cells encoded for the answer."""
        if not scan.values:
            return
        sheet: CalamineSheet = self.workbook.get_sheet_by_name(name)
        for index, row in enumerate(sheet.to_python(skip_empty_area=False, nrows=limit)):
            cells = [encode(cell, index) for cell in row]
            if scan.flaws:
                _mark(cells, index, scan)
            yield index + 1, cells


def read_book(content: BytesIO, kind: Kind, sheet: str | None) -> tuple[dict[str, Any], Iterator[Row]]:
    """The head of the answer and the rows of the chosen sheet. Raises `Refusal`."""
    try:
        book = Book(content, kind)
        return _read(book, sheet)
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Refusal("damaged") from error


def _read(book: Book, sheet: str | None) -> tuple[dict[str, Any], Iterator[Row]]:
    if sheet is not None and sheet not in book.hidden:
        raise Refusal("no_sheet", sheet=sheet, sheets=", ".join(book.hidden))
    asked = [sheet] if sheet is not None else list(book.hidden)[:PEEK_SHEETS]
    scans = {name: book.scan(name) for name in asked}
    full = [name for name in asked if scans[name].values]
    if not full:
        raise Refusal("no_value")
    visible = [name for name in full if not book.hidden[name]] or full
    if len(visible) > 1:
        heads = [{"name": name, "hidden": book.hidden[name],
                  "rows": [row for _, row in book.rows(name, scans[name], PEEK_ROWS)]} for name in visible]  # fmt: skip
        return {"several": heads}, iter(())
    name = visible[0]
    scan = scans[name]
    head = {
        "sheet": name,
        "text": False,
        "sheets": [[other, hidden] for other, hidden in book.hidden.items()],
        "merges": scan.merges,
        "statements": [statement.row for statement in _statements(book, name, scan)],
    }
    return head, book.rows(name, scan)


def _statements(book: Book, name: str, scan: Scan) -> Iterator[Statement]:
    others = [sheet for sheet, hidden in book.hidden.items() if hidden and sheet != name]
    if others:
        yield Statement("note", "hidden_sheets", sheets=", ".join(others[:_LISTED]), n=len(others))
    if book.hidden[name]:
        yield Statement("warning", "hidden_sheet_read", sheet=name)
    rows = [row for row in scan.hidden_rows if row < scan.rows]
    if rows:
        yield Statement("note", "hidden_rows", line=rows[0] + 1, rows=_ranges([r + 1 for r in rows]), n=len(rows))
    columns = [column for column in scan.hidden_columns if column < scan.columns]
    if columns:
        letters = ", ".join(_letter(column) for column in columns[:_LISTED])
        yield Statement("note", "hidden_columns", column=_letter(columns[0]), columns=letters, n=len(columns))
    if any(member.lower().endswith("vbaproject.bin") for member in book.names) or any(
        member.startswith("Basic/") for member in book.names
    ):
        yield Statement("warning", "macros")
    if any(member.startswith("xl/externalLinks/") for member in book.names):
        yield Statement("note", "external_links")
    if any(member.startswith(("xl/comments", "xl/threadedComments")) for member in book.names):
        yield Statement("note", "comments")
    if scan.formulas:
        yield Statement("note", "formulas", n=scan.formulas)


def _ranges(numbers: list[int]) -> str:
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    shown = [str(a) if a == b else f"{a}-{b}" for a, b in parts[:_LISTED]]
    return ", ".join(shown) + ("…" if len(parts) > _LISTED else "")


def _letter(index: int) -> str:
    letters, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _mark(cells: list[Any], row: int, scan: Scan) -> None:
    for column in range(min(len(cells), scan.columns)):
        flaw = scan.flaws.get((row, column))
        if flaw is not None:
            kind, text = flaw
            cells[column] = {kind: _percentage(cells[column]) if kind == "percent" else text}


def _percentage(value: object) -> str:
    """`5 %` of 0.05, in the shortest digits that give the number back."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    shown = f"{round(value * 100, 10):f}".rstrip("0").rstrip(".")
    return f"{shown} %"


def encode(cell: object, row: int) -> object:
    """A cell for the answer: JSON text, number, true or false, or an object for a date or a flaw. Raises `Refusal`."""
    if isinstance(cell, str):
        if len(cell) > CELL_TEXT:
            raise Refusal("cell_text", line=row + 1, limit=CELL_TEXT)
        return cell.strip(" \u00a0\u202f\t\r\n\ufeff") or None
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return {"error": str(cell)}
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, date):
        return {"date": cell.isoformat()[:10]}
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell
