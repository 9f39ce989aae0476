"""What may be said of an establishment for a need, and what would have to be asked to say more.

- *able* needs a dated statement of the process that is asked, or of a more precise one (subsumption), still valid and
  recent, and of size, volume and certificate where the line asks for them; and that the line surely asks it;
- *could adapt* needs a statement of that process that leaves one of these or the material open, or of a neighbouring
  process (the same family, or a more general one), or of another process that the part also needs;
- *lead* is the most that the register alone allows: an activity, a name;
- *unlikely* is a neighbouring activity only, or a site that is not a production site. It comes from the register
  alone: no statement ever weakens a verdict, and statements that contradict one another are shown side by side.

Statements are first weighed (`standing`), for every site where there are any; words are made (`verdict`) only for the
sites that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ancrage.dossier.suppliers.need import Need
from ancrage.dossier.suppliers.rules import Rules
from ancrage.dossier.suppliers.wording import (
    Open,
    certificate_reason,
    named,
    near_reason,
    process_reason,
    questions_about,
    size_reasons,
    volume_reasons,
)
from ancrage.kernel.message import Message, message
from ancrage.kernel.verdict import Ability, Reason, Verdict
from ancrage.reference.capability import Capabilities
from ancrage.reference.statement import Statement


class Nearness(StrEnum):
    """How a stated process stands to what a need asks, nearest first."""

    ANSWER = "answer"
    AKIN = "akin"
    STEP = "step"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one statement allows: how near its process is, what it leaves open, and the weight of all that (0 to 1)."""

    statement: Statement
    nearness: Nearness
    left: Open
    strength: float

    @property
    def ability(self) -> Ability:
        """*Able* when the process answers and nothing is left open, else *could adapt*."""
        return Ability.ABLE if self.nearness is Nearness.ANSWER and self.left.is_nothing else Ability.COULD_ADAPT


@dataclass(frozen=True, slots=True)
class Standing:
    """What the valid statements of a site say for a need: the verdict they allow (None: none bears on it), how strong
    they are (0 to 1), and the findings and statements that say so."""

    ability: Ability | None
    strength: float
    findings: tuple[Finding, ...] = ()
    valid: tuple[Statement, ...] = ()


NOTHING_SAID = Standing(None, 0.0)


def is_neighbour(stated: str, asked: str, vocabulary: Capabilities) -> bool:
    """True when two processes are of the same family, or the stated one is more general than the asked one."""
    same_family = vocabulary.process(stated).family == vocabulary.process(asked).family
    return same_family or vocabulary.answers(asked, stated)


def is_akin(stated: str, asked: str, vocabulary: Capabilities) -> bool:
    """True when the stated process is more general than the asked one, or refines the same one."""
    parents = set(vocabulary.process(stated).parents) & set(vocabulary.process(asked).parents)
    return bool(parents) or vocabulary.answers(asked, stated)


