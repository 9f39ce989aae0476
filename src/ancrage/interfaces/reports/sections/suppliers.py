"""Who could make the parts: the map, the establishments that cover most lines, a shortlist per line with its score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ancrage.dossier.model import Dossier, Establishment, Line, Match, ScorePart, Shortlist, SupplierReport
from ancrage.interfaces.reports import charts
from ancrage.interfaces.reports.content import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Table,
    Tone,
)
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.interfaces.reports.invention import register_notice
from ancrage.interfaces.reports.labels import short
from ancrage.interfaces.reports.map_chart import Frame, Key, map_of
from ancrage.interfaces.reports.register_reach import reach_callout
from ancrage.interfaces.reports.section import SectionMaker
from ancrage.interfaces.reports.view import View
from ancrage.interfaces.reports.words import Words
from ancrage.kernel.message import Message
from ancrage.kernel.verdict import Ability

_DETAILED = 8
_BEST = 3
_LISTED = 300
_PICKS = 15
_ON_MAP = 250
_SITES = 60
_NAMED = 15


def build(dossier: Dossier, words: Words, book: EvidenceBook) -> tuple[Block, ...]:
    """Suppliers; absent when no line is to relocate."""
    view = View.of(dossier, words, book)
    if not dossier.suppliers.shortlists:
        return ()
    blocks: list[Block] = [
        Paragraph(words.say("suppliers.intro", area=view.area()), book.refs(dossier.suppliers.evidence)),
        ListBlock(
            tuple(
                Item(words.pair(words.say(f"verdict.{one}"), "").rstrip(), words.say(f"verdict.{one}.meaning"))
                for one in Ability
            )
        ),
        *_reserves(view),
    ]
    if any(found.matches for found in dossier.suppliers.shortlists):
        blocks += [
            Heading(words.say("suppliers.cover")),
            *_cover(view),
            *_map(view),
        ]
    blocks += [Heading(words.say("suppliers.lines")), _per_line(view), *_detail(view)]
    return tuple(blocks)


def _reserves(view: View) -> Iterator[Block]:
    words, suppliers = view.words, view.dossier.suppliers
    yield from reach_callout(suppliers, words, view.book.refs(suppliers.evidence))
    if suppliers.crosses_border:
        beyond = words.listed([words.country(code) for code in _neighbours(suppliers)])
        text = words.say("suppliers.border.text", countries=beyond)
        yield Callout(Tone.WARNING, words.say("suppliers.border.title"), text, view.book.refs(suppliers.evidence))
    aside: Counter[str] = Counter()
    for found in suppliers.shortlists:
        for kind, count in found.set_aside.items():
            aside[kind] = max(aside[kind], count)
    kinds = [
        f"{words.message(Message(f'suppliers.kind.{kind}'))} ({words.number(count)})"
        for kind, count in sorted(aside.items())
        if count
    ]
    if kinds:
        text = words.say("suppliers.aside.text", kinds=words.listed(kinds))
        yield Callout(Tone.INFO, words.say("suppliers.aside.title"), text, view.book.refs(suppliers.evidence))


def _neighbours(suppliers: SupplierReport) -> list[str]:
    """The foreign countries that the radius reaches, as the evidence of the search has them."""
    found = dict(suppliers.evidence.parameters).get("neighbours", "")
    return [code.strip() for code in str(found).split(",") if code.strip()]


def _cover(view: View) -> Iterator[Block]:
    words, coverage = view.words, view.dossier.suppliers.coverage
    columns = (
        Column(words.say("column.rank"), "integer", 0.5),
        Column(words.say("column.establishment"), "text", 2.4),
        Column(words.say("column.town"), "text", 1.3),
        Column(words.say("column.distance"), "integer", 0.7),
        Column(words.say("column.headcount"), "text", 1.1),
        Column(words.say("column.adds"), "integer", 0.8),
        Column(words.say("column.parts"), "text", 3.4),
    )
    rows = tuple(_cover_row(view, rank, siret, lines) for rank, (siret, lines) in enumerate(coverage.picks, 1))
    left = len(coverage.uncovered)
    note = words.say("suppliers.cover.note", n=left, count=words.number(left)) if left else ""
    yield Table(
        "suppliers-cover", words.say("suppliers.cover.table"), columns, rows, words.say("sheet.cover"), shown=_PICKS,
        note=note,
    )  # fmt: skip


def _cover_row(view: View, rank: int, siret: str, lines: tuple[str, ...]) -> tuple[Cell, ...]:
    site = view.site(siret)
    distances = [match.distance_km for _, match in view.matches_of(siret) if match.distance_km is not None]
    parts = [short(line.label, 42) for line in view.lines_of(lines[:4])]
    if len(lines) > 4:
        parts.append(view.words.say("more", n=len(lines) - 4))
    return (
        Cell(rank),
        _site_cell(view, site),
        Cell(site.commune_name),
        view.distance(min(distances) if distances else None),
        view.band(site),
        Cell(len(lines), view.book.ref(view.dossier.suppliers.evidence)),
        Cell(" ; ".join(parts)),
    )


def _site_cell(view: View, site: Establishment) -> Cell:
    label = view.words.activity(site.activity) if site.activity else ""
    detail = f"{site.siret} · {site.activity} {short(label, 48)}" if site.activity else site.siret
    return Cell(view.site_name(site), view.book.ref(site.evidence), detail=detail)


def _reach(view: View, sites: Mapping[str, list[tuple[str, Match]]]) -> float:
    """Half the side of the map: the circle and every establishment are inside."""
    distances = [match.distance_km for found in sites.values() for _, match in found if match.distance_km is not None]
    return max([20.0, view.dossier.suppliers.radius_km or 0.0, *distances]) * 1.06


def _map(view: View) -> tuple[Block, ...]:
    """The map around the site; absent when the site has no point."""
    words, suppliers = view.words, view.dossier.suppliers
    if suppliers.origin_point is None:
        return ()
    found: dict[str, list[tuple[str, Match]]] = {}
    for shortlist in suppliers.shortlists:
        for match in shortlist.matches:
            found.setdefault(match.siret, []).append((shortlist.line, match))
    ordered = sorted(found, key=lambda siret: (-len(found[siret]), siret))
    ranks = _rank_labels(view)
    points = [
        point
        for siret in ordered[:_ON_MAP]
        if (point := _point(view, siret, found[siret], ranks.get(siret, ""))) is not None
    ]
    title = words.say("suppliers.map.chart")
    verdicts = tuple((one.value, words.say(f"verdict.{one}")) for one in Ability if one in _abilities(found))
    key = Key(words.say("suppliers.map.site"), words.say("suppliers.map.lines"), words.say("column.verdict"), verdicts)
    body = map_of(Frame(suppliers.origin_point, _reach(view, found), suppliers.radius_km), points, key)
    notice = register_notice(view.dossier, words)
    alt = words.say("suppliers.map.alt", n=len(points), count=words.number(len(points)), title=title)
    chart = Chart("chart-map", title, alt, charts.titled(title, notice, body), _sites_table(view, ordered, found))
    return (Heading(words.say("suppliers.map")), Paragraph(words.say("suppliers.map.numbers"), tone=Tone.MUTED), chart)


def _rank_labels(view: View) -> dict[str, str]:
    """The ranks of the establishments that cover most lines; those of one town share a label, on the first."""
    towns: dict[str, list[tuple[str, int]]] = {}
    for rank, (siret, _) in enumerate(view.dossier.suppliers.coverage.picks[:_NAMED], 1):
        if view.site(siret).point is not None:
            towns.setdefault(view.site(siret).commune, []).append((str(siret), rank))
    return {found[0][0]: ", ".join(str(rank) for _, rank in found) for found in towns.values()}


def _abilities(found: Mapping[str, list[tuple[str, Match]]]) -> set[Ability]:
    return {match.verdict.ability for matches in found.values() for _, match in matches}


def _strongest(matches: list[tuple[str, Match]]) -> Ability:
    return min((match.verdict.ability for _, match in matches), key=lambda ability: ability.rank)


def _point(view: View, siret: str, matches: list[tuple[str, Match]], rank: str) -> dict[str, object] | None:
    site = view.site(siret)
    if site.point is None:
        return None
    verdict = view.words.say(f"verdict.{_strongest(matches)}")
    lines = view.words.say("lines", n=len(matches), count=view.words.number(len(matches)))
    approximate = f" ({view.words.say('point.approximate')})" if site.point_basis == "approximate" else ""
    name = view.site_name(site)
    return {
        "lon": site.point[0], "lat": site.point[1], "lines": len(matches), "verdict": verdict,
        "rank": rank,
        "tip": f"{name}, {site.commune_name}{approximate} · {lines} · {verdict}",
    }  # fmt: skip


def _sites_table(view: View, ordered: list[str], found: Mapping[str, list[tuple[str, Match]]]) -> Table:
    words = view.words
    columns = (
        Column(words.say("column.establishment"), "text", 2.6),
        Column(words.say("column.siret"), "code", 1.2),
        Column(words.say("column.activity"), "code", 0.8),
        Column(words.say("column.town"), "text", 1.2),
        Column(words.say("column.distance"), "integer", 0.7),
        Column(words.say("column.headcount"), "text", 1.1),
        Column(words.say("column.point"), "text", 0.9),
        Column(words.say("column.lines"), "integer", 0.6),
        Column(words.say("column.verdict"), "text", 1.1),
    )
    rows = tuple(_site_row(view, siret, found[siret]) for siret in ordered)
    note = "" if len(rows) <= _SITES else words.say("table.cut", shown=_SITES, total=words.number(len(rows)))
    return Table(
        "suppliers-sites", words.say("suppliers.sites.table"), columns, rows, words.say("sheet.sites"), shown=_SITES,
        note=note, wide=True,
    )  # fmt: skip


def _site_row(view: View, siret: str, matches: list[tuple[str, Match]]) -> tuple[Cell, ...]:
    site = view.site(siret)
    distances = [match.distance_km for _, match in matches if match.distance_km is not None]
    basis = view.words.say(f"point.{site.point_basis}") if site.point_basis else None
    return (
        Cell(view.site_name(site), view.book.ref(site.evidence)),
        Cell(site.siret),
        Cell(site.activity),
        Cell(site.commune_name),
        view.distance(min(distances) if distances else None),
        view.band(site),
        Cell(basis),
        Cell(len(matches)),
        Cell(view.words.say(f"verdict.{_strongest(matches)}")),
    )


def _per_line(view: View) -> Table:
    words = view.words
    columns = (
        Column(words.say("column.line"), "integer", 0.5),
        Column(words.say("column.part"), "text", 2.6),
        Column(words.say("column.value"), "amount", 1),
        Column(words.say("column.leads"), "integer", 0.7),
        *(Column(words.say("column.lead", rank=rank), "text", 2) for rank in (1, 2, 3)),
    )
    lists = view.dossier.suppliers.shortlists
    rows = tuple(_line_row(view, found) for found in lists)
    note = "" if len(rows) <= _LISTED else words.say("table.cut", shown=_LISTED, total=words.number(len(rows)))
    return Table(
        "suppliers-lines", words.say("suppliers.lines.table"), columns, rows, words.say("sheet.shortlists"),
        shown=_LISTED, note=note, wide=True,
    )  # fmt: skip


def _line_row(view: View, found: Shortlist) -> tuple[Cell, ...]:
    line = view.lines[found.line]
    leads = [_lead_cell(view, match) for match in found.matches[:3]]
    return (
        view.number_cell(line),
        view.part_cell(line),
        view.value_cell(line),
        Cell(found.found, view.book.ref(view.dossier.suppliers.evidence)),
        *leads,
        *[Cell("")] * (3 - len(leads)),
    )


def _lead_cell(view: View, match: Match) -> Cell:
    site = view.site(match.siret)
    town = site.commune_name
    if match.distance_km is not None:
        town = view.words.say("site.at", town=town, distance=view.words.number(Decimal(round(match.distance_km))))
    return Cell(view.site_name(site), view.book.ref(site.evidence), detail=town)


def _detail(view: View) -> tuple[Table, Table]:
    """Scores broken down: the best leads of the heaviest lines for pages, all of them for the workbook."""
    words, lists, terms = view.words, view.dossier.suppliers.shortlists, _terms(view)
    columns = (
        Column(words.say("column.line"), "integer", 0.5),
        Column(words.say("column.part"), "text", 1.6),
        Column(words.say("column.establishment"), "text", 2),
        Column(words.say("column.distance"), "integer", 0.5),
        Column(words.say("column.headcount"), "text", 0.95),
        Column(words.say("column.score"), "decimal", 0.6, 2),
        *(Column(_term(words, part), "decimal", 0.8, 2) for part in terms),
        Column(words.say("column.verdict"), "text", 1),
        Column(words.say("column.why"), "text", 2.4),
        Column(words.say("column.missing"), "text", 2.1),
    )
    shown = _match_rows(view, terms, lists[:_DETAILED], _BEST)
    every = _match_rows(view, terms, lists, None)
    sheet = words.say("sheet.scores")
    note = words.say("suppliers.detail.cut", shown=len(shown), total=words.number(len(every)), sheet=sheet)
    title = words.say("suppliers.detail.table")
    note = (
        f"{words.say('suppliers.detail.score')} {note}"
        if len(shown) < len(every)
        else words.say("suppliers.detail.score")
    )
    return (
        Table("suppliers-detail", title, columns, shown, note=note, wide=True),
        Table("suppliers-scores", title, columns, every, sheet, shown=0),
    )


def _match_rows(
    view: View, terms: Sequence[ScorePart], lists: Sequence[Shortlist], best: int | None
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_match_row(view, view.lines[one.line], match, terms) for one in lists for match in one.matches[:best])


def _match_row(view: View, line: Line, match: Match, terms: Sequence[ScorePart]) -> tuple[Cell, ...]:
    site, ref = view.site(match.siret), view.book.ref(view.dossier.suppliers.evidence)
    reasons = [view.words.message(reason.text) for reason in match.verdict.reasons]
    missing = [view.words.message(text) for text in match.verdict.missing]
    return (
        view.number_cell(line),
        Cell(short(line.label, 60)),
        _site_cell(view, site),
        view.distance(match.distance_km),
        view.band(site),
        Cell(Decimal(str(round(match.score, 4))), ref),
        *_term_cells(match, terms),
        Cell(view.words.say(f"verdict.{match.verdict.ability}"), detail=view.words.say(f"reading.by.{match.reading}")),
        Cell(" ".join(reasons)),
        Cell(" ".join(missing)),
    )


def _terms(view: View) -> tuple[ScorePart, ...]:
    """The terms of the score, each once, in the order of the first match."""
    found = {
        part.name: part for one in view.dossier.suppliers.shortlists for match in one.matches for part in match.parts
    }
    return tuple(found.values())


def _term(words: Words, part: ScorePart) -> str:
    return words.say("score.term", name=words.message(Message(part.name)), weight=words.percent(part.weight, 0))


def _term_cells(match: Match, terms: Sequence[ScorePart]) -> list[Cell]:
    values = {part.name: Cell(Decimal(str(part.value))) for part in match.parts}
    return [values.get(part.name, Cell("")) for part in terms]


SECTION = SectionMaker("suppliers", 50, "report.suppliers.title", build)
