"""What a director reads in one minute: the product, what is known, what matters, what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ancrage.dossier.model import Dossier, Line, SheetKind, Weighting, Zone
from ancrage.interfaces.reports.content import (
    Block,
    Callout,
    Cell,
    Column,
    Fact,
    Facts,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Table,
    Tone,
)
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.interfaces.reports.labels import short
from ancrage.interfaces.reports.requests_out import asked_lines
from ancrage.interfaces.reports.section import SectionMaker
from ancrage.interfaces.reports.view import OUTSIDE_EU, View
from ancrage.interfaces.reports.words import Words
from ancrage.kernel.money import Money

_HEAVIEST = 6
_STEPS = 3
_NAMED = 4


def build(dossier: Dossier, words: Words, book: EvidenceBook) -> tuple[Block, ...]:
    """The summary. A purchases file says what it cannot give."""
    view = View.of(dossier, words, book)
    blocks: list[Block] = [_headline(view), Facts(_facts(view))]
    if dossier.bom.kind is SheetKind.PURCHASES:
        blocks.append(Callout(Tone.INFO, words.say("summary.purchases.title"), words.say("summary.purchases.text")))
    if dossier.origin.to_relocate:
        blocks += [Heading(words.say("summary.heaviest")), _heaviest(view)]
    steps = next_steps(view)
    if steps:
        blocks += [Heading(words.say("summary.next")), ListBlock(steps, ordered=True)]
    return tuple(blocks)


def _headline(view: View) -> Paragraph:
    words, bom, origin = view.words, view.dossier.bom, view.dossier.origin
    count = len(bom.counting)
    text = words.say("summary.lines", n=count, product=view.dossier.product, lines=words.number(count))
    return Paragraph(f"{text} {_origin_sentences(view)}", view.book.refs(bom.source, origin.evidence), Tone.STRONG)


def _origin_sentences(view: View) -> str:
    words, counting = view.words, view.dossier.bom.counting
    known = sum(line.origin is not None for line in counting)
    if not known:
        return words.say("summary.known.none")
    total = words.number(len(counting))
    found = {zone: view.countries_of(zone) for zone in (Zone.WORLD, Zone.EEA_UK)}
    said = [_zone_sentence(words, zone, countries, total) for zone, countries in found.items() if countries]
    return " ".join(
        (
            words.say("summary.known", n=known, known=words.number(known)),
            *(said or [words.say("summary.outside.none", total=total)]),
        )
    )


def _zone_sentence(words: Words, zone: Zone, countries: Mapping[str, int], total: str) -> str:
    named = [f"{words.country(code)} ({words.number(count)})" for code, count in list(countries.items())[:_NAMED]]
    if len(countries) > _NAMED:
        named.append(words.say("summary.outside.others", n=len(countries) - _NAMED))
    count = sum(countries.values())
    return words.say(
        f"summary.outside.{zone}", n=count, count=words.number(count), total=total, countries=words.listed(named)
    )


def _facts(view: View) -> tuple[Fact, ...]:
    return (
        _lines_fact(view),
        _value_fact(view),
        *_outside_facts(view),
        _unknown_fact(view),
        _single_fact(view),
        _leads_fact(view),
    )


def _lines_fact(view: View) -> Fact:
    words, bom = view.words, view.dossier.bom
    assemblies = sum(line.is_assembly for line in bom.lines)
    detail = words.say("summary.fact.assemblies", n=assemblies, count=words.number(assemblies)) if assemblies else ""
    return Fact(words.say("summary.fact.lines"), words.number(len(bom.counting)), detail, view.book.ref(bom.source))


def _value_fact(view: View) -> Fact:
    words, origin = view.words, view.dossier.origin
    totals = view.dossier.bom.totals
    detail = words.say("summary.fact.coverage", share=words.percent(view.dossier.bom.coverage.get("price", Decimal(0))))
    if origin.total.value is not None and origin.currency is not None:
        text = words.round_amount(Money(origin.total.value, origin.currency))
    elif totals:
        text = " + ".join(words.round_amount(Money(amount, currency)) for currency, amount in totals.items())
    else:
        text = words.say("unknown")
    return Fact(words.say("summary.fact.value"), text, detail, view.book.ref(origin.total.evidence))


def _outside_facts(view: View) -> tuple[Fact, ...]:
    words, facts = view.words, []
    for weighting in Weighting:
        share = view.share(weighting, OUTSIDE_EU)
        unknown = view.share(weighting, (Zone.UNKNOWN,))
        if share is None or unknown is None:
            text, detail = words.say("unknown"), words.say(f"summary.fact.nothing.{weighting}")
        elif unknown == 1:
            text, detail = words.say("unknown"), words.say("summary.fact.all_unknown")
        else:
            text, detail = words.percent(share), words.say("summary.fact.unknown_share", share=words.percent(unknown))
        label = words.say(f"summary.fact.outside.{weighting}")
        tone = Tone.WARNING if share else Tone.PLAIN
        facts.append(Fact(label, text, detail, view.book.ref(view.dossier.origin.evidence), tone))
    return tuple(facts)


def _unknown_fact(view: View) -> Fact:
    words, lines = view.words, view.without_origin()
    share = words.percent(Decimal(len(lines)) / Decimal(max(1, len(view.dossier.bom.counting))))
    return Fact(
        words.say("summary.fact.unknown"),
        words.number(len(lines)),
        words.say("summary.fact.of_lines", share=share),
        view.book.ref(view.dossier.origin.evidence),
    )


def _single_fact(view: View) -> Fact:
    words, declared, cited = view.words, view.single_sources(), view.sole_suppliers()
    label, ref = words.say("summary.fact.single"), view.book.ref(view.dossier.origin.evidence)
    is_said = any(line.is_single_source is not None for line in view.dossier.bom.counting)
    details = [] if is_said else [words.say("summary.fact.single.unsaid")]
    if cited:
        details.append(words.say("summary.fact.single.cited", n=len(cited), count=words.number(len(cited))))
    text = words.number(len(declared)) if is_said else words.say("unknown")
    return Fact(label, text, " ; ".join(details), ref)


def _leads_fact(view: View) -> Fact:
    words, suppliers = view.words, view.dossier.suppliers
    with_leads = sum(bool(found.matches) for found in suppliers.shortlists)
    total = len(view.dossier.origin.to_relocate)
    detail = words.say("summary.fact.leads_of", n=total, total=words.number(total), area=view.area())
    tone = Tone.GOOD if with_leads else Tone.PLAIN
    return Fact(
        words.say("summary.fact.leads"), words.number(with_leads), detail, view.book.ref(suppliers.evidence), tone
    )


def _heaviest(view: View) -> Table:
    words = view.words
    columns = (
        Column(words.say("column.line"), "integer", 0.5),
        Column(words.say("column.part"), "text", 3),
        Column(words.say("column.origin"), "text", 1.7),
        Column(words.say("column.value"), "amount", 1.1),
        Column(words.say("column.leads"), "integer", 0.7),
        Column(words.say("column.nearest"), "text", 2.2),
    )
    lines = view.lines_of(view.dossier.origin.to_relocate)
    rows = tuple(_heavy_row(view, same) for same in _same_parts(lines)[:_HEAVIEST])
    note = words.say("summary.heaviest.note", n=len(lines), total=words.number(len(lines)))
    return Table("summary-heaviest", words.say("summary.heaviest.caption"), columns, rows, note=note)


def _same_parts(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines that name the same part, of the same origin, together: at the rank of the heaviest."""
    found: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        origin = None if line.origin is None else (line.origin.country, line.origin.basis)
        found.setdefault((line.item, line.label, origin), []).append(line)
    return list(found.values())


