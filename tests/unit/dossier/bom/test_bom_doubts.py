"""What is written and doubtful is named, and never read as if it were sure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ancrage.dossier.bom.headings import understand
from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.bom.sheet import Cell, Flaw, RawSheet
from ancrage.dossier.model import BomReading, OriginBasis, Severity, Status
from ancrage.kernel.evidence import Evidence

HEAD = ("Désignation", "Quantité", "Prix unitaire (EUR)")


def read(*rows: tuple[Cell, ...], mapping: dict[str, str] | None = None) -> BomReading:
    return read_bom(RawSheet.of(rows), Evidence("file:abc", "bom.read"), mapping=mapping)


def warned(reading: BomReading) -> dict[str, int | None]:
    return {problem.code: problem.line for problem in reading.problems if problem.severity is Severity.WARNING}


@pytest.mark.parametrize(
    ("heading", "scale", "currency"),
    [
        ("Prix unitaire (M€)", 1_000_000, "EUR"),
        ("Prix unitaire (k€)", 1_000, "EUR"),
        ("Montant (MEUR)", 1_000_000, "EUR"),
        ("Montant M EUR", 1_000_000, "EUR"),
        ("Montant KEUR", 1_000, "EUR"),
        ("Montant kUSD", 1_000, "USD"),
        ("Montant en million d'euros", 1_000_000, "EUR"),
        ("Montant en millions d'euros", 1_000_000, "EUR"),
        ("Montant annuel (Mds €)", 1_000_000_000, "EUR"),
        ("Montant (Md€)", 1_000_000_000, "EUR"),
        ("Montant (milliers)", 1_000, None),
        ("PU€", 1, "EUR"),
        ("Prix (€/m)", 1, "EUR"),
        ("Prix/kg€", 1, "EUR"),
    ],
)
def test_the_scale_of_a_heading_is_read(heading: str, scale: int, currency: str | None) -> None:
    found = understand(heading)
    assert found.field in {"unit_price", "line_total", "annual_amount"}
    assert (found.scale, found.currency) == (scale, currency)


def test_millions_of_euros_are_not_euros() -> None:
    reading = read(("Désignation", "Quantité", "Prix unitaire (M€)"), ("Vis", 4, 1))
    assert reading.totals == {"EUR": Decimal(4_000_000)}


@pytest.mark.parametrize("heading", ["Prix unitaire (g€)", "Prix unitaire m €", "Prix unitaire (mm€)"])
def test_an_unknown_scale_is_never_read_as_one(heading: str) -> None:
    reading = read(("Désignation", "Quantité", heading), ("Vis", 4, 1))
    assert reading.totals == {}
    assert warned(reading)["bom.heading.scale"] == 1


def test_a_scale_on_a_quantity_is_not_forgotten() -> None:
    reading = read(("Désignation", "Quantité (milliers)"), ("Vis", 4))
    assert reading.status is Status.REJECTED
    assert "bom.heading.scale" in warned(reading)


@pytest.mark.parametrize("level", ["-1", "- 1", "\u22121", -1])
def test_a_negative_level_is_no_level(level: Cell) -> None:
    reading = read(("Niveau", *HEAD), (0, "P", 1, None), (level, "X", 5, 1))
    assert reading.status is Status.REJECTED
    assert [p.line for p in reading.problems if p.code == "bom.level.unreadable"] == [3]


def test_a_tree_drawn_with_dashes_is_a_tree() -> None:
    reading = read(("Niveau", *HEAD), ("0", "P", 1, None), ("-1", "X", 5, None), ("--2", "Y", 2, 1))
    assert [line.level for line in reading.lines] == [0, 1, 2]
    assert reading.totals == {"EUR": Decimal(10)}


def test_a_country_with_a_question_mark_is_supposed_and_said() -> None:
    head = (*HEAD, "Pays d'origine", "Mode de preuve de l'origine")
    reading = read(head, ("Vis", 3, 1, "Chine ?", None), ("Clou", 3, 1, "Chine ?", "déclaration du fournisseur"))
    origins = [line.origin for line in reading.lines]
    assert [(o.country, o.basis) for o in origins if o is not None] == [("CN", OriginBasis.SUPPOSED)] * 2
    assert [p.line for p in reading.problems if p.code == "bom.country.supposed"] == [2, 3]


def test_two_equal_headings_are_told_apart_by_their_letter() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Référence", "Quantité", "Quantité", "Prix unitaire (EUR)"),
        ("A1", 4, 5, Decimal("1.25")),
    )
    refused = read(*rows)
    conflict = next(problem for problem in refused.problems if problem.code == "bom.heading.conflict_same")
    assert dict(conflict.text.parameters).items() >= {"first": "B", "second": "C"}.items()
    assert read(*rows, mapping={"B": "-"}).totals == {"EUR": Decimal("6.25")}
    assert read(*rows, mapping={"C": "-", "B": "Quantité"}).totals == {"EUR": Decimal(5)}


def test_a_written_heading_comes_before_a_letter_of_column() -> None:
    reading = read(("A", "B", "Quantité"), ("P1", "Vis", 2), mapping={"B": "Référence", "A": "Désignation"})
    assert [(line.item, line.label) for line in reading.lines] == [("Vis", "P1")]


def test_a_percentage_is_neither_a_quantity_nor_a_price_but_may_stand_in_a_text() -> None:
    percent = Flaw("percent", "5 %")
    reading = read((*HEAD, "Matière"), ("Vis", percent, 1, percent), ("Clou", 2, percent, None))
    assert (reading.totals, reading.lines[0].quantity, reading.lines[1].unit_price) == ({}, None, None)
    assert reading.lines[0].material == "5 %"
    named = [(p.line, p.column) for p in reading.problems if p.code == "bom.number.percent"]
    assert named == [(2, "Quantité"), (3, "Prix unitaire (EUR)")]
