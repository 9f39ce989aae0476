"""From rows of cells to drafts of lines: one pass, each doubtful cell named, nothing computed between lines yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ancrage.dossier.bom import cells
from ancrage.dossier.bom.amounts import AmountReader
from ancrage.dossier.bom.columns import Column, Layout
from ancrage.dossier.bom.numbers import Convention, Number, convention, read_number
from ancrage.dossier.bom.sheet import Cell, Merge, RawSheet
from ancrage.dossier.model import OriginBasis, Problem, Severity, SheetKind
from ancrage.kernel.codes import HsCode
from ancrage.kernel.message import Message, message
from ancrage.kernel.money import EXACT, Money
from ancrage.kernel.quantity import Quantity

FRANCE = "FR"
_NUMERIC = (
    "quantity",
    "factor",
    "total_quantity",
    "unit_price",
    "price_base",
    "line_total",
    "annual_amount",
    "unit_mass",
    "lead_time",
    "annual_volume",
)


@dataclass(slots=True)
class Draft:
    """A line as read from its row, before the tree is understood. `quantity` has the factors multiplied in."""

    number: int
    item: str | None = None
    label: str | None = None
    category: str | None = None
    parent: str | None = None
    level: str | None = None
    quantity: Decimal | None = None
    total_quantity: Decimal | None = None
    unit: str = "piece"
    price: Money | None = None
    amount: Money | None = None
    supplier: str | None = None
    origin: str | None = None
    basis: OriginBasis | None = None
    seller: str | None = None
    dispatch: str | None = None
    made_at: str | None = None
    hs: HsCode | None = None
    material: str | None = None
    process: str | None = None
    mass: Quantity | None = None
    delay: Decimal | None = None
    critical: bool | None = None
    single: bool | None = None
    volume: Decimal | None = None

    @property
    def value(self) -> Money | None:
        """What the row alone is worth: its amount, else price times quantity."""
        if self.amount is not None or self.price is None or self.quantity is None:
            return self.amount
        return self.price.times(self.quantity)


@dataclass(slots=True)
class RowReader:
    """Reads rows under one layout. `problems` grows as rows are read."""

    sheet: RawSheet
    layout: Layout
    problems: list[Problem]
    kind: SheetKind = SheetKind.BILL
    stated: set[str] = field(default_factory=set)
    _rules: dict[int, Convention] = field(default_factory=dict)
    _merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    _amounts: AmountReader = field(init=False)

    def __post_init__(self) -> None:
        body = self.sheet.rows[self.layout.header + 1 :]
        for name in _NUMERIC:
            for column in self.layout.columns.get(name, ()):
                rule = convention(row[column.index] if column.index < len(row) else None for row in body)
                self._rules[column.index] = rule
                self._state_rule(column, rule)
        self._read_merges()
        self._amounts = AmountReader(self)

    # --- what the file as a whole says ---------------------------------------------------------------------------

    def _state_rule(self, column: Column, rule: Convention) -> None:
        line = self.sheet.numbers[self.layout.header]
        if rule.decimal == "mixed":
            self.problems.append(Problem(Severity.WARNING, message("bom.number.mixed"), line, column.name))
        elif rule.decimal is not None:
            text = message("bom.number.mark", heading=column.name, mark=rule.decimal)
            self.problems.append(Problem(Severity.NOTE, text, line, column.name))

    def _read_merges(self) -> None:
        """A merged text stands for every row of the area; a merged number cannot be shared out: it stays unknown."""
        for merge in self.sheet.merges:
            if merge.last_row > merge.first_row and merge.last_row > self.layout.header:
                self._read_merge(merge)

    def _read_merge(self, merge: Merge) -> None:
        for name, columns in self.layout.columns.items():
            for column in columns:
                if merge.first_column <= column.index <= merge.last_column and name not in {"detail", "line_number"}:
                    first = self._number(merge.first_row)
                    code = "bom.merged.number" if name in _NUMERIC else "bom.merged.text"
                    text = message(code, first=first, last=self._number(merge.last_row), heading=column.name)
                    self.problems.append(Problem(Severity.WARNING, text, first, column.name))
                    for row in range(merge.first_row, min(merge.last_row + 1, len(self.sheet.rows))):
                        self._merged[row, column.index] = (merge.first_row, merge.first_column)

    def _number(self, row: int) -> int:
        return self.sheet.numbers[row] if row < len(self.sheet.numbers) else row + 1

    def warn_once(self, code: str, column: Column, **parameters: str) -> None:
        """A warning about the whole file, on its headings."""
        if code not in self.stated:
            self.stated.add(code)
            line = self.sheet.numbers[self.layout.header]
            self.problems.append(Problem(Severity.WARNING, message(code, **parameters), line, column.name))

    def rule(self, column: Column) -> Convention:
        """How the numbers of a column are written."""
        return self._rules.get(column.index, Convention())

    # --- one cell ------------------------------------------------------------------------------------------------

    def cell(self, row: int, column: Column) -> Cell:
        """The cell of a row, merged areas followed."""
        if self._merged:
            row, index = self._merged.get((row, column.index), (row, column.index))
        else:
            index = column.index
        found = self.sheet.rows[row]
        return found[index] if index < len(found) else None

    def doubt(self, row: int, column: Column | None, issue: Message | None) -> None:
        """Name a doubtful cell."""
        if issue is not None:
            name = column.name if column else None
            self.problems.append(Problem(Severity.WARNING, issue, self.sheet.numbers[row], name))

    def _text(self, row: int, name: str, read: Callable[[Cell], cells.Read] = cells.read_known) -> str | None:
        for column in self.layout.columns.get(name, ()):
            value, issue = read(self.cell(row, column))
            self.doubt(row, column, issue)
            if value is not None:
                return value
        return None

    def numeric(self, row: int, column: Column) -> Number:
        """The number of a cell; a doubtful, negative or merged one stays unknown."""
        if self._merged and (row, column.index) in self._merged:
            return Number()
        number = read_number(self.cell(row, column), self._rules[column.index])
        self.doubt(row, column, number.issue)
        if number.value is not None and number.value < 0:
            self.doubt(row, column, message("bom.number.negative", value=number.value))
            return Number()
        return number

    # --- one row -------------------------------------------------------------------------------------------------

    def read(self, row: int) -> Draft:
        """The draft of one row."""
        draft = Draft(self.sheet.numbers[row])
        draft.item = self._text(row, "item", cells.read_reference)
        draft.parent = self._text(row, "parent", cells.read_reference)
        draft.label = self._text(row, "label", cells.read_text)
        draft.category = self._text(row, "category")
        draft.level = self._text(row, "level", cells.read_text)
        draft.supplier = self._text(row, "supplier")
        draft.material = self._text(row, "material")
        draft.process = self._text(row, "process")
        self._read_quantity(row, draft)
        self._amounts.read(row, draft)
        self._read_places(row, draft)
        self._read_rest(row, draft)
        self._amounts.bring_to_one(row, draft)
        return draft

    def _read_quantity(self, row: int, draft: Draft) -> None:
        first = self.layout.first("quantity") or self.layout.first("total_quantity")
        if first is None:
            return
        number = self.numeric(row, first)
        draft.quantity = number.value
        unit = self._unit(row, first, number)
        if unit is not None:
            draft.unit = unit
        for column in self.layout.columns.get("factor", ()):
            factor = self.numeric(row, column).value
            if factor is None and draft.quantity is not None:
                self.doubt(row, column, message("bom.factor.absent"))
            draft.quantity = (
                None if factor is None or draft.quantity is None else EXACT.multiply(draft.quantity, factor)
            )
        total = self.layout.first("total_quantity")
        if total is not None and total != first:
            draft.total_quantity = self.numeric(row, total).value

    def _unit(self, row: int, quantity: Column, number: Number) -> str | None:
        column = self.layout.first("unit")
        if column is not None:
            unit, issue = cells.read_unit(self.cell(row, column))
            self.doubt(row, column, issue)
            if unit is not None:
                return unit
        written = number.suffix or quantity.heading.unit
        if written is None:
            return None
        unit, issue = cells.read_unit(written)
        self.doubt(row, quantity, issue)
        return unit

    def _read_places(self, row: int, draft: Draft) -> None:
        for name, attribute in (("seller_country", "seller"), ("dispatch_country", "dispatch"), ("origin", "origin")):
            column = self.layout.first(name)
            if column is None:
                continue
            country, is_supposed, issue = cells.read_country(self.cell(row, column))
            self.doubt(row, column, issue)
            setattr(draft, attribute, country)
            if is_supposed:
                text = message("bom.country.supposed", text=str(self.cell(row, column))[:60])
                self.problems.append(Problem(Severity.NOTE, text, self.sheet.numbers[row], column.name))
            if name == "origin" and country is not None:
                draft.basis = OriginBasis.SUPPOSED if is_supposed else OriginBasis.COMPANY_WORD
        column = self.layout.first("origin_basis")
        if column is not None and draft.origin is not None:
            basis, issue = cells.read_basis(self.cell(row, column))
            self.doubt(row, column, issue)
            if draft.basis is not OriginBasis.SUPPOSED:
                draft.basis = basis or draft.basis
        self._read_made_at(row, draft)

    def _read_made_at(self, row: int, draft: Draft) -> None:
        """A place of manufacture in France says that the origin is France; it never corrects one that is given."""
        column = self.layout.first("made_at")
        if column is None:
            return
        place, issue = cells.read_place(self.cell(row, column))
        self.doubt(row, column, issue)
        if place is not None and draft.origin is None:
            draft.origin, draft.basis = FRANCE, OriginBasis.COMPANY_WORD
        if place is not None and draft.origin != FRANCE:
            self.doubt(row, column, message("bom.made_at.abroad", place=place, country=draft.origin or ""))
            place = None
        draft.made_at = place

    def _read_rest(self, row: int, draft: Draft) -> None:
        readers: Mapping[str, tuple[str, Callable[[Cell, Column], tuple[object, Message | None]]]] = {
            "hs": ("hs", lambda cell, _: cells.read_hs(cell)),
            "unit_mass": ("mass", lambda cell, c: cells.read_mass(cell, self._rules[c.index], c.heading.unit)),
            "lead_time": ("delay", lambda cell, c: cells.read_days(cell, self._rules[c.index], c.heading.unit)),
            "critical": ("critical", lambda cell, _: cells.read_flag(cell, is_criticality=True)),
            "single_source": ("single", lambda cell, _: cells.read_flag(cell)),
        }
        for name, (attribute, read) in readers.items():
            column = self.layout.first(name)
            if column is not None and (row, column.index) not in self._merged:
                value, issue = read(self.cell(row, column), column)
                self.doubt(row, column, issue)
                setattr(draft, attribute, value)
        column = self.layout.first("annual_volume")
        if column is not None:
            draft.volume = self.numeric(row, column).value
