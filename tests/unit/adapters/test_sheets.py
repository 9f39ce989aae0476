"""The child that reads: its limits hold, and what it cannot read is a sentence."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import workbooks as wb

from ancrage.adapters import sheets
from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.sheet import Flaw, Merge
from ancrage.kernel.errors import FileRefusedError

HEAD = ("Désignation", "Quantité")


def _child(script: str) -> subprocess.CompletedProcess[str]:
    start = "import sys, ancrage.adapters.sheet_child as c; c.limit_resources(512 * 1024 * 1024, 2);"
    return subprocess.run(
        [sys.executable, "-I", "-c", start + script], capture_output=True, text=True, check=False, timeout=60
    )


def test_numbers_of_a_workbook_are_exact_decimals(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(wb.xlsx([HEAD, ("Vis", 0.1), ("Écrou", 3), ("Joint", True), (None, 1e-7), ("#REF!", "x")]))
    rows = read_sheet(path).rows
    assert rows[1:] == (
        ("Vis", Decimal("0.1")),
        ("Écrou", 3),
        ("Joint", True),
        (None, Decimal("1E-7")),
        (Flaw("error", "#REF!"), "x"),
    )


def test_a_text_table_keeps_its_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'sep=;\r\na;b\r\n"x\r\ny";1\r\n\r\nz;2\r\n')
    sheet = read_sheet(path)
    assert sheet.is_text
    assert [(n, row) for n, row in zip(sheet.numbers, sheet.rows, strict=True) if row] == [
        (2, ("a", "b")),
        (3, ("x\r\ny", "1")),
        (6, ("z", "2")),
    ]


def test_merged_areas_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(wb.xlsx([HEAD, ("Vis", 1), ("Vis", 1)], after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'))
    assert read_sheet(path).merges == (Merge(1, 0, 2, 0),)
    path.write_bytes(wb.books([("A", "visible", [HEAD, ("Vis", 1)]), ("B", "hidden", [HEAD])]))
    assert dict(read_sheet(path).sheets) == {"A": False, "B": True}


def test_the_sheet_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(wb.books([("A", "visible", [HEAD, ("Vis", 1)]), ("B", "hidden", [HEAD, ("Écrou", 2)])]))
    assert read_sheet(path, sheet="B").rows[1] == ("Écrou", 2)
    with pytest.raises(FileRefusedError) as refusal:
        read_sheet(path, sheet="C")
    assert refusal.value.message.code == "sheets.no_sheet"


def test_an_apostrophe_that_protected_a_formula_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n'=1+1;''-x\n'quote;x\n", "utf-8")
    assert read_sheet(path).rows[1:] == (("=1+1", "'-x"), ("'quote", "x"))


def test_dates_are_dates(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("A").write_datetime(0, 0, date(2026, 3, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
    assert read_sheet(path).rows == ((date(2026, 3, 1),),)


@pytest.mark.parametrize(
    "script",
    [
        "import socket; sys.addaudithook(c.refuse_the_world); socket.socket()",
        "import socket; sys.addaudithook(c.refuse_the_world); socket.getaddrinfo('localhost', 80)",
        "import subprocess; sys.addaudithook(c.refuse_the_world); subprocess.run(['true'])",
        "import os; sys.addaudithook(c.refuse_the_world); os.system('true')",
        "sys.addaudithook(c.refuse_the_world); open('/tmp/written-by-the-child', 'w')",
    ],
)
def test_the_child_refuses_the_world(script: str) -> None:
    done = _child(script)
    assert done.returncode == 1
    assert "PermissionError" in done.stderr


def test_the_same_acts_pass_without_the_hook() -> None:
    """The control."""
    assert _child("import socket; socket.socket().close()").returncode == 0


def test_the_child_is_bounded_in_memory_and_time() -> None:
    assert "MemoryError" in _child("x = bytearray(700 * 1024 * 1024)").stderr
    assert _child("\nwhile True: pass").returncode < 0


def test_the_child_imports_only_the_reader() -> None:
    script = (
        "import ancrage.adapters.sheet_book, ancrage.adapters.sheet_text;"
        "heavy = {'numpy', 'pandas', 'ibis', 'duckdb', 'django', 'pyarrow', 'httpx', 'openpyxl'};"
        "sys.exit(bool(heavy & set(sys.modules)) or any(m.startswith('ancrage.dossier') for m in sys.modules))"
    )
    assert _child(script).returncode == 0


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n" * 100_000, "utf-8")
    with pytest.raises(FileRefusedError) as refusal:
        read_sheet(path, wall_seconds=0.02)
    assert refusal.value.message.code == "sheets.too_long"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("raise SystemExit(3)", "sheets.damaged"),
        ("import os; os.abort()", "sheets.too_heavy"),
        ("print('{\"sheet\": null}')", "sheets.damaged"),
        ("print('{\"end\": 5}')", "sheets.damaged"),
    ],
)
def test_a_child_that_dies_or_answers_half_is_a_refusal(
    body: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n", "utf-8")
    start = subprocess.Popen

    def instead(command: list[str], **options: object) -> object:
        return start([command[0], "-I", "-c", body], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(sheets.subprocess, "Popen", instead)
    with pytest.raises(FileRefusedError) as refusal:
        read_sheet(path)
    assert refusal.value.message.code == code


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _: None, "sheets.absent"),
        (lambda path: path.mkdir(), "sheets.not_a_file"),
    ],
)
def test_what_is_no_file_is_refused(make: object, code: str, tmp_path: Path) -> None:
    make(tmp_path / "x.csv")  # type: ignore[operator]
    with pytest.raises(FileRefusedError) as refusal:
        read_sheet(tmp_path / "x.csv")
    assert refusal.value.message.code == code


_STYLES = (
    '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="0 &quot;%&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)


def test_percentages_of_a_workbook_are_told_from_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    shown = [(f' s="{style}"', "<v>0.05</v>") for style in range(4)]
    text = (' s="1" t="inlineStr"', "<is><t>Vis</t></is>")
    path.write_bytes(wb.xlsx([HEAD, shown, (text, 1)], extra={"xl/styles.xml": _STYLES}))
    plain, percent = Decimal("0.05"), Flaw("percent", "5 %")
    assert read_sheet(path).rows[1:] == ((plain, percent, percent, plain), ("Vis", 1, None, None))


def test_percentages_of_an_open_document_are_told_from_numbers_repeated_ones_too(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    cell = (
        '<table:table-cell office:value-type="percentage" office:value="0.125" table:number-columns-repeated="2">'
        "<text:p>12,5 %</text:p></table:table-cell>"
    )
    path.write_bytes(wb.ods(wb.ods_rows([HEAD, (cell,), ("Vis", 0.125)])))
    percent = Flaw("percent", "12.5 %")
    assert read_sheet(path).rows[1:] == ((percent, percent), ("Vis", Decimal("0.125")))
