"""A price is for one unit of the quantity, or is brought to it exactly, or is unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.bom.sheet import Cell, RawSheet
from ancrage.dossier.model import BomReading
from ancrage.kernel.evidence import Evidence

HEAD = ("Désignation", "Quantité", "Unité", "Prix unitaire (EUR)", "Masse unitaire (kg)")


def read(heading: str, *rows: tuple[Cell, ...], head: tuple[str, ...] = HEAD) -> BomReading:
    return read_bom(RawSheet.of(((*head, heading), *rows)), Evidence("file:abc", "bom.read"))


def codes(reading: BomReading) -> set[str]:
    return {problem.code for problem in reading.problems}


@pytest.mark.parametrize("heading", ["Unité de prix", "Price unit", "UP", "Unité prix"])
@pytest.mark.parametrize(
    ("row", "total"),
    [
        (("Tôle", 12, "kg", 2, None, "kg"), "24"),
        (("Tôle", 500, "g", 2, None, "kg"), "1"),
        (("Vis", 12, "pcs", 2, None, "pièce"), "24"),
        (("Vis", 12, "pcs", 2, None, 100), "0.24"),
        (("Vis", 12, "pcs", 2, None, "100 pcs"), "0.24"),
        (("Tôle", 12, "pcs", 2, Decimal("1.5"), "kg"), "36"),
        (("Tube", 12, "m", 2, None, "/ m"), "24"),
        (("Boîte", 12, "bte", 2, None, "bte"), "24"),
    ],
)
def test_a_price_is_brought_to_one_unit_of_the_quantity(heading: str, row: tuple[Cell, ...], total: str) -> None:
    reading = read(heading, row)
    assert reading.totals == {"EUR": Decimal(total)}
    assert not codes(reading) & {"bom.price.unit", "bom.number.unreadable", "bom.price.base"}


@pytest.mark.parametrize(
    "row",
    [
        ("Tôle", 12, "pcs", 2, None, "kg"),
        ("Tôle", 12, None, 2, None, "kg"),
        ("Tube", 12, "kg", 2, None, "m"),
        ("Vis", 12, "pcs", 2, None, "bte"),
        ("Tôle", 12, "m", 2, Decimal("1.5"), "100 kg"),
    ],
)
def test_a_price_in_another_unit_is_unknown_and_named(row: tuple[Cell, ...]) -> None:
    reading = read("Unité de prix", row)
    assert reading.totals == {}
    assert [(p.line, p.column) for p in reading.problems if p.code == "bom.price.unit"] == [(2, "Unité de prix")]
    assert "bom.number.unreadable" not in codes(reading)


def test_a_price_without_its_base_is_unknown() -> None:
    reading = read("Base de prix", ("Vis", 12, "pcs", 2, None, None), ("Vis", 12, "pcs", 2, None, "?"))
    assert reading.totals == {}
    assert [p.line for p in reading.problems if p.code == "bom.price.base"] == [2, 3]


def test_a_price_per_kilogram_in_the_heading_is_no_price_per_piece() -> None:
    head = ("Désignation", "Quantité", "Masse unitaire (kg)")
    reading = read("Prix unitaire (€/kg)", ("Tôle", 2, Decimal("1.5"), 4), ("Vis", 2, None, 4), head=head)
    assert reading.totals == {"EUR": Decimal(12)}
    assert [p.line for p in reading.problems if p.code == "bom.price.unit"] == [3]
