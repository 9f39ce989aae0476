"""Files that people really send, and files that somebody sends to do harm (RELIABILITY, families of hostile input).

Each says which outcomes are allowed, the exact totals where it is accepted, and codes that must be said. The
generator is deterministic: the same files each time.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import workbooks as wb

ACCEPT, WARN, REJECT = "accepted", "accepted_with_warnings", "rejected"
HEAD = ("Référence", "Désignation", "Quantité", "Prix unitaire", "Devise", "Fournisseur", "Pays d'origine", "Code SH")
ROWS: tuple[tuple[str, ...], ...] = (
    ("V6", "Vis à tête cylindrique M6", "10", "0,12", "EUR", "Société Émile", "France", "731815"),
    ("R1", "Roulement à aiguilles", "2", "14,50", "EUR", "Würth", "Allemagne", "848240"),
    ("M1", "Moteur électrique", "1", "166,42", "EUR", "Moteurs Réunis", "Chine", "850110"),
)
TOTAL = {"EUR": "196.62"}


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file. `totals` None: not asserted (rejected, or nothing priced). `is_heavy`: not given to the control."""

    name: str
    family: str
    content: bytes = field(repr=False)
    allowed: tuple[str, ...]
    totals: Mapping[str, str] | None = None
    codes: tuple[str, ...] = ()
    lines: int | None = None
    is_heavy: bool = False


