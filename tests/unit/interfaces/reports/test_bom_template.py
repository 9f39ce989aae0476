"""The template is accepted by our own reader, blank, filled, in both languages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.model import Status
from ancrage.interfaces.reports.template import COLUMNS, write_template
from ancrage.interfaces.wording import Language
from ancrage.kernel.errors import FileRefusedError
from ancrage.kernel.evidence import Evidence

SOURCE = Evidence("file:template", "bom.read")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_both_examples_are_accepted_when_named(lang: Language, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, lang)
    names = openpyxl.load_workbook(path).sheetnames
    for sheet, total in ((names[2], "79.04"), (names[3], "50.3")):
        reading = read_bom(read_sheet(path, sheet=sheet), SOURCE)
        assert (reading.status, reading.totals) == (Status.ACCEPTED, {"EUR": Decimal(total)})
        assert set(reading.understood.values()) == set(COLUMNS)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_template_that_nobody_filled_in_is_refused_and_its_examples_are_not_read(
    lang: Language, tmp_path: Path
) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, lang)
    with pytest.raises(FileRefusedError) as refused:
        read_sheet(path)
    assert refused.value.message.code == "sheets.unfilled"
    assert dict(refused.value.message.parameters)["sheet"] == openpyxl.load_workbook(path).sheetnames[0]


def test_a_company_may_call_its_own_sheet_an_example(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    cover, sheet = book.worksheets[0], book.create_sheet("Exemple produit")
    cover.append(["Page de garde"])
    sheet.append(["Désignation", "Quantité"])
    sheet.append(["Vis", 4])
    book.save(path)
    assert read_bom(read_sheet(path), SOURCE).status is Status.ACCEPTED


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_filled_template_is_read_and_its_examples_are_not(lang: Language, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, lang)
    book = openpyxl.load_workbook(path)
    entry = book.worksheets[0]
    entry.cell(2, COLUMNS.index("label") + 1, "Vis")
    entry.cell(2, COLUMNS.index("quantity") + 1, 4)
    book.save(path)
    reading = read_bom(read_sheet(path), SOURCE)
    assert reading.status is Status.ACCEPTED
    assert [line.label for line in reading.lines] == ["Vis"]


def test_the_template_has_lists_help_and_says_that_its_examples_are_invented(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, "fr")
    book = openpyxl.load_workbook(path)
    rules = book.worksheets[0].data_validations.dataValidation
    assert len(rules) == 6
    assert {str(rule.formula1) for rule in rules} >= {"list_origin", "list_currency"}
    assert all("inventées" in sheet.cell(1, 1).value for sheet in book.worksheets[2:4])
    assert book["Listes"].sheet_state == "hidden"
    assert book["Aide"].max_row == len(COLUMNS) + 1
