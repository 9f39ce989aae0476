"""What the headings of a file mean: French and English synonyms, in any order, with a currency or a unit in them.

A heading that is not recognised is never a reason to refuse: the closest field is proposed and the user confirms it.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources

from ancrage.dossier.bom.currencies import find_currency
from ancrage.dossier.bom.sheet import Cell
from ancrage.kernel.quantity import is_known_unit, parse_unit

_WORD = re.compile(r"[^\W_]+|[€$£¥₹#°]")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[0-9])(?=[A-ZÀ-Þ][a-zà-ÿ])")
_SMALL = frozenset({"de", "du", "des", "d", "l", "la", "le", "les", "the", "of", "en", "a", "au", "s"})
_TAX_FREE = frozenset({"ht", "hors", "taxe", "htva", "net", "excl", "vat"})
_TAX_INCLUDED = frozenset({"ttc", "tvac", "incl"})
_SCALES: Mapping[str, int] = {
    "k": 1_000, "ke": 1_000, "millier": 1_000, "thousand": 1_000,
    "million": 1_000_000, "mio": 1_000_000, "mln": 1_000_000, "milliard": 1_000_000_000,
}  # fmt: skip
_SHORT_SCALES: Mapping[str, str] = {
    "k": "millier", "m": "million", "mio": "million", "mln": "million",
    "md": "milliard", "mds": "milliard", "mrd": "milliard", "mrds": "milliard",
}  # fmt: skip
_MONEY = r"(?=[€$£]|(?:EUR|USD|GBP|CHF|euros?)(?![^\W_]))"
_BEFORE_MONEY = re.compile(rf"(?<![^\W_])(k|m|mio|mln|mds?|mrds?)(\s?){_MONEY}", re.IGNORECASE)
_ODD_SCALE = re.compile(rf"(?<![^\W_])(?<!/)(?:([^\W\d_]{{1,4}})(?=[€$£])|(m)\s{_MONEY})")
_AMOUNTS = frozenset({"unit_price", "line_total", "annual_amount", "ambiguous_value"})
_TIMES = frozenset({"jour", "j", "day", "semaine", "sem", "week", "wk", "moi", "month", "ouvre", "jr", "calendaire"})
SET_APART = frozenset({"ambiguous_item", "ambiguous_value"})
"""What only the rest of the file can settle; never a field that a user names."""
_SET_ASIDE = frozenset({"detail", "line_number"}) | SET_APART
_BARE_COUNTRIES = frozenset({"pay", "country", "pay iso", "code pay", "country code", "land"})
_CLOSE_ENOUGH = 0.78
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column can say: identifier, label in both languages, synonyms as token keys, in order."""

    name: str
    label: Mapping[str, str]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as understood: its field (None when not recognised), rank among the field's synonyms, and what stands
    in it: currency, `scale` of amounts (1000 for k€), unit of mass or time, taxes included. `odd_scale` is what stands
    where a scale is expected and is none: the column is not read, for nothing says by how much to multiply."""

    text: str
    field: str | None
    rank: int = 0
    currency: str | None = None
    scale: int = 1
    unit: str | None = None
    with_taxes: bool = False
    odd_scale: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The field a heading probably means, to be confirmed (`--map 'heading=field'`); likeness from 0 to 1."""

    heading: str
    field: str
    likeness: Decimal


