"""Origin requests go out without prices, and answers come back line by line."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.sheet import RawSheet
from ancrage.dossier.model import Dossier, Origin, OriginBasis
from ancrage.interfaces.reports.requests_in import read_answers, with_answers
from ancrage.interfaces.reports.requests_out import asked_lines, heading, questionnaire, requests_of
from ancrage.interfaces.wording import say
from ancrage.kernel.errors import FileRefusedError, InputError
from ancrage.kernel.evidence import Evidence
from tests.factories import bicycle_lines, dossier, line, place_evidence, reading

ANSWER = Evidence("file:answer", "requests.read_answers")


def test_each_supplier_gets_two_letters_and_a_questionnaire(bicycle: Dossier) -> None:
    files = requests_of(bicycle)
    folders = {path.split("/")[1] for path in files}
    assert len(files) == 3 * len(folders)
    assert next(iter(files)).startswith("requests/001-jinhuo-e-drive/")
    names = {path.rpartition("/")[2] for path in files}
    assert names == {"demande-origine.fr.txt", "origin-request.en.txt", "questionnaire.xlsx"}


def test_lines_come_in_the_order_of_what_they_weigh(bicycle: Dossier) -> None:
    supplier, lines = asked_lines(bicycle)[0]
    assert supplier == "Jinhuo E-Drive"
    assert [one.item for one in lines] == ["MO-010", "BA-010", "EL-020"]


def test_no_price_ever_leaves(bicycle: Dossier) -> None:
    prices = {str(one.unit_price.amount) for one in bicycle.bom.lines if one.unit_price is not None}
    prices |= {price.replace(".", ",") for price in prices}
    for path, content in requests_of(bicycle).items():
        text = content.decode("utf-8") if path.endswith(".txt") else " ".join(_cells(content))
        assert [price for price in prices if len(price) > 4 and price in text] == [], path


def _cells(content: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None
    ]


def test_a_line_whose_origin_is_declared_is_not_asked_again() -> None:
    lines = tuple(
        replace(one, origin=Origin("TW", OriginBasis.SUPPLIER_DECLARATION, place_evidence(one.number)))
        for one in bicycle_lines()
    )
    assert asked_lines(dossier(lines)) == []
    assert requests_of(dossier(lines)) == {}


def test_hostile_names_make_neither_a_path_nor_a_formula() -> None:
    lines = (line(2, "=1+1", supplier="../../etc/passwd\x00", country=None), line(3, supplier="\u2603", country=None))
    files = requests_of(dossier(lines))
    assert {path.split("/")[1] for path in files} == {"001-etc-passwd", "002-supplier"}
    for path, content in files.items():
        if path.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(content))
            assert all(cell.data_type in {"s", "n"} for row in book.active.iter_rows() for cell in row if cell.value)


def test_letters_say_when_the_example_is_invented(bicycle: Dossier, real_bicycle: Dossier) -> None:
    assert all("inventées" in text or "Invented" in text for text in _letters(bicycle))
    assert not any("inventées" in text or "Invented" in text for text in _letters(real_bicycle))


def test_the_letters_of_a_real_bill_of_materials_are_no_example_whatever_the_register(bicycle: Dossier) -> None:
    own = replace(bicycle, question=replace(bicycle.question, bom_sha256="ab" * 32))
    assert not any("inventées" in text or "Invented" in text for text in _letters(own))


def _letters(one: Dossier) -> list[str]:
    return [content.decode() for path, content in requests_of(one).items() if path.endswith(".txt")]


def filled(one: Dossier, answers: dict[str, str], path: Path) -> Path:
    """The questionnaire of the first supplier as it comes back."""
    book = openpyxl.load_workbook(io.BytesIO(questionnaire(one, asked_lines(one)[0][1])))
    sheet = book.active
    for row in sheet.iter_rows():
        if row[0].value in answers:
            row[3].value = answers[str(row[0].value)]
    book.save(path)
    return path


def test_a_filled_questionnaire_becomes_declared_origins(bicycle: Dossier, tmp_path: Path) -> None:
    path = filled(bicycle, {"L3": "Viêt Nam", "L4": "KR"}, tmp_path / "answer.xlsx")
    found = with_answers(bicycle.bom, [("ab" * 32, path.read_bytes())])
    by_key = {one.key: one.origin for one in found.lines}
    assert by_key["L3"] is not None
    assert (by_key["L3"].country, by_key["L3"].basis) == ("VN", OriginBasis.SUPPLIER_DECLARATION)
    assert by_key["L3"].evidence.source == "file:" + "ab" * 32
    assert by_key["L4"] is not None
    assert by_key["L4"].country == "KR"
    assert by_key["L7"] == {one.key: one.origin for one in bicycle.bom.lines}["L7"]


def test_an_answer_raises_the_coverage_of_origins(tmp_path: Path) -> None:
    lines = (line(2, country=None), line(3, country="FR"))
    one = dossier(lines)
    path = filled(one, {"L2": "Italie"}, tmp_path / "answer.xlsx")
    assert with_answers(one.bom, [("c" * 64, path.read_bytes())]).coverage["origin"] == Decimal(1)


def test_an_empty_country_is_no_answer(bicycle: Dossier, tmp_path: Path) -> None:
    path = filled(bicycle, {}, tmp_path / "answer.xlsx")
    assert read_answers(read_sheet(path), frozenset({"L3", "L4", "L7"}), ANSWER) == {}


def test_a_customs_document_is_stronger_than_a_word() -> None:
    known = Origin("CN", OriginBasis.CUSTOMS_DOCUMENT, place_evidence(2))
    bom = reading((line(2, origin=known), line(3)))
    content = f"{heading('key')};{heading('country')}\nL2;Italie\nL3;Italie\n".encode()
    found = {one.key: one.origin for one in with_answers(bom, [("d" * 64, content)]).lines}
    assert found["L2"] == known
    assert found["L3"] is not None
    assert found["L3"].country == "IT"


def sheet(*rows: tuple[str, str]) -> RawSheet:
    return RawSheet.of((("Repère", "Pays de fabrication"), *rows), "answer.csv")


@pytest.mark.parametrize(
    ("rows", "code", "line_number"),
    [
        ([("L999", "Italie")], "report.answer.key_unknown", 2),
        ([("L2", "Italie"), ("L3", "Wakanda")], "report.answer.country", 3),
        ([("L2", "Italie"), ("L2", "Chine")], "report.answer.key_twice", 3),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_row(rows: list[tuple[str, str]], code: str, line_number: int) -> None:
    with pytest.raises(InputError) as refused:
        read_answers(sheet(*rows), frozenset({"L2", "L3"}), ANSWER)
    first = dict(refused.value.message.parameters)["first"]
    assert getattr(first, "code", "") == code
    assert dict(getattr(first, "parameters", ()))["line"] == line_number
    assert str(line_number) in say(refused.value.message, "fr")


def test_another_sheet_is_refused_with_the_headings_it_lacks() -> None:
    with pytest.raises(InputError, match="no_heading"):
        read_answers(RawSheet.of((("a", "b"), ("c", "d"))), frozenset({"L2"}), ANSWER)


def test_a_file_that_is_no_sheet_is_refused(bicycle: Dossier) -> None:
    with pytest.raises(FileRefusedError):
        with_answers(bicycle.bom, [("e" * 64, b"%PDF-1.7\n\x00\x01\x02")])


def test_without_answers_the_reading_is_untouched(bicycle: Dossier) -> None:
    assert with_answers(bicycle.bom, []) is bicycle.bom
