"""The three real bills of materials, with totals added up by hand and line by line from the files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.model import PriceBasis, Status
from ancrage.kernel.evidence import Evidence

Row = Mapping[str, str]


@pytest.mark.parametrize(
    ("name", "lines", "currency", "total", "value"),
    [
        ("bras_robot_6axes_bom.csv", 20, "INR", "18660", lambda row: Decimal(row["Total_INR"])),
        ("imprimante3d_phoenix3d_bom.csv", 54, "USD", "466.44", lambda row: Decimal(row["cost_usd_total"] or 0)),
        (
            "rover_open_source_parts_list.csv",
            47,
            "USD",
            "1253.31",
            lambda row: (
                Decimal(row["cost_usd"]) * Decimal(row["qty_per_assembly"]) * Decimal(row["assembly_multiplier"])
            ),
        ),
    ],
)
def test_a_real_bill_of_materials_is_read_whole_with_its_exact_total(  # noqa: PLR0917
    name: str, lines: int, currency: str, total: str, value: Callable[[Row], Decimal], shared_data: Path
) -> None:
    path = shared_data / "bom" / name
    reading = read_bom(read_sheet(path), Evidence("file:real", "bom.read"))
    assert reading.status is Status.ACCEPTED
    assert len(reading.lines) == lines
    assert reading.totals == {currency: Decimal(total)}
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sum(map(value, rows)) == Decimal(total)
    for line, row in zip(reading.lines, rows, strict=True):
        assert (line.value.amount if line.value else Decimal(0)) == value(row)
    assert all(line.origin is None and line.hs_given is None for line in reading.lines)


def test_prices_of_the_printer_are_deduced_and_its_screws_have_none(shared_data: Path) -> None:
    reading = read_bom(
        read_sheet(shared_data / "bom" / "imprimante3d_phoenix3d_bom.csv"), Evidence("file:real", "bom.read")
    )
    assert {line.price_basis for line in reading.lines} == {PriceBasis.DEDUCED, None}
    assert sum(line.unit_price is None for line in reading.lines) == 15
    assert reading.lines[0].label == "Aluminum Extrusion 20x80mm"
    assert reading.understood["item"] == "label"