class Judge:
    """Judges on one day, with one vocabulary and one set of rules."""

    def __init__(self, on: date, vocabulary: Capabilities, rules: Rules) -> None:
        self._on = on
        self._vocabulary = vocabulary
        self._rules = rules
        self._nearness: dict[tuple[str, tuple[str, ...], tuple[str, ...]], Nearness | None] = {}

    def valid(self, said: Iterable[Statement]) -> tuple[Statement, ...]:
        """The statements that hold on the day, in an order of their own."""
        return tuple(sorted((one for one in said if one.holds(self._on)), key=_order))

    def bears_on(self, statement: Statement, need: Need) -> bool:
        """True when a statement says a main process, one next to it, or a step."""
        return statement.process is not None and self._near(statement.process, need) is not None

    def standing(self, need: Need, said: Sequence[Statement]) -> Standing:
        """What the statements of one site allow for a need. Their order changes nothing."""
        valid = self.valid(said)
        findings = tuple(found for one in valid if (found := self._finding(need, one, valid)) is not None)
        if findings:
            ability = min((found.ability for found in findings), key=lambda one: one.rank)
            return Standing(ability, max(found.strength for found in findings), findings, valid)
        trusts = [self._trust(one) for one in valid if one.certificates]
        if not trusts:
            return NOTHING_SAID
        return Standing(None, self._rules.statement["certificate_only"] * max(trusts), (), valid)

    def verdict(self, need: Need, standing: Standing, clues: Sequence[Reason], *, is_lead: bool) -> Verdict:
        """The verdict of a site: what statements allow, else what the register does. `clues` are the register's
        reasons; they never make more than a lead."""
        if standing.ability is None:
            held = tuple(certificate_reason(one) for one in standing.valid if one.certificates)
            ability = Ability.LEAD if is_lead else Ability.UNLIKELY
            return Verdict(ability, (*held, *clues), self._to_ask(need, standing.valid))
        answers = [one for one in standing.findings if one.nearness is Nearness.ANSWER] or standing.findings
        best = min(answers, key=lambda one: (one.ability.rank, one.left.count, -one.strength))
        reasons = dict.fromkeys(reason for one in answers for reason in self._reasons(need, one, standing.valid))
        return Verdict(standing.ability, (*reasons, *clues), self._questions(need, best))

    def _near(self, stated: str, need: Need) -> Nearness | None:
        key = (stated, need.main, need.steps)
        if key not in self._nearness:
            self._nearness[key] = self._nearness_of(stated, need)
        return self._nearness[key]

    def _nearness_of(self, stated: str, need: Need) -> Nearness | None:
        words = self._vocabulary
        if any(words.answers(stated, one) for one in need.main):
            return Nearness.ANSWER
        if any(is_akin(stated, one, words) for one in need.main):
            return Nearness.AKIN
        if any(words.answers(stated, one) for one in need.steps):
            return Nearness.STEP
        return Nearness.FAMILY if any(is_neighbour(stated, one, words) for one in need.main) else None

    def _finding(self, need: Need, said: Statement, valid: Sequence[Statement]) -> Finding | None:
        nearness = None if said.process is None else self._near(said.process, need)
        if nearness is None:
            return None
        left = self._open(need, said, valid)
        worth = {Nearness.AKIN: "akin", Nearness.STEP: "akin", Nearness.FAMILY: "same_family"}.get(nearness)
        worth = worth or ("able" if left.is_nothing else "could_adapt")
        return Finding(said, nearness, left, self._rules.statement[worth] * self._trust(said))

    def _open(self, need: Need, said: Statement, valid: Sequence[Statement]) -> Open:
        sure = max((need.sure_of(one) for one in self._answered(need, said)), default=1.0)
        return Open(
            size=_falls_short(said.max_size_mm, need.size_mm),
            volume=_falls_short(said.volume_max, need.volume),
            certificates=_not_held(need, valid),
            material=not self._is_known_matter(need, said),
            stale=(self._on - said.on).days > self._rules.statement["stale_days"],
            unsure=sure < self._rules.reading["able"],
        )

    def _answered(self, need: Need, said: Statement) -> list[str]:
        return [one for one in need.main if said.process is not None and self._vocabulary.answers(said.process, one)]

    def _is_known_matter(self, need: Need, said: Statement) -> bool:
        """True when nothing is asked or said of the matter, or when one is a kind of the other."""
        answers = self._vocabulary.answers
        return not (need.materials and said.materials) or any(
            answers(offered, wanted) or answers(wanted, offered)
            for offered in said.materials
            for wanted in need.materials
        )

    def _reasons(self, need: Need, found: Finding, valid: Sequence[Statement]) -> tuple[Reason, ...]:
        said = found.statement
        if found.nearness is not Nearness.ANSWER:
            code = "states_step" if found.nearness is Nearness.STEP else "states_near"
            return (near_reason(said, self._next_to(need, said), code),)
        certificates = (certificate_reason(one) for one in valid if set(one.certificates) & set(need.certificates))
        return (process_reason(said), *size_reasons(need, said), *volume_reasons(need, said), *certificates)

    def _next_to(self, need: Need, said: Statement) -> str:
        """The main process that a neighbouring statement is nearest to."""
        stated = said.process or ""
        return next((one for one in need.main if is_akin(stated, one, self._vocabulary)), need.main[0])

    def _questions(self, need: Need, found: Finding) -> tuple[Message, ...]:
        said = found.statement
        first: tuple[Message, ...] = ()
        if found.nearness is not Nearness.ANSWER:
            first = (message("suppliers.ask.process", process=named(self._next_to(need, said))),)
        elif found.left.unsure:
            process = max(self._answered(need, said), key=need.sure_of)
            sure = Decimal(str(round(need.sure_of(process), 2)))
            first = (message("suppliers.ask.reading", process=named(process), sure=sure),)
        confirm = (message("suppliers.ask.confirm", on=said.on),) if found.left.stale else ()
        return (*first, *confirm, *questions_about(need, found.left))

    def _to_ask(self, need: Need, valid: Sequence[Statement]) -> tuple[Message, ...]:
        """Everything that nobody said."""
        asked = need.main or tuple(code for code, _ in need.processes[:1])
        first = message("suppliers.ask.process", process=named(asked[0])) if asked else message("suppliers.ask.product")
        left = Open(size=True, volume=True, certificates=_not_held(need, valid), material=True)
        return (first, *questions_about(need, left))

    def _trust(self, said: Statement) -> float:
        return self._rules.statement[said.origin.value.replace("-", "_")]


def _order(said: Statement) -> tuple[date, str, str, str]:
    rest = (said.max_size_mm, said.volume_max, said.materials, said.certificates, said.until, said.evidence.source)
    return (said.on, said.process or "", said.origin.value, str(rest))


def _falls_short(offered: Decimal | None, asked: Decimal | None) -> bool:
    """True when something is asked and what is offered is unknown or less."""
    return asked is not None and (offered is None or offered < asked)


def _not_held(need: Need, valid: Sequence[Statement]) -> tuple[str, ...]:
    held = {certificate for one in valid for certificate in one.certificates}
    return tuple(one for one in need.certificates if one not in held)
