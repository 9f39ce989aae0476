"""The workbook that a company fills in: a sheet with drop-down lists, two invented examples, a page of help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ancrage.dossier.bom.headings import fields
from ancrage.dossier.model import OriginBasis
from ancrage.interfaces.reports.bom_export import WORKBOOK_OPTIONS, Value, write_rows
from ancrage.interfaces.wording import Language, say
from ancrage.kernel.message import message
from ancrage.reference.country import load_countries

COLUMNS = (
    "level",
    "item",
    "label",
    "quantity",
    "unit",
    "unit_price",
    "currency",
    "supplier",
    "origin",
    "origin_basis",
    "hs",
    "material",
    "process",
    "unit_mass",
    "lead_time",
    "critical",
    "single_source",
    "annual_volume",
)
REQUIRED = frozenset({"label", "quantity"})
_TEXT_COLUMNS = frozenset({"item", "hs"})
_ROWS = 5_000
_UNITS = ("pièce", "kg", "g", "m", "mm", "m2", "l", "ml", "h", "lot")
_UNITS_EN = ("piece", "kg", "g", "m", "mm", "m2", "l", "ml", "h", "set")
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CNY", "JPY", "SEK", "PLN", "CZK", "INR")


def write_template(path: Path, lang: Language = "fr") -> None:
    """Write the workbook. Our own reader takes the first sheet once filled, and never the invented examples unless it
    is told so by their name."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, WORKBOOK_OPTIONS) as book:
        styles = _styles(book)
        entry = book.add_worksheet(_say("sheet.entry", lang))
        _headings(entry, 0, styles, lang)
        _lists(book, entry, lang)
        for name, rows in (("tree", _tree(lang)), ("flat", _flat(lang))):
            sheet = book.add_worksheet(_say(f"sheet.{name}", lang))
            sheet.write_string(0, 0, _say("invented", lang), styles["note"])
            _headings(sheet, 1, styles, lang)
            write_rows(sheet, rows, 2, {})
        _help(book.add_worksheet(_say("sheet.help", lang)), styles, lang)


def _say(code: str, lang: Language) -> str:
    return say(message(f"template.{code}"), lang)


