"""Properties of bills of materials: exact, whatever the order of rows; exports come back the same; nothing leaks.

`ANCRAGE_EXAMPLES` raises the number of examples (1,000 before a release; 10,000 for the oracle).
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ancrage.adapters.sheet_book import read_book
from ancrage.adapters.sheet_container import recognise
from ancrage.adapters.sheet_limits import Refusal
from ancrage.adapters.sheet_text import read_text
from ancrage.adapters.sheets import _cell
from ancrage.dossier.bom.headings import propose, understand
from ancrage.dossier.bom.numbers import Convention, convention, read_number
from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.bom.sheet import NUMERIC_TEXT_ERRORS, Cell, RawSheet
from ancrage.dossier.model import BomReading, Line, Status
from ancrage.interfaces.reports.bom_export import export_csv, export_xlsx
from ancrage.interfaces.reports.check_report import check_payload
from ancrage.kernel.evidence import Evidence

SOURCE = Evidence("file:x", "bom.read")
EXAMPLES = int(os.environ.get("ANCRAGE_EXAMPLES", "150"))
some = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

HEAD = (
    "Niveau",
    "Référence parent",
    "Référence",
    "Désignation",
    "Quantité",
    "Unité",
    "Prix unitaire",
    "Montant",
    "Devise",
    "Fournisseur",
    "Pays d'origine",
    "Mode de preuve",
    "Pays du vendeur",
    "Code SH",
    "Matière",
    "Masse unitaire",
    "Délai (jours)",
    "Criticité",
    "Source unique",
    "Volume annuel",
)

BLANKS = " \u00a0\u202f\t\r\n\ufeff"


def is_value(text: str) -> bool:
    """The reader never hands over a blank, nor the text of a spreadsheet error."""
    return bool(text) and text.upper() not in NUMERIC_TEXT_ERRORS


words = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)
    .map(lambda text: text.strip(BLANKS))
    .filter(is_value)
)
texts = st.one_of(
    words, st.sampled_from(["=1+1", "'=x", "+33", "-", "@a", "a;b", 'c"d', "e\nf", "Total", "n/a", "1.234"])
)
amounts = st.decimals(min_value=0, max_value=10**6, allow_nan=False, allow_infinity=False, places=4)
quantities = st.one_of(st.none(), st.decimals(min_value=0, max_value=1000, places=3), st.integers(0, 1000))
maybe = lambda values: st.one_of(st.none(), values)  # noqa: E731


@st.composite
def bills(draw: st.DrawFn, shape: str | None = None) -> RawSheet:
    """Flat, levelled or parent-referenced lines with every kind of unknown."""
    shape = shape or draw(st.sampled_from(["flat", "levels", "parents"]))
    rows: list[tuple[Cell, ...]] = [HEAD]
    level = 0
    for index in range(draw(st.integers(1, 8))):
        level = 0 if index == 0 else draw(st.integers(1, level + 1))
        parent = f"R{draw(st.integers(0, index - 1))}" if index and shape == "parents" else None
        price, amount = draw(st.sampled_from([(True, False), (False, True), (False, False)]))
        rows.append(
            (
                level if shape == "levels" else None,
                parent,
                f"R{index}" if shape != "flat" else draw(maybe(texts)),
                draw(texts),
                draw(quantities),
                draw(maybe(st.sampled_from(["pcs", "kg", "m", "bobine"]))),
                draw(amounts) if price else None,
                draw(amounts) if amount else None,
                draw(st.sampled_from(["EUR", "USD", None])),
                draw(maybe(texts)),
                draw(maybe(st.sampled_from(["France", "NA", "UK", "Chine ?", "Nulle part"]))),
                draw(maybe(st.sampled_from(["marquage", "supposé"]))),
                draw(maybe(st.sampled_from(["BE", "Italie"]))),
                draw(maybe(st.sampled_from(["848210", "7318.15", "0101"]))),
                draw(maybe(texts)),
                draw(maybe(st.sampled_from(["2,5 kg", "300 g"]))),
                draw(maybe(st.integers(0, 400))),
                draw(maybe(st.booleans())),
                draw(maybe(st.booleans())),
                draw(maybe(st.integers(0, 10**6))),
            )
        )
    return RawSheet.of(tuple(rows))


def _bare(line: Line) -> Line:
    """Without its place in the file, which an export renumbers."""
    origin = None if line.origin is None else replace(line.origin, evidence=SOURCE)
    return replace(line, number=0, evidence=SOURCE, origin=origin)


def _from_csv(content: bytes) -> RawSheet:
    _, rows = read_text(content)
    pairs = list(rows)
    cells = tuple(tuple(_cell(value) for value in row) for _, row in pairs)
    return RawSheet("x.csv", cells, tuple(number for number, _ in pairs), is_text=True)


def _from_xlsx(content: bytes) -> RawSheet:
    _, rows = read_book(io.BytesIO(content), "xlsx", None)
    cells = tuple(tuple(_typed(value) for value in row) for _, row in rows)
    return RawSheet.of(cells)


def _typed(value: object) -> Cell:
    return Decimal(repr(value)) if isinstance(value, float) else _cell(value)


def _same(first: BomReading, second: BomReading) -> None:
    assert [_bare(line) for line in second.lines] == [_bare(line) for line in first.lines]
    assert second.totals == first.totals
    assert second.coverage == first.coverage


@some
@given(bills())
def test_a_csv_export_comes_back_the_same(sheet: RawSheet) -> None:
    reading = read_bom(sheet, SOURCE)
    if reading.status is not Status.REJECTED:
        _same(reading, read_bom(_from_csv(export_csv(reading)), SOURCE))


@settings(max_examples=max(EXAMPLES // 3, 20), deadline=None, suppress_health_check=list(HealthCheck))
@given(bills())
def test_a_workbook_export_comes_back_the_same(tmp_path_factory: pytest.TempPathFactory, sheet: RawSheet) -> None:
    reading = read_bom(sheet, SOURCE)
    if reading.status is not Status.REJECTED:
        path = tmp_path_factory.getbasetemp() / "export.xlsx"
        export_xlsx(path, reading)
        _same(reading, read_bom(_from_xlsx(path.read_bytes()), SOURCE))


@some
@given(bills("flat"), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_total_of_a_flat_list(sheet: RawSheet, chance: object) -> None:
    _check_order(sheet, chance)


@some
@given(bills("parents"), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_total_of_a_tree(sheet: RawSheet, chance: object) -> None:
    _check_order(sheet, chance)


def _check_order(sheet: RawSheet, chance: object) -> None:
    body = list(sheet.rows[1:])
    chance.shuffle(body)  # type: ignore[attr-defined]
    before, after = read_bom(sheet, SOURCE), read_bom(RawSheet.of((sheet.rows[0], *body)), SOURCE)
    assert (before.status is Status.REJECTED, before.totals, before.coverage) == (
        after.status is Status.REJECTED,
        after.totals,
        after.coverage,
    )


@some
@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.decimals(0, 999, places=2), st.decimals(0, 9999, places=4)),
        min_size=1,
        max_size=12,
    )
)
def test_totals_equal_an_exact_oracle_of_fractions(lines: Sequence[tuple[int, Decimal, Decimal]]) -> None:
    """Levels 1 to 4; assemblies have no price; each leaf counts its price times every quantity above it."""
    rows: list[tuple[Cell, ...]] = [("Niveau", "Référence", "Quantité", "Prix unitaire (EUR)")]
    levels = [1]
    for wanted, _, _ in lines[1:]:
        levels.append(min(wanted, levels[-1] + 1))
    above: list[Fraction] = [Fraction(1)] * 6
    total = Fraction(0)
    for index, (level, (_, quantity, price)) in enumerate(zip(levels, lines, strict=True)):
        is_leaf = index + 1 == len(levels) or levels[index + 1] <= level
        rows.append((level, f"R{index}", quantity, price if is_leaf else None))
        above[level] = above[level - 1] * Fraction(quantity)
        total += above[level] * Fraction(price) if is_leaf else 0
    reading = read_bom(RawSheet.of(tuple(rows)), SOURCE)
    assert Fraction(reading.totals.get("EUR", Decimal(0))) == total


@some
@given(st.text(max_size=60), st.sampled_from([None, ".", ",", "mixed"]))
def test_no_text_makes_a_number_out_of_nothing(text: str, mark: str | None) -> None:
    number = read_number(text, Convention(mark))
    assert number.value is None or (number.value.is_finite() and any(character in "0123456789" for character in text))
    convention([text])


@some
@given(st.text(max_size=200))
def test_any_heading_is_understood_or_not_without_a_fault(text: str) -> None:
    understand(text)
    propose(text)


@some
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_refusal(content: bytes) -> None:
    with contextlib.suppress(Refusal):
        if recognise(content) == "text":
            check_payload(read_bom(_from_csv(content), SOURCE))


@some
@given(
    st.lists(
        st.lists(st.one_of(st.none(), texts, amounts, st.booleans(), st.sampled_from(HEAD)), max_size=8), max_size=8
    )
)
def test_any_rows_end_in_one_of_three_outcomes(rows: list[list[Cell]]) -> None:
    payload = check_payload(read_bom(RawSheet.of(tuple(tuple(row) for row in rows)), SOURCE))
    assert payload["status"] in set(Status)


def test_the_oracle_finds_binary_floats() -> None:
    """The control: the same sum in floats is wrong."""
    assert sum([0.1] * 3) != 0.3
    rows = (("Désignation", "Quantité", "Prix unitaire (EUR)"), *((f"P{i}", 1, Decimal("0.1")) for i in range(3)))
    assert read_bom(RawSheet.of(rows), SOURCE).totals == {"EUR": Decimal("0.3")}
