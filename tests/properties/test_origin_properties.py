"""What must hold of origins whatever the lines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ancrage.dossier.bom.origin import HomeGround, exact_shares, hhi, origin_report
from ancrage.dossier.model import Line, Weighting
from tests.factories import line, reading

HOME = HomeGround(date(2026, 11, 24), "27")
weights = st.lists(st.decimals(0, 10**9, places=4, allow_nan=False), min_size=1, max_size=30)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Line, ...]:
    return tuple(
        line(
            row,
            f"Pièce {row}",
            price=draw(st.sampled_from((None, "0", "0.03", "7", "1234.5678"))),
            country=draw(st.sampled_from((None, "FR", "DE", "GB", "CN", "JP", "CH"))),
            supplier=draw(st.sampled_from((None, "Un", "Deux"))),
            is_critical=draw(st.sampled_from((None, True, False))),
            is_single_source=draw(st.sampled_from((None, True, False))),
            lead_time_days=draw(st.sampled_from((None, Decimal(10), Decimal(200)))),
        )
        for row in range(2, 2 + draw(st.integers(1, 12)))
    )


@given(found=weights)
def test_shares_add_up_to_exactly_one_and_stay_within_one_unit_of_the_truth(found: list[Decimal]) -> None:
    if not any(found):
        return
    parts = exact_shares(found)
    assert sum(parts) == 1
    total = sum(map(Fraction, found), Fraction(0))
    truth = [Fraction(one) / total for one in found]
    assert all(abs(Fraction(part) - true) < Fraction(1, 10**12) for part, true in zip(parts, truth, strict=True))


@given(found=weights)
def test_the_index_is_between_one_over_n_and_one(found: list[Decimal]) -> None:
    index = hhi(found)
    known = sum(one > 0 for one in found)
    if index is None:
        assert known == 0
    else:
        assert Fraction(1, known) <= index <= 1


@given(found=lines())
def test_every_weighting_adds_up_to_one_or_is_absent(found: Sequence[Line]) -> None:
    report = origin_report(reading(tuple(found)), HOME)
    for table in (report.by_zone, report.by_country):
        for shares in table.values():
            assert not shares or sum(share.share for share in shares) == 1
    assert sum(share.lines for share in report.by_zone[Weighting.COUNT]) == len(found)


@given(found=lines(), seed=st.integers(0, 99))
def test_the_order_of_lines_changes_nothing(found: Sequence[Line], seed: int) -> None:
    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    left, right = (origin_report(reading(tuple(one)), HOME) for one in (found, shuffled))
    assert left.by_zone == right.by_zone
    assert left.outside_eu == right.outside_eu
    assert left.to_relocate == right.to_relocate
    assert left.single_points == right.single_points


@given(found=lines())
def test_lines_outside_the_union_or_unknown_are_all_to_relocate(found: Sequence[Line]) -> None:
    report = origin_report(reading(tuple(found)), HOME)
    expected = {one.key for one in found if one.origin is None or one.origin.country not in {"FR", "DE"}}
    assert set(report.to_relocate) == expected
    assert set(report.outside_eu) <= expected