def _styles(book: Any) -> Mapping[str, Any]:
    return {
        "required": book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True}),
        "optional": book.add_format({"bold": True, "bg_color": "#D9E2F3", "text_wrap": True}),
        "text": book.add_format({"num_format": "@"}),
        "note": book.add_format({"italic": True}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def heading(name: str, lang: Language) -> str:
    """The heading of a field; the mass says its unit."""
    label = fields()[name].label[lang]
    return f"{label} (kg)" if name == "unit_mass" else label


def _headings(sheet: Any, row: int, styles: Mapping[str, Any], lang: Language) -> None:
    for column, name in enumerate(COLUMNS):
        style = styles["required" if name in REQUIRED else "optional"]
        sheet.set_column(
            column, column, 30 if name == "label" else 15, styles["text"] if name in _TEXT_COLUMNS else None
        )
        sheet.write_string(row, column, heading(name, lang), style)
    sheet.freeze_panes(row + 1, 0)


def _lists(book: Any, entry: Any, lang: Language) -> None:
    """Drop-down lists, kept on a hidden sheet under defined names; other values stay possible."""
    hidden = book.add_worksheet(_say("sheet.lists", lang))
    hidden.hide()
    for column, (name, values) in enumerate(_choices(lang).items()):
        for row, value in enumerate(values):
            hidden.write_string(row, column, value)
        letter = chr(65 + column)
        title = _say("sheet.lists", lang)
        book.define_name(f"list_{name}", f"='{title}'!${letter}$1:${letter}${len(values)}")
        place = COLUMNS.index(name)
        rule = {"validate": "list", "source": f"=list_{name}", "error_type": "warning"}
        entry.data_validation(1, place, _ROWS, place, rule)


def _choices(lang: Language) -> Mapping[str, Sequence[str]]:
    yes_no = (_say("yes", lang), _say("no", lang))
    return {
        "unit": _UNITS if lang == "fr" else _UNITS_EN,
        "currency": _CURRENCIES,
        "origin": sorted({country.name(lang) for country in load_countries().values()}),
        "origin_basis": [_say(f"basis.{basis.value}", lang) for basis in OriginBasis],
        "critical": yes_no,
        "single_source": yes_no,
    }


def _help(sheet: Any, styles: Mapping[str, Any], lang: Language) -> None:
    sheet.set_column(0, 0, 28, styles["wrap"])
    sheet.set_column(1, 1, 100, styles["wrap"])
    lines: list[tuple[str, str]] = [(_say("help.title", lang), _say("help.text", lang))]
    lines += [(heading(name, lang), _say(f"help.{name}", lang)) for name in COLUMNS]
    for row, (left, right) in enumerate(lines):
        sheet.write_string(row, 0, left, styles["wrap"])
        sheet.write_string(row, 1, right, styles["wrap"])


def _row(lang: Language, **cells: Value | str) -> list[Value]:
    words = {
        name: _say(str(value)[1:], lang) if isinstance(value, str) and value.startswith("§") else value
        for name, value in cells.items()
    }
    return [words.get(name) for name in COLUMNS]


def _tree(lang: Language) -> list[list[Value]]:
    """A small trolley in three levels."""
    return list(_tree_rows(lang))


def _tree_rows(lang: Language) -> Iterator[list[Value]]:
    d = Decimal
    yield _row(lang, level=d(0), item="CH-100", label="§part.trolley", quantity=d(1), unit="§unit")
    yield _row(lang, level=d(1), item="CH-110", label="§part.frame", quantity=d(1), unit="§unit")
    yield _row(
        lang,
        level=d(2),
        item="TB-025",
        label="§part.tube",
        quantity=d("4.8"),
        unit="m",
        unit_price=d("6.35"),
        currency="EUR",
        supplier="Profilés Exemple",
        origin="§country.it",
        origin_basis="§basis.supplier-declaration",
        hs="730630",
        material="S235",
        unit_mass=d("1.6"),
        lead_time=d(15),
        critical="§no",
        single_source="§no",
        annual_volume=d(2400),
    )
    yield _row(
        lang,
        level=d(2),
        item="EQ-004",
        label="§part.bracket",
        quantity=d(8),
        unit="§unit",
        unit_price=d("1.12"),
        currency="EUR",
        supplier="Tôlerie Exemple",
        origin="§country.fr",
        origin_basis="§basis.company-word",
        hs="732690",
        material="DC01",
        process="§process.bending",
        unit_mass=d("0.14"),
        lead_time=d(10),
        critical="§no",
        single_source="§no",
        annual_volume=d(4000),
    )
    yield _row(
        lang,
        level=d(1),
        item="RL-125",
        label="§part.caster",
        quantity=d(4),
        unit="§unit",
        unit_price=d("9.9"),
        currency="EUR",
        supplier="Roulettes Exemple",
        origin="§country.cn",
        origin_basis="§basis.marking",
        hs="830220",
        lead_time=d(60),
        critical="§yes",
        single_source="§yes",
        annual_volume=d(2000),
    )


def _flat(lang: Language) -> list[list[Value]]:
    """A flat list where much is not known: that is allowed, and shown as unknown."""
    d = Decimal
    return [
        _row(
            lang,
            item="PCB-12",
            label="§part.board",
            quantity=d(1),
            unit="§unit",
            unit_price=d("42.5"),
            currency="EUR",
            supplier="Cartes Exemple",
            origin="§country.cn",
            origin_basis="§basis.supposed",
        ),
        _row(
            lang,
            item="BT-03",
            label="§part.housing",
            quantity=d(1),
            unit="§unit",
            unit_price=d("7.8"),
            currency="EUR",
            material="ABS",
            process="§process.moulding",
        ),
        _row(lang, label="§part.screw", quantity=d(6), unit="§unit"),
    ]
