"""Where the lines of a bill of materials come from, and how much that matters (METHODS C2).

Shares by zone and by country under three weightings that always stand together: by count (one per line), by value
(exact amounts of one currency) and by criticality. The criticality weight of a line is

    w = m + s + l + s * l

with m = 1 when it is marked critical, s = 1 when it is single-source, l = 1 when its lead time exceeds
`LONG_LEAD_DAYS`; the product s * l is the critical path of METHODS C2 (lead time x single source). What is unknown
counts for nothing in w: the coverage says how much of it is known.

Shares are exact decimals of `SHARE_DIGITS` digits that add up to 1 (largest remainder). The concentration is
Herfindahl and Hirschman's index, sum of s_i ** 2 over what is known: between 1 / n and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ancrage.dossier.model import BomReading, Line, OriginReport, Share, Weighting, Zone
from ancrage.kernel.evidence import Evidence, Figure
from ancrage.kernel.message import Message, message
from ancrage.reference.country import country

LONG_LEAD_DAYS = Decimal(84)
"""Twelve weeks."""
OUTSIDE_SHARE = Fraction(8, 10)
SHARE_DIGITS = 12
UNKNOWN = "unknown"
_OUTSIDE = frozenset({Zone.EEA_UK, Zone.WORLD})


@dataclass(frozen=True, slots=True)
class HomeGround:
    """Where a study stands: the day that says who is in the Union, the region of the assembly site, and the region of
    the establishment that makes a line where that is known (by the key of the line). A French line whose region is not
    known is counted in France, never in the region."""

    on: date
    region: str | None = None
    made_in: Mapping[str, str] = field(default_factory=dict)


def origin_report(bom: BomReading, home: HomeGround) -> OriginReport:
    """The origin of the counting lines of a reading. Raises `CodeError` for a country code that does not exist."""
    lines = bom.counting
    zones = {line.key: zone_of(line, home) for line in lines}
    currency = common_currency(lines)
    weights = _weights(lines, currency)
    main = weights.get(Weighting.VALUE, weights[Weighting.COUNT])
    suppliers = _supplier_names(lines)
    by_country = {w: shares(lines, _country, weights[w]) for w in weights}
    by_supplier = shares(lines, lambda line: suppliers[line.key], main)

    def proof(step: str) -> Evidence:
        return _evidence(bom, home, f"origin.{step}")

    return OriginReport(
        by_zone={w: shares(lines, lambda line: zones[line.key].value, weights[w], _ZONE_ORDER) for w in weights},
        by_country=by_country,
        by_supplier=by_supplier,
        hhi={w: _hhi_figure(by_country[w], _coverage(lines, w), proof("hhi")) for w in weights},
        supplier_hhi=_hhi_figure(by_supplier, bom.coverage.get("supplier"), proof("supplier_hhi")),
        total=_total(lines, currency, proof("total")),
        currency=currency,
        single_points=_single_points(lines),
        outside_eu=_outside(lines, zones, weights.get(Weighting.VALUE, {})),
        to_relocate=_to_relocate(lines, zones, weights),
        criticality={line.key: criticality(line) for line in lines if criticality(line)},
        evidence=proof("shares"),
    )


def criticality(line: Line) -> Decimal:
    """The weight w of a line, 0 to 4: see the top of this module."""
    single = line.is_single_source is True
    long = line.lead_time_days is not None and line.lead_time_days > LONG_LEAD_DAYS
    return Decimal((line.is_critical is True) + single + long + (single and long))


def zone_of(line: Line, home: HomeGround) -> Zone:
    """The zone where a line is made, seen from the assembly site."""
    if line.origin is None:
        return Zone.UNKNOWN
    near = country(line.origin.country).neighbourhood(home.on)
    if near == "france" and home.region is not None and home.made_in.get(line.key) == home.region:
        return Zone.REGION
    return Zone(near.value)


def common_currency(lines: Iterable[Line]) -> str | None:
    """The currency of all known values; None when there are several, or no value that is not zero."""
    amounts = [line.value for line in lines if line.value is not None]
    found = {money.currency for money in amounts}
    return found.pop() if len(found) == 1 and any(money.amount for money in amounts) else None


def exact_shares(weights: Sequence[Decimal]) -> list[Decimal]:
    """Shares of `SHARE_DIGITS` digits that add up to exactly 1, by largest remainder; ties go to the first.

    Raises `ZeroDivisionError` when all weights are zero: there is then nothing to share out.
    """
    units = 10**SHARE_DIGITS
    total = sum(map(Fraction, weights), Fraction(0))
    parts = [Fraction(weight) * units / total for weight in weights]
    floors = [int(part) for part in parts]
    left = units - sum(floors)
    largest = sorted(range(len(parts)), key=lambda rank: (floors[rank] - parts[rank], rank))[:left]
    for rank in largest:
        floors[rank] += 1
    return [Decimal(floor).scaleb(-SHARE_DIGITS) if floor else Decimal(0) for floor in floors]


def hhi(weights: Iterable[Decimal]) -> Fraction | None:
    """Herfindahl and Hirschman's index of positive weights, exact, 0 to 1; None when there is none."""
    known = [Fraction(weight) for weight in weights if weight > 0]
    total = sum(known, Fraction(0))
    return sum(((weight / total) ** 2 for weight in known), Fraction(0)) if known else None


