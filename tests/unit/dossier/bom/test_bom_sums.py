"""Rows that people sum are told from parts by their amount; a right sum is never called false."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.bom.sheet import Cell, RawSheet
from ancrage.dossier.model import BomReading, Status
from ancrage.kernel.evidence import Evidence

HEAD = ("Référence", "Désignation", "Quantité", "Montant (EUR)", "Fournisseur")
SCREW, NUT = (None, "Vis", 4, 5, None), (None, "Écrou", 2, 1, None)


def read(*rows: tuple[Cell, ...]) -> BomReading:
    return read_bom(RawSheet.of((HEAD, *rows)), Evidence("file:abc", "bom.read"))


def lines_of(reading: BomReading, code: str) -> list[int | None]:
    return [problem.line for problem in reading.problems if problem.code == code]


def test_a_subtotal_with_a_name_is_checked_and_not_counted() -> None:
    reading = read(
        SCREW,
        (None, "Sous-total visserie", 1, 5, None),
        NUT,
        (None, "Sous-total écrous", None, 1, None),
        (None, "Total HT", 1, 6, None),
    )
    assert reading.status is Status.ACCEPTED
    assert reading.totals == {"EUR": Decimal(6)}
    assert lines_of(reading, "bom.row.total") == [3, 5, 6]
    assert lines_of(reading, "bom.sum.differs") == []


@pytest.mark.parametrize(
    "label", ["Somme", "À reporter", "Report", "Gesamt", "Grand total", "Summe netto", "Total pièces :"]
)
def test_the_sum_of_all_lines_is_a_total_whatever_its_words(label: str) -> None:
    reading = read(SCREW, NUT, (None, label, None, 6, None))
    assert (reading.status, len(reading.lines)) == (Status.ACCEPTED, 2)
    assert reading.totals == {"EUR": Decimal(6)}


def test_the_total_of_a_group_after_a_cumulated_subtotal_is_right() -> None:
    reading = read(SCREW, (None, "Sous-total", None, 5, None), NUT, (None, "Sous-total cumulé", None, 6, None))
    assert reading.totals == {"EUR": Decimal(6)}
    assert lines_of(reading, "bom.sum.differs") == []


def test_a_false_subtotal_is_named_and_not_counted() -> None:
    reading = read(SCREW, NUT, (None, "Sous-total visserie", None, 7, None))
    assert reading.totals == {"EUR": Decimal(6)}
    assert lines_of(reading, "bom.row.like_total_aside") == [4]


@pytest.mark.parametrize(
    "part", [("TS-1", "Total station laser", 1, 100, None), (None, "Total station laser", 1, 100, "ACME")]
)
def test_a_part_that_starts_like_a_total_is_counted_and_named(part: tuple[Cell, ...]) -> None:
    reading = read(SCREW, NUT, part)
    assert reading.totals == {"EUR": Decimal(106)}
    assert lines_of(reading, "bom.row.like_total_kept") == [4]


@pytest.mark.parametrize("label", ["Totalisateur", "Sommet de cadre", "Sumitube 12", "Reporteur", "Frais de port"])
def test_a_word_that_only_begins_alike_is_a_part(label: str) -> None:
    reading = read(SCREW, NUT, (None, label, 1, 6, None))
    assert (reading.status, reading.totals) == (Status.ACCEPTED, {"EUR": Decimal(12)})


def test_a_reference_that_begins_like_a_total_is_a_reference() -> None:
    reading = read(("SUM-1", "Vis", 4, 5, None), ("REPORT-2", None, 1, 5, None))
    assert (reading.status, reading.totals) == (Status.ACCEPTED, {"EUR": Decimal(10)})


def test_ten_thousand_subtotals_are_read_once_each() -> None:
    rows = [
        row for n in range(10_000) for row in ((None, f"Vis {n}", 1, 1, None), (None, f"Sous-total {n}", None, 1, None))
    ]
    assert read(*rows).totals == {"EUR": Decimal(10_000)}
