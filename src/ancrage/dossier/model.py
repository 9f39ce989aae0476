"""Values that the steps of a dossier share. All frozen: a step returns new values, it never changes one.

A dossier follows a bill of materials from its lines to the establishments that could make them:

```text
RawSheet -> BomReading (lines, problems, totals)      bom.read, bom.explode
         -> Classification per line                   bom.classify
         -> OriginReport                              bom.origin
         -> Shortlist per line, Coverage over lines   suppliers
         -> Dossier                                   assemble
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ancrage.kernel.codes import HsCode, Siret
from ancrage.kernel.evidence import Evidence, Figure, Vintage
from ancrage.kernel.message import Message
from ancrage.kernel.money import Money
from ancrage.kernel.quantity import Quantity
from ancrage.kernel.verdict import Verdict

# --- the bill of materials ------------------------------------------------------------------------------------------


class Severity(StrEnum):
    """`ERROR` rejects the whole file; `WARNING` names a doubtful line or cell; `NOTE` states what was understood."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to know about a file. `line` is the file's own line or row number, header counted; `column` the heading
    as written, or the column letter when it has none."""

    severity: Severity
    text: Message
    line: int | None = None
    column: str | None = None

    @property
    def code(self) -> str:
        """The message's code: stable, for programs."""
        return self.text.code


class Status(StrEnum):
    """The three outcomes of a reading."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    REJECTED = "rejected"


class OriginBasis(StrEnum):
    """How an origin is known, strongest first. A seller's country is never an origin."""

    CUSTOMS_DOCUMENT = "customs-document"
    SUPPLIER_DECLARATION = "supplier-declaration"
    MARKING = "marking"
    COMPANY_WORD = "company-word"
    SUPPOSED = "supposed"


@dataclass(frozen=True, slots=True)
class Origin:
    """The country where a part was made (ISO 3166-1 alpha-2, XK included), and how that is known."""

    country: str
    basis: OriginBasis
    evidence: Evidence


class PriceBasis(StrEnum):
    """A price that was given, or one that was deduced from a line total."""

    GIVEN = "given"
    DEDUCED = "deduced"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill of materials, as understood. None means unknown, never zero nor no.

    `number` is the file's own row; `quantity` is per parent as written; `total_quantity` per finished product, after
    the tree was multiplied down; both are None when unknown, and in a purchases file, which has none. `is_assembly` is
    true when other lines stand under it: its components count, its own price does not when they are priced. `origin`
    is the country of manufacture, `made_at` the place in France where that is known (typed: `commune:25056`,
    `departement:25`, `siret:…`); `seller_country` and `dispatch_country` are other facts and never stand for it.
    """

    number: int
    item: str | None
    label: str
    parent: str | None
    level: int | None
    quantity: Quantity | None
    total_quantity: Quantity | None
    unit_price: Money | None
    price_basis: PriceBasis | None
    supplier: str | None
    supplier_is_distributor: bool
    origin: Origin | None
    seller_country: str | None
    dispatch_country: str | None
    hs_given: HsCode | None
    material: str | None
    process: str | None
    unit_mass: Quantity | None
    lead_time_days: Decimal | None
    is_critical: bool | None
    is_single_source: bool | None
    annual_volume: Decimal | None
    is_assembly: bool
    counts: bool
    """False for an assembly whose priced components count instead of it."""
    evidence: Evidence
    amount: Money | None = None
    """The line's whole amount when the file gave that and not a unit price: exact, where a deduced price is rounded."""
    made_at: str | None = None

    @property
    def key(self) -> str:
        """A stable name of the line inside its file."""
        return f"L{self.number}"

    @property
    def value(self) -> Money | None:
        """The given amount, else unit price times total quantity; None when unknown or when the line does not count."""
        if not self.counts:
            return None
        if self.amount is not None:
            return self.amount
        if self.unit_price is None or self.total_quantity is None:
            return None
        return self.unit_price.times(self.total_quantity.value)


class SheetKind(StrEnum):
    """A bill of materials (parts of a product), or a purchases file (supplier, category, yearly amount)."""

    BILL = "bill-of-materials"
    PURCHASES = "purchases"


@dataclass(frozen=True, slots=True)
class BomReading:
    """What a file gave. On `REJECTED`, there is no line and no total.

    `totals` are exact amounts by currency of the lines that count; `coverage` is, for `price`, `origin`, `supplier`
    and `hs`, the share (0 to 1) of counting lines where it is known; `understood` maps each heading of the file to
    the field it was read as (empty when set aside).
    """

    status: Status
    kind: SheetKind
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    totals: Mapping[str, Decimal]
    coverage: Mapping[str, Decimal]
    understood: Mapping[str, str]
    source: Evidence

    @property
    def counting(self) -> tuple[Line, ...]:
        """The lines that count in totals and shares."""
        return tuple(line for line in self.lines if line.counts)


