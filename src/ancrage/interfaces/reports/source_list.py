"""Public sources and imports, for programs and for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ancrage.adapters.imports import ImportReport
from ancrage.interfaces.reports.plain_text import aligned
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import Language
from ancrage.kernel.evidence import Vintage
from ancrage.kernel.message import Message
from ancrage.reference.source import Source


class Listed(Protocol):
    """A source of the catalogue, its vintage in use (None: never imported) and how many rows that one holds."""

    @property
    def source(self) -> Source: ...
    @property
    def vintage(self) -> Vintage | None: ...
    @property
    def rows(self) -> int | None: ...


def source_list_payload(rows: Sequence[Listed], lang: Language) -> list[dict[str, Any]]:
    """One object per source: what it is, its licence and address, and its vintage in use (null: never imported)."""
    return [_payload(row, lang) for row in rows]


def _payload(row: Listed, lang: Language) -> dict[str, Any]:
    source, vintage = row.source, row.vintage
    return {
        "id": source.id,
        "title": source.title[lang],
        "publisher": source.publisher,
        "licence": source.licence,
        "page": source.page,
        "cadence": source.cadence.value,
        "formats": list(source.formats),
        "files": [{"name": file.name, "address": file.address, "required": file.required} for file in source.files],
        "invented": source.invented,
        "vintage": None if vintage is None else {"on": vintage.on.isoformat(), "sha256": vintage.sha256},
        "rows": row.rows,
    }


def source_list_text(rows: Sequence[Listed], lang: Language) -> str:
    """The same as a table for people."""
    words = Words(lang)
    headings = [words.say(f"column.{name}") for name in ("source", "title", "publisher", "cadence", "vintage", "rows")]
    return aligned(headings, [_row(row, words) for row in rows], frozenset({5}))


def _row(row: Listed, words: Words) -> tuple[str, ...]:
    source, vintage = row.source, row.vintage
    return (
        source.id,
        source.title[words.language],
        source.publisher,
        words.say(f"cadence.{source.cadence}"),
        words.say("sources.never") if vintage is None else words.day(vintage.on),
        "" if row.rows is None else words.number(row.rows),
    )


def import_text(report: ImportReport, lang: Language) -> str:
    """What an import made: rows kept and left out, by reason, and what deserves a note."""
    words = Words(lang)
    lines = [
        words.say("import.done", source=words.source(report.vintage.source), on=report.vintage.on, n=report.rows,
                  rows=words.number(report.rows), read=words.number(report.read)),
        words.say("import.hash", sha256=report.vintage.sha256),
    ]  # fmt: skip
    if report.vintage.invented:
        lines.insert(0, words.say("invented"))
    for code, counts in (("dropped", report.dropped), ("noted", report.notes)):
        if reasons := _counted(counts, words):
            lines.append(words.say(f"import.{code}", reasons=reasons))
    return "\n".join(lines)


def _counted(counts: Mapping[str, int], words: Words) -> str:
    found = sorted(((count, name) for name, count in counts.items() if count), key=lambda pair: (-pair[0], pair[1]))
    return ", ".join(
        f"{words.message(Message(f'sources.reason.{name}'))} ({words.number(count)})" for count, name in found
    )
