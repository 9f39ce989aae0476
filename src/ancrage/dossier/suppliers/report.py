"""Who could make each line: a shortlist per line, and the establishments that cover most lines together.

Lines that ask the same are answered once, so that thousands of lines against hundreds of thousands of establishments
cost about a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ancrage.dossier.model import Classification, Coverage, Line, Match, Shortlist, SupplierReport
from ancrage.dossier.suppliers.assign import Offer, cover
from ancrage.dossier.suppliers.explain import Explainer, report_parameters
from ancrage.dossier.suppliers.ground import Around, Floats, Ground, survey
from ancrage.dossier.suppliers.judge import NOTHING_SAID, Judge, Standing
from ancrage.dossier.suppliers.need import Need, Ranked, need_of, need_of_text
from ancrage.dossier.suppliers.reach import reach_of
from ancrage.dossier.suppliers.retrieve import Candidates, Reading, Retriever, TextClue, clues_by_text, questions
from ancrage.dossier.suppliers.rules import Rules, load_rules
from ancrage.dossier.suppliers.score import Scorer
from ancrage.dossier.suppliers.shortlist import Ranked as Order
from ancrage.dossier.suppliers.shortlist import credible, rank, strengths
from ancrage.kernel.codes import CommuneCode, Siret
from ancrage.kernel.evidence import Evidence, Vintage
from ancrage.kernel.ports import SearchIndex
from ancrage.reference.capability import Capabilities, load_capabilities
from ancrage.reference.statement import Statement
from ancrage.reference.territory import Territory, load_territory


@dataclass(frozen=True, slots=True)
class RegisterView:
    """What is known of establishments: rows of the table `establishments` (those of the area at least), the vintage
    they come from, its text index when there is one, the statements about its sites, and the departments where the
    whole register holds open establishments (None: those of the rows)."""

    table: pa.Table
    vintage: Vintage
    index: SearchIndex | None = None
    statements: tuple[Statement, ...] = ()
    covered: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How to look: the day of the study, matches shown per line, and whether what is not a production site is shown.

    `points` is the vintage of the official points of communes that distances start at, cited in the evidence.
    """

    on: date
    top: int = 8
    with_set_aside: bool = False
    vocabulary: Capabilities = field(default_factory=load_capabilities)
    rules: Rules = field(default_factory=load_rules)
    territory: Territory = field(default_factory=load_territory)
    points: Vintage | None = None


def supplier_report(
    wanted: Sequence[tuple[Line, Classification]], register: RegisterView, around: Around, options: Options
) -> SupplierReport:
    """Who could make these lines, in their order. Raises `InputError` when the register lacks a column."""
    needs = [need_of(line, found, options.vocabulary, options.rules) for line, found in wanted]
    return answer(needs, register, around, options)


def find_suppliers(
    text: str, register: RegisterView, around: Around, options: Options, classes: Ranked = ()
) -> SupplierReport:
    """Who could answer a free question (`usinage aluminium 5 axes`). `classes` are product classes that a classifier
    reads in it, (NACE rev. 2 class, confidence), best first. The report has one shortlist, of the line `question`."""
    need = need_of_text(text, options.vocabulary, options.rules, classes)
    report = answer([need], register, around, options)
    only = report.shortlists[0]
    return replace(
        report,
        shortlists=(replace(only, matches=only.matches[: options.top]),),
        understood=need.says_something or bool(only.matches or only.set_aside),
    )


