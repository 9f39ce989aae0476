"""Establishments found for a free question, for programs and for people."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ancrage.dossier.model import Establishment, Match, SupplierReport
from ancrage.dossier.suppliers.reach import reach_warning
from ancrage.interfaces.reports.labels import short
from ancrage.interfaces.reports.plain_text import aligned, shown
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import Language
from ancrage.kernel.message import Message

_COLUMNS = ("rank", "establishment", "siret", "activity", "town", "distance", "headcount", "score", "verdict")


def supplier_list_payload(found: SupplierReport, lang: Language) -> dict[str, Any]:
    """Where it was looked for, what was found and left out, and each establishment, best first, with its score term by
    term, its verdict, the reasons and what is missing. Unknown is null."""
    words = Words(lang)
    shortlist = found.shortlists[0]
    return {
        "near": None if found.origin_point is None else list(found.origin_point),
        "radius_km": found.radius_km,
        "crosses_border": found.crosses_border,
        "understood": found.understood,
        "establishments_in_area": found.reach.establishments,
        "uncovered_departments": list(found.reach.uncovered),
        "warnings": list(_warnings(found, words)),
        "register": {
            "source": found.register.source, "on": found.register.on.isoformat(), "sha256": found.register.sha256,
            "invented": found.register.invented, "departments": list(found.reach.covered),
        },
        "notice": words.say("invented.list") if found.register.invented else None,
        "found": shortlist.found,
        "set_aside": dict(shortlist.set_aside),
        "establishments": [_payload(found.establishments[match.siret], match, words) for match in shortlist.matches],
    }  # fmt: skip


def _payload(site: Establishment, match: Match, words: Words) -> dict[str, Any]:
    return {
        "siret": str(site.siret),
        "name": site.name,
        "activity": site.activity,
        "activity_label": words.activity(site.activity) if site.activity else None,
        "kind": site.kind,
        "headcount_band": site.band,
        "headcount": None if site.band is None else words.say(f"band.{site.band}"),
        "commune": site.commune,
        "commune_name": site.commune_name,
        "point": None if site.point is None else list(site.point),
        "point_basis": site.point_basis,
        "distance_km": match.distance_km,
        "score": match.score,
        "parts": [
            {"name": part.name, "label": words.message(Message(part.name)), "value": part.value, "weight": part.weight}
            for part in match.parts
        ],
        "verdict": match.verdict.ability.value,
        "verdict_label": words.say(f"verdict.{match.verdict.ability}"),
        "reading": match.reading,
        "why": [words.message(reason.text) for reason in match.verdict.reasons],
        "missing": [words.message(text) for text in match.verdict.missing],
        "source": {"id": site.evidence.source, "step": site.evidence.step, "place": site.evidence.place},
    }


def supplier_list_text(found: SupplierReport, lang: Language) -> str:
    """The same as a table for people, the reasons of each under it."""
    words = Words(lang)
    shortlist = found.shortlists[0]
    headings = [words.say(f"column.{name}") for name in _COLUMNS]
    rows = [
        _row(rank, found.establishments[match.siret], match, words) for rank, match in enumerate(shortlist.matches, 1)
    ]
    body = aligned(headings, rows, frozenset({0, 5, 7})) if rows else _nobody(found, words)
    return "\n".join((*_before(found, words), body, *_reasons(found, words), *_after(found, words)))


def _nobody(found: SupplierReport, words: Words) -> str:
    """Why the list is empty: the question was not understood, the register has nobody here, or nobody does this."""
    if not found.understood:
        return words.message(Message("suppliers.question.unknown"))
    warning = None if found.reach.establishments else reach_warning(found)
    return words.say("suppliers.list.none") if warning is None else words.message(warning)


def _warnings(found: SupplierReport, words: Words) -> Iterator[str]:
    """What must be known before the list is read: what was not understood, where the register holds nobody."""
    if not found.understood:
        yield words.message(Message("suppliers.question.unknown"))
    warning = reach_warning(found)
    if warning is not None:
        yield words.message(warning)


def _row(rank: int, site: Establishment, match: Match, words: Words) -> tuple[str, ...]:
    unknown = words.say("unknown")
    return (
        str(rank),
        short(site.name or words.say("site.unnamed.short"), 38),
        str(site.siret),
        site.activity or unknown,
        site.commune_name or site.commune,
        unknown if match.distance_km is None else words.number(Decimal(round(match.distance_km))),
        unknown if site.band is None else words.say(f"band.{site.band}"),
        words.number(Decimal(str(match.score)), 2),
        words.say(f"verdict.{match.verdict.ability}"),
    )


def _before(found: SupplierReport, words: Words) -> Iterator[str]:
    if found.register.invented:
        yield words.say("invented.list")
        yield ""
    warning = reach_warning(found)
    if warning is not None and (found.reach.establishments or not found.understood):
        yield words.message(warning)
        yield ""


def _reasons(found: SupplierReport, words: Words) -> Iterator[str]:
    for rank, match in enumerate(found.shortlists[0].matches, 1):
        yield ""
        why = [words.message(reason.text) for reason in match.verdict.reasons]
        missing = [words.message(text) for text in match.verdict.missing]
        yield shown(f"{rank}. {' '.join(why)} {' '.join(missing)}".rstrip())


def _after(found: SupplierReport, words: Words) -> Iterator[str]:
    shortlist = found.shortlists[0]
    yield ""
    count = words.number(shortlist.found)
    yield words.say("suppliers.list.found", n=shortlist.found, count=count, shown=len(shortlist.matches))
    kinds = [
        f"{words.message(Message(f'suppliers.kind.{kind}'))} ({words.number(count)})"
        for kind, count in sorted(shortlist.set_aside.items())
        if count
    ]
    if kinds:
        yield words.say("suppliers.list.aside", kinds=words.listed(kinds))
    if found.crosses_border:
        yield words.say("suppliers.list.border")
    yield words.say("suppliers.list.register", source=words.source(found.register.source), on=found.register.on)
