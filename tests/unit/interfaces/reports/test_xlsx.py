"""The workbook holds everything, typed, and nothing that a spreadsheet would evaluate (RELIABILITY U4)."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.assemble import report_of
from ancrage.interfaces.reports.bom_export import export_xlsx
from ancrage.interfaces.reports.content import Report
from ancrage.interfaces.reports.requests_out import requests_of
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.reports.xlsx import safe_text, tables_of, xlsx_of
from ancrage.kernel.money import Money
from tests.factories import dossier, line, reading

COMMANDS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://example.org","x")', "SUM(A1:A9)", "IMPORTXML(1)", "@SUM(1)",
            "2+5+cmd|'/C calc'!A0", 'WEBSERVICE("http://example.org")', "DDE(1)", "-2+3")  # fmt: skip
PAYLOADS = [
    *(f"{sign}{command}" for sign in ("=", "+", "-", "@", "\t=", "\r=", " =", "＝") for command in COMMANDS),
    "http://example.org", "mailto:a@example.org", "internal:Sheet1!A1", "external:c:\\x.xlsx", "{=1+1}", "'=1+1",
    "TRUE", "00123", "1e5", "12/11/2026", "",
]  # fmt: skip
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def hostile() -> bytes:
    """A workbook whose labels, references and suppliers are payloads."""
    lines = tuple(
        line(row, payload, item=payload or None, supplier=payload or None) for row, payload in enumerate(PAYLOADS, 2)
    )
    return xlsx_of(report_of(replace(dossier(lines), product="=1+1"), "fr"), Words("fr"))


def sheets(content: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        return [ElementTree.fromstring(book.read(name)) for name in names]


def test_no_cell_is_a_formula_nor_a_link(hostile: bytes) -> None:
    assert len(PAYLOADS) > 50
    for sheet in sheets(hostile):
        assert list(sheet.iter(f"{_SHEET}f")) == []
        assert list(sheet.iter(f"{_SHEET}hyperlink")) == []
    with zipfile.ZipFile(io.BytesIO(hostile)) as book:
        assert [name for name in book.namelist() if "externalLink" in name or "hyperlink" in name.lower()] == []
        assert all("External" not in book.read(name).decode() for name in book.namelist() if name.endswith(".rels"))


def test_every_cell_that_holds_a_text_has_the_type_of_a_text(hostile: bytes) -> None:
    kinds = {cell.get("t", "n") for sheet in sheets(hostile) for cell in sheet.iter(f"{_SHEET}c")}
    assert kinds <= {"s", "n", "inlineStr"}
    for sheet in sheets(hostile):
        for cell in sheet.iter(f"{_SHEET}c"):
            if cell.get("t", "n") == "n" and (value := cell.find(f"{_SHEET}v")) is not None:
                float(str(value.text))


def test_payloads_keep_their_value(hostile: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(hostile))
    found = {str(row[1]) for row in book["Lignes"].iter_rows(min_row=4, values_only=True)}
    assert {payload.replace("\r", "\n") for payload in PAYLOADS if payload} <= {
        text.replace("_x000D_", "\n").replace("\r", "\n") for text in found
    }


def test_amounts_are_numbers_and_unknown_is_a_word(report: Report) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of(report, Words("fr"))))["Lignes"]
    head = [str(cell.value) for cell in sheet[3]]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert rows[2][head.index("Valeur")] == 148
    assert rows[2][head.index("Valeur (devise)")] == "EUR"
    assert rows[16][head.index("Valeur")] == "inconnu"
    assert rows[2][head.index("Code douanier")] == "871491"
    assert re.search(r"\[\d+\] L2", str(rows[2][head.index("Preuve")]))


def test_an_amount_that_a_double_cannot_hold_stands_as_text_too() -> None:
    price = Money(Decimal("12345678901234567.89"), "EUR")
    report = report_of(dossier((line(2, unit_price=price), line(3))), "fr")
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_of(report, Words("fr"))))["Lignes"]
    head = [str(cell.value) for cell in sheet[3]]
    assert sheet.cell(4, head.index("Valeur (montant exact)") + 1).value == "12345678901234567.89"


def test_there_is_a_sheet_for_each_table_with_every_row(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(report, Words("fr"))))
    wanted = [table for table in tables_of(report) if table.sheet]
    assert len(book.sheetnames) == len(wanted) + 1
    for table in wanted:
        sheet = book[table.sheet[:31]]
        assert sheet.max_row == 3 + len(table.rows)
        assert sheet.freeze_panes is not None


def test_every_sheet_says_that_data_are_invented(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(report, Words("fr"))))
    for sheet in book.worksheets:
        top = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row)
        assert "Données inventées" in top, sheet.title


def test_real_data_are_not_said_to_be_invented(real_bicycle: Dossier) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_of(report_of(real_bicycle, "fr"), Words("fr")))) as book:
        assert "inventées" not in book.read("xl/sharedStrings.xml").decode()


def test_the_only_date_is_that_of_the_study(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_of(report, Words("fr")))) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(re.findall(r"\d{4}-\d\d-\d\dT", book.read("docProps/core.xml").decode())) == {"2026-11-24T"}


def test_control_characters_and_giant_texts_cannot_break_the_file() -> None:
    assert safe_text("a\x00b\x0bc") == "a\ufffdb\ufffdc"
    assert len(safe_text("x" * 40_000)) == 32_767


def test_a_text_that_would_be_a_formula_if_typed_again_is_marked_as_quoted(hostile: bytes) -> None:
    questionnaire = requests_of(dossier((line(2, "=1+1", item="@SUM(A1)", supplier="A", country=None),)))
    for content in (hostile, next(book for path, book in questionnaire.items() if path.endswith(".xlsx"))):
        cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
        texts = [cell for cell in cells if isinstance(cell.value, str)]
        assert {cell.quotePrefix for cell in texts if cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))} == {True}
        assert not any(cell.quotePrefix for cell in texts if cell.value[:1].isalnum())


def test_an_exported_bill_of_materials_marks_them_too(tmp_path: Path) -> None:
    export_xlsx(tmp_path / "bom.xlsx", reading((line(2, "=1+1", item="plain"),)))
    cells = {cell.value: cell for row in openpyxl.load_workbook(tmp_path / "bom.xlsx").active for cell in row}
    assert (cells["=1+1"].quotePrefix, cells["plain"].quotePrefix) == (True, False)
