"""Verdicts: able needs a dated statement of all that is asked; the register alone makes leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from ancrage.dossier.suppliers.judge import Judge
from ancrage.dossier.suppliers.need import Need
from ancrage.interfaces.wording import LANGUAGES, say
from ancrage.kernel.verdict import Ability, Verdict
from ancrage.reference.statement import Statement, StatementOrigin
from tests.factories import STUDY_DAY
from tests.supplier_ground import RULES, need, statement, vocabulary

JUDGE = Judge(STUDY_DAY, vocabulary(), RULES)


def judged(asked: Need, said: Sequence[Statement], *, is_lead: bool = True) -> Verdict:
    return JUDGE.verdict(asked, JUDGE.standing(asked, said), (), is_lead=is_lead)


def codes(found: Sequence[object]) -> list[str]:
    return [getattr(getattr(one, "text", one), "code", "") for one in found]


def test_nothing_said_is_a_lead_with_everything_to_ask() -> None:
    asked = need("milling", size_mm=Decimal(300), volume=Decimal(5000), certificates=("en-9100",), materials=("steel",))
    found = judged(asked, [])
    assert found.ability is Ability.LEAD
    assert codes(found.missing) == [
        "suppliers.ask.process",
        "suppliers.ask.size",
        "suppliers.ask.volume",
        "suppliers.ask.certificate",
        "suppliers.ask.material",
    ]


def test_a_recent_statement_of_the_process_makes_able_when_nothing_else_is_asked() -> None:
    found = judged(need("milling"), [statement(1)])
    assert found.ability is Ability.ABLE
    assert found.missing == ()


def test_a_more_precise_process_answers_and_a_more_general_one_does_not() -> None:
    assert judged(need("milling"), [statement(1, "milling-5-axis")]).ability is Ability.ABLE
    found = judged(need("milling-5-axis"), [statement(1, "milling")])
    assert found.ability is Ability.COULD_ADAPT
    assert codes(found.missing)[0] == "suppliers.ask.process"


def test_a_process_of_the_same_family_could_adapt_and_one_of_another_is_no_word_on_it() -> None:
    assert judged(need("milling"), [statement(1, "grinding")]).ability is Ability.COULD_ADAPT
    assert judged(need("milling"), [statement(1, "injection-moulding")]).ability is Ability.LEAD


@pytest.mark.parametrize(
    ("asks", "says", "question"),
    [
        ({"size_mm": Decimal(300)}, {"max_size_mm": Decimal(200)}, "suppliers.ask.size"),
        ({"size_mm": Decimal(300)}, {}, "suppliers.ask.size"),
        ({"volume": Decimal(5000)}, {"volume_max": Decimal(4999)}, "suppliers.ask.volume"),
        ({"volume": Decimal(5000)}, {}, "suppliers.ask.volume"),
        ({"certificates": ("en-9100",)}, {"certificates": ("iso-9001",)}, "suppliers.ask.certificate"),
        ({"materials": ("titanium",)}, {"materials": ("steel",)}, "suppliers.ask.material"),
        ({}, {"on": date(2023, 1, 1)}, "suppliers.ask.confirm"),
    ],
)
def test_what_the_line_asks_and_nobody_said_leaves_could_adapt(
    asks: dict[str, object], says: dict[str, object], question: str
) -> None:
    found = judged(need("milling", **asks), [statement(1, **says)])
    assert found.ability is Ability.COULD_ADAPT
    assert codes(found.missing) == [question]


def test_size_volume_and_certificate_said_make_able() -> None:
    asked = need("milling", size_mm=Decimal(300), volume=Decimal(5000), certificates=("en-9100",), materials=("steel",))
    said = statement(
        1, max_size_mm=Decimal(300), volume_max=Decimal(5000), certificates=("en-9100",), materials=("alloy-steel",)
    )
    found = judged(asked, [said])
    assert found.ability is Ability.ABLE
    assert {"suppliers.reason.states", "suppliers.reason.size_fits", "suppliers.reason.volume_fits"} <= set(
        codes(found.reasons)
    )


def test_a_certificate_may_come_from_another_statement() -> None:
    listed = statement(1, None, certificates=("en-9100",), origin=StatementOrigin.CERTIFICATE_LIST)
    assert judged(need("milling", certificates=("en-9100",)), [statement(1), listed]).ability is Ability.ABLE


def test_an_expired_certificate_and_a_statement_of_tomorrow_say_nothing() -> None:
    expired = statement(1, None, certificates=("en-9100",), until=date(2026, 11, 23))
    asked = need("milling", certificates=("en-9100",))
    assert judged(asked, [statement(1), expired]).ability is Ability.COULD_ADAPT
    assert judged(need("milling"), [statement(1, on=date(2026, 11, 25))]).ability is Ability.LEAD


def test_a_certificate_alone_proves_no_process() -> None:
    listed = statement(1, None, certificates=("en-9100",), origin=StatementOrigin.CERTIFICATE_LIST)
    found = judged(need("milling", certificates=("en-9100", "iso-9001")), [listed])
    assert found.ability is Ability.LEAD
    assert codes(found.missing) == ["suppliers.ask.process", "suppliers.ask.certificate"]


def test_contradictory_statements_stand_side_by_side() -> None:
    said = [
        statement(1, max_size_mm=Decimal(2000), origin=StatementOrigin.FIRM_CLAIM, on=date(2026, 1, 5)),
        statement(1, max_size_mm=Decimal(800)),
    ]
    found = judged(need("milling", size_mm=Decimal(1000)), said)
    assert found.ability is Ability.ABLE
    assert {"suppliers.reason.size_fits", "suppliers.reason.size_short"} <= set(codes(found.reasons))


def test_who_only_does_another_step_of_the_part_could_adapt() -> None:
    asked = need("iron-casting", processes=(("iron-casting", 0.9), ("machining", 0.5)), steps=("machining",))
    found = judged(asked, [statement(1, "turning")])
    assert found.ability is Ability.COULD_ADAPT
    assert codes(found.reasons) == ["suppliers.reason.states_step"]
    assert codes(found.missing) == ["suppliers.ask.process"]


def test_a_process_that_is_only_supposed_leaves_could_adapt_and_asks_about_the_line() -> None:
    asked = Need("L2", (("machining", 0.56),), (), main=("machining",))
    found = judged(asked, [statement(1)])
    assert found.ability is Ability.COULD_ADAPT
    assert codes(found.missing) == ["suppliers.ask.reading"]


def test_a_process_of_which_the_reading_is_unsure_never_makes_able() -> None:
    asked = Need("L2", (("milling", 0.2),), (), main=())
    assert judged(asked, [statement(1)]).ability is Ability.LEAD


def test_a_neighbouring_activity_alone_is_unlikely_and_keeps_its_questions() -> None:
    found = judged(need("milling"), [], is_lead=False)
    assert found.ability is Ability.UNLIKELY
    assert codes(found.missing) == ["suppliers.ask.process"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_question_is_worded(language: str) -> None:
    asked = need("milling", size_mm=Decimal(300), volume=Decimal(5000), certificates=("en-9100",), materials=("wood",))
    said = [
        statement(1, max_size_mm=Decimal(20), volume_max=Decimal(1), materials=("steel",), on=date(2020, 1, 1)),
        statement(1, "grinding"),
        statement(1, None, certificates=("en-9100", "iso-9001")),
    ]
    found = judged(asked, said)
    near = judged(asked, said[1:2])
    step = judged(need("sewing", steps=("grinding",)), said[1:2])
    for message in (
        *(one.text for one in (*found.reasons, *near.reasons, *step.reasons)),
        *found.missing,
        *step.missing,
    ):
        assert "{" not in say(message, language)  # type: ignore[arg-type]
