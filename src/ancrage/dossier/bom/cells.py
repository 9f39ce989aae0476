"""One cell, one meaning: each reader gives a value or None, and a message when the cell is doubtful."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from ancrage.dossier.bom.headings import fold
from ancrage.dossier.bom.numbers import Convention, flaw_message, is_absent, read_number
from ancrage.dossier.bom.sheet import Cell, Flaw
from ancrage.dossier.model import OriginBasis
from ancrage.kernel.codes import HsCode, parse_hs, parse_siret
from ancrage.kernel.errors import CodeError
from ancrage.kernel.message import Message, message
from ancrage.kernel.money import plain
from ancrage.kernel.quantity import Quantity, is_known_unit, parse_unit
from ancrage.reference.country import find_country
from ancrage.reference.nomenclature import load_nomenclatures
from ancrage.reference.place import parse_place
from ancrage.reference.territory import load_territory

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+")


@cache
def _answers() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _catalogue().items() if isinstance(words, list)}


@cache
def _catalogue() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("ancrage").joinpath("catalogue", "answers.toml").read_text("utf-8"))


_remembered = lru_cache(maxsize=8_192, typed=True)
"""The same few countries, codes and units fill a file; `typed`, because true, 1 and 1.0 are different cells."""

Read = tuple[str | None, Message | None]


def read_text(cell: Cell) -> Read:
    """A free text: numbers and dates as written, control characters taken out and said."""
    if cell is None:
        return None, None
    if isinstance(cell, str):
        if _CONTROL.search(cell):
            return " ".join(_CONTROL.sub(" ", cell).split()) or None, message("bom.cell.control")
        return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell, None
    if isinstance(cell, Flaw):
        return (cell.text, None) if cell.kind == "percent" else (None, flaw_message(cell))
    if isinstance(cell, Decimal):
        return plain(cell), None
    return (cell.isoformat() if isinstance(cell, date) else str(cell)), None


def read_reference(cell: Cell) -> Read:
    """A part number: what a spreadsheet may have spoilt (a date, a rounded number, an exponent) is said."""
    text, issue = read_text(cell)
    if isinstance(cell, date):
        return text, message("bom.item.date", text=str(text))
    if isinstance(cell, bool | Decimal):
        return text, message("bom.item.number", text=str(text))
    if isinstance(cell, int) and abs(cell) >= 10**15:
        return text, message("bom.item.number", text=str(text))
    if isinstance(cell, str) and _SCIENTIFIC.fullmatch(cell):
        return text, message("bom.item.exponent", text=cell)
    if isinstance(cell, str) and is_absent(cell):
        return None, None
    return text, issue


def read_known(cell: Cell) -> Read:
    """A text that may be a way to say "unknown" (`n/a`, `?`): then None."""
    text, issue = read_text(cell)
    return (None, issue) if text is not None and is_absent(text) else (text, issue)


@_remembered
def read_flag(cell: Cell, *, is_criticality: bool = False) -> tuple[bool | None, Message | None]:
    """Yes, no, or unknown. A level of criticality is read when it is a word or a letter, not a rank on a scale."""
    if isinstance(cell, bool):
        return cell, None
    text, issue = read_known(cell)
    if text is None:
        return None, issue
    word, answers = fold(text), _answers()
    if word in answers["yes"] or (is_criticality and word in answers["critical"]):
        return True, None
    if word in answers["no"] or (is_criticality and word in answers["not_critical"]):
        return False, None
    return None, message("bom.flag.unreadable", text=text[:60])


@_remembered
def read_country(cell: Cell) -> tuple[str | None, bool, Message | None]:
    """The ISO code of a country, whether it is only supposed (`Chine ?`), and why it is not read."""
    text, issue = read_text(cell)
    if text is None or (is_absent(text) and find_country(text) is None):
        return None, False, issue
    bare = re.sub(r"\s*(?:\?+|\((?:supposée?|à vérifier|\?+|assumed)\))\s*$", "", text, flags=re.IGNORECASE)
    if fold(bare) in _answers()["unions"]:
        return None, False, message("bom.country.union", text=text[:60])
    country = find_country(bare)
    if country is None:
        return None, False, message("bom.country.unknown", text=text[:60])
    return country.iso2, bare != text, None


@_remembered
def read_place(cell: Cell) -> tuple[str | None, Message | None]:
    """A place in France as a typed code (`commune:25056`, `siret:…`); what is ambiguous or unknown is set aside."""
    text, issue = read_known(str(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell)
    if text is None:
        return None, issue
    try:
        return f"siret:{parse_siret(text)}", None
    except CodeError:
        pass
    try:
        return parse_place(text, load_territory()).typed, None
    except CodeError as error:
        return None, message("bom.made_at.unclear", reason=error.message)


@_remembered
def read_basis(cell: Cell) -> tuple[OriginBasis | None, Message | None]:
    """How an origin is known."""
    text, issue = read_known(cell)
    if text is None:
        return None, issue
    word = fold(text).strip(" .").replace("-", " ")
    for name, words in _catalogue()["basis"].items():
        if word in words or word == name.replace("-", " "):
            return OriginBasis(name), None
    return None, message("bom.basis.unknown", text=text[:60])


@_remembered
def read_hs(cell: Cell) -> tuple[HsCode | None, Message | None]:
    """A customs code that exists in HS 2022. A lost leading zero shows in an odd count of digits, and is said."""
    if isinstance(cell, bool | date):
        return None, message("bom.hs.unreadable", text=str(cell))
    text, issue = read_known(cell)
    if text is None:
        return None, issue
    try:
        code = parse_hs(text[:40])
    except CodeError as error:
        return None, error.message
    return (code, None) if load_nomenclatures().hs.exists(code) else (None, message("bom.hs.absent", hs=code))


@_remembered
def read_unit(cell: Cell) -> tuple[str | None, Message | None]:
    """A unit: listed, or kept as written and said."""
    text, issue = read_known(cell)
    if text is None:
        return None, issue
    unit = parse_unit(text)
    return unit, None if is_known_unit(unit) else message("bom.unit.unknown", text=text[:40])


def read_days(cell: Cell, rule: Convention, unit: str | None) -> tuple[Decimal | None, Message | None]:
    """A lead time in days. The unit stands in the cell (`12 sem.`), else in the heading, else days are meant."""
    number = read_number(cell, rule)
    if number.value is None:
        return None, number.issue
    word = fold(number.suffix or unit or "j").strip(" .")
    days = _catalogue()["days"].get(word.split(" ")[0].rstrip("."))
    if days is None or number.value < 0:
        return None, message("bom.delay.unreadable", text=str(cell)[:60])
    return number.value * days, number.issue


def read_mass(cell: Cell, rule: Convention, unit: str | None) -> tuple[Quantity | None, Message | None]:
    """A mass with its unit, in the cell or the heading; without one it stays unknown."""
    number = read_number(cell, rule)
    if number.value is None:
        return None, number.issue
    written = number.suffix or unit
    if written is None:
        return None, message("bom.mass.unit", text=str(cell)[:40])
    name = parse_unit(written)
    if name not in {"kg", "g", "mg", "t", "lb"} or number.value < 0:
        return None, message("bom.mass.unreadable", text=str(cell)[:60])
    return Quantity(number.value, name), number.issue


@cache
def _distributors() -> tuple[str, ...]:
    path = resources.files("ancrage").joinpath("catalogue", "distributors.toml")
    return tuple(_words(name) for name in tomllib.loads(path.read_text("utf-8"))["names"])


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text))) + " "


@cache
def is_distributor(supplier: str) -> bool:
    """True for a known distributor or market place: who sells is not who makes."""
    return _words(re.sub(r"\.(?:com|fr|eu|de)\b", " ", supplier)).startswith(_distributors())
