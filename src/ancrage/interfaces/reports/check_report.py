"""The answer of `ancrage bom check`: one JSON object, or the same facts as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ancrage.dossier.model import BomReading, Problem, SheetKind, Status
from ancrage.interfaces.reports.plain_text import shown
from ancrage.interfaces.wording import Language, number, say
from ancrage.kernel.message import message
from ancrage.kernel.money import plain

SHOWN_PROBLEMS = 1_000


def check_payload(reading: BomReading, lang: Language = "fr") -> dict[str, Any]:
    """What was read, for programs: status, number of lines, exact totals in plain notation, coverage, problems.

    At most 1,000 problems, errors and warnings before notes; `problems_total` counts them all.
    """
    return {
        "status": reading.status.value,
        "kind": reading.kind.value,
        "lines": len(reading.lines),
        "totals": {currency: plain(amount) for currency, amount in reading.totals.items()},
        "coverage": {name: float(share) for name, share in reading.coverage.items()},
        "understood": dict(reading.understood),
        "problems": [_problem(problem, lang) for problem in reading.problems[:SHOWN_PROBLEMS]],
        "problems_total": len(reading.problems),
    }


def check_json(reading: BomReading, lang: Language = "fr") -> str:
    """The payload as one JSON object."""
    return json.dumps(check_payload(reading, lang), ensure_ascii=False, indent=2)


def _problem(problem: Problem, lang: Language) -> dict[str, Any]:
    return {
        "severity": problem.severity.value,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": say(problem.text, lang),
    }


def check_text(reading: BomReading, lang: Language = "fr") -> str:
    """The same facts for people, one per line; control characters of a file's texts are shown as �."""
    return "\n".join(shown(line) for line in _lines(reading, lang))


def _lines(reading: BomReading, lang: Language) -> Iterator[str]:
    yield say(message(f"check.status.{reading.status.value}"), lang)
    if reading.status is not Status.REJECTED:
        kind = "purchases" if reading.kind is SheetKind.PURCHASES else "bill"
        yield say(message(f"check.lines.{kind}", n=len(reading.lines)), lang)
        for currency, amount in reading.totals.items():
            yield say(message("check.total", amount=number(amount, lang), currency=currency), lang)
        if not reading.totals:
            yield say(message("check.no_total"), lang)
        for name, share in reading.coverage.items():
            percent = number(share * 100, lang, 1)
            yield say(message("check.coverage", name=message(f"check.known.{name}"), percent=percent), lang)
    shown = reading.problems[:SHOWN_PROBLEMS]
    for problem in shown:
        yield _problem_text(problem, lang)
    if len(reading.problems) > len(shown):
        yield say(message("check.more", n=len(reading.problems) - len(shown)), lang)


def _problem_text(problem: Problem, lang: Language) -> str:
    place = []
    if problem.line is not None:
        place.append(say(message("check.line", line=problem.line), lang))
    if problem.column is not None:
        place.append(say(message("check.column", column=problem.column), lang))
    severity = say(message(f"check.severity.{problem.severity.value}"), lang)
    where = f" ({', '.join(place)})" if place else ""
    return (
        f"{severity}{where} : {say(problem.text, lang)}"
        if lang == "fr"
        else f"{severity}{where}: {say(problem.text, lang)}"
    )
