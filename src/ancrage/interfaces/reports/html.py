"""The dossier as one page that works opened from disk: no server, no outside request, drawings inside."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from ancrage.interfaces.reports import charts
from ancrage.interfaces.reports.content import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Facts,
    Heading,
    ListBlock,
    Paragraph,
    Ref,
    Report,
    Table,
    Tone,
)
from ancrage.interfaces.reports.sections.sources import EVIDENCE_TABLE
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.reports.written import NUMERIC, written

if TYPE_CHECKING:
    from django.template import Template
    from django.utils.safestring import SafeString

_FILTER_FROM = 12
_LINK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block with what the template needs to write it: its kind, the block, its rows or drawing as safe HTML."""

    kind: str
    block: Block
    html: SafeString | str = ""
    table: Drawn | None = None
    count: int = 0
    filtered: bool = False
    widths: tuple[str, ...] = ()
    heads: tuple[tuple[Column, SafeString | str], ...] = ()


def html_of(report: Report, words: Words) -> str:
    """The page. Every text is escaped; the only markup is the templates' and the drawings'."""
    from django.template import Context
    from django.utils.safestring import mark_safe

    folder = resources.files("ancrage.interfaces.reports").joinpath("templates")
    sections = [(section, [_drawn(block, words) for block in section.blocks]) for section in report.sections]
    context = {
        "report": report,
        "sections": sections,
        "on": words.day(report.on),
        "css": mark_safe(_faces() + folder.joinpath("dossier.css").read_text("utf-8")),  # noqa: S308 - our own files
        "script": mark_safe(folder.joinpath("dossier.js").read_text("utf-8")),  # noqa: S308 - our own file
    }
    return _template().render(Context(context, use_l10n=False))


@cache
def _template() -> Template:
    from django.template import Engine

    folder = resources.files("ancrage.interfaces.reports").joinpath("templates")
    engine = Engine(dirs=[str(folder)], libraries={}, autoescape=True)
    return engine.get_template("dossier.html")


@cache
def _faces() -> str:
    """The two small faces of the page, inside it, so that drawings measure the same everywhere."""
    faces = []
    for style, weight in (("Regular", "400"), ("Semibold", "600 700")):
        content = resources.files("ancrage").joinpath("catalogue", "fonts", f"AncrageSans-{style}.woff2").read_bytes()
        address = f"data:font/woff2;base64,{base64.b64encode(content).decode('ascii')}"
        faces.append(
            f'@font-face{{font-family:"Ancrage Sans";font-weight:{weight};src:url({address}) format("woff2")}}\n'
        )
    return "".join(faces)


def _drawn(block: Block, words: Words) -> Drawn:
    from django.utils.safestring import mark_safe

    match block:
        case Table():
            return _drawn_table(block, words)
        case Chart():
            svg = charts.draw(block.key, block.spec, block.alt)
            return Drawn("chart", block, mark_safe(svg), _drawn_table(block.table, words))  # noqa: S308 - escaped by the drawer
        case Heading():
            return Drawn("heading", block)
        case Paragraph() | Callout():
            kind = "callout" if isinstance(block, Callout) else "paragraph"
            return Drawn(kind, block, _refs(block.refs))
        case Facts():
            return Drawn("facts", block)
        case ListBlock():
            return Drawn("list", block)


def _drawn_table(table: Table, words: Words) -> Drawn:
    from django.utils.safestring import mark_safe

    rows = table.visible
    shared = table.shared_refs
    body = "".join(_row(table, row, words, shared) for row in rows)
    heads = tuple((column, _ref(ref)) for column, ref in zip(table.columns, shared, strict=True))
    total = sum(column.width for column in table.columns)
    widths = tuple(f"{100 * column.width / total:.2f}" for column in table.columns)
    safe = mark_safe(body)  # noqa: S308 - every text of a cell is escaped below
    return Drawn("table", table, safe, count=len(rows), filtered=len(rows) >= _FILTER_FROM, widths=widths, heads=heads)


def _row(table: Table, row: tuple[Cell, ...], words: Words, shared: tuple[Ref | None, ...]) -> str:
    cells = "".join(
        _cell(cell, column, words, with_ref=common is None)
        for cell, column, common in zip(row, table.columns, shared, strict=True)
    )
    anchor = f' id="e{row[0].value}"' if table.key == EVIDENCE_TABLE else ""
    return f"<tr{anchor}>{cells}</tr>\n"


def _cell(cell: Cell, column: Column, words: Words, *, with_ref: bool) -> str:
    from django.utils.html import escape

    classes = []
    if column.kind in NUMERIC and not isinstance(cell.value, str):
        classes.append("n")
    if cell.value is None:
        classes.append("u")
    elif column.kind == "code":
        classes.append("k")
    if cell.tone is not Tone.PLAIN:
        classes.append(f"t-{cell.tone}")
    attribute = f' class="{" ".join(classes)}"' if classes else ""
    detail = f"<small>{escape(cell.detail)}</small>" if cell.detail else ""
    text = _LINK.sub(r'<a href="#e\1">[\1]</a>', escape(written(cell, column, words)))
    link = _ref(cell.ref) if with_ref else ""
    return f"<td{attribute}>{text}{link}{detail}</td>"


def _ref(ref: Ref | None) -> SafeString | str:
    from django.utils.html import format_html

    if ref is None:
        return ""
    title = format_html(' title="{}"', ref.place) if ref.place else ""
    return format_html('<a class="r" href="#e{}"{}>{}</a>', ref.number, title, ref.number)


def _refs(refs: tuple[Ref, ...]) -> SafeString:
    from django.utils.safestring import mark_safe

    return mark_safe("".join(_ref(ref) for ref in refs))  # noqa: S308 - numbers and escaped places
