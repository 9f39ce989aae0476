"""From NAF rev. 2 to NAF 2025 and back: certain, or candidates, never a guess."""

from __future__ import annotations

import pytest

from ancrage.kernel.codes import Activity, ActivityVersion
from ancrage.kernel.errors import CodeError
from ancrage.reference.activity_edition import correspondence

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