def shares(
    lines: Sequence[Line],
    key: Callable[[Line], str],
    weights: Mapping[str, Decimal],
    order: Sequence[str] = (),
) -> tuple[Share, ...]:
    """The whole shared out by a key: in `order`, else heaviest first, then by key. Empty when nothing weighs."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[key(line)] = sums.get(key(line), Decimal(0)) + weights.get(line.key, Decimal(0))
    counts = Counter(map(key, lines))
    if not any(sums.values()):
        return ()
    rank = {name: place for place, name in enumerate(order)}
    names = sorted(sums, key=lambda name: (rank.get(name, len(rank)), -sums[name], name))
    parts = exact_shares([sums[name] for name in names])
    return tuple(Share(name, sums[name], part, counts[name]) for name, part in zip(names, parts, strict=True))


_ZONE_ORDER = tuple(zone.value for zone in Zone)


def _country(line: Line) -> str:
    return UNKNOWN if line.origin is None else line.origin.country


def _weights(lines: Sequence[Line], currency: str | None) -> dict[Weighting, dict[str, Decimal]]:
    """Weights by line key. By value only in one currency; a line of unknown price weighs nothing there."""
    found = {Weighting.COUNT: {line.key: Decimal(1) for line in lines}}
    if currency is not None:
        found[Weighting.VALUE] = {line.key: line.value.amount for line in lines if line.value is not None}
    found[Weighting.CRITICALITY] = {line.key: criticality(line) for line in lines}
    return found


def _supplier_names(lines: Sequence[Line]) -> dict[str, str]:
    """The supplier of each line: spellings that differ by case and spaces are one, named as most often written."""
    written: dict[str, Counter[str]] = {}
    for line in lines:
        if line.supplier is not None:
            written.setdefault(_folded(line.supplier), Counter())[line.supplier.strip()] += 1
    names = {folded: min(counts, key=lambda name: (-counts[name], name)) for folded, counts in written.items()}
    return {line.key: UNKNOWN if line.supplier is None else names[_folded(line.supplier)] for line in lines}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _coverage(lines: Sequence[Line], weighting: Weighting) -> Decimal | None:
    """Share of what a weighting rests on that is known: origin alone; origin and price; origin and what makes w."""
    if not lines:
        return None

    def is_known(line: Line) -> bool:
        if weighting is Weighting.VALUE and line.value is None:
            return False
        facts = (line.is_critical, line.is_single_source, line.lead_time_days)
        if weighting is Weighting.CRITICALITY and all(fact is None for fact in facts):
            return False
        return line.origin is not None

    return exact_shares([Decimal(sum(map(is_known, lines))), Decimal(len(lines) - sum(map(is_known, lines)))])[0]


def _hhi_figure(parts: Sequence[Share], coverage: Decimal | None, evidence: Evidence) -> Figure[Decimal]:
    found = hhi(share.weight for share in parts if share.key != UNKNOWN)
    note = None if found is not None else message("origin.note.no_concentration")
    value = None if found is None else Decimal(round(found * 10**SHARE_DIGITS)).scaleb(-SHARE_DIGITS)
    return Figure(value, "index", evidence, coverage, note)


def _total(lines: Sequence[Line], currency: str | None, evidence: Evidence) -> Figure[Decimal]:
    priced = [line.value.amount for line in lines if line.value is not None]
    coverage = exact_shares([Decimal(len(priced)), Decimal(len(lines) - len(priced))])[0] if lines else None
    if currency is None:
        reason = "origin.note.currencies" if any(priced) else "origin.note.no_price"
        return Figure(None, "", evidence, coverage, message(reason))
    missing = len(lines) - len(priced)
    note = message("origin.note.prices_missing", n=missing, lines=len(lines)) if missing else None
    return Figure(sum(priced, Decimal(0)), currency, evidence, coverage, note)


def _single_points(lines: Sequence[Line]) -> tuple[str, ...]:
    """Single source, or a critical part with one known supplier and no word that it has another; heaviest first."""
    suppliers: dict[str, set[str]] = {}
    for line in lines:
        if line.supplier is not None:
            suppliers.setdefault(_part(line), set()).add(_folded(line.supplier))
    found = [
        line
        for line in lines
        if line.is_single_source
        or (line.is_single_source is None and line.is_critical and len(suppliers.get(_part(line), ())) == 1)
    ]
    return tuple(line.key for line in sorted(found, key=lambda line: (-criticality(line), -_amount(line), line.number)))


def _part(line: Line) -> str:
    return _folded(line.item or line.label)


def _amount(line: Line) -> Decimal:
    return Decimal(0) if line.value is None else line.value.amount


def _outside(lines: Sequence[Line], zones: Mapping[str, Zone], values: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The fewest lines that make up 80 % of the value made outside the Union, heaviest first."""
    outside = [line for line in lines if zones[line.key] in _OUTSIDE and values.get(line.key, Decimal(0)) > 0]
    outside.sort(key=lambda line: (-values[line.key], line.number))
    threshold = OUTSIDE_SHARE * sum((Fraction(values[line.key]) for line in outside), Fraction(0))
    kept: list[str] = []
    reached = Fraction(0)
    for line in outside:
        if reached >= threshold:
            break
        kept.append(line.key)
        reached += Fraction(values[line.key])
    return tuple(kept)