def _heavy_row(view: View, same: Sequence[Line]) -> tuple[Cell, ...]:
    line = same[0]
    found = view.shortlists.get(line.key)
    best = found.matches[0] if found and found.matches else None
    nearest = Cell("")
    if best is not None:
        site = view.site(best.siret)
        town = site.commune_name
        if best.distance_km is not None:
            town = view.words.say("site.at", town=town, distance=view.words.number(Decimal(round(best.distance_km))))
        nearest = Cell(view.site_name(site), view.book.ref(site.evidence), detail=town)
    return (
        _numbers_cell(view, same),
        view.part_cell(line),
        view.origin_cell(line),
        _values_cell(view, same),
        Cell(found.found if found else 0),
        nearest,
    )


def _numbers_cell(view: View, same: Sequence[Line]) -> Cell:
    """The rows of the file, one or several."""
    first = view.number_cell(same[0])
    return first if len(same) == 1 else replace(first, value=", ".join(str(line.number) for line in same))


def _values_cell(view: View, same: Sequence[Line]) -> Cell:
    """Their value together; unknown when one is, or when they have no common currency."""
    if len(same) == 1:
        return view.value_cell(same[0])
    values = [line.value for line in same]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or len({value.currency for value in known}) > 1:
        return Cell(None)
    return Cell(sum((value.amount for value in known), Decimal(0)), unit=known[0].currency)


def next_steps(view: View) -> tuple[Item, ...]:
    """At most three things to do next, in the order of what they would change."""
    steps = [
        step for step in (_ask_origins(view), _qualify(view), _secure(view), _verify_code(view)) if step is not None
    ]
    return tuple(steps[:_STEPS])


def _ask_origins(view: View) -> Item | None:
    words, lines = view.words, view.without_origin()
    if not lines:
        return None
    lead = words.say("summary.step.origins", n=len(lines), count=words.number(len(lines)))
    letters = asked_lines(view.dossier)
    if not letters:
        return Item(lead, words.say("summary.step.origins.no_supplier"))
    supplier, asked = letters[0]
    text = words.say("summary.step.origins.first", supplier=supplier, n=len(asked), count=words.number(len(asked)))
    return Item(lead, text)


def _qualify(view: View) -> Item | None:
    words, picks = view.words, view.dossier.suppliers.coverage.picks
    if not picks:
        return None
    siret, lines = picks[0]
    site = view.site(siret)
    return Item(
        words.say("summary.step.qualify", name=view.site_name(site), town=site.commune_name),
        words.say(f"summary.step.qualify.{view.strongest(siret)}", n=len(lines), count=words.number(len(lines))),
        view.book.refs(view.dossier.suppliers.evidence),
    )


def _secure(view: View) -> Item | None:
    """The heaviest line said to be single-source, else the heaviest critical part with one supplier named."""
    declared, cited = view.single_sources(), view.sole_suppliers()
    if not declared and not cited:
        return None
    lines, why = (declared, "declared") if declared else (cited, "cited")
    return Item(
        view.words.say("summary.step.secure", label=short(lines[0].label, 70)),
        view.words.say(f"summary.step.secure.{why}", n=len(lines), count=view.words.number(len(lines))),
        view.book.refs(lines[0].evidence),
    )


def _verify_code(view: View) -> Item | None:
    for line in view.lines_of(view.dossier.origin.to_relocate):
        about = view.about(line)
        if line.hs_given is None and about is not None and about.hs:
            code = about.hs[0]
            text = view.words.say(
                "summary.step.code.why", code=code.code, label=short(view.words.hs_own(code.code), 70)
            )
            return Item(
                view.words.say("summary.step.code", label=short(line.label, 70)), text, view.book.refs(about.evidence)
            )
    return None


SECTION = SectionMaker("summary", 10, "report.summary.title", build)
