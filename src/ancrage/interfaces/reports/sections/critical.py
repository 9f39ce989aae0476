"""The lines that a shortage or a border would stop: single points of failure, and the value made outside the EU."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ancrage.dossier.model import Dossier, Line
from ancrage.interfaces.reports import charts
from ancrage.interfaces.reports.content import (
    Block,
    Cell,
    Chart,
    Column,
    Heading,
    Paragraph,
    Table,
    Tone,
)
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.interfaces.reports.invention import bom_notice
from ancrage.interfaces.reports.labels import short
from ancrage.interfaces.reports.section import SectionMaker
from ancrage.interfaces.reports.view import View
from ancrage.interfaces.reports.words import Words

_CUT = Decimal("0.8")
_DRAWN = 15
_SHOWN = 40


def build(dossier: Dossier, words: Words, book: EvidenceBook) -> tuple[Block, ...]:
    """Critical lines."""
    view = View.of(dossier, words, book)
    return (
        Heading(words.say("critical.single")),
        *_single_points(view),
        Heading(words.say("critical.outside")),
        *_outside(view),
    )


def _single_points(view: View) -> tuple[Block, ...]:
    words, lines = view.words, view.lines_of(view.dossier.origin.single_points)
    refs = view.book.refs(view.dossier.origin.evidence)
    if not lines:
        return (Paragraph(words.say("critical.single.none"), refs, Tone.MUTED),)
    columns = (
        Column(words.say("column.line"), "integer", 0.5),
        Column(words.say("column.part"), "text", 2.6),
        Column(words.say("column.supplier"), "text", 1.7),
        Column(words.say("column.origin"), "text", 1.5),
        Column(words.say("column.value"), "amount", 1),
        Column(words.say("column.why"), "text", 1.8),
    )
    rows = tuple(
        (*_row(view, line), Cell(_why(view, line)))
        for line in lines
    )  # fmt: skip
    table = Table(
        "critical-single", words.say("critical.single.table"), columns, rows, words.say("sheet.single"), shown=_SHOWN,
        note=_cut_note(view, len(rows)),
    )  # fmt: skip
    return (Paragraph(_single_words(view), refs), table)


def _single_words(view: View) -> str:
    """What is declared and what is only to be confirmed, counted apart."""
    counts = {"declared": len(view.single_sources()), "cited": len(view.sole_suppliers())}
    return " ".join(
        view.words.say(f"critical.single.{name}", n=count, count=view.words.number(count))
        for name, count in counts.items()
        if count
    )


def _cut_note(view: View, total: int) -> str:
    return "" if total <= _SHOWN else view.words.say("table.cut", shown=_SHOWN, total=view.words.number(total))


def _why(view: View, line: Line) -> str:
    words, reasons = view.words, []
    if line.is_single_source:
        reasons.append(words.say("critical.why.single"))
    elif line.key in view.dossier.origin.single_points:
        reasons.append(words.say("critical.why.cited"))
    if line.is_critical:
        reasons.append(words.say("critical.why.critical"))
    if line.lead_time_days is not None:
        reasons.append(words.say("critical.why.lead", days=words.number(line.lead_time_days)))
    return ", ".join(reasons)


def _outside(view: View) -> tuple[Block, ...]:
    words, origin = view.words, view.dossier.origin
    refs = view.book.refs(origin.evidence)
    made = sorted((line for line in view.made_outside() if line.value is not None), key=_heaviest)
    if not made:
        return (Paragraph(words.say("critical.outside.none"), refs, Tone.MUTED),)
    if any(line.value is None or line.value.currency != origin.currency for line in made):
        return (Paragraph(words.say("critical.outside.currencies"), refs), _plain_table(view))
    shares = _running(made)
    intro = words.say(
        "critical.outside.intro", n=len(origin.outside_eu), count=words.number(len(origin.outside_eu)),
        total=words.number(len(made)),
    )  # fmt: skip
    return (Paragraph(intro, refs), _pareto(view, made, shares))


def _heaviest(line: Line) -> tuple[Decimal, int]:
    return (Decimal(0) if line.value is None else -line.value.amount, line.number)


def _running(lines: Sequence[Line]) -> list[Decimal]:
    """The running share of value, heaviest first."""
    amounts = [line.value.amount for line in lines if line.value is not None]
    total, running, shares = sum(amounts, Decimal(0)), Decimal(0), []
    for amount in amounts:
        running += amount
        shares.append(running / total if total else Decimal(0))
    return shares


def _pareto(view: View, lines: Sequence[Line], shares: Sequence[Decimal]) -> Chart:
    words = view.words
    before = [Decimal(0), *shares]
    drawn = [
        _bar(view, rank, line, (running - before[rank - 1], running))
        for rank, (line, running) in enumerate(zip(lines, shares, strict=True), 1)
    ][:_DRAWN]
    title = words.say("critical.chart")
    cut = {"at": float(_CUT), "label": words.say("critical.chart.cut")}
    notice = bom_notice(view.dossier, words)
    spec = charts.titled(title, notice, charts.pareto(drawn, [str(row["name"]) for row in drawn], cut))
    alt = f"{title}. " + " ".join(f"{row['tip']}." for row in drawn)
    return Chart("chart-pareto", title, alt, spec, _running_table(view, lines, shares))


def _bar(view: View, rank: int, line: Line, shares: tuple[Decimal, Decimal]) -> dict[str, object]:
    share, running = (view.words.percent(one) for one in shares)
    text = view.words.say("critical.chart.text", share=share, running=running)
    main = line.key in view.dossier.origin.outside_eu
    return {
        "name": f"{rank}. {short(line.label, 38)}", "rank": rank,
        "share": float(shares[0]), "running": float(shares[1]),
        "text": share, "colour": "#c2571a" if main else "#a9b2bb",
        "tip": view.words.pair(f"{rank}. {line.label}", f"{_country(view, line)}, {text}"),
    }  # fmt: skip


def _country(view: View, line: Line) -> str:
    return view.country(line.origin.country if line.origin else "")


def _columns(view: View) -> tuple[Column, ...]:
    words = view.words
    return (
        Column(words.say("column.line"), "integer", 0.5),
        Column(words.say("column.part"), "text", 2.8),
        Column(words.say("column.supplier"), "text", 1.6),
        Column(words.say("column.origin"), "text", 1.5),
        Column(words.say("column.value"), "amount", 1),
    )


def _row(view: View, line: Line) -> tuple[Cell, ...]:
    return (
        view.number_cell(line),
        view.part_cell(line),
        Cell(line.supplier),
        view.origin_cell(line),
        view.value_cell(line),
    )


def _running_table(view: View, lines: Sequence[Line], shares: Sequence[Decimal]) -> Table:
    ref = view.book.ref(view.dossier.origin.evidence)
    rows = tuple((*_row(view, line), Cell(share, ref)) for line, share in zip(lines, shares, strict=True))
    columns = (*_columns(view), Column(view.words.say("column.running"), "percent", 0.9))
    return Table(
        "critical-outside", view.words.say("critical.outside.table"), columns, rows, view.words.say("sheet.outside"),
        shown=_SHOWN, note=_cut_note(view, len(rows)),
    )  # fmt: skip


def _plain_table(view: View) -> Table:
    rows = tuple(_row(view, line) for line in view.made_outside())
    return Table(
        "critical-outside", view.words.say("critical.outside.table"), _columns(view), rows,
        view.words.say("sheet.outside"), shown=_SHOWN, note=_cut_note(view, len(rows)),
    )  # fmt: skip


SECTION = SectionMaker("critical", 30, "report.critical.title", build)
