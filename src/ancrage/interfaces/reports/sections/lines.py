"""What each line is: customs code, activity and process, with the words that made the answer and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ancrage.dossier.model import Candidate, Classification, Dossier, Line
from ancrage.interfaces.reports.classification import candidate_label
from ancrage.interfaces.reports.content import Block, Callout, Cell, Column, Item, ListBlock, Paragraph, Table, Tone
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.interfaces.reports.labels import short
from ancrage.interfaces.reports.section import SectionMaker
from ancrage.interfaces.reports.view import View
from ancrage.interfaces.reports.words import Words
from ancrage.kernel.message import Message

_WARNINGS_SHOWN = 30
_BEST = 3


def build(dossier: Dossier, words: Words, book: EvidenceBook) -> tuple[Block, ...]:
    """The lines. A proposed customs code is never a customs classification: this section says so first."""
    view = View.of(dossier, words, book)
    return (
        Paragraph(words.say("lines.intro")),
        Callout(Tone.WARNING, words.say("lines.rtc.title"), words.say("lines.rtc.text")),
        *_warnings(view),
        _table(view),
        _candidates(view),
    )


def _warnings(view: View) -> tuple[Block, ...]:
    items = [
        Item(view.words.say("lines.warning", line=line.number, label=line.label), view.words.message(problem),
             view.book.refs(about.evidence))
        for line, about in _read(view)
        for problem in about.problems
    ]  # fmt: skip
    if not items:
        return ()
    title = Paragraph(
        view.words.say("lines.warnings", n=len(items), count=view.words.number(len(items))), tone=Tone.STRONG
    )
    return (title, ListBlock(tuple(items[:_WARNINGS_SHOWN])))


def _read(view: View) -> Iterator[tuple[Line, Classification]]:
    for line in view.dossier.bom.lines:
        about = view.about(line)
        if about is not None:
            yield line, about


def _table(view: View) -> Table:
    words = view.words
    columns = (
        Column(words.say("column.line"), "integer", 0.55),
        Column(words.say("column.part"), "text", 2.6),
        Column(words.say("column.quantity"), "text", 0.7),
        Column(words.say("column.value"), "amount", 1),
        Column(words.say("column.origin"), "text", 1.3),
        Column(words.say("column.hs"), "code", 2.1),
        Column(words.say("column.nace"), "code", 1.9),
        Column(words.say("column.process"), "text", 1.6),
        Column(words.say("column.why"), "text", 2.6),
    )
    rows = tuple(_row(view, line) for line in view.dossier.bom.lines)
    return Table("lines", words.say("lines.table"), columns, rows, words.say("sheet.lines"), wide=True)


def _row(view: View, line: Line) -> tuple[Cell, ...]:
    about = view.about(line)
    quantity = line.total_quantity or line.quantity
    return (
        view.number_cell(line),
        view.part_cell(line),
        Cell(None if quantity is None else view.words.quantity(quantity)),
        view.value_cell(line),
        view.origin_cell(line),
        *_reading(view, line, about),
    )


def _reading(view: View, line: Line, about: Classification | None) -> tuple[Cell, ...]:
    if about is None:
        return (Cell(line.hs_given or ""), Cell(""), Cell(""), Cell(""))
    words, ref = view.words, view.book.ref(about.evidence)
    best = [answers[0] if answers else None for answers in (about.hs or about.headings, about.nace, about.processes)]
    hs, nace, process = best
    process_cell = (
        Cell(None) if process is None
        else Cell(words.capability(process.code), ref, detail=view.sure(process), tone=view.tone(process))
    )  # fmt: skip
    why = _first_reasons(view, [one for one in (hs, process) if one is not None])
    return (
        _hs_cell(view, line, about, hs),
        _code_cell(view, nace, about, words.activity(nace.code) if nace else ""),
        process_cell,
        Cell(why, tone=Tone.MUTED),
    )


def _hs_cell(view: View, line: Line, about: Classification, best: Candidate | None) -> Cell:
    if line.hs_given is None:
        return _code_cell(view, best, about, view.words.hs_own(best.code) if best else "")
    detail = f"{view.words.say('lines.given')} · {short(view.words.hs_own(line.hs_given), 54)}"
    return Cell(line.hs_given, view.book.ref(line.evidence), detail=detail)


def _code_cell(view: View, best: Candidate | None, about: Classification, label: str) -> Cell:
    if best is None:
        return Cell(None)
    detail = f"{view.sure(best)} · {short(label, 46)}"
    return Cell(best.code, view.book.ref(about.evidence), detail=detail, tone=view.tone(best))


def _first_reasons(view: View, candidates: list[Candidate]) -> str:
    reasons: dict[Message, None] = {one.why[0]: None for one in candidates if one.why}
    return short(" ; ".join(view.words.message(reason) for reason in reasons), 110)


_READINGS = ("hs", "headings", "nace", "processes", "materials")


def _candidates(view: View) -> Table:
    """The best candidates of each reading with their reasons: for the workbook, pages show the first one only."""
    words = view.words
    columns = (
        Column(words.say("column.line"), "integer"),
        Column(words.say("column.part"), "text", 3),
        Column(words.say("column.reading"), "text"),
        Column(words.say("column.rank"), "integer"),
        Column(words.say("column.code"), "code"),
        Column(words.say("column.label"), "text", 3),
        Column(words.say("column.confidence"), "percent", digits=0),
        Column(words.say("column.nace"), "code"),
        Column(words.say("column.why"), "text", 4),
    )
    rows = tuple(row for line, about in _read(view) for row in _candidate_rows(view, line, about))
    return Table(
        "candidates", words.say("lines.candidates"), columns, rows, words.say("sheet.candidates"), shown=0,
        note=words.say("lines.candidates.note", sheet=words.say("sheet.candidates")),
    )  # fmt: skip


def _candidate_rows(view: View, line: Line, about: Classification) -> Iterator[tuple[Cell, ...]]:
    ref = view.book.ref(about.evidence)
    for reading in _READINGS:
        for rank, one in enumerate(getattr(about, reading)[:_BEST], 1):
            yield (
                Cell(line.number),
                Cell(line.label),
                Cell(view.words.say(f"reading.{reading}")),
                Cell(rank),
                Cell(one.code),
                Cell(candidate_label(reading, one.code, view.words)),
                Cell(_exact(one.confidence), ref),
                Cell(", ".join(one.nace)),
                Cell(" ; ".join(view.words.message(reason) for reason in one.why)),
            )


def _exact(confidence: float) -> Decimal:
    return Decimal(str(round(confidence, 4)))


SECTION = SectionMaker("lines", 40, "report.lines.title", build)
