"""From NAF rev. 2 to NAF 2025 and back: certain, or candidates, never a guess."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pytest

from ancrage.kernel.codes import Activity, ActivityVersion
from ancrage.kernel.errors import CodeError
from ancrage.reference.activity_edition import completed, correspondence

OLD, NEW = ActivityVersion.NAF_REV2, ActivityVersion.NAF_2025
PAIRS = [("63.11Z", "63.10Y"), ("63.11Z", "60.39Y"), ("63.11Z", "60.20H"), ("63.12Z", "60.39Y"), ("2562B", "25.53Y")]


def test_a_code_with_one_answer_has_it_in_both_directions() -> None:
    table = correspondence(PAIRS)
    assert table.answer(Activity(OLD, "25.62B")) == Activity(NEW, "25.53Y")
    assert table.answer(Activity(NEW, "25.53Y")) == Activity(OLD, "25.62B")


def test_a_code_without_one_answer_keeps_its_candidates() -> None:
    table = correspondence(PAIRS)
    assert table.answer(Activity(OLD, "63.11Z")) is None
    assert [found.code for found in table.candidates(Activity(OLD, "63.11Z"))] == ["60.20H", "60.39Y", "63.10Y"]
    assert [found.code for found in table.candidates(Activity(NEW, "60.39Y"))] == ["63.11Z", "63.12Z"]


def test_a_code_that_the_table_does_not_have_is_unknown_and_one_of_a_third_edition_is_refused() -> None:
    table = correspondence(PAIRS)
    assert table.candidates(Activity(OLD, "01.11Z")) == ()
    with pytest.raises(CodeError):
        table.answer(Activity(ActivityVersion.NACE_REV2, "25.62"))


def test_a_pair_that_is_not_made_of_codes_is_refused() -> None:
    with pytest.raises(CodeError):
        correspondence([("25.62B", "néant")])


def _rows(*pairs: tuple[str | None, str | None]) -> ir.Table:
    schema = {"activity": "string", "activity_2025": "string"}
    return ibis.memtable([dict(zip(schema, pair, strict=True)) for pair in pairs], schema=schema)


def test_a_register_is_completed_where_the_table_has_one_answer_and_nowhere_else() -> None:
    editions = ibis.memtable([{"naf_rev2": old, "naf_2025": new} for old, new in [*PAIRS[:4], ("25.62B", "25.53Y")]])
    rows = _rows((None, "25.53Y"), (None, "60.39Y"), (None, "01.11Y"), ("28.15Z", "25.53Y"), (None, None))
    found = completed(rows, editions).to_pyarrow().to_pylist()
    assert {(row["activity"], row["activity_2025"]) for row in found} == {
        ("25.62B", "25.53Y"), (None, "60.39Y"), (None, "01.11Y"), ("28.15Z", "25.53Y"), (None, None),
    }  # fmt: skip
    noted = {name: [row["activity_2025"] for row in found if row[name]] for name in found[0] if name.startswith("note")}
    assert noted == {
        "note_activity_converted": ["25.53Y"],
        "note_activity_candidates": ["60.39Y"],
        "note_activity_unlisted": ["01.11Y"],
    }


def test_without_the_table_nothing_is_filled_and_the_rows_are_counted() -> None:
    found = completed(_rows((None, "25.53Y"), ("28.15Z", "25.53Y")), None).to_pyarrow().to_pylist()
    assert [(row["activity"], row["note_activity_2025_only"]) for row in found] == [(None, True), ("28.15Z", False)]
