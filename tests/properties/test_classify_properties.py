"""What must hold of the confidences of a line whatever its text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.dossier.bom.classify import LineClassifier, load_classifier
from ancrage.dossier.bom.coherence import sharing, under_headings
from ancrage.dossier.model import Candidate

WORDS = ("vis", "CHC", "M8x30", "roulement", "6205-2RS", "carter", "alu", "tôle", "fonderie", "bracket", "housing",
         "injecté", "PA6", "câble", "moteur", "joint", "NBR", "usinage", "inox", "moule", "xyzzy")  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join) | st.text(max_size=40)
codes_given = st.none() | st.sampled_from(("7318", "731815", "8501", "392690", "99", "848210"))
ranked = st.lists(st.floats(0.005, 0.9999).map(lambda value: round(value, 4)), max_size=6).map(
    lambda values: tuple((f"{place:04}", value) for place, value in enumerate(sorted(values, reverse=True)))
)


@cache
def classifier() -> LineClassifier:
    return load_classifier()


def adds_up(candidates: Sequence[Candidate]) -> bool:
    return sum(one.confidence for one in candidates) <= 1 + 1e-9


def falls(candidates: Sequence[Candidate]) -> bool:
    values = [one.confidence for one in candidates]
    return values == sorted(values, reverse=True)


@settings(max_examples=150, deadline=None)
@given(texts, codes_given)
def test_codes_of_one_kind_share_one_certainty_and_stand_under_their_heading(text: str, code: str | None) -> None:
    (found,) = classifier().classify([text], given=[code])
    for kind in (found.headings, found.hs, found.nace):
        assert adds_up(kind)
        assert falls(kind)
        assert all(0 < one.confidence <= 1 for one in kind)
    sure = {one.code: one.confidence for one in found.headings}
    assert all(one.confidence <= sure[one.code[:4]] for one in found.hs)


@given(ranked)
def test_the_first_keeps_its_confidence_and_the_others_their_order(before: tuple[tuple[str, float], ...]) -> None:
    after = sharing(before)
    assert after[:1] == before[:1]
    assert [code for code, _ in after] == [code for code, _ in before][: len(after)]
    assert sum(value for _, value in after) <= max(1.0, sum(value for _, value in before[:1])) + 1e-9


def test_confidences_that_add_up_already_are_left_alone() -> None:
    before = (("7318", 0.6), ("7415", 0.3), ("8547", 0.1))
    assert sharing(before) == before


@pytest.mark.parametrize(("sure", "expected"), [(0.94, 0.94), (0.99, 0.96)])
def test_a_six_digit_code_is_at_most_as_sure_as_its_heading(sure: float, expected: float) -> None:
    assert under_headings((("731815", 0.96),), (("7318", sure),)) == (("731815", expected),)
