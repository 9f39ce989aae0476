"""What may be said of an establishment for a need, and what would have to be asked to say more.

- *able* needs a dated statement of the process that is asked, or of a more precise one (subsumption), still valid and
  recent, and of size, volume and certificate where the line asks for them; and that the line surely asks it;
- *could adapt* needs a statement of that process that leaves one of these or the material open, or of a neighbouring
  process (the same family, or a more general one), or of another process that the part also needs;
- *lead* is the most that the register alone allows: an activity, a name;
- *unlikely* is a neighbouring activity only, or a site that is not a production site. It comes from the register
  alone: no statement ever weakens a verdict, and statements that contradict one another are shown side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ancrage.dossier.suppliers.need import Need
from ancrage.dossier.suppliers.rules import Rules
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.message import Message, message
from ancrage.kernel.verdict import Ability, Reason, Verdict
from ancrage.reference.capability import Capabilities
from ancrage.reference.statement import Statement


@dataclass(frozen=True, slots=True)
class Standing:
    """What statements say of a site for a need: the verdict they allow (None: none bears on it), how strong they are
    (0 to 1), the reasons, and what they leave open."""

    ability: Ability | None
    strength: float
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Message, ...] = ()


NOTHING_SAID = Standing(None, 0.0)


def named(identifier: str) -> Message:
    """The label of a process, material or certificate of the vocabulary."""
    return Message(f"vocabulary.{identifier}")


def is_neighbour(stated: str, asked: str, vocabulary: Capabilities) -> bool:
    """True when two processes are of the same family, or the stated one is more general than the asked one."""
    same_family = vocabulary.process(stated).family == vocabulary.process(asked).family
    return same_family or vocabulary.answers(asked, stated)


def bears_on(statement: Statement, main: Sequence[str], steps: Sequence[str], vocabulary: Capabilities) -> bool:
    """True when a statement says a main process, one next to it, or a step."""
    stated = statement.process
    if stated is None:
        return False
    is_near = any(vocabulary.answers(stated, one) or is_neighbour(stated, one, vocabulary) for one in main)
    return is_near or any(vocabulary.answers(stated, one) for one in steps)


class Judge:
    """Judges on one day, with one vocabulary and one set of rules."""

    def __init__(self, on: date, vocabulary: Capabilities, rules: Rules) -> None:
        self._on = on
        self._vocabulary = vocabulary
        self._rules = rules

    def standing(self, need: Need, said: Sequence[Statement]) -> Standing:
        """What the statements of one site allow for a need. Their order changes nothing."""
        valid = sorted((one for one in said if one.holds(self._on)), key=_order)
        bearing = [one for one in valid if bears_on(one, need.main, need.steps, self._vocabulary)]
        if not bearing:
            return self._certificates_only(need, valid)
        findings = [self._finding(need, one, valid) for one in bearing]
        direct = [found for found in findings if found.is_answer]
        best = min(direct or findings, key=lambda found: (found.ability.rank, len(found.open), -found.strength))
        return Standing(
            best.ability,
            max(found.strength for found in findings),
            tuple(dict.fromkeys(reason for found in direct or findings for reason in found.reasons)),
            best.open,
        )

    def verdict(self, need: Need, standing: Standing, clues: Sequence[Reason], *, is_lead: bool) -> Verdict:
        """The verdict of a site: what statements allow, else what the register does. `clues` are the register's
        reasons; they never make more than a lead."""
        reasons = (*standing.reasons, *clues)
        if standing.ability is not None:
            return Verdict(standing.ability, reasons, standing.missing)
        ability = Ability.LEAD if is_lead else Ability.UNLIKELY
        return Verdict(ability, reasons, standing.missing or self._to_ask(need, ()))

    def _to_ask(self, need: Need, held: Sequence[Statement]) -> tuple[Message, ...]:
        """Everything that nobody said."""
        asked = need.main or tuple(code for code, _ in need.processes[:1])
        first = message("suppliers.ask.product")
        if asked:
            first = message("suppliers.ask.process", process=named(asked[0]))
        left = _Open(size=True, volume=True, certificates=_not_held(need, held), material=True)
        return (first, *_questions(need, left))

    def _certificates_only(self, need: Need, valid: Sequence[Statement]) -> Standing:
        held = [one for one in valid if one.certificates]
        if not held:
            return NOTHING_SAID
        best = max(held, key=self._trust)
        strength = self._rules.statement["certificate_only"] * self._trust(best)
        return Standing(None, strength, tuple(map(_certificate_reason, held)), self._to_ask(need, held))

    def _finding(self, need: Need, said: Statement, valid: Sequence[Statement]) -> _Finding:
        stated = said.process or ""
        answered = [process for process in need.main if self._vocabulary.answers(stated, process)]
        if not answered:
            return self._near_finding(need, said, valid)
        open_ones = (*self._unsure(need, answered), *self._questions_left(need, said, valid))
        certificates = (_certificate_reason(one) for one in valid if set(one.certificates) & set(need.certificates))
        reasons = (_process_reason(said), *_size_reasons(need, said), *_volume_reasons(need, said), *certificates)
        ability = Ability.COULD_ADAPT if open_ones else Ability.ABLE
        worth = self._rules.statement["could_adapt" if open_ones else "able"]
        return _Finding(ability, worth * self._trust(said), reasons, open_ones, is_answer=True)

    def _unsure(self, need: Need, answered: Sequence[str]) -> tuple[Message, ...]:
        """A question about the line itself, when the process is only supposed: the part may be bought, not made."""
        process, sure = max(((one, need.sure_of(one)) for one in answered), key=lambda pair: pair[1])
        if sure >= self._rules.reading["able"]:
            return ()
        return (message("suppliers.ask.reading", process=named(process), sure=Decimal(str(round(sure, 2)))),)

    def _near_finding(self, need: Need, said: Statement, valid: Sequence[Statement]) -> _Finding:
        """A process next to a main one, or a step that the part also needs."""
        stated = said.process or ""
        akin = [process for process in need.main if self._is_akin(stated, process)]
        is_step = any(self._vocabulary.answers(stated, process) for process in need.steps)
        near = (akin or need.main)[0]
        reason = _near_reason(said, near, "states_step" if is_step and not akin else "states_near")
        questions = (message("suppliers.ask.process", process=named(near)), *self._questions_left(need, said, valid))
        worth = self._rules.statement["akin" if akin or is_step else "same_family"]
        return _Finding(Ability.COULD_ADAPT, worth * self._trust(said), (reason,), questions, is_answer=False)

    def _is_akin(self, stated: str, asked: str) -> bool:
        """True when the stated process is more general than the asked one, or refines the same one."""
        parents = set(self._vocabulary.process(stated).parents) & set(self._vocabulary.process(asked).parents)
        return bool(parents) or self._vocabulary.answers(asked, stated)

    def _questions_left(self, need: Need, said: Statement, valid: Sequence[Statement]) -> tuple[Message, ...]:
        left = self._open(need, said, valid)
        confirm = (message("suppliers.ask.confirm", on=said.on),) if left.stale else ()
        return (*confirm, *_questions(need, left))

    def _open(self, need: Need, statement: Statement, valid: Sequence[Statement]) -> _Open:
        is_known_matter = not need.materials or not statement.materials or any(
            self._vocabulary.answers(offered, wanted) or self._vocabulary.answers(wanted, offered)
            for offered in statement.materials
            for wanted in need.materials
        )  # fmt: skip
        return _Open(
            size=_falls_short(statement.max_size_mm, need.size_mm),
            volume=_falls_short(statement.volume_max, need.volume),
            certificates=_not_held(need, valid),
            material=not is_known_matter,
            stale=(self._on - statement.on).days > self._rules.statement["stale_days"],
        )

    def _trust(self, statement: Statement) -> float:
        return self._rules.statement[statement.origin.value.replace("-", "_")]


@dataclass(frozen=True, slots=True)
class _Open:
    """What a statement leaves open of what the need asks."""

    size: bool = False
    volume: bool = False
    certificates: tuple[str, ...] = ()
    material: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class _Finding:
    """What one statement allows. `is_answer` when it says a process that is asked, and not only one next to it."""

    ability: Ability
    strength: float
    reasons: tuple[Reason, ...]
    open: tuple[Message, ...]
    is_answer: bool


def _order(statement: Statement) -> tuple[date, str, str, str]:
    return (statement.on, statement.process or "", statement.origin.value, repr(statement))


def _falls_short(offered: Decimal | None, asked: Decimal | None) -> bool:
    """True when something is asked and what is offered is unknown or less."""
    return asked is not None and (offered is None or offered < asked)


def _not_held(need: Need, valid: Sequence[Statement]) -> tuple[str, ...]:
    held = {certificate for one in valid for certificate in one.certificates}
    return tuple(one for one in need.certificates if one not in held)


def _questions(need: Need, left: _Open) -> tuple[Message, ...]:
    found: list[Message] = []
    if left.size and need.size_mm is not None:
        found.append(message("suppliers.ask.size", size=need.size_mm))
    if left.volume and need.volume is not None:
        found.append(message("suppliers.ask.volume", volume=need.volume))
    found.extend(message("suppliers.ask.certificate", certificate=named(one)) for one in left.certificates)
    if left.material and need.materials:
        found.append(message("suppliers.ask.material", material=named(need.materials[0])))
    return tuple(found)


def _said(statement: Statement) -> dict[str, Message | date]:
    return {"origin": Message(f"statement.origin.{statement.origin.value}"), "on": statement.on}


def _reason(text: Message, statement: Statement) -> Reason:
    return Reason(text, Evidence(statement.evidence.source, "suppliers.judge", inputs=(statement.evidence,)))


def _process_reason(statement: Statement) -> Reason:
    process = named(statement.process or "")
    return _reason(message("suppliers.reason.states", process=process, **_said(statement)), statement)


def _near_reason(statement: Statement, asked: str, code: str) -> Reason:
    process = named(statement.process or "")
    text = message(f"suppliers.reason.{code}", process=process, asked=named(asked), **_said(statement))
    return _reason(text, statement)


def _size_reasons(need: Need, statement: Statement) -> list[Reason]:
    if need.size_mm is None or statement.max_size_mm is None:
        return []
    code = "size_short" if statement.max_size_mm < need.size_mm else "size_fits"
    values = {"size": statement.max_size_mm, "asked": need.size_mm}
    return [_reason(message(f"suppliers.reason.{code}", **values, **_said(statement)), statement)]


def _volume_reasons(need: Need, statement: Statement) -> list[Reason]:
    if need.volume is None or statement.volume_max is None:
        return []
    code = "volume_short" if statement.volume_max < need.volume else "volume_fits"
    values = {"volume": statement.volume_max, "asked": need.volume}
    return [_reason(message(f"suppliers.reason.{code}", **values, **_said(statement)), statement)]


def _certificate_reason(statement: Statement) -> Reason:
    first = named(statement.certificates[0])
    text = message("suppliers.reason.certificate", certificate=first, n=len(statement.certificates), **_said(statement))
    return _reason(text, statement)
