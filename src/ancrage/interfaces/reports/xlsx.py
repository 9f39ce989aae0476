"""The dossier as a workbook: one sheet per table, typed cells, and no cell that a spreadsheet would evaluate.

Every text goes in as a text cell, whatever it starts with; one that a spreadsheet would read as a formula if it were
typed again is marked as quoted, so that editing its cell does not revive it. A number that a spreadsheet cannot
hold exactly is written with its exact text beside it. The bytes depend on nothing but the report.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ancrage.interfaces.reports.content import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Facts,
    Heading,
    ListBlock,
    Paragraph,
    Report,
    Table,
    Tone,
)
from ancrage.interfaces.reports.words import Words

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767
_REVIVED = ("=", "+", "-", "@", "\t", "\r")
_FIRST_ROW = 3
_WIDTHS: Mapping[str, int] = {
    "text": 26, "integer": 9, "decimal": 10, "amount": 14, "percent": 11, "code": 14, "date": 12,
}  # fmt: skip


def xlsx_of(report: Report, words: Words) -> bytes:
    """The workbook. Raises nothing on hostile texts: they are values."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties(
        {
            "title": f"{report.cover.product} - {report.cover.title}",
            "created": datetime.combine(report.on, time()),
            "comments": report.cover.notice,
        }
    )
    formats = _formats(book)
    _summary_sheet(book, report, formats, words)
    taken: set[str] = {words.say("sheet.summary").lower()}
    for table in tables_of(report):
        if table.sheet:
            _Sheet(book.add_worksheet(_sheet_name(table.sheet, taken)), table, report, formats).write()
    book.close()
    return stream.getvalue()


def tables_of(report: Report) -> Iterator[Table]:
    """Every table of the report, those of its charts included."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Chart):
                yield block.table


@dataclass(frozen=True, slots=True)
class Style:
    """The format of a cell, and the same for a text that is marked as quoted."""

    plain: Any
    quoted: Any

    @classmethod
    def of(cls, book: Any, properties: Mapping[str, object]) -> Style:
        """Both formats, in a workbook."""
        return cls(book.add_format(properties), book.add_format({**properties, "quote_prefix": True}))


def _formats(book: Any) -> dict[str, Style]:
    base = {"font_name": "Calibri", "font_size": 10.5, "valign": "top"}
    return {
        "title": Style.of(book, {**base, "bold": True, "font_size": 14}),
        "notice": Style.of(book, {**base, "bold": True, "font_color": "#9A3412"}),
        "head": Style.of(book, {**base, "bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        "strong": Style.of(book, {**base, "bold": True}),
        "text": Style.of(book, {**base, "text_wrap": True}),
        "code": Style.of(book, {**base, "num_format": "@"}),
        "unknown": Style.of(book, {**base, "italic": True, "font_color": "#7A4A10"}),
        "muted": Style.of(book, {**base, "font_color": "#4A5866", "text_wrap": True}),
        "integer": Style.of(book, {**base, "num_format": "#,##0"}),
        "decimal": Style.of(book, {**base, "num_format": "0.00"}),
        "amount": Style.of(book, {**base, "num_format": "#,##0.00"}),
        "percent": Style.of(book, {**base, "num_format": "0.0%"}),
        "date": Style.of(book, {**base, "num_format": "yyyy-mm-dd"}),
    }


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name that spreadsheets accept (31 signs, none of `[]:*?/\\'`) and that no other sheet has."""
    plain = _FORBIDDEN.sub(" ", title).strip()[:31] or "-"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: 30 - len(str(number))]} {number}"
    taken.add(name.lower())
    return name


def safe_text(text: str) -> str:
    """The text as a cell can hold it: without control characters (shown as �), at most 32,767 signs."""
    shown = _CONTROL.sub("\ufffd", text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def write_text(sheet: Any, row: int, column: int, text: str, style: Style) -> None:
    """A typed text, as it is; an empty one is no cell."""
    if text:
        form = style.quoted if text.startswith(_REVIVED) else style.plain
        sheet.write_string(row, column, safe_text(text), form)


def _summary_sheet(book: Any, report: Report, formats: Mapping[str, Any], words: Words) -> None:
    sheet = book.add_worksheet(words.say("sheet.summary"))
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 70)
    rows = [*_cover_rows(report), *(row for block in report.sections[0].blocks for row in _summary_rows(block))]
    for number, (style, texts) in enumerate(rows):
        for place, text in enumerate(texts):
            write_text(sheet, number, place, text, formats[style])
    _page_set_up(sheet, report)


