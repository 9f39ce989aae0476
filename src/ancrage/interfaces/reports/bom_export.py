"""Write a bill of materials so that our own reader gives the same lines back, and no cell is ever evaluated.

CSV: a text that a spreadsheet would evaluate is written with an apostrophe (OWASP ASVS 5.0, 1.2.10), which our reader
takes away. XLSX: every text is a typed text cell; a number that a binary float cannot hold exactly is text too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ancrage.dossier.bom.headings import fields
from ancrage.dossier.model import BomReading, Line, PriceBasis, SheetKind
from ancrage.interfaces.wording import Language, worded
from ancrage.kernel.money import EXACT, plain
from ancrage.kernel.quantity import Quantity

Value = str | Decimal | None
_EVALUATED = re.compile(r"'*[=+\-@\t\r]")
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")

COLUMNS = (
    "level",
    "parent",
    "item",
    "label",
    "quantity",
    "unit",
    "unit_price",
    "line_total",
    "currency",
    "supplier",
    "origin",
    "origin_basis",
    "made_at",
    "seller_country",
    "dispatch_country",
    "hs",
    "material",
    "process",
    "unit_mass",
    "lead_time",
    "critical",
    "single_source",
    "annual_volume",
)
"""Fields in the order of the columns that are written."""
UNKNOWN = "?"


def export_rows(reading: BomReading, lang: Language = "fr") -> list[list[Value]]:
    """The headings, then one row per line; unknown is an empty cell."""
    has_levels = any(line.level is not None for line in reading.lines)
    heads = ["annual_amount" if _is_amount(name, reading) else name for name in COLUMNS]
    rows: list[list[Value]] = [[fields()[name].label[lang] for name in heads]]
    for line, times in zip(reading.lines, _times(reading.lines), strict=True):
        cells = _cells(line, times, lang)
        if has_levels:
            cells["parent"] = lambda: None
        rows.append(_told_apart([cells[name]() for name in COLUMNS]))
    return rows


def _told_apart(row: list[Value]) -> list[Value]:
    """A row with one cell would be read back as a title or a remark: its unknown quantity is then written."""
    quantity = COLUMNS.index("quantity")
    if sum(value is not None for value in row) == 1 and row[quantity] is None:
        row[quantity] = UNKNOWN
    return row


def _is_amount(name: str, reading: BomReading) -> bool:
    return name == "line_total" and reading.kind is SheetKind.PURCHASES


def _times(lines: Sequence[Line]) -> Iterator[Decimal | None]:
    """How many of its parent the product holds, for each line: what a line total was multiplied by."""
    held: dict[str, Decimal | None] = {}
    for line in lines:
        if line.item is not None and line.level is None:
            total = line.total_quantity.value if line.total_quantity else None
            before = held.get(line.item, Decimal(0))
            held[line.item] = None if total is None or before is None else EXACT.add(before, total)
    stack: list[Line] = []
    for line in lines:
        if line.level is None:
            yield held.get(line.parent, Decimal(1)) if line.parent is not None else Decimal(1)
            continue
        while stack and (stack[-1].level or 0) >= line.level:
            stack.pop()
        above = stack[-1].total_quantity if stack else None
        yield Decimal(1) if not stack else above.value if above else None
        stack.append(line)


def _cells(line: Line, times: Decimal | None, lang: Language) -> dict[str, Callable[[], Value]]:
    price = line.unit_price if line.price_basis is PriceBasis.GIVEN else None
    money = price or line.amount
    return {
        "level": lambda: None if line.level is None else Decimal(line.level),
        "parent": lambda: line.parent,
        "item": lambda: line.item,
        "label": lambda: line.label or None,
        "quantity": lambda: line.quantity.value if line.quantity else None,
        "unit": lambda: line.quantity.unit if line.quantity else None,
        "unit_price": lambda: price.amount if price else None,
        "line_total": lambda: _own_amount(line, times),
        "currency": lambda: money.currency if money else None,
        "supplier": lambda: line.supplier,
        "origin": lambda: line.origin.country if line.origin else None,
        "origin_basis": lambda: line.origin.basis.value if line.origin else None,
        "made_at": lambda: line.made_at,
        "seller_country": lambda: line.seller_country,
        "dispatch_country": lambda: line.dispatch_country,
        "hs": lambda: line.hs_given,
        "material": lambda: line.material,
        "process": lambda: line.process,
        "unit_mass": lambda: _measure(line.unit_mass),
        "lead_time": lambda: line.lead_time_days,
        "critical": lambda: _flag(line.is_critical, lang),
        "single_source": lambda: _flag(line.is_single_source, lang),
        "annual_volume": lambda: line.annual_volume,
    }


def _own_amount(line: Line, times: Decimal | None) -> Decimal | None:
    """The amount as the file gave it: for one assembly, before the tree multiplied it."""
    if line.amount is None:
        return None
    if times:
        return EXACT.divide(line.amount.amount, times)
    if line.unit_price is None or line.quantity is None:
        return line.amount.amount
    return EXACT.multiply(line.unit_price.amount, line.quantity.value)


def _measure(quantity: Quantity | None) -> str | None:
    return None if quantity is None else f"{unambiguous(quantity.value)} {quantity.unit}"


def _flag(value: bool | None, lang: Language) -> str | None:
    return None if value is None else worded(value, lang)


def unambiguous(value: Decimal) -> str:
    """A number that cannot be read in two ways: three decimals after one to three digits get a fourth."""
    text = plain(value)
    return text + "0" if _AMBIGUOUS.fullmatch(text) else text


def export_csv(reading: BomReading, lang: Language = "fr") -> bytes:
    """A CSV file (UTF-8 with its mark, semicolons) that a spreadsheet opens and evaluates nothing of."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([_csv_cell(value) for value in row] for row in export_rows(reading, lang))
    return buffer.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return unambiguous(value)
    return f"'{value}" if _EVALUATED.match(value) else value


def export_xlsx(path: Path, reading: BomReading, lang: Language = "fr") -> None:
    """A workbook of one sheet of typed cells."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, WORKBOOK_OPTIONS) as book:
        sheet = book.add_worksheet(fields_title(reading))
        write_rows(sheet, export_rows(reading, lang), 0, {}, book.add_format({"quote_prefix": True}))


WORKBOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def fields_title(reading: BomReading) -> str:
    """The name of the sheet."""
    return "Achats" if reading.kind is SheetKind.PURCHASES else "Nomenclature"


def write_rows(
    sheet: object, rows: Sequence[Sequence[Value]], first: int, formats: Mapping[int, object], quoted: object = None
) -> None:
    """Write typed cells: text as text, a number as number when a float holds it exactly. `quoted` is the format of a
    text that would be evaluated if it were typed again."""
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row):
            cell_format = formats.get(column)
            if isinstance(value, Decimal) and Decimal(repr(float(value))) == value:
                sheet.write_number(number, column, float(value), cell_format)  # type: ignore[attr-defined]
            elif value is not None:
                text = unambiguous(value) if isinstance(value, Decimal) else value
                own = quoted if quoted is not None and _EVALUATED.match(text) else cell_format
                sheet.write_string(number, column, text, own)  # type: ignore[attr-defined]
