"""Values for tests, made by hand: a small dossier that looks like a real one, and a large one of any size."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ancrage.dossier.model import (
    BomReading,
    Candidate,
    Classification,
    Coverage,
    Dossier,
    Establishment,
    Line,
    Match,
    Origin,
    OriginBasis,
    OriginReport,
    PriceBasis,
    Problem,
    Question,
    RegisterReach,
    ScorePart,
    Severity,
    Share,
    SheetKind,
    Shortlist,
    Status,
    SupplierReport,
    Weighting,
    Zone,
)
from ancrage.kernel.codes import HsCode, Siret
from ancrage.kernel.evidence import Evidence, Figure, Vintage
from ancrage.kernel.message import message
from ancrage.kernel.money import Money, total_by_currency
from ancrage.kernel.quantity import Quantity
from ancrage.kernel.verdict import Ability, Reason, Verdict
from ancrage.reference.demonstration import load_demonstration

STUDY_DAY = date(2026, 11, 24)
REGISTER = Vintage("demonstration-register", date(2026, 1, 1), hashlib.sha256(b"register").hexdigest(), invented=True)
REAL_REGISTER = Vintage("sirene", date(2026, 11, 1), hashlib.sha256(b"sirene").hexdigest())
BOM_SHA = load_demonstration().files["bom/velo_electrique.csv"]
FILE = Evidence(source=f"file:{BOM_SHA}", step="sheets.read_sheet")

# item|label|quantity|unit price|supplier|country|HS|NACE|process|critical|single source; empty is unknown
_TABLE = """
CA-010|Cadre aluminium 6061 soudé TIG et traité T6|1|148.00|Taivoxel Frameworks|TW|871491|30.92|tig-welding|yes|yes
MO-010|Moteur roue arrière 250 W 36 V|1|189.00|Jinhuo E-Drive|CN|850131|27.11|coil-winding|yes|yes
BA-010|Batterie Li-ion 36 V 14 Ah, 10S4P|1|212.40|Jinhuo E-Drive|CN|850760|27.20|battery-pack-assembly|yes|
FO-010|Fourche suspendue 63 mm 28 pouces|1|64.00|Nadromex Cycles|TW|871491|30.92|assembly|yes|
EL-010|Contrôleur 36 V 15 A potté|1|41.20|||853710|27.12|electronics-assembly||
EL-020|Afficheur LCD guidon, connecteur Higo 5 br.|1|23.50|Jinhuo E-Drive|CN|853120|26.40|electronics-assembly||
EL-030|Faisceau électrique principal 8 voies|1|18.90|Câblerie Montbrac||854430|27.32|wire-harness||
RO-010|Jante aluminium double paroi 28" 36 trous|2|14.20|Quincavane|IT|871492|30.92|metal-extrusion||
RO-020|Rayon inox Ø2 x 262 mm|72|0.09|Quincavane|BE|871492|30.92|cold-drawing||
RO-030|Roulement 6001 2RS|4|1.35|Roulements Aubrac|DE|848210|28.15|machining||
TR-010|Pédalier 170 mm 42 dents forgé|1|27.80|Nadromex Cycles|TW|871496|30.92|forging||
TR-020|Carter moteur moulé sous pression AlSi9Cu3|2|9.40|Fonderie du Lomont|FR|850300|24.53|pressure-die-casting||
FR-010|Étrier de frein hydraulique avant + arrière|2|22.10|||871494|30.92|machining|yes|
VI-010|Vis CHC M6x20 8.8 zinguée|36|0.04|Boulonnerie Vosgienne|FR|731815|25.94|cold-heading||
VI-020|Écrou Nylstop M8|12||||731816|25.94|cold-heading||
PL-010|Garde-boue PP injecté|2|3.10|Plasturgie Arbois|FR|871499|22.29|injection-moulding||
PL-020|Poignée surmoulée TPE|2|1.90|Nadromex Cycles|TW|392690|22.29|overmoulding||
TX-010|Selle mousse PU, revêtement tissé|1|11.60|Selle d'Aurore|PT|871495|30.92|polyurethane-moulding||
PE-010|Peinture poudre cadre et fourche|1|21.50|Velozane Revêtements|FR||25.61|powder-coating||
XX-001|=HYPERLINK("http://example.org";"cliquer")|1|0.50|Divers||||||
"""
_PARTS: Sequence[Sequence[str]] = tuple(row.split("|") for row in _TABLE.strip().splitlines())


def place_evidence(row: int) -> Evidence:
    """The evidence of a line of the file."""
    return Evidence(FILE.source, "bom.read", place=f"L{row}", parameters=(("encoding", "utf-8"),), inputs=(FILE,))


def line(
    row: int,
    label: str = "Platine usinée en aluminium",
    *,
    quantity: str | None = "1",
    price: str | None = "10",
    country: str | None = "FR",
    **changes: object,
) -> Line:
    """One line; any field of `Line` can be changed by name."""
    amount = None if quantity is None else Quantity(Decimal(quantity), "piece")
    made = None if country is None else Origin(country, OriginBasis.COMPANY_WORD, place_evidence(row))
    plain = Line(
        number=row, item=f"P-{row:04d}", label=label, parent=None, level=1, quantity=amount, total_quantity=amount,
        unit_price=None if price is None else Money(Decimal(price), "EUR"),
        price_basis=None if price is None else PriceBasis.GIVEN, supplier="Ateliers Réunis",
        supplier_is_distributor=False, origin=made, seller_country=None, dispatch_country=None, hs_given=None,
        material=None, process=None, unit_mass=None, lead_time_days=None, is_critical=None, is_single_source=None,
        annual_volume=None, is_assembly=False, counts=True, evidence=place_evidence(row),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def bicycle_lines() -> tuple[Line, ...]:
    """The parts of an electric bicycle, with unknown prices, origins and suppliers, and one hostile label."""
    return tuple(_part_line(row, part) for row, part in enumerate(_PARTS, 2))


def _part_line(row: int, part: Sequence[str]) -> Line:
    item, label, quantity, price, supplier, country, hs, _, _, critical, single = part
    return line(
        row, label, quantity=quantity, price=price or None, country=country or None, item=item,
        supplier=supplier or None, hs_given=HsCode(hs) if hs and row % 3 == 0 else None,
        is_critical=critical == "yes" or None, is_single_source=single == "yes" or None,
        lead_time_days=Decimal(120) if critical else None,
    )  # fmt: skip


def classification(text: str, hs: str, nace: str, process: str, step: Evidence) -> Classification:
    """What a line is, with two product candidates and one process."""
    why = (message("classify.why.lexicon", words=text.partition(" ")[0], term="terme d'atelier"),)
    codes = [Candidate(hs, 0.83, why)] if hs else []
    return Classification(
        text=text,
        hs=tuple(codes),
        headings=tuple(replace(code, code=code.code[:4], confidence=0.91) for code in codes),
        nace=(Candidate(nace, 0.88, why), Candidate("25.62", 0.07, why)) if nace else (),
        processes=(Candidate(process, 0.64, why, ("25.62",)),) if process else (),
        materials=(Candidate("aluminium", 0.9, why),) if "lumin" in text else (),
        problems=(message("classify.given_contradicts", given="871499", read=hs),) if hs == "854430" else (),
        evidence=step,
    )


_ZONES: Mapping[str, Zone] = {"FR": Zone.FRANCE, "IT": Zone.EU, "BE": Zone.EU, "DE": Zone.EU, "PT": Zone.EU}


def _zone(one: Line) -> str:
    return Zone.UNKNOWN if one.origin is None else _ZONES.get(one.origin.country, Zone.WORLD)


def _country(one: Line) -> str:
    return "unknown" if one.origin is None else one.origin.country


def _weight(one: Line, weighting: Weighting) -> Decimal:
    if weighting is Weighting.COUNT:
        return Decimal(1)
    if weighting is Weighting.VALUE:
        return Decimal(0) if one.value is None else one.value.amount
    return Decimal(3 if one.is_critical else 1) + Decimal(2 if one.is_single_source else 0)


def _shares(lines: Sequence[Line], keys: Sequence[str], weights: Sequence[Decimal]) -> tuple[Share, ...]:
    total = sum(weights, Decimal(0))
    sums = {key: sum((w for k, w in zip(keys, weights, strict=True) if k == key), Decimal(0)) for key in keys}
    return tuple(
        Share(key, weight, weight / total, keys.count(key))
        for key, weight in sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _index(value: str, evidence: Evidence) -> Figure[Decimal]:
    return Figure(Decimal(value), "index", evidence, Decimal("0.75"))


def origin_report(lines: Sequence[Line]) -> OriginReport:
    """Shares computed the plain way, for the documents only: the real step has its own tests."""
    step = Evidence(
        "computed", "origin.shares", parameters=(("home", "region:27"),), inputs=tuple(one.evidence for one in lines)
    )
    weights = {w: [_weight(one, w) for one in lines] for w in Weighting}
    zones, countries = [_zone(one) for one in lines], [_country(one) for one in lines]
    suppliers = [one.supplier or "unknown" for one in lines]
    heavy = sorted(lines, key=lambda one: (-_weight(one, Weighting.VALUE), one.number))
    outside = [one.key for one in heavy if _zone(one) == Zone.WORLD]
    return OriginReport(
        by_zone={w: _shares(lines, zones, weights[w]) for w in Weighting},
        by_country={w: _shares(lines, countries, weights[w]) for w in Weighting},
        by_supplier=_shares(lines, suppliers, weights[Weighting.VALUE]),
        hhi={w: _index("0.2817", replace(step, step="origin.hhi")) for w in Weighting},
        supplier_hhi=_index("0.1643", replace(step, step="origin.supplier_hhi")),
        total=Figure(
            total_by_currency([one.value for one in lines if one.value is not None]).get("EUR"), "EUR",
            replace(step, step="origin.total"), Decimal("0.95"),
        ),
        currency="EUR",
        single_points=tuple(one.key for one in lines if one.is_single_source),
        outside_eu=tuple(outside[:3]),
        to_relocate=tuple(one.key for one in heavy if _zone(one) in {Zone.WORLD, Zone.UNKNOWN}),
        criticality={one.key: _weight(one, Weighting.CRITICALITY) for one in lines if one.is_critical},
        evidence=step,
    )  # fmt: skip


_SITES: Sequence[tuple[str | None, str, str | None, str, str, str, float, float]] = (
    ("Fonderie du Lomont", "24.53Z", "22", "25056", "25056", "Besançon", 6.024, 47.238),
    ("Mécanique de précision Belfortaine", "25.62B", "12", "90010", "90010", "Belfort", 6.863, 47.64),
    ("Câblage Électrique Dolois", "27.32Z", "21", "39198", "39198", "Dole", 5.49, 47.093),
    ("Plasturgie Arbois", "22.29A", "11", "39013", "39013", "Arbois", 5.775, 46.903),
    ("Électronique Franc-Comtoise", "26.12Z", "31", "25056", "25056", "Besançon", 6.03, 47.25),
    ("Bobinage Sochalien", "27.11Z", None, "25547", "25547", "Sochaux", 6.827, 47.515),
    ("Traitement de surface d'Héricourt", "25.61Z", "03", "70285", "70285", "Héricourt", 6.76, 47.577),
    (None, "25.62A", "02", "21231", "21231", "Dijon", 5.041, 47.322),
)  # fmt: skip


def siret(number: int) -> Siret:
    """An invented SIRET: a SIREN that starts with 000 and keys that hold."""
    siren = _with_key(f"000{number:05d}")
    return Siret(_with_key(f"{siren}0001"))


def _with_key(digits: str) -> str:
    def total(text: str) -> int:
        doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(text))]
        return sum(d - 9 if d > 9 else d for d in doubled)

    return digits + next(str(key) for key in range(10) if total(f"{digits}{key}") % 10 == 0)


def establishments(register: Vintage = REGISTER) -> dict[str, Establishment]:
    """Eight production sites around Besançon, one without a name, one whose headcount is unknown."""
    found = [
        Establishment(
            siret=siret(number), name=name, activity=activity, activity_label=None, band=band, commune=commune,
            commune_name=town, point=(longitude, latitude), point_basis="commune" if number % 2 else "address",
            kind="production",
            evidence=Evidence(register.source, "register.read", register, place=siret(number)),
        )
        for number, (name, activity, band, commune, _, town, longitude, latitude) in enumerate(_SITES, 1)
    ]  # fmt: skip
    return {site.siret: site for site in found}


def match(site: Establishment, closeness: float, distance: float, ability: Ability = Ability.LEAD) -> Match:
    """An establishment proposed for a line; its score is the weighted sum of its terms."""
    parts = (
        ScorePart("suppliers.score.activity", closeness, 0.5),
        ScorePart("suppliers.score.distance", round(max(0.0, 1 - distance / 150), 4), 0.3),
        ScorePart("suppliers.score.size", 0.5, 0.2),
    )
    return Match(
        siret=site.siret,
        score=round(sum(part.value * part.weight for part in parts), 4),
        parts=parts,
        distance_km=distance,
        verdict=Verdict(
            ability,
            (Reason(message("suppliers.reason.words", words=site.activity or "?"), site.evidence),),
            (message("suppliers.ask.headcount"),),
        ),
        reading="process",
    )


def supplier_report(keys: Sequence[str], register: Vintage = REGISTER) -> SupplierReport:
    """A shortlist for each line but the last, three establishments each."""
    sites = establishments(register)
    ordered = sorted(sites.values(), key=lambda site: site.siret)
    lists = tuple(
        Shortlist(
            line=key,
            matches=tuple(
                match(ordered[(place + step) % len(ordered)], 0.82 - 0.11 * step, 12.0 + 23 * ((place + step) % 6))
                for step in range(3)
            ),
            found=17 + place % 9,
            set_aside={"head-office": place % 4, "no-employee": 6},
        )
        for place, key in enumerate(keys[:-1])
    )
    picks = tuple(
        (site.siret, tuple(keys[number:-1:4])) for number, site in enumerate(ordered[:4]) if keys[number:-1:4]
    )
    step = Evidence(
        register.source, "suppliers.shortlists", register, parameters=(("radius_km", 150), ("neighbours", "CH, DE"))
    )
    return SupplierReport(
        shortlists=(*lists, Shortlist(keys[-1], (), 0, {})) if keys else (),
        establishments=sites, coverage=Coverage(picks, tuple(keys[-1:])), origin_point=(6.024, 47.238),
        radius_km=150.0, crosses_border=True, reach=RegisterReach(4200, ("25", "90"), ()), register=register,
        evidence=step,
    )  # fmt: skip


def reading(lines: tuple[Line, ...]) -> BomReading:
    """An accepted file with one warning."""
    counting = [one for one in lines if one.counts]
    known = {
        "price": sum(one.unit_price is not None for one in counting),
        "origin": sum(one.origin is not None for one in counting),
        "supplier": sum(one.supplier is not None for one in counting),
        "hs": sum(one.hs_given is not None for one in counting),
    }
    differs = message("bom.sum.differs", written=Decimal(870), ours=Decimal(873))
    return BomReading(
        status=Status.ACCEPTED_WITH_WARNINGS, kind=SheetKind.BILL, lines=lines,
        problems=(Problem(Severity.WARNING, differs, 16, "Prix unitaire"),),
        totals=total_by_currency([one.value for one in counting if one.value is not None]),
        coverage={key: _ratio(count, len(counting)) for key, count in known.items()},
        understood={"Désignation": "label", "Quantité": "quantity", "Prix unitaire": "unit_price", "Coloris": ""},
        source=FILE,
    )  # fmt: skip


def _ratio(count: int, total: int) -> Decimal:
    exact = Fraction(count, total)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def dossier(lines: tuple[Line, ...] | None = None, *, language: str = "fr", invented: bool = True) -> Dossier:
    """The electric bicycle of the demonstration, or any other lines."""
    chosen = bicycle_lines() if lines is None else lines
    model = Evidence("classifier", "classify", parameters=(("model", "sha256:abc"),))
    about = {one.key: _about(one, model) for one in chosen}
    origin = origin_report(chosen)
    register = REGISTER if invented else REAL_REGISTER
    question = Question(
        bom_sha256=BOM_SHA, bom_name="velo_electrique.csv", company=siret(4242), site="commune:25056",
        territory="region:27", radius_km=150.0, on=STUDY_DAY, language=language,
    )  # fmt: skip
    return Dossier(
        question=question, product="Vélo électrique de ville VAE-C12", bom=reading(chosen), classifications=about,
        origin=origin, suppliers=supplier_report(origin.to_relocate, register), vintages=(register,),
        code_version="0.1.0", invented=invented,
    )  # fmt: skip


def _about(one: Line, model: Evidence) -> Classification:
    part = next((part for part in _PARTS if part[1] == one.label), None)
    hs, nace, process = part[6:9] if part else ("848210", "28.15", "machining")
    return classification(one.label, hs, nace, process, replace(model, place=one.key, inputs=(one.evidence,)))


def large_dossier(count: int = 2200, *, invented: bool = True) -> Dossier:
    """A cobot of `count` lines, three of which come from China and Japan, and some from nobody knows where."""
    countries = {10: "CN", 11: "CN", 12: "JP"}
    lines = tuple(
        line(
            row, f"Pièce usinée n° {row} Ø{row % 60} x {row % 400} mm, 42CrMo4",
            country=countries.get(row, None if row % 9 == 0 else ("FR", "DE", "IT")[row % 3]),
            price=None if row % 17 == 0 else str(Decimal(row % 500) / 4 + 1), supplier=f"Fournisseur {row % 190:03d}",
            is_critical=row % 40 == 0 or None,
        )
        for row in range(2, count + 2)
    )  # fmt: skip
    return replace(dossier(lines, invented=invented), product="Cobot de démonstration à 2 200 lignes")
