"""What lines are, for programs (one object per line) and for people (a table)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ancrage.dossier.model import Candidate, Classification
from ancrage.interfaces.reports.labels import short
from ancrage.interfaces.reports.plain_text import aligned, shown
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import Language

READINGS = ("hs", "headings", "nace", "processes")


def classification_payload(result: Classification, lang: Language) -> dict[str, Any]:
    """`text`, `hs`, `headings`, `nace`, `processes`: lists of `{code, label, confidence, why}`, best first.

    `headings` are four digits and `hs` six, without dots; `nace` is the class whose output the product is; each
    process has its own list `nace`, the classes of the sites that do it.
    """
    words = Words(lang)
    found: dict[str, Any] = {"text": result.text}
    for reading in READINGS:
        found[reading] = [_payload(reading, one, words) for one in candidates(result, reading)]
    return found


def candidates(result: Classification, reading: str) -> Sequence[Candidate]:
    """The candidates of a reading: `hs`, `headings`, `nace` or `processes`."""
    found: dict[str, Sequence[Candidate]] = {
        "hs": result.hs, "headings": result.headings, "nace": result.nace, "processes": result.processes,
    }  # fmt: skip
    return found[reading]


def candidate_label(reading: str, code: str, words: Words) -> str:
    """The label of a candidate, by the reading it belongs to."""
    if reading in {"hs", "headings"}:
        return words.hs(code)
    return words.activity(code) if reading == "nace" else words.capability(code)


def _payload(reading: str, one: Candidate, words: Words) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": str(one.code),
        "label": candidate_label(reading, one.code, words),
        "confidence": one.confidence,
        "why": [words.message(reason) for reason in one.why],
    }
    return {**found, "nace": list(one.nace)} if reading == "processes" else found


def classification_text(result: Classification, lang: Language) -> str:
    """The same as a table for people, with what the reader must know: a proposed code is not a classification."""
    words = Words(lang)
    rows = [
        (_reading(words, reading, rank), one.code, short(_short_label(reading, one.code, words), 58),
         words.percent(one.confidence, 0), short("; ".join(words.message(reason) for reason in one.why), 70))
        for reading in READINGS
        for rank, one in enumerate(candidates(result, reading))
    ]  # fmt: skip
    headings = [words.say(f"column.{name}") for name in ("reading", "code", "label", "confidence", "why")]
    body = aligned(headings, rows, frozenset({3})) if rows else words.say("classify.none")
    problems = [shown(words.message(problem)) for problem in result.problems]
    notice = [words.say("lines.rtc.text")] if result.hs or result.headings else []
    return "\n".join((shown(result.text), "", body, *problems, *([""] if notice else []), *notice))


def _reading(words: Words, reading: str, rank: int) -> str:
    return words.say(f"reading.{reading}") if rank == 0 else ""


def _short_label(reading: str, code: str, words: Words) -> str:
    return words.hs_own(code) if reading in {"hs", "headings"} else candidate_label(reading, code, words)
