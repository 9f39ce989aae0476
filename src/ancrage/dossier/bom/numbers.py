"""Numbers as people write them, read without guessing (RELIABILITY D6).

`1.234` is one thousand two hundred and thirty-four or one and a quarter: only the rest of its column can tell. A
`Convention` is what the unambiguous cells of one column say; a cell is then read with it, or stays unknown with the
reason. A number is finite, in ASCII digits, without exponent, below 10^12; anything else stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ancrage.dossier.bom.currencies import find_currency, is_ambiguous, is_assumed
from ancrage.dossier.bom.sheet import Cell, Flaw
from ancrage.kernel.message import Message, message
from ancrage.kernel.quantity import is_known_unit, parse_unit

LARGEST = Decimal(10) ** 12
_LONGEST = 40
_SPACES = re.compile("[\u00a0\u202f\u2009\u2007\u2008\u2002\u2003\t ]+")
_PLAIN = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"([0-9]*)([.,])([0-9]+)")
_SPACED = re.compile(r"([0-9]{1,3}(?:[ '’][0-9]{3})+)(?:([.,])([0-9]+))?")
_DOTTED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
_COMMAED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?\s*[eE]\s*[+-]?\s*[0-9]+")
_AMOUNT = re.compile(r"(-|\+)?\s*([^0-9.,+-]*?)\s*(-|\+)?([0-9.,][0-9., '’]*[0-9]|[0-9])\s*([^0-9.,+-][^0-9]*[23]?)?")
_NOT_FINITE = frozenset(
    {"nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity", "-nan", "1.#inf", "1.#qnan"}
)
_ABSENT = frozenset(
    {
        "-",
        "--",
        "–",
        "—",
        "n/a",
        "na",
        "n.a.",
        "nc",
        "n.c.",
        "nd",
        "n.d.",
        "n/c",
        "n/d",
        "?",
        "??",
        "/",
        ".",
        "…",
        "...",
        "tbd",
        "tba",
        "tbc",
        "inconnu",
        "inconnue",
        "unknown",
        "sans objet",
        "à définir",
        "a definir",
        "à préciser",
        "non communiqué",
        "non connu",
        "null",
        "none",
        "so",
        "s.o.",
    }
)


@dataclass(frozen=True, slots=True)
class Convention:
    """The decimal mark that the unambiguous texts of a column use: `.`, `,`, None (nothing says) or `mixed`."""

    decimal: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell gave: a value, or why not. `currency` and `suffix` are what stood beside the digits. `issue` is a
    problem of the cell: with a value it says which reading was chosen."""

    value: Decimal | None = None
    issue: Message | None = None
    currency: str | None = None
    suffix: str | None = None


def is_absent(text: str) -> bool:
    """True for what people write where they do not know: `-`, `n/a`, `?`, `NC`..."""
    return text.strip().lower() in _ABSENT


def convention(cells: Iterable[Cell]) -> Convention:
    """What the texts of a column say together."""
    texts = {cell for cell in cells if isinstance(cell, str) and ("," in cell or "." in cell)}
    marks = {mark for text in texts if (mark := _evidence(text)) is not None}
    if len(marks) > 1:
        return Convention("mixed")
    return Convention(next(iter(marks), None))


