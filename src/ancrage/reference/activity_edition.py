"""From one edition of an activity code to another, through the official table alone.

A code that has several answers keeps them all as candidates: choosing one would be a guess. `Correspondence` answers
for one code, `completed` for the rows of a register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ancrage.kernel.codes import Activity, ActivityVersion, parse_activity
from ancrage.kernel.errors import CodeError

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The pairs of two editions, in both directions. Candidates come in the order of their codes."""

    old: ActivityVersion
    new: ActivityVersion
    _forward: Mapping[str, tuple[Activity, ...]] = field(repr=False)
    _backward: Mapping[str, tuple[Activity, ...]] = field(repr=False)

    def candidates(self, activity: Activity) -> tuple[Activity, ...]:
        """What a code may be in the other edition; empty when the table does not have it.

        Raises `CodeError` for a code of a third edition.
        """
        if activity.version == self.old:
            return self._forward.get(activity.code, ())
        if activity.version == self.new:
            return self._backward.get(activity.code, ())
        raise CodeError("kernel.code.activity_versions", left=activity.version.value, right=self.new.value)

    def answer(self, activity: Activity) -> Activity | None:
        """What a code is in the other edition, when that is certain: exactly one candidate."""
        found = self.candidates(activity)
        return found[0] if len(found) == 1 else None


def correspondence(pairs: Iterable[tuple[str, str]]) -> Correspondence:
    """The correspondence of (NAF rev. 2 code, NAF 2025 code) pairs, as in the table `activity_editions`.

    Raises `CodeError` for a code of another shape.
    """
    old, new = ActivityVersion.NAF_REV2, ActivityVersion.NAF_2025
    forward: dict[str, set[Activity]] = {}
    backward: dict[str, set[Activity]] = {}
    for left, right in pairs:
        before, after = parse_activity(left, old), parse_activity(right, new)
        forward.setdefault(before.code, set()).add(after)
        backward.setdefault(after.code, set()).add(before)
    return Correspondence(old, new, _sorted(forward), _sorted(backward))


def completed(rows: ir.Table, editions: ir.Table | None) -> ir.Table:
    """Rows of `establishments` whose `activity` (NAF rev. 2) is filled where the official table `editions` (the table
    `activity_editions`, None when there is none) has exactly one answer to their `activity_2025`.

    Notes count the rows known in NAF 2025 alone: `activity_converted`; `activity_candidates`, several answers;
    `activity_unlisted`, not in the table; `activity_2025_only`, no table. Those but the first keep a null activity.
    """
    is_missing = rows.activity.isnull() & rows.activity_2025.notnull()
    if editions is None:
        return rows.mutate(note_activity_2025_only=is_missing)
    answers = editions.group_by(f_code=editions.naf_2025).agg(
        f_answer=editions.naf_rev2.min(), f_answers=editions.naf_rev2.nunique()
    )
    joined = rows.left_join(answers, rows.activity_2025 == answers.f_code)
    is_missing = joined.activity.isnull() & joined.activity_2025.notnull()
    is_certain = is_missing & (joined.f_answers == 1).fill_null(False)
    return joined.mutate(
        activity=is_certain.ifelse(joined.f_answer, joined.activity),
        note_activity_converted=is_certain,
        note_activity_candidates=is_missing & (joined.f_answers > 1).fill_null(False),
        note_activity_unlisted=is_missing & joined.f_answers.isnull(),
    ).drop("f_code", "f_answer", "f_answers")


def _sorted(found: Mapping[str, set[Activity]]) -> dict[str, tuple[Activity, ...]]:
    return {code: tuple(sorted(activities)) for code, activities in found.items()}
