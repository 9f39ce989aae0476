"""Verdicts: one list everywhere, with reasons and what is missing.

`Eligibility` answers a rule of law; `Ability` answers "could this establishment make this part?". Unknown is not no:
what is missing is listed so that somebody can be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ancrage.kernel.evidence import Evidence
from ancrage.kernel.message import Message


class Eligibility(StrEnum):
    """The three values of a rule."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"


class Ability(StrEnum):
    """What may be said of an establishment for a part, strongest first.

    `ABLE` needs a dated statement of the process, and of size, volume or certificate where the line asks for them.
    `COULD_ADAPT` needs a dated statement of a neighbouring process. From the register alone the strongest verdict is
    `LEAD` ("piste à qualifier"). `UNLIKELY` keeps its reasons and is never silently removed.
    """

    ABLE = "able"
    COULD_ADAPT = "could-adapt"
    LEAD = "lead"
    UNLIKELY = "unlikely"

    @property
    def rank(self) -> int:
        """0 for the strongest: sorts verdicts."""
        return list(Ability).index(self)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a verdict, with where it comes from."""

    text: Message
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict, the reasons that made it, and what would have to be known to say more."""

    ability: Ability
    reasons: tuple[Reason, ...]
    missing: tuple[Message, ...] = ()
