"""Origin requests, one folder per supplier: a letter in French and in English, and a questionnaire to fill in.

They name the lines whose origin is unknown or only supposed, ordered by what they weigh; prices and weights are never
in them.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from ancrage.dossier.model import Dossier, Line, OriginBasis
from ancrage.interfaces.reports.invention import has_invented_bom
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.reports.xlsx import Style, write_text
from ancrage.interfaces.wording import LANGUAGES, Language

FOLDER = "requests"
COLUMNS = ("key", "item", "label", "country", "basis", "remark")
_TO_FILL = frozenset({"country", "basis", "remark"})
_WEAK = frozenset({OriginBasis.SUPPOSED, OriginBasis.COMPANY_WORD})
_WIDTHS = {"key": 10, "item": 20, "label": 52, "country": 26, "basis": 34, "remark": 40}


def requests_of(dossier: Dossier) -> dict[str, bytes]:
    """The files by path: `requests/<rank>-<supplier>/...`, the supplier whose lines weigh most first."""
    files: dict[str, bytes] = {}
    for rank, (supplier, lines) in enumerate(asked_lines(dossier), 1):
        folder = f"{FOLDER}/{rank:03d}-{_slug(supplier)}"
        for language in LANGUAGES:
            name = {"fr": "demande-origine.fr.txt", "en": "origin-request.en.txt"}[language]
            files[f"{folder}/{name}"] = _letter(dossier, supplier, lines, language).encode("utf-8")
        files[f"{folder}/questionnaire.xlsx"] = questionnaire(dossier, lines)
    return files


def asked_lines(dossier: Dossier) -> list[tuple[str, list[Line]]]:
    """Suppliers with the lines to ask about, both heaviest first (criticality, then value, then the file's order)."""
    found: dict[str, list[Line]] = {}
    for line in sorted(dossier.bom.counting, key=lambda line: _weight(dossier, line)):
        if line.supplier is not None and (line.origin is None or line.origin.basis in _WEAK):
            found.setdefault(line.supplier, []).append(line)
    return list(found.items())


def _weight(dossier: Dossier, line: Line) -> tuple[Decimal, Decimal, int]:
    value = Decimal(0) if line.value is None else line.value.amount
    return (-dossier.origin.criticality.get(line.key, Decimal(0)), -value, line.number)


def _slug(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:40] or "supplier"


def _letter(dossier: Dossier, supplier: str, lines: Sequence[Line], language: Language) -> str:
    words = Words(language)
    items = "\n".join(_item(words, rank, line) for rank, line in enumerate(lines, 1))
    text = words.say(
        "request.letter",
        n=len(lines),
        supplier=supplier,
        count=words.number(len(lines)),
        product=dossier.product,
        items=items,
    )
    return f"{words.say('request.invented')}\n\n{text}" if has_invented_bom(dossier) else text


def _item(words: Words, rank: int, line: Line) -> str:
    if line.item:
        return words.say("request.item", rank=rank, label=line.label, item=line.item)
    return words.say("request.item.plain", rank=rank, label=line.label)


def questionnaire(dossier: Dossier, lines: Sequence[Line]) -> bytes:
    """The workbook to fill in: headings in both languages, one row per line, texts only."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.combine(dossier.question.on, time())})
    sheet = book.add_worksheet(Words("fr").say("request.sheet"))
    _fill(book, sheet, dossier, lines)
    book.close()
    return stream.getvalue()


def heading(column: str) -> str:
    """The heading of a column of the questionnaire, French then English."""
    return " / ".join(Words(language).say(f"request.column.{column}") for language in LANGUAGES)


def _fill(book: Any, sheet: Any, dossier: Dossier, lines: Sequence[Line]) -> None:
    plain = Style.of(book, {"text_wrap": True, "valign": "top", "num_format": "@"})
    note = book.add_format({"valign": "top", "font_color": "#4A5866"})
    yellow = Style.of(book, {"text_wrap": True, "valign": "top", "num_format": "@", "bg_color": "#FFF6CC", "border": 1,
                             "border_color": "#D5DBE1"})  # fmt: skip
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    help_lines = _help(dossier)
    for row, text in enumerate(help_lines):
        sheet.write_string(row, 0, text, note)
    start = len(help_lines)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(start, place, heading(column), head)
        sheet.set_column(place, place, _WIDTHS[column])
    for row, line in enumerate(lines, start + 1):
        texts = {"key": line.key, "item": line.item or "", "label": line.label}
        for place, column in enumerate(COLUMNS):
            style = yellow if column in _TO_FILL else plain
            if texts.get(column):
                write_text(sheet, row, place, texts[column], style)
            else:
                sheet.write_blank(row, place, None, style.plain)
    sheet.freeze_panes(start + 1, 0)


def _help(dossier: Dossier) -> list[str]:
    texts = [Words(language).say("request.help", key=heading("key")) for language in LANGUAGES]
    if has_invented_bom(dossier):
        texts.insert(0, " / ".join(Words(language).say("request.invented") for language in LANGUAGES))
    return texts
