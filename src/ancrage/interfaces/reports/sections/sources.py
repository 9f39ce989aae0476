"""Where every figure comes from: the question asked, the vintages, and one numbered entry for each step."""

from __future__ import annotations

from decimal import Decimal

from ancrage.dossier.model import Dossier, Question
from ancrage.interfaces.reports.content import Block, Cell, Column, Heading, Paragraph, Table
from ancrage.interfaces.reports.evidence_book import Entry, EvidenceBook
from ancrage.interfaces.reports.labels import place_label, source_of
from ancrage.interfaces.reports.section import SectionMaker
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import worded
from ancrage.kernel.evidence import Vintage

EVIDENCE_TABLE = "evidence"
"""Key of the table whose rows are the entries: a link `[n]` leads to its row n."""


def build(dossier: Dossier, words: Words, book: EvidenceBook) -> tuple[Block, ...]:
    """The sources. Built last: its entries are those that the other sections cited."""
    return (
        Paragraph(words.say("sources.intro", version=dossier.code_version)),
        Heading(words.say("sources.question")),
        _question(dossier, words),
        Heading(words.say("sources.vintages")),
        _vintages(dossier, words),
        Heading(words.say("sources.evidence")),
        Paragraph(words.say("sources.evidence.intro")),
        _entries(book.entries(), dossier, words),
        Paragraph(words.say("sources.reproduce")),
    )


def _question(dossier: Dossier, words: Words) -> Table:
    rows = tuple((Cell(words.say(f"question.{name}")), Cell(text)) for name, text in asked(dossier.question, words))
    columns = (Column(words.say("column.question"), "text", 1.4), Column(words.say("column.answer"), "text", 4))
    return Table("question", words.say("sources.question.table"), columns, rows, words.say("sheet.question"))


def asked(question: Question, words: Words) -> list[tuple[str, str]]:
    """What was asked, as (name, text), without what was left empty."""
    radius = question.radius_km
    texts = {
        "bom": f"{question.bom_name} (sha256 {question.bom_sha256})",
        "company": question.company or "",
        "site": place_label(question.site),
        "territory": place_label(question.territory) if question.territory else "",
        "radius": ""
        if radius is None
        else words.say("kilometres", distance=words.number(Decimal(str(radius)).normalize())),
        "on": words.day(question.on),
        "sheet": question.sheet or "",
        "mapping": ", ".join(f"{field} = {column}" for field, column in sorted(question.mapping.items())),
        "rates": ", ".join(question.rates),
        "answers": ", ".join(question.answers),
        "statements": ", ".join(question.statements),
        "with_others": worded(question.with_others, words.language),
    }
    return [(name, text) for name, text in texts.items() if text]


def _vintages(dossier: Dossier, words: Words) -> Table:
    columns = (
        Column(words.say("column.source"), "text", 2.6),
        Column(words.say("column.publisher"), "text", 1.1),
        Column(words.say("column.licence"), "text", 1.3),
        Column(words.say("column.vintage"), "date", 0.9),
        Column("sha256", "code", 3.2),
        Column(words.say("column.invented"), "text", 0.8),
    )
    rows = tuple(_vintage_row(vintage, words) for vintage in dossier.vintages)
    return Table("vintages", words.say("sources.vintages.table"), columns, rows, words.say("sheet.vintages"))


def _vintage_row(vintage: Vintage, words: Words) -> tuple[Cell, ...]:
    source = source_of(vintage.source)
    return (
        Cell(words.source(vintage.source), detail=vintage.source),
        Cell(source.publisher if source else ""),
        Cell(source.licence if source else ""),
        Cell(vintage.on),
        Cell(vintage.sha256),
        Cell(worded(vintage.invented, words.language)),
    )


def _entries(entries: tuple[Entry, ...], dossier: Dossier, words: Words) -> Table:
    columns = (
        Column(words.say("column.number"), "integer", 0.4),
        Column(words.say("column.step"), "code", 1.3),
        Column(words.say("column.source"), "text", 2.4),
        Column(words.say("column.place"), "text", 1.2),
        Column(words.say("column.parameters"), "text", 2),
        Column(words.say("column.rests_on"), "text", 0.8),
    )
    rows = tuple(_entry_row(entry, words) for entry in entries)
    note = words.say("sources.evidence.note", version=dossier.code_version)
    return Table(
        EVIDENCE_TABLE, words.say("sources.evidence.table"), columns, rows, words.say("sheet.evidence"), note=note,
        wide=False,
    )  # fmt: skip


def _entry_row(entry: Entry, words: Words) -> tuple[Cell, ...]:
    vintage = entry.vintage
    detail = ""
    if vintage is not None:
        detail = words.say("sources.vintage", on=vintage.on, sha256=vintage.sha256)
        if vintage.invented:
            detail += f" · {words.say('invented')}"
    return (
        Cell(entry.number),
        Cell(entry.step),
        Cell(words.source(entry.source), detail=detail),
        Cell(_places(entry, words)),
        Cell(" ; ".join(f"{name} = {worded(value, words.language)}" for name, value in entry.parameters)),
        Cell(" ".join(f"[{number}]" for number in entry.rests_on)),
    )


def _places(entry: Entry, words: Words) -> str:
    if entry.places_total <= 3:
        return ", ".join(entry.places)
    return words.say(
        "sources.places", count=words.number(entry.places_total), first=entry.places[0], second=entry.places[1]
    )


SECTION = SectionMaker("sources", 900, "report.sources.title", build)