# --- what each line is ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible answer: a code (HS, NACE class or process), its confidence (0 to 1, calibrated) and why.

    `nace` is filled for a process: the classes of the sites that do it.
    """

    code: str
    confidence: float
    why: tuple[Message, ...]
    nace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classification:
    """Two readings of a line: the product (`hs`, `headings`, `nace`) and how it is made (`processes`), best first."""

    text: str
    hs: tuple[Candidate, ...]
    headings: tuple[Candidate, ...]
    nace: tuple[Candidate, ...]
    processes: tuple[Candidate, ...]
    materials: tuple[Candidate, ...]
    problems: tuple[Message, ...]
    evidence: Evidence


# --- where it comes from --------------------------------------------------------------------------------------------


class Zone(StrEnum):
    """Where a part was made, seen from the assembly site. `UNKNOWN` stands apart and is never shared out."""

    REGION = "region"
    FRANCE = "france"
    EU = "eu"
    EEA_UK = "eea-uk"
    WORLD = "world"
    UNKNOWN = "unknown"


class Weighting(StrEnum):
    """The three ways to weigh lines, always shown together."""

    COUNT = "count"
    VALUE = "value"
    CRITICALITY = "criticality"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the whole: `weight` (a number of lines, an amount, a criticality weight) and `share` (0 to 1)."""

    key: str
    weight: Decimal
    share: Decimal
    lines: int


@dataclass(frozen=True, slots=True)
class OriginReport:
    """Where the lines come from, and how much that matters (METHODS C2).

    Shares are of what is known and unknown together, so that they add up to 1; `by_zone[w]` and `by_country[w]` for
    the three weightings; `hhi[w]` over the countries of known origin (0 to 1); `currency` is that of the value
    weighting (None when the file has several currencies and no rate: then the value weighting is absent).
    """

    by_zone: Mapping[Weighting, tuple[Share, ...]]
    by_country: Mapping[Weighting, tuple[Share, ...]]
    by_supplier: tuple[Share, ...]
    hhi: Mapping[Weighting, Figure[Decimal]]
    supplier_hhi: Figure[Decimal]
    total: Figure[Decimal]
    currency: str | None
    single_points: tuple[str, ...]
    """Keys of the lines that are single points of failure: single source, or sole supplier of a critical part."""
    outside_eu: tuple[str, ...]
    """Keys of the fewest lines that explain 80 % of the value made outside the EU, heaviest first."""
    to_relocate: tuple[str, ...]
    """Keys of the lines made outside the EU or of unknown origin, ordered by what they weigh."""
    criticality: Mapping[str, Decimal]
    """Weight of each critical line: see `bom.origin.criticality`."""
    evidence: Evidence


# --- who could make it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Establishment:
    """One site of the register. `band` is SIRENE's headcount band code (None: unknown, not zero); `point` is
    (longitude, latitude) in degrees, `point_basis` says how precise it is (`address`, `commune`, `approximate`)."""

    siret: Siret
    name: str | None
    activity: str | None
    activity_label: str | None
    band: str | None
    commune: str
    commune_name: str
    point: tuple[float, float] | None
    point_basis: str | None
    kind: str
    """`production`, or why it is not one: `head-office`, `holding`, `wholesale`, `engineering`, `no-employee`..."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One term of a score: its name (a message key), value (0 to 1) and weight; the score is their weighted sum."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """An establishment proposed for a line."""

    siret: Siret
    score: float
    parts: tuple[ScorePart, ...]
    distance_km: float | None
    verdict: Verdict
    reading: str
    """`process` or `product`: which reading of the line found it."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The best establishments for one line, and how many others there were."""

    line: str
    matches: tuple[Match, ...]
    found: int
    set_aside: Mapping[str, int]
    """Establishments of the right activity left out, by kind (head offices, wholesalers, no employee...)."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Establishments that cover most lines together: greedy set cover, best first; `lines` are those each one adds."""

    picks: tuple[tuple[Siret, tuple[str, ...]], ...]
    uncovered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterReach:
    """What a register holds where one looks: its open establishments there; the departments where it holds any
    (`covered`), and those of the area where it holds none (`uncovered`), by code."""

    establishments: int
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupplierReport:
    """Who could make each line to relocate."""

    shortlists: tuple[Shortlist, ...]
    establishments: Mapping[str, Establishment]
    coverage: Coverage
    origin_point: tuple[float, float] | None
    """Where distances start, (longitude, latitude) in degrees; None when they have no start and are unknown."""
    radius_km: float | None
    crosses_border: bool
    reach: RegisterReach
    register: Vintage
    evidence: Evidence
    understood: bool = True
    """False when no word of a free question was recognised: that nobody was found then says nothing."""


# --- the whole ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """What a study was asked: all that changes its result, and nothing else."""

    bom_sha256: str
    bom_name: str
    company: Siret | None
    site: str
    territory: str
    radius_km: float | None
    on: date
    language: str
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    rates: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    """The sha-256 of each origin questionnaire that was read back."""
    statements: tuple[str, ...] = ()
    """The sha-256 of each file of statements about establishments."""
    with_others: bool = False
    """True when head offices, wholesalers, engineering offices and sites without employees are kept."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One company's product: its lines, what they are, where they come from, who could make them."""

    question: Question
    product: str
    bom: BomReading
    classifications: Mapping[str, Classification]
    origin: OriginReport
    suppliers: SupplierReport
    vintages: tuple[Vintage, ...]
    code_version: str
    invented: bool
    """True when any figure rests on demonstration data: every page, chart, sheet and file says so."""
