"""The dossier as a tagged PDF (PDF/UA-1), made by Typst from the same blocks, charts as vectors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from importlib import resources
from typing import Any

from ancrage.interfaces.reports import charts
from ancrage.interfaces.reports.content import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Facts,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Ref,
    Report,
    Section,
    Table,
)
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.reports.written import written

_LONG = re.compile(r"[^\s\u200b]{25,}")
_PIECE = 16
_PART = 200


def pdf_of(report: Report, words: Words) -> bytes:
    """The PDF. Its only date is that of the study; the same report always gives the same bytes."""
    import typst

    template = resources.files("ancrage.interfaces.reports").joinpath("templates", "dossier.typ").read_bytes()
    content: bytes = typst.compile(  # type: ignore[misc]  # its stub cannot tell bytes from a path
        template,
        font_paths=[str(charts.font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(_report(report, words), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(datetime.combine(report.on, time(), UTC).timestamp()),
    )
    return content


def _report(report: Report, words: Words) -> dict[str, object]:
    return {
        "language": report.language,
        "title": report.cover.title,
        "product": breakable(report.cover.product),
        "facts": [list(pair) for pair in report.cover.facts],
        "notice": report.cover.notice,
        "on": words.day(report.on),
        "labels": dict(report.labels),
        "sections": [_section(section, words) for section in report.sections],
    }


def _section(section: Section, words: Words) -> dict[str, object]:
    runs: list[dict[str, object]] = []
    for is_wide, blocks in _runs(section.blocks):
        runs.append({"wide": is_wide, "blocks": [block for one in blocks for block in _block(one, words)]})
    return {"title": section.title, "runs": runs}


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[bool, list[Block]]]:
    """Blocks in runs of portrait and landscape pages; a heading goes with what follows it."""
    run: list[Block] = []
    was_wide = False
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if isinstance(block, Heading) and place + 1 < len(blocks) else block
        is_wide = was_wide if _is_only_a_note(following) else isinstance(following, Table) and following.wide
        if is_wide and not any(isinstance(one, Table | Chart) for one in run):
            was_wide = True
        if run and is_wide != was_wide:
            yield was_wide, run
            run = []
        was_wide = is_wide
        run.append(block)
    if run:
        yield was_wide, run


def _is_only_a_note(block: Block) -> bool:
    return isinstance(block, Table) and block.shown == 0


def _block(block: Block, words: Words) -> Iterator[dict[str, object]]:
    match block:
        case Table():
            if block.shown == 0:
                if block.note:
                    yield {"kind": "paragraph", "tone": "muted", "text": block.note, "refs": []}
            else:
                yield from _parts(block, words)
        case Chart():
            svg = charts.picture(block.spec)
            yield {
                "kind": "chart",
                "svg": svg,
                "alt": block.alt,
                "width": _width(svg),
                "table": _table(block.table, words),
            }
        case Heading():
            yield {"kind": "heading", "text": breakable(block.text)}
        case Paragraph():
            yield {"kind": "paragraph", "tone": block.tone, "text": breakable(block.text), "refs": _refs(block.refs)}
        case Callout():
            yield {"kind": "callout", "tone": block.tone, "title": block.title, "text": breakable(block.text),
                   "refs": _refs(block.refs)}  # fmt: skip
        case Facts():
            yield {"kind": "facts", "facts": [
                {"label": fact.label, "text": fact.text, "detail": fact.detail, "tone": fact.tone,
                 "ref": _ref(fact.ref)}
                for fact in block.facts
            ]}  # fmt: skip
        case ListBlock():
            yield {"kind": "list", "ordered": block.ordered, "items": [_item(item) for item in block.items]}


def _item(item: Item) -> dict[str, object]:
    return {"lead": breakable(item.lead), "text": breakable(item.text), "refs": _refs(item.refs)}


def _parts(table: Table, words: Words) -> Iterator[dict[str, object]]:
    """The table, in parts when it is long: each has its title, and a long document is laid out much faster."""
    whole = _table(table, words)
    rows = table.visible
    if len(rows) <= _PART * 3 // 2:
        yield whole
        return
    written_rows = whole["rows"]
    total = words.number(len(rows))
    for start in range(0, len(rows), _PART):
        end = min(start + _PART, len(rows))
        title = words.say(
            "table.part", title=table.title, first=words.number(start + 1), last=words.number(end), total=total
        )
        note = table.note if end == len(rows) else ""
        yield {**whole, "title": title, "rows": written_rows[start:end], "note": note}


def _table(table: Table, words: Words) -> dict[str, Any]:
    shared = table.shared_refs
    return {
        "kind": "table",
        "key": table.key,
        "title": table.title,
        "note": table.note,
        "columns": [{"title": one.title, "kind": one.kind, "width": one.width} for one in table.columns],
        "evidence": _shared(table, shared),
        "rows": [
            [
                _cell(cell, column, words, 0 if common else _ref(cell.ref))
                for cell, column, common in zip(row, table.columns, shared, strict=True)
            ]
            for row in table.visible
        ],
    }


def _shared(table: Table, shared: Sequence[Ref | None]) -> list[tuple[int, str]]:
    """Entries that whole columns lead to, with the names of those columns: written beside the title, since a heading
    that is repeated on each page cannot hold a link (PDF/UA)."""
    names: dict[int, list[str]] = {}
    for column, ref in zip(table.columns, shared, strict=True):
        if ref is not None:
            names.setdefault(ref.number, []).append(column.title)
    return [(number, ", ".join(titles)) for number, titles in names.items()]


def _cell(cell: Cell, column: Column, words: Words, ref: int) -> list[object]:
    return [breakable(written(cell, column, words)), ref, breakable(cell.detail), cell.tone, cell.value is None]


def _ref(ref: Ref | None) -> int:
    return 0 if ref is None else ref.number


def _refs(refs: Sequence[Ref]) -> list[int]:
    return [ref.number for ref in refs]


def breakable(text: str) -> str:
    """A text whose very long words (hashes, addresses) may be cut every sixteen signs, so that none leaves its cell."""

    def pieces(found: re.Match[str]) -> str:
        word = found.group()
        return "\u200b".join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))

    return _LONG.sub(pieces, text)


def _width(svg: str) -> float:
    """The share of the line (in per cent) that a drawing takes, so that its letters stay of one size."""
    found = re.search(r'width="([\d.]+)"', svg)
    pixels = float(found.group(1)) if found else 700.0
    return round(min(100.0, pixels / 7.4), 2)
