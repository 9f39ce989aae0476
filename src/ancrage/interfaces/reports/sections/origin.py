"""Where the lines come from: shares by zone and country under the three weightings, concentration, how it is known."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from ancrage.dossier.model import Dossier, OriginBasis, Weighting, Zone
from ancrage.interfaces.reports import charts
from ancrage.interfaces.reports.content import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
)
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.interfaces.reports.invention import bom_notice
from ancrage.interfaces.reports.labels import short
from ancrage.interfaces.reports.section import SectionMaker
from ancrage.interfaces.reports.view import UNKNOWN_COUNTRY, View
from ancrage.interfaces.reports.words import Words
from ancrage.kernel.evidence import Figure

_COUNTRIES_DRAWN = 12


def build(dossier: Dossier, words: Words, book: EvidenceBook) -> tuple[Block, ...]:
    """Origin, with the coverage beside each total."""
    view = View.of(dossier, words, book)
    blocks: list[Block] = [
        Paragraph(words.say("origin.intro"), book.refs(dossier.origin.evidence)),
        Paragraph(_coverage(view), book.refs(dossier.bom.source), Tone.MUTED),
        Heading(words.say("origin.zones")),
        _zones(view),
        Heading(words.say("origin.countries")),
        _countries(view),
        Heading(words.say("origin.concentration")),
        Paragraph(words.say("origin.hhi.meaning")),
        Facts(_concentration(view)),
        Heading(words.say("origin.known")),
        _bases(view),
        Callout(Tone.INFO, words.say("origin.seller.title"), words.say("origin.seller.text")),
    ]
    return tuple(blocks)


def _coverage(view: View) -> str:
    words, coverage = view.words, view.dossier.bom.coverage
    known = {key: words.percent(coverage.get(key, Decimal(0))) for key in ("origin", "price", "supplier", "hs")}
    text = words.say("origin.coverage", **known)
    absent = [words.say(f"origin.nothing.{weighting}") for weighting in Weighting if weighting not in _present(view)]
    return " ".join((text, *absent))


def _present(view: View) -> list[Weighting]:
    """The weightings under which something weighs."""
    return [weighting for weighting in Weighting if view.dossier.origin.by_zone.get(weighting)]


def _weighting_columns(view: View) -> list[Column]:
    return [Column(view.words.say(f"weighting.{weighting}"), "percent", 1) for weighting in _present(view)]


def _share_row(view: View, key: str, label: str, by: str) -> tuple[Cell, ...]:
    ref = view.book.ref(view.dossier.origin.evidence)
    found = {weighting: view.shares(weighting, by).get(key) for weighting in _present(view)}
    count = found.get(Weighting.COUNT)
    cells = [Cell(one.share if one else Decimal(0), ref) for one in found.values()]
    tone = Tone.MUTED if key == UNKNOWN_COUNTRY else Tone.PLAIN
    return (Cell(label, tone=tone), Cell(count.lines if count else 0, ref), *cells, _weight_cell(view, key, by))


def _weight_cell(view: View, key: str, by: str) -> Cell:
    one = view.shares(Weighting.VALUE, by).get(key)
    currency = view.dossier.origin.currency
    if currency is None:
        return Cell("")
    return Cell(one.weight if one else Decimal(0), view.book.ref(view.dossier.origin.evidence), currency)


def _share_columns(view: View, first: str) -> tuple[Column, ...]:
    words = view.words
    amount = Column(words.say("column.value"), "amount", 1.2)
    return (
        Column(first, "text", 2.2),
        Column(words.say("column.lines"), "integer", 0.8),
        *_weighting_columns(view),
        amount,
    )


def _zones(view: View) -> Chart:
    words = view.words
    zones = [(zone.value, words.say(f"zone.{zone}")) for zone in Zone]
    rows = tuple(_share_row(view, key, label, "zone") for key, label in zones)
    table = Table(
        "origin-zones", words.say("origin.zones.table"), _share_columns(view, words.say("column.zone")), rows,
        words.say("sheet.zones"),
    )  # fmt: skip
    bars = [words.say(f"weighting.{weighting}") for weighting in _present(view)]
    drawn = [
        _slice(view, weighting, rank, key, label)
        for weighting in _present(view)
        for rank, (key, label) in enumerate(zones)
        if key in view.shares(weighting) and view.shares(weighting)[key].share > 0
    ]
    title = words.say("origin.zones.chart")
    spec = charts.titled(title, _notice(view), charts.stacked_shares(drawn, bars, zones))
    alt = f"{title}. " + " ".join(str(row["tip"]) + "." for row in drawn)
    return Chart("chart-zones", title, alt, spec, table)


def _slice(view: View, weighting: Weighting, rank: int, key: str, label: str) -> dict[str, object]:
    share = view.shares(weighting)[key]
    text = view.words.percent(share.share)
    bar = view.words.say(f"weighting.{weighting}")
    return {
        "bar": bar, "zone": label, "order": rank, "share": float(share.share),
        "text": text if share.share >= Decimal("0.055") else "", "light": charts.is_light(key),
        "tip": view.words.pair(f"{bar}, {label}", text),
    }  # fmt: skip


def _notice(view: View) -> str:
    return bom_notice(view.dossier, view.words)


def _country_keys(view: View) -> list[str]:
    by = Weighting.VALUE if view.dossier.origin.by_country.get(Weighting.VALUE) else Weighting.COUNT
    first = [one.key for one in view.dossier.origin.by_country[by]]
    others = [one.key for one in view.dossier.origin.by_country[Weighting.COUNT] if one.key not in first]
    return [*first, *others]


def _countries(view: View) -> Chart:
    words = view.words
    keys = _country_keys(view)
    rows = tuple(_share_row(view, key, view.country(key), "country") for key in keys)
    table = Table(
        "origin-countries", words.say("origin.countries.table"), _share_columns(view, words.say("column.country")),
        rows, words.say("sheet.countries"),
    )  # fmt: skip
    by = Weighting.VALUE if view.dossier.origin.by_country.get(Weighting.VALUE) else Weighting.COUNT
    shares = view.shares(by, "country")
    drawn = [_bar(view, by, key) for key in keys if key in shares][:_COUNTRIES_DRAWN]
    title = words.say("origin.countries.chart", weighting=words.say(f"weighting.in.{by}"))
    spec = charts.titled(title, _notice(view), charts.ranked_bars(drawn, [str(row["name"]) for row in drawn]))
    alt = f"{title}. " + " ".join(str(row["tip"]) + "." for row in drawn)
    return Chart("chart-countries", title, alt, spec, table)


def _bar(view: View, by: Weighting, key: str) -> dict[str, object]:
    share = view.shares(by, "country")[key]
    text, name = view.words.percent(share.share), short(view.country(key), 34)
    lines = view.words.say("lines", n=share.lines, count=view.words.number(share.lines))
    colour = charts.ZONE_COLOURS[Zone.UNKNOWN] if key == UNKNOWN_COUNTRY else charts.ACCENT
    return {
        "name": name, "value": float(share.share), "text": f"{text} · {lines}", "colour": colour,
        "tip": view.words.pair(name, f"{text}, {lines}"),
    }  # fmt: skip


def _concentration(view: View) -> tuple[Fact, ...]:
    origin = view.dossier.origin
    countries = [
        _hhi(
            view, view.words.say("origin.hhi.countries", weighting=view.words.say(f"weighting.in.{weighting}")), figure
        )
        for weighting, figure in origin.hhi.items()
    ]
    return (*countries, _hhi(view, view.words.say("origin.hhi.suppliers"), origin.supplier_hhi))


def _hhi(view: View, label: str, figure: Figure[Decimal]) -> Fact:
    words = view.words
    if figure.value is None:
        note = words.message(figure.note) if figure.note is not None else ""
        return Fact(label, words.say("unknown"), note, view.book.ref(figure.evidence))
    level = "low" if figure.value < Decimal("0.15") else "middle" if figure.value <= Decimal("0.25") else "high"
    equivalent = words.number(1 / figure.value, 1) if figure.value else words.say("unknown")
    detail = words.say(f"origin.hhi.{level}", equivalent=equivalent)
    if figure.coverage is not None:
        detail += " " + words.say("origin.hhi.coverage", share=words.percent(figure.coverage))
    return Fact(label, words.number(figure.value, 2), detail, view.book.ref(figure.evidence))


def _bases(view: View) -> Table:
    words = view.words
    counts = Counter("" if line.origin is None else line.origin.basis.value for line in view.dossier.bom.counting)
    ref = view.book.ref(view.dossier.bom.source)
    total = max(1, len(view.dossier.bom.counting))
    rows = [
        (Cell(words.say(f"basis.{basis}")), Cell(counts[basis], ref), Cell(Decimal(counts[basis]) / total, ref))
        for basis in OriginBasis
        if counts[basis]
    ]
    rows.append(
        (Cell(words.say("basis.none"), tone=Tone.MUTED), Cell(counts[""], ref), Cell(Decimal(counts[""]) / total, ref))
    )
    columns = (
        Column(words.say("column.basis"), "text", 3),
        Column(words.say("column.lines"), "integer", 1),
        Column(words.say("column.share_of_lines"), "percent", 1),
    )
    return Table("origin-bases", words.say("origin.known.table"), columns, tuple(rows), words.say("sheet.bases"))


SECTION = SectionMaker("origin", 20, "report.origin.title", build)
