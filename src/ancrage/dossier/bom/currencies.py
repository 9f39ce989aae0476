"""Currencies as people write them, and the dated rates they give."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources

from ancrage.kernel.errors import MoneyError
from ancrage.kernel.money import Rate

_RATE = re.compile(r"([A-Za-z]{3})=([0-9]{1,9}(?:[.,][0-9]{1,12})?)@([0-9]{4}-[0-9]{2}-[0-9]{2})")


@cache
def _catalogue() -> tuple[frozenset[str], Mapping[str, str], frozenset[str], frozenset[str]]:
    path = resources.files("ancrage").joinpath("catalogue", "currencies.toml")
    raw = tomllib.loads(path.read_text("utf-8"))
    codes = frozenset(raw["codes"].split())
    return codes, raw["written"], frozenset(raw["assumed"]["signs"]), frozenset(raw["ambiguous"]["signs"])


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip().lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=4_096)
def find_currency(text: str) -> str | None:
    """The ISO 4217 code of a text (`EUR`, `€`, `euros`, `US$`), or None: not a currency, or a sign of several."""
    folded = _folded(text)
    codes, written, _, _ = _catalogue()
    if folded.upper() in codes:
        return folded.upper()
    return written.get(folded)


@lru_cache(maxsize=4_096)
def is_assumed(text: str) -> bool:
    """True for a sign that is read as its commonest currency, which must be said (`$`)."""
    return _folded(text) in _catalogue()[2]


@lru_cache(maxsize=4_096)
def is_ambiguous(text: str) -> bool:
    """True for a sign that several currencies share and that is not read (`¥`, `kr`)."""
    return _folded(text) in _catalogue()[3]


def parse_rate(text: str, target: str = "EUR", origin: str = "user") -> Rate:
    """`USD=0.92@2026-03-01`: one dollar was worth 0.92 of the target currency that day. Raises `MoneyError`."""
    found = _RATE.fullmatch(text.strip())
    if found is None:
        raise MoneyError("bom.rate.unreadable", text=text)
    currency, value, day = found.groups()
    code = find_currency(currency)
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise MoneyError("bom.rate.unreadable", text=text) from error
    amount = Decimal(value.replace(",", "."))
    if code is None or code == target or not amount:
        raise MoneyError("bom.rate.unreadable", text=text)
    return Rate(code, target, amount, on, origin)
