"""The dossier as a tagged PDF (PDF/UA-1), made by Typst from the same blocks, charts as vectors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from importlib import resources

from ancrage.interfaces.reports import charts
from ancrage.interfaces.reports.content import (
    Block,
    Callout,
    Chart,
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


def pdf_of(report: Report, words: Words) -> bytes:
    """The PDF. Its only date is that of the study; the same report always gives the same bytes."""
    import typst

    template = resources.files("ancrage.interfaces.reports").joinpath("templates", "dossier.typ").read_bytes()
    content: bytes = typst.compile(
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
        is_wide = isinstance(following, Table) and following.wide and following.shown != 0
        if run and is_wide != was_wide:
            yield was_wide, run
            run = []
        was_wide = is_wide
        run.append(block)
    if run:
        yield was_wide, run


def _block(block: Block, words: Words) -> Iterator[dict[str, object]]:
    match block:
        case Table():
            if block.shown == 0:
                yield {"kind": "paragraph", "tone": "muted", "text": block.note, "refs": []}
            else:
                yield _table(block, words)
        case Chart():
            svg = charts.picture(block.spec)
            yield {"kind": "chart", "svg": svg, "alt": block.alt, "width": _width(svg), "table": _table(block.table, words)}
        case Heading():
            yield {"kind": "heading", "text": breakable(block.text)}
        case Paragraph():
            yield {"kind": "paragraph", "tone": block.tone, "text": breakable(block.text), "refs": _refs(block.refs)}
        case Callout():
            yield {"kind": "callout", "tone": block.tone, "title": block.title, "text": breakable(block.text),
                   "refs": _refs(block.refs)}  # fmt: skip
        case Facts():
            yield {"kind": "facts", "facts": [
                {"label": fact.label, "text": fact.text, "detail": fact.detail, "tone": fact.tone, "ref": _ref(fact.ref)}
                for fact in block.facts
            ]}  # fmt: skip
        case ListBlock():
            yield {"kind": "list", "ordered": block.ordered, "items": [_item(item) for item in block.items]}


def _item(item: Item) -> dict[str, object]:
    return {"lead": breakable(item.lead), "text": breakable(item.text), "refs": _refs(item.refs)}


def _table(table: Table, words: Words) -> dict[str, object]:
    return {
        "kind": "table",
        "key": table.key,
        "title": table.title,
        "note": table.note,
        "columns": [{"title": one.title, "kind": one.kind, "width": one.width} for one in table.columns],
        "rows": [
            [
                [breakable(written(cell, column, words)), _ref(cell.ref), breakable(cell.detail), cell.tone, cell.value is None]
                for cell, column in zip(row, table.columns, strict=True)
            ]
            for row in table.visible
        ],
    }


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