def answer(needs: Sequence[Need], register: RegisterView, around: Around, options: Options) -> SupplierReport:
    """The report of needs, one shortlist each, in their order."""
    ground = survey(register.table, around)
    search = _Search(ground, register, around, options, needs)
    same: dict[tuple[object, ...], list[Need]] = defaultdict(list)
    for need in needs:
        same[need.what].append(need)
    answers = [search.answer(group) for group in same.values()]
    picks, uncovered = cover([one.offer for one in answers], len(ground.sirets))
    shown = _shown(answers, picks, options.top)
    lists = {line: search.shortlist(line, one, shown) for one in answers for line in one.offer.lines}
    rows = sorted({*(row for row, _ in picks), *(row for one in answers for row in one.rows_of(shown))})
    order = {need.line: place for place, need in enumerate(needs)}
    evidence = _evidence(register, around, options)
    return SupplierReport(
        shortlists=tuple(lists[need.line] for need in needs),
        establishments={str(ground.sirets[row]): search.explainer.establishment(row) for row in rows},
        coverage=Coverage(
            tuple((Siret(str(ground.sirets[row])), _sorted(lines, order)) for row, lines in picks),
            _sorted(uncovered, order),
        ),
        origin_point=around.centre,
        radius_km=around.radius_km,
        crosses_border=bool(around.neighbours),
        reach=reach_of(len(ground.sirets), _covered(register), around, options.territory),
        register=register.vintage,
        evidence=evidence,
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """Everything about lines that ask the same."""

    need: Need
    readings: tuple[Reading, ...]
    found: Candidates
    standings: Mapping[int, Standing]
    texts: Mapping[int, TextClue]
    parts: dict[str, Floats]
    totals: Floats
    order: Order
    offer: Offer

    def rows_of(self, shown: Mapping[int, tuple[int, ...]]) -> list[int]:
        return [int(self.found.rows[place]) for place in shown[id(self)]]


class _Search:
    """One search on one ground."""

    def __init__(
        self, ground: Ground, register: RegisterView, around: Around, options: Options, needs: Sequence[Need]
    ) -> None:
        self._ground, self._options, self._rules = ground, options, options.rules
        self._retriever = Retriever(ground, options.vocabulary, options.rules)
        self._scorer = Scorer(ground, options.rules)
        self._judge = Judge(options.on, options.vocabulary, options.rules)
        self._said = _by_row(ground, self._judge.valid(register.statements))
        self._said_rows = np.array(list(self._said), dtype=np.int64)
        self._bearing: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
        self._texts = clues_by_text(ground, questions(needs, around), register.index, options.rules)
        self._matches: dict[tuple[int, int], Match] = {}
        self.explainer = Explainer(ground, register.vintage, options.territory)

    def answer(self, group: Sequence[Need]) -> _Answer:
        """Find, judge, score and order the candidates of needs that are the same but for their line."""
        need = group[0]
        texts = self._texts.get(need.text, {})
        said = self._bearing_on(need)
        found = self._retriever.find(need, texts, said, with_set_aside=self._options.with_set_aside)
        standings = self._standings(need, found)
        parts = self._scorer.parts(need, found, strengths(found, standings))
        totals = self._scorer.totals(parts)
        order = rank(found, totals, standings, self._ground)
        leads = np.sort(credible(found, order, standings, self._rules))
        offer = Offer(tuple(one.line for one in group), found.rows[leads], totals[leads])
        readings = self._retriever.readings(need)
        return _Answer(need, readings, found, standings, texts, parts, totals, order, offer)

    def shortlist(self, line: str, one: _Answer, shown: Mapping[int, tuple[int, ...]]) -> Shortlist:
        """The shortlist of a line; lines that ask the same share their matches."""
        matches = tuple(self._match(one, place) for place in shown[id(one)])
        return Shortlist(line, matches, one.order.leads, one.found.beside)

    def _bearing_on(self, need: Need) -> list[int]:
        key = (need.main, need.steps)
        if key not in self._bearing:
            self._bearing[key] = [
                row for row, said in self._said.items() if any(self._judge.bears_on(one, need) for one in said)
            ]
        return self._bearing[key]

    def _standings(self, need: Need, found: Candidates) -> dict[int, Standing]:
        """What is said of each candidate of whom anything is said."""
        here = np.intersect1d(found.rows, self._said_rows, assume_unique=True).tolist()
        standings = {row: self._judge.standing(need, self._said[row]) for row in here}
        return {row: standing for row, standing in standings.items() if standing.strength > 0}

    def _match(self, one: _Answer, place: int) -> Match:
        key = (id(one), place)
        if key not in self._matches:
            self._matches[key] = self._explained(one, place)
        return self._matches[key]

    def _explained(self, one: _Answer, place: int) -> Match:
        row, number = int(one.found.rows[place]), int(one.found.reading[place])
        reading = one.readings[number] if number >= 0 else None
        is_close = float(one.found.closeness[place]) >= self._rules.closeness["lead"]
        clues = self.explainer.clues(row, reading, one.texts.get(row), is_close=is_close)
        standing = one.standings.get(row, NOTHING_SAID)
        verdict = self._judge.verdict(one.need, standing, clues, is_lead=bool(one.found.is_lead[place]))
        missing = (*verdict.missing, *self.explainer.unknowns(row))
        return Match(
            siret=Siret(str(self._ground.sirets[row])),
            score=float(one.totals[place]),
            parts=self._scorer.explained(one.parts, place),
            distance_km=self.explainer.distance(row),
            verdict=replace(verdict, missing=missing),
            reading="process" if reading is None else reading.kind.value,
        )


def _by_row(ground: Ground, statements: Iterable[Statement]) -> dict[int, tuple[Statement, ...]]:
    """The statements about each row of the ground, by row; those about sites elsewhere are left."""
    found: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        row = ground.row_of(statement.siret)
        if row is not None:
            found[row].append(statement)
    return {row: tuple(found[row]) for row in sorted(found)}


def _shown(
    answers: Sequence[_Answer], picks: Sequence[tuple[int, tuple[str, ...]]], top: int
) -> dict[int, tuple[int, ...]]:
    """The candidates shown for each answer: the best ones, and the picks that cover its lines."""
    owner = {line: one for one in answers for line in one.offer.lines}
    shown = {id(one): one.order.places[:top].tolist() for one in answers}
    for row, lines in picks:
        for one in {id(owner[line]): owner[line] for line in lines}.values():
            place = int(np.searchsorted(one.found.rows, row))
            if place not in shown[id(one)]:
                shown[id(one)].append(place)
    return {key: tuple(places) for key, places in shown.items()}


def _covered(register: RegisterView) -> set[str]:
    """The departments of the register, else those of the open rows of the view."""
    if register.covered is not None:
        return set(register.covered)
    communes = register.table.filter(pc.field("active")).column("commune").unique().to_pylist()
    return {CommuneCode(code).department for code in communes if code}


def _sorted(lines: Iterable[str], order: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(lines, key=lambda line: order[line]))


def _evidence(register: RegisterView, around: Around, options: Options) -> Evidence:
    parameters = report_parameters(
        options.rules,
        radius_km=around.radius_km,
        top=options.top,
        with_set_aside=options.with_set_aside,
        neighbours=around.neighbours,
    )
    sources = {statement.evidence.source: statement.evidence for statement in register.statements}
    inputs = tuple(
        Evidence(source, "statement.read", one.vintage, inputs=one.inputs) for source, one in sorted(sources.items())
    )
    if options.points is not None:
        inputs = (*inputs, Evidence(options.points.source, "territory.with_points", options.points))
    return Evidence(register.vintage.source, "suppliers.report", register.vintage, parameters=parameters, inputs=inputs)