def fold(text: str) -> str:
    """Lower case without accents nor compatibility forms."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _tokens(text: str, *, by_case: bool = False) -> tuple[str, ...]:
    """The words that matter. `by_case` also cuts `UnitPrice` where small letters end."""
    scaled = _BEFORE_MONEY.sub(_scale_word, text[: LONGEST * 2])
    spaced = _CAMEL.sub(" ", scaled) if by_case else scaled
    words = (word for word in _WORD.findall(fold(spaced.replace("n°", " n° ").replace("N°", " n° "))))
    kept = [_singular(word) for word in words if word not in _SMALL]
    return tuple(kept) or tuple(_WORD.findall(fold(spaced)))


def _scale_word(found: re.Match[str]) -> str:
    """`M€`, `M EUR` and `kEUR` in full words; `m €` may be a price by the metre, and is left as it is."""
    written, gap = found.groups()
    return found.group() if written == "m" and gap else f"{_SHORT_SCALES[written.lower()]} "


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _key(tokens: Sequence[str]) -> str:
    return " ".join(tokens)


@cache
def fields() -> Mapping[str, Field]:
    """Every field, from `catalogue/headings.toml`."""
    path = resources.files("ancrage").joinpath("catalogue", "headings.toml")
    raw = tomllib.loads(path.read_text("utf-8"))
    return {
        name: Field(name, entry["label"], tuple(dict.fromkeys(_key(_tokens(text)) for text in entry["synonyms"])))
        for name, entry in raw.items()
    }


@cache
def _index() -> Mapping[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for name, field in fields().items():
        for rank, key in enumerate(field.keys):
            found.setdefault(key, (name, rank))
    return found


@cache
def understand(text: str) -> Heading:
    """What a heading means: as it stands, then cut where small letters end (`UnitPriceEUR`)."""
    first = _understand(text, _tokens(text))
    found = first if first.field is not None else _understand(text, _tokens(text, by_case=True))
    odd = _odd_scale(text, found)
    return found if odd is None else replace(found, field=None, odd_scale=odd)


def _odd_scale(text: str, heading: Heading) -> str | None:
    """What stands as a scale and cannot be one: a unit stuck to a sign of currency (`g€`), a scale on no amount."""
    if heading.field is None:
        return None
    if heading.scale != 1 and heading.field not in _AMOUNTS:
        return text
    if heading.unit is None or heading.currency is None:
        return None
    for stuck, spaced in _ODD_SCALE.findall(text):
        if _singular(fold(stuck or spaced)) == heading.unit:
            return str(stuck or spaced)
    return None


def _understand(text: str, tokens: tuple[str, ...]) -> Heading:
    """First with all its words, then without its currency, taxes and unit."""
    whole = _index().get(_key(tokens))
    if whole is not None:
        return Heading(text, *whole)
    rest, currency, scale = _without_currency(tokens)
    with_taxes = any(token in _TAX_INCLUDED for token in rest)
    bare = tuple(token for token in rest if token not in _TAX_FREE | _TAX_INCLUDED) or rest
    for candidate in (rest, bare):
        found = _index().get(_key(candidate))
        if found is not None:
            return Heading(text, *found, currency=currency, scale=scale, with_taxes=with_taxes)
    return _with_unit(text, bare, currency, scale, with_taxes=with_taxes)


def _with_unit(text: str, tokens: tuple[str, ...], currency: str | None, scale: int, *, with_taxes: bool) -> Heading:
    """Without its unit and its year; a unit of mass, length or time is looked for before the piece."""
    dated = tuple(word for word in tokens if not re.fullmatch(r"(?:19|20)[0-9]{2}", word))
    measures = [word for word in dated if word in _TIMES or _is_measure(word)]
    pieces = [word for word in dated if parse_unit(word) == "piece"]
    for units in (measures, [*measures, *pieces]):
        bare = tuple(word for word in dated if word not in units)
        found = _index().get(_key(bare)) if bare else None
        if found is not None:
            unit = units[0] if units else None
            return Heading(text, *found, currency=currency, scale=scale, unit=unit, with_taxes=with_taxes)
    return Heading(text, None, currency=currency, scale=scale)


def _is_measure(word: str) -> bool:
    unit = parse_unit(word)
    return is_known_unit(unit) and unit != "piece"


def _without_currency(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], str | None, int]:
    currency, scale, rest = None, 1, []
    for word in tokens:
        if word in _SCALES and (word != "k" or "€" in tokens):
            scale, currency = _SCALES[word], currency or ("EUR" if word == "ke" else None)
        elif (found := find_currency(word)) is not None:
            currency = found
        else:
            rest.append(word)
    return tuple(rest), currency, scale


def recognised(cells: Sequence[Cell]) -> int:
    """How many different fields a row of cells names: the row of headings is the one that names most."""
    texts = [cell for cell in cells if isinstance(cell, str) and len(cell) <= LONGEST]
    names = {understand(text).field for text in texts}
    return len(names - {None, "detail", "line_number"})


def is_bare_country(heading: str) -> bool:
    """True for `Pays`, which may be that of origin, of the seller or of dispatch: only the user knows which."""
    return _key(_tokens(heading)) in _BARE_COUNTRIES


def propose(heading: str) -> Proposal | None:
    """The closest field of a heading that is not recognised, or None when nothing is close.

    Close is one spelling away (`Quantitée`), else a heading that begins with a whole synonym (`Qté lampe`).
    """
    tokens = _without_currency(_tokens(heading))[0]
    key = _key(tokens)
    close = difflib.get_close_matches(key, _index(), n=1, cutoff=_CLOSE_ENOUGH)
    if close:
        likeness = difflib.SequenceMatcher(None, key, close[0]).ratio()
        return _proposal(heading, close[0], likeness)
    for length in range(len(tokens) - 1, 0, -1):
        start = _key(tokens[:length])
        if len(start) > 2 and start in _index():
            return _proposal(heading, start, len(start) / len(key))
    return None


def _proposal(heading: str, key: str, likeness: float) -> Proposal | None:
    field = _index()[key][0]
    return None if field in _SET_ASIDE else Proposal(heading, field, Decimal(str(round(likeness, 2))))


def field_named(text: str) -> str | None:
    """The field a user names in a mapping: its identifier, its label or a synonym; `-` sets the column aside."""
    if text.strip() in {"-", ""}:
        return "detail"
    if text.strip() in fields():
        return text.strip()
    return understand(text.strip()).field
