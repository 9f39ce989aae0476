"""Read a bill of materials or a purchases file: three outcomes, exact totals, every doubtful cell named.

```text
RawSheet -> columns (what each says) -> rows (drafts) -> tree -> explode -> lines, totals, coverage
```

Nothing is guessed in silence: what is doubtful is a warning that names its line and column and stays unknown, what
makes the whole file doubtful (a required column, a loop in the tree, cells beyond the headings) rejects it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ancrage.dossier.bom import summary
from ancrage.dossier.bom.cells import is_distributor
from ancrage.dossier.bom.columns import Layout, lay_out, missing
from ancrage.dossier.bom.duplicates import duplicates
from ancrage.dossier.bom.explode import Exploded, TreeError, explode, shown
from ancrage.dossier.bom.prices import convert, settle
from ancrage.dossier.bom.rows import Draft, RowReader
from ancrage.dossier.bom.sheet import RawSheet, column_letter
from ancrage.dossier.bom.sums import Sums, check_sums
from ancrage.dossier.bom.tree import Tree, by_level, by_parent, disagreements, flat, total_kind
from ancrage.dossier.model import BomReading, Line, Origin, PriceBasis, Problem, Severity, SheetKind, Status
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.message import Message, message
from ancrage.kernel.money import Rate
from ancrage.kernel.quantity import Quantity


def read_bom(
    sheet: RawSheet, source: Evidence, *, mapping: Mapping[str, str] | None = None, rates: Sequence[Rate] = ()
) -> BomReading:
    """Everything a sheet says. `source` is the evidence of the file (its sha-256).

    `mapping` gives the meaning of headings that the user confirmed (`{"item": "Désignation"}`, `-` to set aside);
    `rates` convert currencies, otherwise totals stay apart per currency. Raises `UsageError` when `mapping` names a
    heading or a field that does not exist. A bad file is not an exception: it is a reading with status `REJECTED`.
    """
    problems = list(sheet.problems)
    if not any(cell is not None for row in sheet.rows for cell in row):
        return rejected([*problems, Problem(Severity.ERROR, message("bom.empty"))], source)
    layout = lay_out(sheet, mapping or {})
    problems.extend(layout.problems)
    kind, lack = missing(layout)
    if lack is not None:
        problems.append(replace(lack, line=sheet.numbers[layout.header]))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return rejected(problems, source, layout.understood, kind)
    return _Reading(sheet, layout, kind, problems).whole(source, rates)


def rejected(
    problems: Sequence[Problem],
    source: Evidence,
    understood: Mapping[str, str] | None = None,
    kind: SheetKind = SheetKind.BILL,
) -> BomReading:
    """A reading of which nothing is kept: errors first."""
    ordered = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    return BomReading(Status.REJECTED, kind, (), tuple(ordered), {}, {}, understood or {}, source)


def refused(text: Message, source: Evidence) -> BomReading:
    """The reading of a file that could not be opened as a sheet at all (the message of a `FileRefusedError`)."""
    place = dict(text.parameters).get("line")
    return rejected([Problem(Severity.ERROR, text, place if isinstance(place, int) else None)], source)


class _Reading:
    """One reading under way."""

    def __init__(self, sheet: RawSheet, layout: Layout, kind: SheetKind, problems: list[Problem]) -> None:
        self.sheet, self.layout, self.kind, self.problems = sheet, layout, kind, problems
        self.reader = RowReader(sheet, layout, problems, kind)
        self.sums = Sums(self.reader)
        self.rows: list[int] = []

    def whole(self, source: Evidence, rates: Sequence[Rate]) -> BomReading:
        self.source, self.rates = source, rates
        drafts = self._drafts()
        if not drafts:
            self._say(Severity.ERROR, message("bom.no_line"))
        if self._is_rejected():
            return rejected(self.problems, self.source, self.layout.understood, self.kind)
        try:
            tree = self._tree(drafts)
            self._check_quantities(drafts, tree)
            drafts = [convert(draft, self.rates) for draft in drafts]
            exploded = explode(drafts, tree, is_cumulated=self._is_cumulated())
        except TreeError as error:
            self.problems.append(error.problem)
            return rejected(self.problems, self.source, self.layout.understood, self.kind)
        lines = tuple(self._line(index, drafts, tree, exploded) for index in range(len(drafts)))
        self._finish(drafts, lines, exploded)
        if self._is_rejected():
            return rejected(self.problems, self.source, self.layout.understood, self.kind)
        warned = any(problem.severity is Severity.WARNING for problem in self.problems)
        status = Status.ACCEPTED_WITH_WARNINGS if warned else Status.ACCEPTED
        totals, coverage = summary.totals(lines), summary.coverage(lines)
        ordered = sorted(self.problems, key=lambda problem: problem.severity is Severity.NOTE)
        return BomReading(
            status, self.kind, lines, tuple(ordered), totals, coverage, self.layout.understood, self.source
        )

    def _is_cumulated(self) -> bool:
        """Only a total quantity per product is given: it is not multiplied down the tree again."""
        column = self.layout.first("total_quantity")
        is_alone = column is not None and self.layout.first("quantity") is None
        if is_alone and column is not None:
            self._say(Severity.NOTE, message("bom.quantity.cumulated", heading=column.name), None, column.name)
        return is_alone

    def _say(self, severity: Severity, text: Message, line: int | None = None, column: str | None = None) -> None:
        self.problems.append(Problem(severity, text, line, column))

    def _is_rejected(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    # --- rows ----------------------------------------------------------------------------------------------------

    def _drafts(self) -> list[Draft]:
        drafts: list[Draft] = []
        names = self._places("item", "label")
        idle = self._places("currency", "unit", "line_number")
        for row in range(self.layout.header + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[row]
            filled = [index for index, cell in enumerate(cells) if cell is not None and index not in idle]
            if not filled or self._is_set_aside(row, filled, names, drafts):
                continue
            self._check_width(row, filled)
            draft = self.reader.read(row)
            drafts.append(draft)
            self.rows.append(row)
        return drafts

    def _places(self, *names: str) -> set[int]:
        return {column.index for name in names for column in self.layout.columns.get(name, ())}

    def _is_set_aside(self, row: int, filled: list[int], names: set[int], drafts: Sequence[Draft]) -> bool:
        """A row that is not a part: a sum, the headings again, or a lone title or remark."""
        cells, line = self.sheet.rows[row], self.sheet.numbers[row]
        kind = total_kind(cells)
        if kind is not None:
            self.problems.append(self.sums.add(kind, row, drafts))
            return True
        if len(filled) >= 2 and cells == self.sheet.rows[self.layout.header]:
            self._say(Severity.NOTE, message("bom.row.heading_again"), line)
            return True
        is_sum, problem = self.sums.judge(row, drafts) if len(filled) > 1 else (False, None)
        if problem is not None:
            self.problems.append(problem)
            return is_sum
        if len(filled) > 1 or (self.layout.width < 3 and filled[0] in names):
            return False
        text = str(cells[filled[0]])[:60]
        severity = Severity.WARNING if filled[0] in names else Severity.NOTE
        self._say(severity, message("bom.row.aside", text=text), line, column_letter(filled[0]))
        return True

    def _check_width(self, row: int, filled: list[int]) -> None:
        line, width = self.sheet.numbers[row], self.layout.width
        if filled[-1] >= width and self.sheet.is_text:
            self._say(Severity.ERROR, message("bom.row.wide", cells=filled[-1] + 1, headings=width), line)
        elif self.sheet.is_text and len(self.sheet.rows[row]) < width:
            text = message("bom.row.short", cells=len(self.sheet.rows[row]), headings=width)
            self._say(Severity.WARNING, text, line)

    # --- tree ----------------------------------------------------------------------------------------------------

    def _tree(self, drafts: Sequence[Draft]) -> Tree:
        level, parent = self.layout.first("level"), self.layout.first("parent")
        if level is not None and any(draft.level is not None for draft in drafts):
            tree, problems = by_level(drafts, level.name)
            self._reject_on(problems)
            if parent is not None:
                self.problems.extend(disagreements(drafts, tree, parent.name))
            return tree
        if parent is not None and any(draft.parent is not None for draft in drafts):
            tree, problems = by_parent(drafts, parent.name)
            self.problems.extend(problems)
            return tree
        return flat(drafts)

    def _reject_on(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            if problem.severity is Severity.ERROR:
                raise TreeError(problem)
        self.problems.extend(problems)

    def _check_quantities(self, drafts: Sequence[Draft], tree: Tree) -> None:
        """A missing quantity is unknown and said; the finished product at the top of a tree is one by definition."""
        if self.kind is SheetKind.PURCHASES:
            return
        inner = {parent for parent in tree.parents if parent is not None}
        tops = [index for index, parent in enumerate(tree.parents) if parent is None]
        column = self.layout.first("quantity") or self.layout.first("total_quantity")
        name = column.name if column else None
        for index, draft in enumerate(drafts):
            if draft.item is None and draft.label is None:
                self._say(Severity.WARNING, message("bom.row.nameless"), draft.number)
            if draft.quantity == 0:
                self._say(Severity.WARNING, message("bom.quantity.zero"), draft.number, name)
            if draft.quantity is None and tops == [index] and tree.nodes[index] in inner:
                draft.quantity = Decimal(1)
                self._say(Severity.NOTE, message("bom.quantity.product"), draft.number, name)
            elif draft.quantity is None:
                self._say(Severity.WARNING, message("bom.quantity.unknown"), draft.number, name)

    # --- lines ---------------------------------------------------------------------------------------------------

    def _line(self, index: int, drafts: Sequence[Draft], tree: Tree, exploded: Exploded) -> Line:
        draft = drafts[index]
        is_nested = tree.parents[index] is not None
        price = settle(draft, exploded.times[index], exploded.totals[index], is_nested=is_nested)
        if price.issue is not None:
            column = self.layout.first("line_total")
            self._say(Severity.WARNING, price.issue, draft.number, column.name if column else None)
        evidence = Evidence(self.source.source, "bom.read", self.source.vintage, f"L{draft.number}")
        total = exploded.totals[index]
        label = draft.label or draft.item or draft.category or draft.supplier or ""
        return Line(
            number=draft.number, item=draft.item, label=label, parent=_parent(index, drafts, tree),
            level=tree.levels[index],
            quantity=None if draft.quantity is None else Quantity(draft.quantity, draft.unit),
            total_quantity=None if total is None else Quantity(total, draft.unit),
            unit_price=price.unit, price_basis=price.basis, supplier=draft.supplier,
            supplier_is_distributor=draft.supplier is not None and is_distributor(draft.supplier),
            origin=None if draft.origin is None or draft.basis is None else Origin(draft.origin, draft.basis, evidence),
            seller_country=draft.seller, dispatch_country=draft.dispatch, hs_given=draft.hs, material=draft.material,
            process=draft.process, unit_mass=draft.mass, lead_time_days=draft.delay, is_critical=draft.critical,
            is_single_source=draft.single, annual_volume=draft.volume, is_assembly=exploded.is_assembly[index],
            counts=exploded.counts[index], evidence=evidence, amount=price.amount, made_at=draft.made_at,
        )  # fmt: skip

    # --- what must be said of the whole ----------------------------------------------------------------------------

    def _finish(self, drafts: Sequence[Draft], lines: Sequence[Line], exploded: Exploded) -> None:
        for index, costs in exploded.double_priced.items():
            price = lines[index].unit_price
            own = shown({price.currency: price.amount}) if price else shown({})
            text = message("bom.assembly.priced", label=lines[index].label[:60], own=own, components=shown(costs))
            self._say(Severity.WARNING, text, lines[index].number)
        self._check_cumulated(drafts, lines)
        is_flat = not any(line.is_assembly for line in lines)
        self.problems.extend(check_sums(self.reader, self.sums.rows, lines, is_flat=is_flat))
        self.problems.extend(duplicates(self.sheet, self.layout, self.rows, lines))
        self.problems.extend(self._notes(lines))

    def _check_cumulated(self, drafts: Sequence[Draft], lines: Sequence[Line]) -> None:
        column = self.layout.first("total_quantity")
        for draft, line in zip(drafts, lines, strict=True):
            ours = line.total_quantity
            if draft.total_quantity is not None and ours is not None and draft.total_quantity != ours.value:
                text = message("bom.quantity.total", written=draft.total_quantity, ours=ours.value)
                self._say(Severity.WARNING, text, draft.number, column.name if column else None)

    def _notes(self, lines: Sequence[Line]) -> Iterator[Problem]:
        deduced = sum(line.price_basis is PriceBasis.DEDUCED for line in lines)
        if deduced:
            yield Problem(Severity.NOTE, message("bom.price.deduced", n=deduced))
        sellers = Counter(line.supplier for line in lines if line.supplier_is_distributor)
        if sellers:
            names = ", ".join(str(name) for name, _ in sellers.most_common(10))
            yield Problem(Severity.NOTE, message("bom.distributors", n=sum(sellers.values()), names=names))
        if "origin" not in self.layout.columns and self.layout.columns.keys() & {"seller_country", "dispatch_country"}:
            yield Problem(Severity.NOTE, message("bom.origin.not_seller"))
        if self.kind is SheetKind.PURCHASES:
            yield Problem(Severity.NOTE, message("bom.purchases.limits"))
        for rate in self.rates:
            day = rate.on
            yield Problem(Severity.NOTE, message("bom.rate.used", source=rate.source, target=rate.target,
                                                 value=rate.value, on=day))  # fmt: skip
        if len(summary.totals(lines)) > 1:
            yield Problem(Severity.NOTE, message("bom.currency.several", currencies=", ".join(summary.totals(lines))))


def _parent(index: int, drafts: Sequence[Draft], tree: Tree) -> str | None:
    parent = tree.parents[index]
    if isinstance(parent, int):
        return drafts[parent].item or drafts[parent].label
    return parent if parent is not None else drafts[index].parent