def _to_relocate(
    lines: Sequence[Line], zones: Mapping[str, Zone], weights: Mapping[Weighting, Mapping[str, Decimal]]
) -> tuple[str, ...]:
    """Lines made outside the Union or of unknown origin, by the sum of their shares of value and of criticality."""
    totals = {w: sum(map(Fraction, found.values()), Fraction(0)) for w, found in weights.items()}

    def weighs(line: Line) -> Fraction:
        parts = (w for w in (Weighting.VALUE, Weighting.CRITICALITY) if totals.get(w))
        return sum((Fraction(weights[w].get(line.key, Decimal(0))) / totals[w] for w in parts), Fraction(0))

    found = [line for line in lines if zones[line.key] in _OUTSIDE | {Zone.UNKNOWN}]
    return tuple(line.key for line in sorted(found, key=lambda line: (-weighs(line), line.number)))


def _evidence(bom: BomReading, home: HomeGround, step: str) -> Evidence:
    parameters = (
        ("on", home.on.isoformat()),
        ("home_region", home.region or ""),
        ("long_lead_days", str(LONG_LEAD_DAYS)),
    )
    return Evidence("computed", step, parameters=parameters, inputs=(bom.source,))


def problems_of(report: OriginReport) -> tuple[Message, ...]:
    """What a reader must know before the figures: values that could not be added up, prices that are missing."""
    notes = (report.total.note, *(figure.note for figure in report.hhi.values()))
    return tuple(dict.fromkeys(note for note in notes if note is not None))
