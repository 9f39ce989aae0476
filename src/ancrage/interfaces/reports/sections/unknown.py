"""What is not known, ordered by what it weighs, and whom to ask."""

from __future__ import annotations

from decimal import Decimal

from ancrage.dossier.model import Dossier, Line, OriginBasis, Severity
from ancrage.interfaces.reports.content import Block, Cell, Column, Heading, Item, ListBlock, Paragraph, Table, Tone
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.interfaces.reports.section import SectionMaker
from ancrage.interfaces.reports.view import View
from ancrage.interfaces.reports.words import Words

_SHOWN = 150
_PROBLEMS = 100
_GAPS = ("origin", "price", "quantity", "supplier", "code")


def build(dossier: Dossier, words: Words, book: EvidenceBook) -> tuple[Block, ...]:
    """The unknown; says so when nothing is missing."""
    view = View.of(dossier, words, book)
    gaps = [(line, found) for line in _by_weight(view) if (found := gaps_of(view, line))]
    blocks: list[Block] = [Paragraph(words.say("unknown.intro"), tone=Tone.PLAIN)]
    if gaps:
        blocks += [_how(view, gaps), Heading(words.say("unknown.lines")), _table(view, gaps)]
    else:
        blocks.append(Paragraph(words.say("unknown.none"), tone=Tone.GOOD))
    if word := _only_said(view):
        blocks.append(Paragraph(word, book.refs(dossier.bom.source)))
    headcounts = _unknown_headcounts(view)
    if headcounts:
        blocks.append(Paragraph(headcounts, book.refs(dossier.suppliers.evidence)))
    if dossier.bom.problems:
        blocks += [Heading(words.say("unknown.file")), _problems(view)]
    return tuple(blocks)


def _by_weight(view: View) -> list[Line]:
    criticality = view.dossier.origin.criticality

    def weight(line: Line) -> tuple[Decimal, Decimal, int]:
        value = Decimal(0) if line.value is None else line.value.amount
        return (-criticality.get(line.key, Decimal(0)), -value, line.number)

    return sorted(view.dossier.bom.counting, key=weight)


def gaps_of(view: View, line: Line) -> tuple[str, ...]:
    """What is missing on a line: origin, price, quantity, supplier, code (customs code not given and not sure)."""
    about = view.about(line)
    best = (about.hs or about.headings) if about else ()
    missing = {
        "origin": line.origin is None or line.origin.basis is OriginBasis.SUPPOSED,
        "price": line.value is None,
        "quantity": line.quantity is None and view.dossier.bom.kind == "bill-of-materials",
        "supplier": line.supplier is None,
        "code": line.hs_given is None and (not best or best[0].confidence < 0.5),
    }
    return tuple(gap for gap in _GAPS if missing[gap])


def _how(view: View, gaps: list[tuple[Line, tuple[str, ...]]]) -> ListBlock:
    words = view.words
    counts = {gap: sum(gap in found for _, found in gaps) for gap in _GAPS}
    return ListBlock(
        tuple(
            Item(
                words.say(f"unknown.gap.{gap}", n=counts[gap], count=words.number(counts[gap])),
                words.say(f"unknown.how.{gap}"),
            )
            for gap in _GAPS
            if counts[gap]
        )
    )


def _table(view: View, gaps: list[tuple[Line, tuple[str, ...]]]) -> Table:
    words = view.words
    columns = (
        Column(words.say("column.line"), "integer", 0.5),
        Column(words.say("column.part"), "text", 2.8),
        Column(words.say("column.value"), "amount", 1),
        Column(words.say("column.missing"), "text", 2.2),
        Column(words.say("column.ask"), "text", 2.2),
    )
    rows = tuple(_row(view, line, found) for line, found in gaps)
    note = "" if len(rows) <= _SHOWN else words.say("table.cut", shown=_SHOWN, total=words.number(len(rows)))
    return Table(
        "unknown-lines", words.say("unknown.table"), columns, rows, words.say("sheet.unknown"), shown=_SHOWN, note=note
    )


def _row(view: View, line: Line, found: tuple[str, ...]) -> tuple[Cell, ...]:
    words = view.words
    asked = dict.fromkeys(_whom(view, line, gap) for gap in found)
    return (
        view.number_cell(line),
        view.part_cell(line),
        view.value_cell(line),
        Cell(", ".join(_named_gap(words, line, gap) for gap in found)),
        Cell(" ; ".join(asked)),
    )


def _named_gap(words: Words, line: Line, gap: str) -> str:
    if gap == "origin" and line.origin is not None:
        return words.say("unknown.short.weak", country=words.country(line.origin.country))
    return words.say(f"unknown.short.{gap}")


def _whom(view: View, line: Line, gap: str) -> str:
    if gap == "origin" and line.supplier is not None:
        return view.words.say("unknown.ask.named", supplier=line.supplier)
    return view.words.say(f"unknown.ask.{'supplier_missing' if gap == 'origin' else gap}")


def _only_said(view: View) -> str:
    """The origins that rest on the company's word alone."""
    said = [line for line in view.dossier.bom.counting if line.origin and line.origin.basis is OriginBasis.COMPANY_WORD]
    return view.words.say("unknown.word", n=len(said), count=view.words.number(len(said))) if said else ""


def _unknown_headcounts(view: View) -> str:
    sites = view.dossier.suppliers.establishments.values()
    unknown = sum(site.band is None for site in sites)
    unnamed = sum(site.name is None for site in sites)
    sentences = []
    if unknown:
        sentences.append(view.words.say("unknown.headcount", n=unknown, count=view.words.number(unknown)))
    if unnamed:
        sentences.append(view.words.say("unknown.unnamed", n=unnamed, count=view.words.number(unnamed)))
    return " ".join(sentences)


def _problems(view: View) -> Table:
    words, problems = view.words, view.dossier.bom.problems
    order = list(Severity)
    ordered = sorted(problems, key=lambda one: (order.index(one.severity), one.line or 0))
    ref = view.book.ref(view.dossier.bom.source)
    rows = tuple(
        (
            Cell(
                words.say(f"severity.{one.severity}"), tone=Tone.MUTED if one.severity is Severity.NOTE else Tone.PLAIN
            ),
            Cell("" if one.line is None else one.line, ref),
            Cell(one.column or ""),
            Cell(words.message(one.text)),
        )
        for one in ordered
    )
    columns = (
        Column(words.say("column.severity"), "text", 1),
        Column(words.say("column.line"), "integer", 0.6),
        Column(words.say("column.column"), "text", 1.3),
        Column(words.say("column.message"), "text", 5),
    )
    note = "" if len(rows) <= _PROBLEMS else words.say("table.cut", shown=_PROBLEMS, total=words.number(len(rows)))
    return Table(
        "file-problems", words.say("unknown.file.table"), columns, rows, words.say("sheet.problems"), shown=_PROBLEMS,
        note=note,
    )  # fmt: skip


SECTION = SectionMaker("unknown", 60, "report.unknown.title", build)
