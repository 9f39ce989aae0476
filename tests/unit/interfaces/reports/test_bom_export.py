"""An export is never evaluated by a spreadsheet, and our own reader gives its values back."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.bom.sheet import RawSheet
from ancrage.interfaces.reports.bom_export import export_csv, export_xlsx
from ancrage.kernel.evidence import Evidence

SOURCE = Evidence("file:x", "bom.read")
_ENDS = (
    "cmd|'/c calc'!A1",
    "SUM(A1:A9)",
    'HYPERLINK("http://x","y")',
    "1+1",
    'DDE("cmd")',
    "WEBSERVICE(A1)",
    "A1",
    "IMPORTXML(A1)",
    "2",
    "'",
    "x",
)
PAYLOADS = [start + end for start in ("=", "+", "-", "@", "'=", "''@") for end in _ENDS]


def _reading() -> object:
    rows = (("Désignation", "Quantité", "Fournisseur"), *((text, 1, text) for text in PAYLOADS))
    return read_bom(RawSheet.of(rows), SOURCE)


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) > 50


def test_no_cell_of_a_csv_export_begins_like_a_formula() -> None:
    text = export_csv(_reading()).decode("utf-8-sig")  # type: ignore[arg-type]
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    export_xlsx(path, _reading())  # type: ignore[arg-type]
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_round_trip_keeps_every_value(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{kind}"
    reading = _reading()
    if kind == "csv":
        path.write_bytes(export_csv(reading))  # type: ignore[arg-type]
    else:
        export_xlsx(path, reading)  # type: ignore[arg-type]
    again = read_bom(read_sheet(path), SOURCE)
    assert [line.label for line in again.lines] == PAYLOADS
    assert [line.supplier for line in again.lines] == PAYLOADS