def _evidence(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    core = _split(text)[1]
    readings = _readings(core) if core else {}
    return next(iter(readings)) if len(readings) == 1 else None


def read_number(cell: Cell, rule: Convention) -> Number:
    """The number of a cell under the convention of its column."""
    if cell is None:
        return Number()
    if isinstance(cell, bool):
        return Number(issue=message("bom.number.boolean"))
    if isinstance(cell, int | Decimal):
        return _bounded(Decimal(cell))
    if isinstance(cell, date):
        return Number(issue=message("bom.number.date", text=cell.isoformat()))
    if isinstance(cell, Flaw):
        return Number(issue=flaw_message(cell))
    return _read_text(cell, rule)


def flaw_message(flaw: Flaw) -> Message:
    """The message of a cell without a value that can be used."""
    if flaw.kind == "percent":
        return message("bom.number.percent", text=flaw.text)
    return message("bom.cell.formula") if flaw.kind == "formula" else message("bom.cell.error", text=flaw.text)


def _bounded(value: Decimal, **found: str | None) -> Number:
    if abs(value) > LARGEST:
        return Number(issue=message("bom.number.huge", text=f"{value:.6E}"))
    return Number(value, None, **found)


@lru_cache(maxsize=65_536)
def _read_text(text: str, rule: Convention) -> Number:
    if is_absent(text):
        return Number()
    doubt = _doubt(text)
    if doubt is not None:
        return Number(issue=message(f"bom.number.{doubt}", text=_short(text)))
    sign, core, beside = _split(text)
    readings = _readings(core) if core else {}
    if not readings:
        return Number(issue=message("bom.number.unreadable", text=_short(text)))
    return _beside(_decide(text, sign, readings, rule), beside)


def _doubt(text: str) -> str | None:
    """Why a text is no number at all, before its marks are looked at."""
    if text.strip().lower() in _NOT_FINITE:
        return "not_finite"
    if len(text) > _LONGEST:
        return "unreadable"
    if _EXPONENT.fullmatch(text):
        return "exponent"
    is_strange = any(character.isnumeric() and character not in "0123456789²³" for character in text)
    return "digits" if is_strange else None


def _decide(text: str, sign: int, readings: dict[str, Decimal], rule: Convention) -> Number:
    if len(readings) == 1:
        return _bounded(sign * next(iter(readings.values())))
    if rule.decimal in {".", ","}:
        value = sign * readings[rule.decimal]
        chosen = message("bom.number.decided", text=text, value=value, mark=str(rule.decimal))
        return Number(value, chosen)
    return Number(issue=message("bom.number.ambiguous", text=text))


def _split(text: str) -> tuple[int, str, str]:
    """Sign, digits with their marks, and what stands before or after them (a currency, a unit)."""
    spaced = _SPACES.sub(" ", text.strip()).replace("\u2212", "-")
    found = _AMOUNT.fullmatch(spaced)
    if found is None or (found.group(1) and found.group(3)):
        return 1, "", ""
    sign = -1 if "-" in (found.group(1), found.group(3)) else 1
    before, after = (found.group(2) or "").strip(), (found.group(5) or "").strip()
    if (before and after) or (before and find_currency(before) is None and not is_ambiguous(before)):
        return 1, "", ""
    return sign, found.group(4).strip(), before or after


def _readings(core: str) -> dict[str, Decimal]:
    """Every way to read the digits, by the decimal mark it supposes (empty text when there is none to suppose)."""
    if _PLAIN.fullmatch(core):
        return {"": Decimal(core)}
    spaced = _SPACED.fullmatch(core)
    if spaced:
        whole, mark, fraction = spaced.groups()
        return {mark or "": Decimal(re.sub(r"[ '’]", "", whole) + (f".{fraction}" if fraction else ""))}
    found: dict[str, Decimal] = {}
    decimal = _DECIMAL.fullmatch(core)
    if decimal:
        whole, mark, fraction = decimal.groups()
        found[mark] = Decimal(f"{whole or '0'}.{fraction}")
    for pattern, mark, group in ((_DOTTED, ",", "."), (_COMMAED, ".", ",")):
        grouped = pattern.fullmatch(core)
        if grouped and not core.startswith("0"):
            whole, fraction = grouped.groups()
            found[mark] = Decimal(whole.replace(group, "") + (f".{fraction}" if fraction else ""))
    return found


def _beside(number: Number, text: str) -> Number:
    if not text or number.value is None:
        return number
    currency = find_currency(text)
    if currency is not None:
        issue = message("bom.currency.assumed", text=text, currency=currency) if is_assumed(text) else None
        return Number(number.value, number.issue or issue, currency, None)
    if is_ambiguous(text):
        return Number(issue=message("bom.currency.ambiguous", text=text))
    if not is_known_unit(parse_unit(text)) and not text.replace(" ", "").isalpha():
        return Number(issue=message("bom.number.unreadable", text=text))
    return Number(number.value, number.issue, None, text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