def table(rows: Sequence[Sequence[str]], separator: str = ";", end: str = "\r\n") -> str:
    """Rows as text, cells quoted when they must be."""

    def cell(text: str) -> str:
        needs = any(mark in text for mark in (separator, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if needs else text

    return "".join(separator.join(cell(text) for text in row) + end for row in rows)


BASE = table([HEAD, *ROWS])
SHORT = ("Désignation", "Quantité", "Prix unitaire (EUR)")


def short(*rows: Sequence[str], head: Sequence[str] = SHORT) -> bytes:
    """A small file in UTF-8."""
    return table([head, *rows]).encode()


def priced(*prices: str) -> bytes:
    """Lines of quantity 1 at these prices, in euros by the heading."""
    return short(*((f"Pièce {i}", "1", price) for i, price in enumerate(prices, 1)))


def hostile_files() -> list[Hostile]:
    """Every file, by family."""
    families = (
        encodings,
        separators,
        headings,
        wrong_types,
        numbers,
        units_and_currencies,
        countries_and_codes,
        dates,
        formulas,
        trees,
        totals_and_doubles,
        hidden_and_merged,
        typed_cells,
        odd_ooxml,
        containers,
        open_document,
        extensions,
        sizes,
        purchases,
    )
    found = [item for family in families for item in family()]
    assert len({item.name for item in found}) == len(found)
    return found


# --- text -----------------------------------------------------------------------------------------------------------


def encodings() -> Iterator[Hostile]:
    def of(name: str, content: bytes, *allowed: str, codes: tuple[str, ...] = ()) -> Hostile:
        return Hostile(f"{name}.csv", "encodings", content, allowed, TOTAL if REJECT not in allowed else None, codes)

    yield of("utf8", BASE.encode(), ACCEPT)
    yield of("utf8-bom", BASE.encode("utf-8-sig"), ACCEPT)
    yield of("utf16-le-bom", b"\xff\xfe" + BASE.encode("utf-16-le"), ACCEPT, codes=("sheets.encoding",))
    yield of("utf16-be-bom", b"\xfe\xff" + BASE.encode("utf-16-be"), ACCEPT, codes=("sheets.encoding",))
    yield of("utf16-le", BASE.encode("utf-16-le"), ACCEPT, codes=("sheets.encoding",))
    yield of("utf16-be", BASE.encode("utf-16-be"), ACCEPT, codes=("sheets.encoding",))
    yield of("utf32-bom", BASE.encode("utf-32"), ACCEPT, codes=("sheets.encoding",))
    yield of("cp1252", BASE.replace("EUR", "€").encode("cp1252"), ACCEPT, codes=("sheets.encoding",))
    yield of("latin1", BASE.encode("latin-1"), ACCEPT, codes=("sheets.encoding",))
    yield of("mac-roman", BASE.encode("mac-roman"), WARN, codes=("sheets.encoding_guessed",))
    yield of("cp850", BASE.encode("cp850"), WARN, codes=("sheets.encoding_guessed",))
    mixed = BASE.encode().replace("Société Émile".encode(), "Société Émile".encode("cp1252"))
    yield of("mixed", mixed, WARN, codes=("sheets.mixed",))
    yield of("twice-encoded", BASE.encode().decode("cp1252", "replace").replace("\ufffd", "?").encode(), WARN, REJECT)
    yield of("utf16-cut", b"\xff\xfe" + BASE.encode("utf-16-le")[:-1], REJECT, codes=("sheets.truncated_text",))
    yield of("nul-bytes", BASE.encode().replace(b"Vis", b"V\0s"), REJECT, codes=("sheets.binary",))
    control = BASE.encode().replace(b"Moteur ", b"Moteur\x07 ")
    yield of("control-character", control, WARN, codes=("bom.cell.control",))
    yield of("bidi", BASE.replace("Vis", "\u202eVis\u200b").encode(), ACCEPT)


def separators() -> Iterator[Hostile]:
    def of(
        name: str,
        content: str | bytes,
        *allowed: str,
        totals: Mapping[str, str] | None = TOTAL,
        codes: tuple[str, ...] = (),
    ) -> Hostile:
        raw = content if isinstance(content, bytes) else content.encode()
        return Hostile(f"{name}.csv", "separators", raw, allowed, None if REJECT in allowed else totals, codes)

    for name, mark in (("semicolon", ";"), ("comma", ","), ("tab", "\t"), ("pipe", "|")):
        yield of(name, table([HEAD, *ROWS], mark), ACCEPT, codes=("sheets.separator",))
    yield of("sep-line", "sep=|\r\n" + table([HEAD, *ROWS], "|"), ACCEPT)
    yield of("lf", table([HEAD, *ROWS], end="\n"), ACCEPT)
    yield of("cr", table([HEAD, *ROWS], end="\r"), ACCEPT)
    yield of("mixed-ends", BASE.replace("\r\n", "\n", 2), ACCEPT)
    yield of("no-final-end", BASE.removesuffix("\r\n"), ACCEPT)
    yield of("blank-lines", BASE.replace("\r\n", "\r\n\r\n") + ";;;;;;;\r\n", ACCEPT)
    first = (ROWS[0][0], 'Vis\nà tête; M6 "inox"', *ROWS[0][2:])
    yield of("quoted-newline", table([HEAD, first, *ROWS[1:]]), ACCEPT)
    yield of("open-quote", BASE.replace("Vis à", '"Vis à'), REJECT, codes=("sheets.open_quote",))
    yield of("stray-quote", BASE.replace("Roulement à", '"1/2" roulement à'), WARN, codes=("sheets.stray_quote",))
    yield of("inch-marks", BASE.replace("tête cylindrique M6", 'tête 1/4" x 2"'), ACCEPT)
    yield of(
        "titles-above", "Nomenclature du produit X\r\nÉdité en 2026\r\n\r\n" + BASE, ACCEPT, codes=("bom.header.row",)
    )
    unquoted = "Désignation,Quantité,Prix unitaire (EUR)\nVis,3,1,20\nÉcrou,2,0,10\n"
    yield of("decimal-comma-unquoted", unquoted, REJECT, codes=("bom.row.wide",))
    yield of("extra-cells", BASE.replace("Chine;850110", "Chine;850110;oups"), REJECT, codes=("bom.row.wide",))
    cut = BASE[: BASE.index(";EUR;Moteurs")]
    yield of("cut-line", cut, WARN, totals=None, codes=("bom.row.short",))
    yield of("one-column", "Désignation\nVis\nÉcrou\n", REJECT, codes=("bom.missing.quantity",))
    comma_text = "Désignation;Quantité;Prix unitaire (EUR)\nVis, inox, M6;3;1,20\nÉcrou, zingué, M6;2;0,10\n"
    yield of("commas-in-text", comma_text, ACCEPT, totals={"EUR": "3.8"})


def headings() -> Iterator[Hostile]:
    def of(
        name: str, content: bytes, *allowed: str, totals: Mapping[str, str] | None = None, codes: tuple[str, ...] = ()
    ) -> Hostile:
        return Hostile(f"head-{name}.csv", "headings", content, allowed, totals, codes)

    line = ("Vis", "3", "1,20")
    english = ("part number", "DESCRIPTION", "Qty.", "Unit price (USD)", "Vendor")
    yield of("english", short(("A", "Screw", "3", "1.50", "ACME"), head=english), ACCEPT, totals={"USD": "4.5"})
    shuffled = [HEAD[::-1], *(row[::-1] for row in ROWS)]
    yield of("any-order", table(shuffled).encode(), ACCEPT, totals=TOTAL)
    loud = ("REF_ARTICLE", "LIBELLE ARTICLE", "QTE", "P.U. HT €")
    yield of("synonyms", short(("A", *line), head=loud), ACCEPT, totals={"EUR": "3.6"})
    yield of("camel", short(("A", *line), head=("PartNumber", "PartName", "Qty", "UnitPriceEUR")), ACCEPT, REJECT)
    twice = (*SHORT, "Quantité")
    yield of(
        "doubled-same", short((*line, "3"), head=twice), WARN, totals={"EUR": "3.6"}, codes=("bom.heading.doubled",)
    )
    yield of("doubled-other", short((*line, "4"), head=twice), REJECT, codes=("bom.heading.conflict_same",))
    yield of(
        "no-quantity",
        short(("Vis", "1,20"), head=("Désignation", "Prix unitaire")),
        REJECT,
        codes=("bom.missing.quantity",),
    )
    yield of("no-label", short(("3", "1,20"), head=("Quantité", "Prix unitaire")), REJECT, codes=("bom.missing.label",))
    yield of("none", table([row[:4] for row in ROWS]).encode(), REJECT, codes=("bom.missing.both",))
    yield of("only", table([HEAD]).encode(), REJECT, codes=("bom.no_line",))
    yield of(
        "blank", short((*line, "?!"), head=(*SHORT, "")), WARN, totals={"EUR": "3.6"}, codes=("bom.heading.absent",)
    )
    typo = ("Désignation", "Quantité", "Pris unitaires (EUR)")
    yield of("typo", short(line, head=typo), WARN, totals={}, codes=("bom.heading.proposed",))
    strange = (*SHORT, "Zorglub")
    yield of(
        "unknown", short((*line, "x"), head=strange), ACCEPT, totals={"EUR": "3.6"}, codes=("bom.heading.unknown",)
    )
    again = [SHORT, line, SHORT, line]
    yield of("repeated", table(again).encode(), WARN, totals={"EUR": "7.2"}, codes=("bom.row.heading_again",))
    factors = ("item", "qty_per_assembly", "assembly_multiplier", "cost_usd")
    yield of("factors", short(("Wheel hub", "2", "6", "1.25"), head=factors), ACCEPT, totals={"USD": "15"})
    total = ("Désignation", "Quantité", "cost_usd_total")
    yield of(
        "line-total",
        short(("Belt", "12", "29"), head=total),
        ACCEPT,
        totals={"USD": "29"},
        codes=("bom.price.deduced",),
    )
    ttc = ("Désignation", "Quantité", "Prix unitaire TTC (EUR)")
    yield of("with-taxes", short(line, head=ttc), WARN, totals={"EUR": "3.6"}, codes=("bom.price.taxes",))
    yield of("formula", short((*line, "x"), head=(*SHORT, '=HYPERLINK("x")')), ACCEPT, totals={"EUR": "3.6"})


def wrong_types() -> Iterator[Hostile]:
    def of(name: str, content: bytes, code: str, totals: Mapping[str, str]) -> Hostile:
        return Hostile(f"type-{name}.csv", "wrong types", content, (WARN,), totals, (code,))

    for name, text in (
        ("words", "deux"),
        ("fraction", "1/2"),
        ("range", "2-3"),
        ("times", "2 x 3"),
        ("about", "~10"),
        ("percent", "5 %"),
        ("hexadecimal", "0x10"),
        ("formula", "=2+3"),
        ("code", "12A3"),
    ):
        yield of(name, short(("Vis", text, "1,20"), ("Écrou", "2", "0,10")), "bom.number.unreadable", {"EUR": "0.2"})
    yield of("absent", short(("Vis", "", "1,20"), ("Écrou", "2", "0,10")), "bom.quantity.unknown", {"EUR": "0.2"})
    yield of("zero", short(("Vis", "0", "1,20"), ("Écrou", "2", "0,10")), "bom.quantity.zero", {"EUR": "0.2"})
    yield of("nameless", short(("", "3", "1,20"), ("Écrou", "2", "0,10")), "bom.row.nameless", {"EUR": "3.8"})
    flag = (*SHORT, "Source unique")
    yield of("flag", short(("Vis", "3", "1,20", "peut-être"), head=flag), "bom.flag.unreadable", {"EUR": "3.6"})


def numbers() -> Iterator[Hostile]:
    def bad(name: str, text: str, code: str) -> Hostile:
        content = priced(text, "0,10")
        return Hostile(f"number-{name}.csv", "numbers", content, (WARN,), {"EUR": "0.1"}, (f"bom.{code}",))

    def good(name: str, content: bytes, total: str, status: str = ACCEPT, codes: tuple[str, ...] = ()) -> Hostile:
        return Hostile(f"number-{name}.csv", "numbers", content, (status,), {"EUR": total}, codes)

    yield bad("nan", "NaN", "number.not_finite")
    yield bad("inf", "inf", "number.not_finite")
    yield bad("minus-infinity", "-Infinity", "number.not_finite")
    yield bad("underscore", "1_000", "number.unreadable")
    yield bad("arabic-digits", "١٢٣", "number.digits")
    yield bad("full-width", "１２", "number.digits")
    yield bad("negative", "-12,5", "number.negative")
    yield bad("minus-sign", "−12,5", "number.negative")
    yield bad("parentheses", "(12,50)", "number.unreadable")
    yield bad("exponent", "1e5", "number.exponent")
    yield bad("exponent-huge", "1E400", "number.exponent")
    yield bad("huge", "9" * 30, "number.huge")
    yield bad("very-long", "9" * 5000, "number.unreadable")
    yield bad("two-marks", "1,2,3", "number.unreadable")
    yield bad("two-marks-mixed", "1.2,3.4", "number.unreadable")
    yield bad("bad-groups", "12 34,5", "number.unreadable")
    yield bad("error", "#REF!", "cell.error")
    yield good("ambiguous-point", priced("1.234", "10"), "10", WARN, ("bom.number.ambiguous",))
    yield good("ambiguous-comma", priced("1,234", "10"), "10", WARN, ("bom.number.ambiguous",))
    yield good("decided-by-comma", priced("1.234", "0,10"), "1234.1", WARN, ("bom.number.decided",))
    yield good("decided-by-point", priced("1.234", "0.10"), "1.334", WARN, ("bom.number.decided",))
    yield good("comma-groups", priced("1,234", "0.10"), "1234.1", WARN, ("bom.number.decided",))
    yield good("mixed-column", priced("1.50", "1,50"), "3", WARN, ("bom.number.mixed",))
    yield good("mixed-ambiguous", priced("1.50", "1,50", "1.234"), "3", WARN, ("bom.number.ambiguous",))
    yield good("spaces", priced("1 234,5", "0,10"), "1234.6")
    yield good("no-break-spaces", priced("1\u00a0234,5", "1\u202f234,5"), "2469")
    yield good("apostrophes", priced("1'234.50", "1’000.00"), "2234.5")
    yield good("both-marks", priced("1.234,56", "12.345.678,9"), "12346913.46")
    yield good("english-marks", priced("1,234.56", "0.04"), "1234.6")
    yield good("long-decimals", priced("0,1", "0,2", "0,000000000001"), "0.300000000001")
    yield good("plus", priced("+2,5", "0,5"), "3")
    yield good("leading-mark", priced(",5", "0,5"), "1")
    yield good("with-currency", priced("12,50 €", "EUR 0,50"), "13")
    yield good("unknown-words", priced("n/a", "NC", "?", "-", "0,5"), "0.5")
    yield Hostile("number-ten-cents.csv", "numbers", priced(*["0,10"] * 3), (ACCEPT, WARN), {"EUR": "0.3"})


def units_and_currencies() -> Iterator[Hostile]:
    unit_head = (*SHORT, "Unité")

    def of(
        name: str, content: bytes, *allowed: str, totals: Mapping[str, str] | None = None, codes: tuple[str, ...] = ()
    ) -> Hostile:
        return Hostile(f"unit-{name}.csv", "units and currencies", content, allowed, totals, codes)

    usual = (("Tôle", "2,5", "4", "m²"), ("Colle", "250", "0,01", "mL"), ("Vis", "10", "0,1", "pcs"))
    yield of("usual", short(*usual, head=unit_head), ACCEPT, totals={"EUR": "13.5"})
    yield of(
        "unknown",
        short(("Fil", "2", "4", "bobine"), head=unit_head),
        WARN,
        totals={"EUR": "8"},
        codes=("bom.unit.unknown",),
    )
    yield of("in-cell", short(("Tube", "2,5 m", "4")), ACCEPT, totals={"EUR": "10"})
    bare = ("Désignation", "Quantité", "Prix unitaire", "Devise")
    plain = ("Désignation", "Quantité", "Prix unitaire")
    two = (("A", "1", "2,5", "EUR"), ("B", "2", "3,5", "USD"))
    yield of(
        "two-currencies",
        short(*two, head=bare),
        ACCEPT,
        totals={"EUR": "2.5", "USD": "7"},
        codes=("bom.currency.several",),
    )
    yield of(
        "unknown-currency",
        short(("A", "1", "2,5", "ZZZ"), ("B", "2", "3,5", "EUR"), head=bare),
        WARN,
        totals={"EUR": "7"},
        codes=("bom.currency.unknown",),
    )
    yield of(
        "blank-currency",
        short(("A", "1", "2,5", ""), ("B", "2", "3,5", "EUR"), head=bare),
        WARN,
        totals={"EUR": "7"},
        codes=("bom.currency.absent",),
    )
    yield of(
        "ambiguous-sign",
        short(("A", "1", "¥2,5"), ("B", "2", "3,5 €"), head=plain),
        WARN,
        codes=("bom.currency.ambiguous",),
    )
    yield of(
        "dollar", short(("A", "1", "$2.50"), head=plain), WARN, totals={"USD": "2.5"}, codes=("bom.currency.assumed",)
    )
    yield of(
        "contradiction",
        short(("A", "1", "2,5 €", "USD"), ("B", "2", "3,5", "USD"), head=bare),
        WARN,
        totals={"USD": "7"},
        codes=("bom.currency.contradiction",),
    )
    yield of(
        "no-currency", short(("A", "1", "2,5"), head=plain), WARN, totals={"EUR": "2.5"}, codes=("bom.currency.none",)
    )
    yield of("lower-case", short(("A", "1", "2,5", "eur"), head=bare), ACCEPT, totals={"EUR": "2.5"})
    yield of(
        "mass-without-unit",
        short((*ROWS[0][1:4], "0,2"), head=(*SHORT, "Masse unitaire")),
        WARN,
        totals={"EUR": "1.2"},
        codes=("bom.mass.unit",),
    )


def countries_and_codes() -> Iterator[Hostile]:
    head = (*SHORT, "Pays d'origine", "Code SH")

    def of(name: str, country: str, hs: str, *allowed: str, codes: tuple[str, ...] = ()) -> Hostile:
        content = short(("Vis", "3", "1,20", country, hs), head=head)
        return Hostile(f"code-{name}.csv", "countries and codes", content, allowed, {"EUR": "3.6"}, codes)

    for name, country in (
        ("uk", "UK"),
        ("el", "EL"),
        ("na", "NA"),
        ("xk", "XK"),
        ("french", "Corée du Sud"),
        ("upper", "ALLEMAGNE"),
        ("supposed", "Chine ?"),
    ):
        yield of(name, country, "731815", ACCEPT)
    yield of("unknown-country", "Syldavie", "731815", WARN, codes=("bom.country.unknown",))
    yield of("union", "UE", "731815", WARN, codes=("bom.country.union",))
    yield of("two-countries", "Chine / Japon", "731815", WARN, codes=("bom.country.unknown",))
    yield of("dotted", "FR", "7318.15.00", ACCEPT)
    yield of("lost-zero", "FR", "1012100", WARN, codes=("kernel.code.hs_zero",))
    yield of("no-such-code", "FR", "779999", WARN, codes=("bom.hs.absent",))
    yield of("words", "FR", "vis en acier", WARN, codes=("kernel.code.hs",))
    seller = (*SHORT, "Pays du fournisseur", "Pays d'expédition")
    yield Hostile(
        "code-seller.csv",
        "countries and codes",
        short(("Vis", "3", "1,20", "FR", "BE"), head=seller),
        (ACCEPT,),
        {"EUR": "3.6"},
        ("bom.origin.not_seller",),
    )


def dates() -> Iterator[Hostile]:
    yield Hostile(
        "date-quantity.csv",
        "dates",
        short(("Vis", "01/02/2026", "1,20"), ("Écrou", "2", "0,10")),
        (WARN,),
        {"EUR": "0.2"},
        ("bom.number.unreadable",),
    )
    spoilt = ("Référence", *SHORT)
    yield Hostile(
        "date-exponent-reference.csv",
        "dates",
        short(("1,23E+15", "Vis", "3", "1,20"), head=spoilt),
        (WARN,),
        {"EUR": "3.6"},
        ("bom.item.exponent",),
    )
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2">'
        '<xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
        "</Relationships>"
    )
    for name, row, code, total in (
        ("reference", ((' s="1"', "<v>46023</v>"), "Vis", 3, 1.2), "bom.item.date", "3.6"),
        ("price", ("A", "Vis", 3, (' s="1"', "<v>46023</v>")), "bom.number.date", None),
    ):
        sheet = wb.SHEET.format(before="", rows=wb.xml_rows([spoilt, row]), after="")
        content = wb.raw_xlsx(sheet, {"xl/styles.xml": styles}, rels=rels)
        yield Hostile(f"date-{name}.xlsx", "dates", content, (WARN,), {"EUR": total} if total else {}, (code,))


# --- spreadsheets ---------------------------------------------------------------------------------------------------


def formulas() -> Iterator[Hostile]:
    def of(name: str, price: object, code: str, *allowed: str, total: str | None = None) -> Hostile:
        content = wb.xlsx([SHORT, ("Vis", 3, price), ("Écrou", 2, 0.1)])
        return Hostile(f"formula-{name}.xlsx", "formulas", content, allowed, {"EUR": total or "0.2"}, (code,))

    yield of("cached", ("", "<f>1+0.2</f><v>1.2</v>"), "sheets.formulas", ACCEPT, total="3.8")
    yield of("never-calculated", ("", "<f>1+0.2</f>"), "bom.cell.formula", WARN)
    yield of("empty-value", ("", "<f>1+0.2</f><v></v>"), "bom.cell.formula", WARN)
    for name, text in (("ref", "#REF!"), ("div", "#DIV/0!"), ("na", "#N/A")):
        yield of(name, (' t="e"', f"<v>{text}</v>"), "bom.cell.error", WARN)
    attack = "=cmd|'/c calc'!A1"
    yield Hostile(
        "formula-injected.csv",
        "formulas",
        short((attack, "3", "1,20"), ("@SUM(A1)", "2", "0,10")),
        (ACCEPT,),
        {"EUR": "3.8"},
    )


def trees() -> Iterator[Hostile]:
    level = ("Niveau", "Référence", "Quantité", "Prix unitaire (EUR)")
    parent = ("Référence parent", "Référence", "Quantité", "Prix unitaire (EUR)")

    def of(
        name: str,
        rows: Sequence[Sequence[str]],
        *allowed: str,
        totals: Mapping[str, str] | None = None,
        codes: tuple[str, ...] = (),
        is_heavy: bool = False,
    ) -> Hostile:
        return Hostile(
            f"tree-{name}.csv", "trees", table(rows).encode(), allowed, totals, codes, len(rows) - 1, is_heavy
        )

    tree = [level, ("0", "P", "1", ""), ("1", "A", "2", ""), ("2", "a", "3", "1,5"), ("1", "b", "4", "0,5")]
    yield of("levels", tree, ACCEPT, totals={"EUR": "11"})
    yield of(
        "outline",
        [level, ("1", "P", "1", ""), ("1.1", "A", "2", ""), ("1.1.1", "a", "3", "1,5"), ("1.10", "b", "4", "0,5")],
        ACCEPT,
        totals={"EUR": "11"},
    )
    yield of(
        "dots",
        [level, ("0", "P", "1", ""), (".1", "A", "2", ""), ("..2", "a", "3", "1,5")],
        ACCEPT,
        totals={"EUR": "9"},
    )
    yield of(
        "jump",
        [level, ("0", "P", "1", ""), ("2", "A", "2", "1,5")],
        WARN,
        totals={"EUR": "3"},
        codes=("bom.level.jump",),
    )
    yield of("bad-level", [*tree, ("haut", "c", "1", "1")], REJECT, codes=("bom.level.unreadable",))
    yield of("blank-level", [*tree, ("", "c", "1", "1")], REJECT, codes=("bom.level.unreadable",))
    links = [parent, ("", "P", "1", ""), ("P", "A", "2", ""), ("A", "a", "3", "1,5"), ("P", "b", "4", "0,5")]
    yield of("parents", links, ACCEPT, totals={"EUR": "11"})
    yield of("parents-unordered", [parent, *links[:0:-1]], ACCEPT, totals={"EUR": "11"})
    yield of(
        "loop",
        [parent, ("", "P", "1", ""), ("B", "A", "2", "1"), ("A", "B", "3", "1")],
        REJECT,
        codes=("bom.tree.loop",),
    )
    yield of("self", [parent, ("A", "A", "2", "1")], REJECT, codes=("bom.tree.loop",))
    yield of(
        "unknown-parent",
        [parent, ("", "P", "1", ""), ("Z", "A", "2", "1,5")],
        WARN,
        totals={"EUR": "3"},
        codes=("bom.parent.unknown",),
    )
    yield of(
        "double-price",
        [level, ("0", "P", "1", "100"), ("1", "A", "2", "30,25")],
        WARN,
        totals={"EUR": "60.5"},
        codes=("bom.assembly.priced",),
    )
    yield of(
        "unknown-quantity",
        [level, ("0", "P", "1", ""), ("1", "A", "?", ""), ("2", "a", "3", "1,5"), ("1", "b", "4", "0,5")],
        WARN,
        totals={"EUR": "2"},
        codes=("bom.quantity.unknown",),
    )
    deep = [parent, *((f"N{i - 1}" if i else "", f"N{i}", "1", "" if i < 9_999 else "2,5") for i in range(10_000))]
    yield of("deep", deep, ACCEPT, totals={"EUR": "2.5"}, is_heavy=True)
    deep_levels = [level, *((str(i), f"N{i}", "1", "" if i < 9_999 else "2,5") for i in range(10_000))]
    yield of("deep-levels", deep_levels, ACCEPT, totals={"EUR": "2.5"}, is_heavy=True)
    yield of(
        "overflow",
        [parent, *((f"N{i - 1}" if i else "", f"N{i}", "999", "") for i in range(60))],
        REJECT,
        codes=("bom.tree.too_large",),
    )
    yield of("diamond", diamond(40), ACCEPT, WARN, totals={"EUR": str(2**40)})
    big_loop = [parent, *((f"N{(i - 1) % 5_000}", f"N{i}", "1", "") for i in range(5_000))]
    yield of("big-loop", big_loop, REJECT, codes=("bom.tree.loop",), is_heavy=True)
    both = ("Niveau", "Référence parent", "Référence", "Quantité", "Prix unitaire (EUR)")
    rows = [both, ("0", "", "P", "1", ""), ("1", "Z", "A", "2", "1,5"), ("0", "", "Z", "1", "1")]
    yield of("disagreement", rows, WARN, totals={"EUR": "4"}, codes=("bom.parent.other",))
    cumulated = ("Niveau", "Référence", "Quantité", "Quantité totale", "Prix unitaire (EUR)")
    rows = [cumulated, ("0", "P", "2", "2", ""), ("1", "A", "3", "5", "1,5")]
    yield of("wrong-total-quantity", rows, WARN, totals={"EUR": "9"}, codes=("bom.quantity.total",))


def diamond(levels: int) -> list[tuple[str, ...]]:
    """A tree where each level holds the next one twice, on two rows: 2^levels paths."""
    rows: list[tuple[str, ...]] = [
        ("Référence parent", "Référence", "Repère", "Quantité", "Prix unitaire (EUR)"),
        ("", "N0", "", "1", ""),
    ]
    for i in range(levels):
        price = "1" if i == levels - 1 else ""
        rows += [(f"N{i}", f"N{i + 1}", "gauche", "1", price), (f"N{i}", f"N{i + 1}", "droite", "1", price)]
    return rows


def totals_and_doubles() -> Iterator[Hostile]:
    def of(name: str, content: bytes, *allowed: str, totals: Mapping[str, str], codes: tuple[str, ...] = ()) -> Hostile:
        return Hostile(f"sum-{name}.csv", "totals and doubles", content, allowed, totals, codes)

    head = ("Désignation", "Quantité", "Prix unitaire (EUR)", "Montant")
    a, b = ("Vis", "3", "1,20", "3,60"), ("Écrou", "2", "0,10", "0,20")
    yield of(
        "right",
        short(a, b, ("TOTAL", "", "", "3,80"), head=head),
        ACCEPT,
        totals={"EUR": "3.8"},
        codes=("bom.row.total",),
    )
    yield of(
        "wrong",
        short(a, b, ("Total HT", "", "", "4,80"), head=head),
        WARN,
        totals={"EUR": "3.8"},
        codes=("bom.sum.differs",),
    )
    with_quantity = ("Total général", "5", "", "3,80")
    yield of("with-quantity", short(a, b, with_quantity, head=head), ACCEPT, totals={"EUR": "3.8"})
    sub = (
        a,
        ("Sous-total", "", "", "3,60"),
        b,
        ("Sous-total", "", "", "0,20"),
        ("Total HT", "", "", "3,80"),
        ("TVA 20 %", "", "", "0,76"),
        ("Total TTC", "", "", "4,56"),
    )
    yield of("subtotals", short(*sub, head=head), ACCEPT, totals={"EUR": "3.8"})
    yield of(
        "line-total",
        short(("Vis", "3", "1,20", "36,00"), b, head=head),
        WARN,
        totals={"EUR": "3.8"},
        codes=("bom.price.total",),
    )
    yield of("same-row", short(a, a, head=head), WARN, totals={"EUR": "7.2"}, codes=("bom.duplicate.row",))
    refs = ("Référence", *SHORT)
    two = (("A", "Vis", "3", "1,20"), ("A", "Vis", "2", "1,30"))
    yield of("two-prices", short(*two, head=refs), WARN, totals={"EUR": "6.2"}, codes=("bom.duplicate.price",))
    yield of(
        "remark",
        short(a, b, ("Prix valables un mois", "", "", ""), head=head),
        WARN,
        totals={"EUR": "3.8"},
        codes=("bom.row.aside",),
    )
    oil = ("Total Quartz 5W30", "2", "10,00", "20,00")
    yield of("part-named-total", short(a, oil, head=head), WARN, totals={"EUR": "23.6"},
             codes=("bom.row.like_total_kept",))  # fmt: skip
    named = ("Sous-total visserie", "1", "3,60", "3,60")
    yield of("subtotal-named", short(a, named, b, head=head), ACCEPT, totals={"EUR": "3.8"}, codes=("bom.row.total",))


def hidden_and_merged() -> Iterator[Hostile]:
    rows = [SHORT, ("Vis", 3, 1.2), ("Écrou", 2, 0.1), ("Joint", 1, None)]
    total = {"EUR": "3.8"}

    def of(
        name: str, content: bytes, *allowed: str, totals: Mapping[str, str] | None = total, codes: tuple[str, ...] = ()
    ) -> Hostile:
        return Hostile(f"hidden-{name}.xlsx", "hidden and merged", content, allowed, totals, codes)

    merged = '<mergeCells count="1"><mergeCell ref="C3:C4"/></mergeCells>'
    yield of("merged-price", wb.xlsx(rows, after=merged), WARN, totals={"EUR": "3.6"}, codes=("bom.merged.number",))
    suppliers = [(*SHORT, "Fournisseur"), ("Vis", 3, 1.2, "ACME"), ("Écrou", 2, 0.1, None)]
    merged = '<mergeCells count="1"><mergeCell ref="D2:D3"/></mergeCells>'
    yield of("merged-supplier", wb.xlsx(suppliers, after=merged), WARN, codes=("bom.merged.text",))
    hidden = wb.xml_rows(rows).replace('<row r="3">', '<row r="3" hidden="1">')
    yield of(
        "row", wb.raw_xlsx(wb.SHEET.format(before="", rows=hidden, after="")), ACCEPT, codes=("sheets.hidden_rows",)
    )
    columns = '<cols><col min="3" max="3" hidden="1"/></cols>'
    yield of("column", wb.xlsx(rows, before=columns), ACCEPT, codes=("sheets.hidden_columns",))
    other = [SHORT, ("Secret", 1000, 1000)]
    yield of(
        "sheet",
        wb.books([("BOM", "visible", rows), ("Marges", "hidden", other)]),
        ACCEPT,
        codes=("sheets.hidden_sheets",),
    )
    yield of(
        "very-hidden",
        wb.books([("BOM", "visible", rows), ("Marges", "veryHidden", other)]),
        ACCEPT,
        codes=("sheets.hidden_sheets",),
    )
    yield of(
        "only-hidden",
        wb.books([("Vide", "visible", []), ("BOM", "hidden", rows)]),
        WARN,
        codes=("sheets.hidden_sheet_read",),
    )
    cover = [("Entreprise", "Exemple"), ("Date", "2026")]
    yield of(
        "cover", wb.books([("Garde", "visible", cover), ("BOM", "visible", rows)]), ACCEPT, codes=("sheets.chosen",)
    )
    yield of(
        "twins",
        wb.books([("BOM 1", "visible", rows), ("BOM 2", "visible", other)]),
        WARN,
        codes=("sheets.chosen_among",),
    )
    yield of(
        "no-headings",
        wb.books([("A", "visible", cover), ("B", "visible", cover)]),
        REJECT,
        totals=None,
        codes=("sheets.which_sheet",),
    )


def typed_cells() -> Iterator[Hostile]:
    def of(
        name: str,
        rows: Sequence[Sequence[object]],
        *allowed: str,
        totals: Mapping[str, str],
        codes: tuple[str, ...] = (),
    ) -> Hostile:
        return Hostile(f"typed-{name}.xlsx", "typed cells", wb.xlsx(rows), allowed, totals, codes)

    yield of("numbers", [SHORT, ("Vis", 3, 0.1), ("Écrou", 7, 0.7)], ACCEPT, totals={"EUR": "5.2"})
    yield of("text-numbers", [SHORT, ("Vis", "3", "1,20"), ("Écrou", "2", "0,10")], ACCEPT, totals={"EUR": "3.8"})
    yield of(
        "mixed",
        [SHORT, ("Vis", 3, "1.234"), ("Écrou", 2, 0.1)],
        WARN,
        totals={"EUR": "0.2"},
        codes=("bom.number.ambiguous",),
    )
    yield of(
        "boolean",
        [SHORT, ("Vis", True, 1.2), ("Écrou", 2, 0.1)],
        WARN,
        totals={"EUR": "0.2"},
        codes=("bom.number.boolean",),
    )
    head = ("Référence", *SHORT)
    yield of(
        "number-reference", [head, (8482.1, "Vis", 3, 1.2)], WARN, totals={"EUR": "3.6"}, codes=("bom.item.number",)
    )
    hs = (*SHORT, "Code SH")
    yield of("number-code", [hs, ("Vis", 3, 1.2, 1012100)], WARN, totals={"EUR": "3.6"}, codes=("kernel.code.hs_zero",))
    yield of(
        "huge", [SHORT, ("Vis", 3, 1e22), ("Écrou", 2, 0.1)], WARN, totals={"EUR": "0.2"}, codes=("bom.number.huge",)
    )
    yield of("tiny", [SHORT, ("Vis", 3, 1e-7)], ACCEPT, totals={"EUR": "0.0000003"})
    nan = ("", "<v>NaN</v>")
    yield Hostile(
        "typed-nan.xlsx", "typed cells", wb.xlsx([SHORT, ("Vis", 3, nan), ("Écrou", 2, 0.1)]), (WARN, REJECT), None
    )


def odd_ooxml() -> Iterator[Hostile]:
    rows = [SHORT, ("Vis", 3, 1.2), ("Écrou", 2, 0.1)]
    total = {"EUR": "3.8"}

    def of(name: str, content: bytes, *allowed: str, codes: tuple[str, ...] = (), is_heavy: bool = False) -> Hostile:
        totals = total if ACCEPT in allowed else None
        return Hostile(f"odd-{name}.xlsx", "odd OOXML", content, allowed, totals, codes, None, is_heavy)

    def sheet(text: str) -> bytes:
        return wb.raw_xlsx(wb.SHEET.format(before="", rows=text, after=""))

    yield of("no-places", sheet(wb.xml_rows(rows, with_places=False)), ACCEPT)
    prefixed = wb.SHEET.format(before="", rows=wb.xml_rows(rows), after="")
    for tag in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        prefixed = (
            prefixed.replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    prefixed = prefixed.replace("xmlns=", "xmlns:x=")
    yield of("prefixed", wb.raw_xlsx(prefixed), ACCEPT, REJECT)
    yield of(
        "same-cell-twice", sheet(wb.xml_rows(rows).replace('r="C2"', 'r="B2"')), REJECT, codes=("sheets.disordered",)
    )
    yield of(
        "rows-unordered",
        sheet(wb.xml_rows(rows).replace('<row r="2">', '<row r="9">')),
        REJECT,
        codes=("sheets.disordered",),
    )
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield of("far-cell", sheet(wb.xml_rows(rows) + far), REJECT, is_heavy=True)
    blank_far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    yield of("far-blank-cell", sheet(wb.xml_rows(rows) + blank_far), ACCEPT, is_heavy=True)
    wide = "".join(f'<c r="{letters}4"><v>1</v></c>' for letters in ("ZZ", "ZZZ"))
    yield of("wide", sheet(wb.xml_rows(rows) + f'<row r="4">{wide}</row>'), REJECT, codes=("sheets.columns",))
    lying = wb.SHEET.format(before='<dimension ref="A1:XFD1048576"/>', rows=wb.xml_rows(rows), after="")
    yield of("lying-dimension", wb.raw_xlsx(lying), ACCEPT, is_heavy=True)
    yield of("not-xml", wb.raw_xlsx("pas du XML"), REJECT, codes=("sheets.damaged",))
    yield of("no-sheet", wb.raw_xlsx(wb.SHEET, rels=""), REJECT)
    yield of("bad-place", sheet(wb.xml_rows(rows).replace('r="C2"', 'r="1C"')), REJECT)
    yield of("shared-string-beyond", sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), REJECT)
    yield of("empty", wb.xlsx([]), REJECT, codes=("sheets.no_value",))
    yield of(
        "macros", wb.xlsx(rows, extra={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"}), WARN, codes=("sheets.macros",)
    )
    long_text = wb.xlsx([SHORT, ("V" * 40_000, 3, 1.2)])
    yield of("long-text", long_text, REJECT, codes=("sheets.cell_text",))


def containers() -> Iterator[Hostile]:
    rows = [SHORT, ("Vis", 3, 1.2)]
    good = wb.xlsx(rows)

    def of(name: str, content: bytes, code: str, *, is_heavy: bool = False) -> Hostile:
        return Hostile(f"zip-{name}.xlsx", "containers", content, (REJECT,), None, (code,), None, is_heavy)

    zeros = b" " * (64 * 1024 * 1024)
    yield of("bomb", wb.xlsx(rows, extra={"xl/media/a.bin": zeros}), "sheets.ratio", is_heavy=True)
    comment = f"<!--{' ' * (40 * 1024 * 1024)}-->"
    yield of(
        "xml-bomb",
        wb.raw_xlsx(wb.SHEET.format(before=comment, rows=wb.xml_rows(rows), after="")),
        "sheets.ratio",
        is_heavy=True,
    )
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    yield of(
        "entities",
        wb.raw_xlsx(
            wb.SHEET.replace("<worksheet", laughs + "<worksheet").format(
                before="", rows=wb.xml_rows([SHORT, ("&b;", 1, 1)]), after=""
            )
        ),
        "sheets.entities",
    )
    outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
    yield of(
        "external-entity",
        wb.raw_xlsx(
            wb.SHEET.replace("<worksheet", outside + "<worksheet").format(before="", rows=wb.xml_rows(rows), after="")
        ),
        "sheets.entities",
    )
    wide = wb.SHEET.replace("<worksheet", laughs + "<worksheet").format(before="", rows="", after="").encode("utf-16")
    yield of("entities-utf16", wb.raw_xlsx(wide), "sheets.entities")
    yield of("many-members", wb.xlsx(rows, extra={f"xl/media/{i}.png": b"x" for i in range(3_000)}), "sheets.members")
    for name, path in (
        ("traversal", "../../etc/cron.d/x"),
        ("absolute", "/etc/passwd"),
        ("drive", "C:/x"),
        ("backslash", "..\\x"),
    ):
        yield of(name, wb.xlsx(rows, extra={path: b"x"}), "sheets.traversal")
    yield of("symlink", _with_symlink(good), "sheets.traversal")
    yield of("encrypted-member", _flagged(good), "sheets.encrypted")
    yield of("cut", good[: len(good) // 2], "sheets.damaged")
    yield of("cut-end", good[:-10], "sheets.damaged")
    yield of("wrong-sum", _with_wrong_sum(good), "sheets.damaged")
    yield of("bzip2", wb.zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}, zipfile.ZIP_BZIP2), "sheets.method")
    yield of("same-member-twice", _doubled(good), "sheets.damaged")
    yield of("only-end", b"PK\x05\x06" + bytes(18), "sheets.archive")


def _with_symlink(content: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        member = zipfile.ZipInfo("xl/link")
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    return buffer.getvalue()


def _flagged(content: bytes) -> bytes:
    """The flag of encryption set on every member of the central directory."""
    raw = bytearray(content)
    start = raw.find(b"PK\x01\x02")
    while start >= 0:
        flags = struct.unpack_from("<H", raw, start + 8)[0]
        struct.pack_into("<H", raw, start + 8, flags | 1)
        start = raw.find(b"PK\x01\x02", start + 4)
    return bytes(raw)


def _with_wrong_sum(content: bytes) -> bytes:
    raw = bytearray(content)
    start = raw.rfind(b"PK\x01\x02")
    raw[start + 16] ^= 0xFF
    return bytes(raw)


def _doubled(content: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/worksheets/SHEET1.xml", "<worksheet/>")
    return buffer.getvalue()


def open_document() -> Iterator[Hostile]:
    rows = wb.ods_rows([SHORT, ("Vis", 3, 1.2), ("Écrou", 2, 0.1)])
    total = {"EUR": "3.8"}

    def of(
        name: str, content: bytes, *allowed: str, totals: Mapping[str, str] | None = total, codes: tuple[str, ...] = ()
    ) -> Hostile:
        return Hostile(f"od-{name}.ods", "open document", content, allowed, totals, codes)

    yield of("plain", wb.ods(rows), ACCEPT)
    trailing = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    yield of("trailing", wb.ods(rows + trailing), ACCEPT)
    cell = (
        '<table:table-row table:number-rows-repeated="{r}"><table:table-cell table:number-columns-repeated="{c}" '
        'office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
    )
    yield of("repeated-rows", wb.ods(rows + cell.format(r=1_000_000, c=1)), REJECT, totals=None, codes=("sheets.rows",))
    yield of(
        "repeated-columns", wb.ods(rows + cell.format(r=1, c=16_000)), REJECT, totals=None, codes=("sheets.columns",)
    )
    yield of("far", wb.ods(rows + trailing + cell.format(r=1, c=1)), REJECT, totals=None, codes=("sheets.rows",))
    kind = 'office:value-type="string" calcext:value-type="error"'
    error = f"<table:table-cell {kind}><text:p>#REF!</text:p></table:table-cell>"
    broken = wb.ods_rows([SHORT, ("Vis", 3, error), ("Écrou", 2, 0.1)])
    yield of("error", wb.ods(broken), WARN, totals={"EUR": "0.2"}, codes=("bom.cell.error",))
    hidden = rows.replace("<table:table-row>", '<table:table-row table:visibility="filter">').replace(
        ' table:visibility="filter"', "", 1
    )
    yield of("hidden-rows", wb.ods(hidden), ACCEPT, codes=("sheets.hidden_rows",))
    secret = '<manifest:encryption-data manifest:checksum="x"/>'
    yield of("encrypted", wb.ods(rows, manifest=secret), REJECT, totals=None, codes=("sheets.encrypted",))
    yield of(
        "entities",
        wb.zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            }
        ),
        REJECT,
        totals=None,
        codes=("sheets.entities",),
    )
    yield of(
        "text-document",
        wb.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        REJECT,
        totals=None,
        codes=("sheets.word",),
    )


def extensions() -> Iterator[Hostile]:
    def no(name: str, content: bytes, code: str) -> Hostile:
        return Hostile(name, "wrong extensions", content, (REJECT,), None, (code,))

    yield no("bom.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "sheets.pdf")
    yield no("pdf-named.csv", b"%PDF-1.4\n1 0 obj", "sheets.pdf")
    yield no("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "sheets.image")
    yield no("scan-named.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF", "sheets.image")
    yield no("word-named.xlsx", wb.zipped({"[Content_Types].xml": "", "word/document.xml": "<a/>"}), "sheets.word")
    yield no("slides.pptx", wb.zipped({"[Content_Types].xml": "", "ppt/presentation.xml": "<a/>"}), "sheets.slides")
    yield no("page.xls", b"<html><body><table><tr><td>Vis</td></tr></table></body></html>", "sheets.markup")
    yield no("sheet2003.xml", b'<?xml version="1.0"?><Workbook/>', "sheets.markup")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield no("old.xls", ole + "Workbook".encode("utf-16-le"), "sheets.old_excel")
    yield no("locked.xlsx", ole + "EncryptedPackage".encode("utf-16-le"), "sheets.encrypted")
    yield no("old.doc", ole + "WordDocument".encode("utf-16-le"), "sheets.word")
    yield no("binary.xlsb", wb.zipped({"[Content_Types].xml": "", "xl/workbook.bin": b"x"}), "sheets.binary_excel")
    yield no("files.zip", wb.zipped({"bom.csv": BASE}), "sheets.archive")
    yield no("packed.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0", "sheets.archive")
    yield no("table.parquet", b"PAR1" + bytes(40), "sheets.binary")
    yield no("cut.parquet.csv", bytes(range(256)) * 4, "sheets.binary")
    yield no("program.csv", b"\x7fELF" + bytes(60), "sheets.binary")
    yield no("part.step", b"ISO-10303-21;\nHEADER;", "sheets.cad")
    yield no("empty.csv", b"", "sheets.empty")
    yield no("empty.xlsx", b"", "sheets.empty")
    yield no("spaces.csv", b"  \r\n \r\n;;;\r\n", "bom.empty")
    yield no("bom-only.csv", b"\xef\xbb\xbf", "bom.empty")
    yield no("data.json", b'[{"part": "V6", "qty": 3}]', "bom.missing.both")
    yield Hostile("text-named.xlsx", "wrong extensions", BASE.encode(), (ACCEPT,), TOTAL)
    yield Hostile("sheet-named.csv", "wrong extensions", wb.xlsx([SHORT, ("Vis", 3, 1.2)]), (ACCEPT,), {"EUR": "3.6"})
    noise = random.Random(7).randbytes(3_000)
    yield Hostile("noise.csv", "wrong extensions", noise, (REJECT,), None, (), None)
    for index, name in enumerate(
        (
            "-rf.csv",
            "$(touch x).csv",
            "a\nb.csv",
            "\u202egpj.csv",
            "é" * 100 + ".csv",
            "con.csv",
            " .csv",
            "x;DROP TABLE lines;--.csv",
            "<script>alert(1)</script>.csv".replace("/", "∕"),
        )
    ):
        yield Hostile(name, "upload names", BASE.encode() + b"\r\n" * index, (ACCEPT,), TOTAL)


def sizes() -> Iterator[Hostile]:
    many = [SHORT, *((f"Pièce {i}", "2", "0,05") for i in range(100_000))]
    yield Hostile(
        "size-100000-lines.csv", "sizes", table(many).encode(), (ACCEPT,), {"EUR": "10000"}, (), 100_000, True
    )
    wide = [(*SHORT, *(f"Note {i}" for i in range(250))), ("Vis", "3", "1,20", *("x" for _ in range(250)))]
    yield Hostile("size-250-columns.csv", "sizes", table(wide).encode(), (ACCEPT,), {"EUR": "3.6"})
    wider = [("x",) * 5_000, ("1",) * 5_000]
    yield Hostile("size-5000-columns.csv", "sizes", table(wider).encode(), (REJECT,), None, ("sheets.columns",))
    yield Hostile("size-cell.csv", "sizes", short(("V" * 50_000, "3", "1,20")), (REJECT,), None, ("sheets.cell_text",))
    yield Hostile("size-300000-rows.csv", "sizes", b"a;b\r\n" * 300_000, (REJECT,), None, ("sheets.rows",), None, True)
    yield Hostile("size-one-long-line.csv", "sizes", b"a" * 3_000_000, (REJECT,), None, (), None, True)
    yield Hostile("size-quotes.csv", "sizes", b'"' * 1_000_001, (REJECT,), None, (), None, True)
    yield Hostile("size-separators.csv", "sizes", b";" * 3_000_000, (REJECT,), None, (), None, True)


def purchases() -> Iterator[Hostile]:
    head = ("Fournisseur", "Famille d'achat", "Montant annuel (k€)", "Pays d'origine")
    rows = (("ACME", "Visserie", "12,5", "Chine"), ("Würth", "Visserie", "3,2", ""))
    yield Hostile(
        "purchases.csv", "purchases", short(*rows, head=head), (ACCEPT,), {"EUR": "15700"}, ("bom.purchases.limits",), 2
    )
    total = ("Total", "", "15,7", "")
    yield Hostile(
        "purchases-total.csv", "purchases", short(*rows, total, head=head), (ACCEPT,), {"EUR": "15700"}, (), 2
    )
