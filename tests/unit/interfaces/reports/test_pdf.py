"""The PDF is tagged, says the same, and comes out the same."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import pytest
from pypdf import PdfReader

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.assemble import report_of
from ancrage.interfaces.reports.content import Chart, Report
from ancrage.interfaces.reports.pdf import breakable, pdf_of
from ancrage.interfaces.reports.words import Words
from tests.factories import bicycle_lines, dossier


@pytest.fixture(scope="module")
def pdf(report: Report) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_of(report, Words("fr"))))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_tagged_with_its_language_and_title(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("fr")
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).startswith("Vélo électrique de ville VAE-C12")
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_every_drawing_has_words_and_is_no_bitmap(pdf: PdfReader, report: Report) -> None:
    alts = [str(one) for one in _alternatives(pdf.trailer["/Root"]["/StructTreeRoot"])]
    charts = [block for section in report.sections for block in section.blocks if isinstance(block, Chart)]
    assert {chart.alt for chart in charts} <= set(alts)
    assert sum(len(page.images) for page in pdf.pages) == 0


def _alternatives(node: object) -> list[object]:
    found: list[object] = []
    todo = [node]
    while todo:
        one = todo.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            if "/Alt" in one:
                found.append(one["/Alt"])
            if "/K" in one:
                todo.append(one["/K"])
    return found


def test_every_page_says_that_data_are_invented_and_its_number(pdf: PdfReader) -> None:
    for number, page in enumerate(pdf.pages, 1):
        text = page.extract_text()
        assert "Données inventées (démonstration)" in text
        assert f"{number} / {len(pdf.pages)}" in text


def test_real_data_are_not_said_to_be_invented(real_bicycle: Dossier) -> None:
    reader = PdfReader(io.BytesIO(pdf_of(report_of(real_bicycle, "fr"), Words("fr"))))
    assert "inventées" not in text_of(reader)


def test_it_says_what_the_report_says(pdf: PdfReader, report: Report) -> None:
    text = text_of(pdf)
    for section in report.sections:
        assert section.title in text
    for words in ("Cadre aluminium 6061", "Fonderie du Lomont", "renseignement tarifaire contraignant"):
        assert words in text


def test_letters_that_the_typesetter_gives_a_meaning_to_are_text() -> None:
    label = "#import \"x\": * $a$ _b_ `c` <l> @e [d] \\ ~ // 'q'"
    lines = (replace(bicycle_lines()[0], label=label), *bicycle_lines()[1:])
    reader = PdfReader(io.BytesIO(pdf_of(report_of(dossier(lines), "fr"), Words("fr"))))
    assert "#import" in text_of(reader)


def test_only_very_long_words_may_be_cut() -> None:
    word = "anticonstitutionnellement"
    assert len(word) == 25
    assert breakable(word[:24]) == word[:24]
    assert breakable("a" * 64).count("\u200b") == 3
    assert breakable("Faisceau électrique principal") == "Faisceau électrique principal"


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert pdf_of(report, Words("fr")) == pdf_of(report, Words("fr"))


@pytest.mark.slow
def test_2200_lines_are_set_in_seconds_of_processor(cobot: Dossier) -> None:
    report = report_of(cobot, "fr")
    start = time.process_time()
    pages = len(PdfReader(io.BytesIO(pdf_of(report, Words("fr")))).pages)
    assert time.process_time() - start < 8
    assert 60 < pages < 400
