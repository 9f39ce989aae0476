"""What must hold of supplier discovery whatever the register, the statements and their order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.dossier.model import Candidate, Classification, Line
from ancrage.dossier.suppliers.assign import Offer, cover
from ancrage.dossier.suppliers.judge import Judge
from ancrage.dossier.suppliers.need import Need
from ancrage.dossier.suppliers.report import supplier_report
from ancrage.kernel.verdict import Ability
from ancrage.reference.statement import Statement, StatementOrigin
from tests.factories import FILE, STUDY_DAY, line
from tests.supplier_ground import AROUND, RULES, Site, need, options, statement, view, vocabulary

PROCESSES = ("milling", "milling-5-axis", "machining", "grinding", "bar-turning", "injection-moulding", "weaving")
JUDGE = Judge(STUDY_DAY, vocabulary(), RULES)

amounts = st.none() | st.integers(1, 3000).map(Decimal)
some = st.sets(st.sampled_from(("iso-9001", "en-9100")), max_size=2).map(lambda found: tuple(sorted(found)))
matter = st.sets(st.sampled_from(("steel", "titanium", "aluminium")), max_size=2).map(
    lambda found: tuple(sorted(found))
)
days = st.integers(-30, 2500).map(lambda back: STUDY_DAY - timedelta(days=back))


@st.composite
def statements(draw: st.DrawFn, number: int = 1) -> Statement:
    return statement(
        number,
        draw(st.sampled_from(PROCESSES)),
        max_size_mm=draw(amounts),
        volume_max=draw(amounts),
        certificates=draw(some),
        materials=draw(matter),
        origin=draw(st.sampled_from(tuple(StatementOrigin))),
        on=draw(days),
        until=draw(st.none() | days),
    )


@st.composite
def needs(draw: st.DrawFn) -> Need:
    return need(
        draw(st.sampled_from(PROCESSES)),
        size_mm=draw(amounts),
        volume=draw(amounts),
        certificates=draw(some),
        materials=draw(matter),
    )


@st.composite
def sites(draw: st.DrawFn, number: int) -> Site:
    return Site(
        number,
        draw(st.sampled_from(("25.62B", "25.62A", "25.61Z", "28.15Z", "46.69B", "70.10Z", "13.20Z", None))),
        band=draw(st.sampled_from((None, "00", "01", "12", "32"))),
        employer=draw(st.sampled_from((None, True, False))),
        company=draw(st.integers(1, 6)),
        point=draw(st.sampled_from(((6.86, 47.64), (6.9, 47.7), (7.1, 47.5), None))),
        commune="90010",
    )


registers = st.integers(0, 8).flatmap(lambda size: st.tuples(*(sites(number) for number in range(1, size + 1))))


def asked_lines(count: int) -> list[tuple[Line, Classification]]:
    readings = (("milling", 0.9), ("bar-turning", 0.5), ("weaving", 0.8), ("grinding", 0.2))
    return [
        (
            line(row, f"Pièce {row}"),
            Classification("x", (), (), (), (Candidate(*readings[row % 4], ()),), (), (), FILE),
        )
        for row in range(2, 2 + count)
    ]


@given(asked=needs(), said=st.lists(statements(), max_size=4), more=statements(), is_lead=st.booleans())
def test_adding_a_statement_never_weakens_a_verdict_nor_its_strength(
    asked: Need, said: list[Statement], more: Statement, is_lead: bool
) -> None:
    before, after = JUDGE.standing(asked, said), JUDGE.standing(asked, [*said, more])
    first, second = (JUDGE.verdict(asked, one, (), is_lead=is_lead).ability for one in (before, after))
    assert second.rank <= first.rank
    assert after.strength >= before.strength


@given(asked=needs(), said=st.lists(statements(), max_size=5), seed=st.integers(0, 99))
def test_the_order_of_statements_changes_nothing(asked: Need, said: list[Statement], seed: int) -> None:
    shuffled = list(said)
    random.Random(seed).shuffle(shuffled)
    assert JUDGE.standing(asked, said) == JUDGE.standing(asked, shuffled)


@given(asked=needs(), said=st.lists(statements(), min_size=1, max_size=4))
def test_able_rests_on_a_recent_statement_of_all_that_is_asked(asked: Need, said: list[Statement]) -> None:
    if JUDGE.standing(asked, said).ability is not Ability.ABLE:
        return
    held = {certificate for one in said if one.holds(STUDY_DAY) for certificate in one.certificates}
    assert set(asked.certificates) <= held
    assert any(
        one.holds(STUDY_DAY)
        and (STUDY_DAY - one.on).days <= RULES.statement["stale_days"]
        and vocabulary().answers(one.process or "", asked.processes[0][0])
        and (asked.size_mm is None or (one.max_size_mm or Decimal(0)) >= asked.size_mm)
        and (asked.volume is None or (one.volume_max or Decimal(0)) >= asked.volume)
        for one in said
    )


@settings(max_examples=60, deadline=None)
@given(register=registers, with_set_aside=st.booleans())
def test_the_register_alone_never_makes_more_than_a_lead(register: Sequence[Site], with_set_aside: bool) -> None:
    report = supplier_report(asked_lines(4), view(register), AROUND, options(with_set_aside=with_set_aside))
    for shortlist in report.shortlists:
        assert all(match.verdict.ability.rank >= Ability.LEAD.rank for match in shortlist.matches)


@settings(max_examples=60, deadline=None)
@given(register=registers, said=st.lists(statements(1), max_size=2), seed=st.integers(0, 99))
def test_the_order_of_establishments_changes_nothing(
    register: Sequence[Site], said: list[Statement], seed: int
) -> None:
    shuffled = list(register)
    random.Random(seed).shuffle(shuffled)
    lines = asked_lines(4)
    assert supplier_report(lines, view(register, said), AROUND, options()) == supplier_report(
        lines, view(shuffled, said), AROUND, options()
    )


@settings(max_examples=60, deadline=None)
@given(register=registers)
def test_an_unknown_headcount_is_never_treated_as_zero(register: Sequence[Site]) -> None:
    """Whoever is found with an unknown headcount is found as a site of 20 people would be; one of none is not."""
    unknown = [replace(site, band=None, employer=None) for site in register]
    staffed = [replace(site, band="12", employer=True) for site in register]
    empty = [replace(site, band="00", employer=None) for site in register]
    found = [
        [one.found for one in supplier_report(asked_lines(4), view(sites), AROUND, options()).shortlists]
        for sites in (unknown, staffed, empty)
    ]
    assert found[0] == found[1]
    assert not any(found[2])


@settings(max_examples=60, deadline=None)
@given(register=registers)
def test_each_company_appears_once_in_a_shortlist_and_scores_stay_between_0_and_1(register: Sequence[Site]) -> None:
    company = {str(site.siret): site.company for site in register}
    report = supplier_report(asked_lines(4), view(register), AROUND, options(top=50, with_set_aside=True))
    for shortlist in report.shortlists:
        companies = [company[str(match.siret)] for match in shortlist.matches]
        assert len(companies) == len(set(companies))
        assert all(0 <= match.score <= 1 for match in shortlist.matches)


offers = st.lists(
    st.tuples(st.integers(1, 3), st.sets(st.integers(0, 9), max_size=6)), max_size=12
).map(
    lambda pairs: [
        Offer(
            tuple(f"L{place}.{copy}" for copy in range(copies)),
            np.array(sorted(rows), dtype=np.int64),
            np.array([(row * 7 % 10) / 10 for row in sorted(rows)], dtype=np.float64),
        )
        for place, (copies, rows) in enumerate(pairs)
    ]
)  # fmt: skip


@given(found=offers)
def test_the_cover_covers_each_coverable_line_once_and_each_pick_adds_no_more_than_the_one_before(
    found: list[Offer],
) -> None:
    picks, uncovered = cover(found, 10)
    covered = [line for _, lines in picks for line in lines]
    coverable = [line for offer in found if len(offer.rows) for line in offer.lines]
    assert sorted(covered) == sorted(coverable)
    assert sorted([*covered, *uncovered]) == sorted(line for offer in found for line in offer.lines)
    sizes = [len(lines) for _, lines in picks]
    assert sizes == sorted(sizes, reverse=True)
    assert all(sizes)