def _cover_rows(report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "title", (report.cover.product,)
    yield "muted", (report.cover.title,)
    if report.cover.notice:
        yield "notice", (report.cover.notice,)
    for name, text in report.cover.facts:
        yield "text", (name, text)
    yield "text", ("",)


def _summary_rows(block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:  # noqa: C901 - one case for each block
    match block:
        case Heading():
            yield "text", ("",)
            yield "strong", (block.text,)
        case Paragraph():
            yield "text", (block.text,)
        case Callout():
            yield "strong", (block.title, "", block.text)
        case Facts():
            for fact in block.facts:
                yield "text", (fact.label, fact.text, " ".join((fact.detail, _bracket(fact.ref))).strip())
        case ListBlock():
            for item in block.items:
                yield "text", (item.lead, "", item.text)
        case Table():
            for row in block.rows:
                yield "text", tuple(_short(cell) for cell in (row[1], row[2], row[-1]))
        case Chart():
            yield "strong", (block.title,)


def _short(cell: Cell) -> str:
    text = "" if cell.value is None else str(cell.value)
    return f"{text} ({cell.detail})" if cell.detail else text


def _bracket(ref: Any) -> str:
    return "" if ref is None else f"[{ref.number}]"


def _page_set_up(sheet: Any, report: Report) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    notice = report.labels["invented"] if report.cover.notice else ""
    sheet.set_header("&L" + notice.replace("&", "&&") + "&R" + report.cover.product.replace("&", "&&")[:120])
    sheet.set_footer(f"&L{report.labels['made_with']}&R&P / &N")


class _Sheet:
    """Writes one table: its columns, then for each the detail, the currency or the exact text where a row has them."""

    def __init__(self, sheet: Any, table: Table, report: Report, formats: Mapping[str, Style]) -> None:
        self.sheet, self.table, self.report, self.formats = sheet, table, report, formats
        self.layout = [_layout(table, place) for place in range(len(table.columns))]
        self.has_refs = any(cell.ref is not None for row in table.rows for cell in row)

    def write(self) -> None:
        """The title, the notice, the headings, the rows."""
        sheet, formats = self.sheet, self.formats
        write_text(sheet, 0, 0, self.table.title, formats["title"])
        write_text(sheet, 1, 0, self.report.cover.notice, formats["notice"])
        width = self._headings()
        for number, row in enumerate(self.table.rows, _FIRST_ROW):
            self._row(number, row)
        sheet.freeze_panes(_FIRST_ROW, min(2, width))
        if self.table.rows:
            sheet.autofilter(_FIRST_ROW - 1, 0, _FIRST_ROW - 1 + len(self.table.rows), width - 1)
        sheet.repeat_rows(_FIRST_ROW - 1)
        _page_set_up(sheet, self.report)

    def _headings(self) -> int:
        titles: list[tuple[str, float]] = []
        for column, extras in zip(self.table.columns, self.layout, strict=True):
            wide = _WIDTHS[column.kind] * (max(1.0, column.width / 1.6) if column.kind == "text" else 1)
            titles.append((column.title, min(wide, 60)))
            titles += [(f"{column.title} ({self.report.labels[extra]})", 24) for extra in extras]
        if self.has_refs:
            titles.append((self.report.labels["evidence"], 22))
        for place, (title, wide) in enumerate(titles):
            write_text(self.sheet, _FIRST_ROW - 1, place, title, self.formats["head"])
            self.sheet.set_column(place, place, wide)
        return len(titles)

    def _row(self, number: int, row: tuple[Cell, ...]) -> None:
        place = 0
        for cell, column, extras in zip(row, self.table.columns, self.layout, strict=True):
            self._value(number, place, cell, column)
            place += 1
            for extra in extras:
                text = {"detail": cell.detail, "currency": cell.unit, "exact": _exact_text(cell)}[extra]
                write_text(self.sheet, number, place, text, self.formats["muted"])
                place += 1
        if self.has_refs:
            write_text(self.sheet, number, place, self._refs(row), self.formats["muted"])

    def _refs(self, row: tuple[Cell, ...]) -> str:
        found = dict.fromkeys(
            f"[{cell.ref.number}]" + (f" {cell.ref.place}" if cell.ref.place else "")
            for cell in row
            if cell.ref is not None
        )
        return " ".join(found)

    def _value(self, row: int, place: int, cell: Cell, column: Column) -> None:
        value, formats = cell.value, self.formats
        if value is None:
            self.sheet.write_string(row, place, self.report.labels["unknown"], formats["unknown"].plain)
        elif isinstance(value, str):
            style = "muted" if cell.tone is Tone.MUTED else "code" if column.kind == "code" else "text"
            write_text(self.sheet, row, place, value, formats[style])
        elif isinstance(value, date):
            self.sheet.write_datetime(row, place, datetime.combine(value, time()), formats["date"].plain)
        else:
            style = column.kind if column.kind in formats else "decimal"
            self.sheet.write_number(row, place, float(value), formats[style].plain)


def _layout(table: Table, place: int) -> tuple[str, ...]:
    cells = [row[place] for row in table.rows]
    extras = [("detail", any(cell.detail for cell in cells)), ("currency", any(cell.unit for cell in cells)),
              ("exact", any(_exact_text(cell) for cell in cells))]  # fmt: skip
    return tuple(name for name, is_there in extras if is_there)


def _exact_text(cell: Cell) -> str:
    """The exact digits of an amount that a double cannot hold; empty otherwise."""
    if not cell.unit or not isinstance(cell.value, Decimal):
        return ""
    return "" if Decimal(repr(float(cell.value))) == cell.value else format(cell.value, "f")
