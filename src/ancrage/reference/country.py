"""Countries: what people write for them, and their membership of the European Union and of the EEA on a day.

ISO 3166-1 and Kosovo (XK); usual names in French and English, and those that commerce uses (UK and GB, EL and GR, PRC,
Hollande). Memberships are dated by the treaties of accession and withdrawal. Sources: `catalogue/ATTRIBUTION.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Literal

from ancrage.kernel.errors import CodeError
from ancrage.kernel.period import Period
from ancrage.reference.embedded import embedded_rows
from ancrage.reference.name import folded_name


class Neighbourhood(StrEnum):
    """How far a country is from France in law: where Union law or the single market applies."""

    FRANCE = "france"
    EU = "eu"
    EEA_UK = "eea-uk"
    WORLD = "world"


@dataclass(frozen=True, slots=True)
class Country:
    """A country. `part_of` is the member State that an outermost region belongs to for the treaties (La Réunion: FR).

    `eu`, `eea` and `efta` are periods of membership, None for never. `transition_to` is the last day on which Union
    law still applied after a withdrawal. `numeric` is empty for Kosovo, to which ISO gives no number.
    """

    iso2: str
    iso3: str
    numeric: str
    name_fr: str
    name_en: str
    aliases: tuple[str, ...]
    part_of: str | None
    eu: Period | None
    eea: Period | None
    efta: Period | None
    transition_to: date | None

    def name(self, language: Literal["fr", "en"]) -> str:
        """The usual name."""
        return self.name_fr if language == "fr" else self.name_en

    def is_eu(self, on: date) -> bool:
        """A member of the Union (before 1993, of the Communities) on that day, outermost regions included.

        The United Kingdom is not one from 1 February 2020, although Union law applied to it until 31 December.
        """
        return self.eu is not None and on in self.eu

    def is_eea(self, on: date) -> bool:
        """A party to the European Economic Area on that day, as a member of the Union or beside it."""
        return self.eea is not None and on in self.eea

    def neighbourhood(self, on: date) -> Neighbourhood:
        """France with its outermost regions, the rest of the Union, the rest of the EEA and the United Kingdom, or
        the rest of the world. Switzerland, Monaco and the overseas countries of France are in the last."""
        if "FR" in {self.iso2, self.part_of}:
            return Neighbourhood.FRANCE
        if self.is_eu(on):
            return Neighbourhood.EU
        if self.is_eea(on) or self.iso2 == "GB":
            return Neighbourhood.EEA_UK
        return Neighbourhood.WORLD


@cache
def load_countries() -> Mapping[str, Country]:
    """Every country by ISO 3166-1 alpha-2 code. Raises `CatalogueError` when the embedded table is damaged."""
    return {row[0]: _country(row) for row in embedded_rows("countries.csv", _COLUMNS)}


def country(iso2: str) -> Country:
    """The country of an alpha-2 code. Raises `CodeError`."""
    found = load_countries().get(iso2)
    if found is None:
        raise CodeError("country.unknown", code=iso2)
    return found


def find_country(text: str) -> Country | None:
    """The country that a cell names, by code or name, in French or English; None when it names none, or several.

    `Chine`, `CN`, `CHN`, `P.R. China`, `CN - Chine`, `Made in China`, `Chine (Shenzhen)` are China. `NA` is Namibia;
    `N/A`, `n.a.`, `na` and `No` are words, not codes: only the capitals `NA` and `NO` are.
    """
    found = _called(text)
    if found is None and (prefix := _PREFIX.match(text.lstrip())):
        return find_country(text.lstrip()[prefix.end() :])
    if found is None:
        named = {part.iso2: part for part in map(_called, _PARTS.split(text)) if part}
        found = next(iter(named.values())) if len(named) == 1 else None
    return found


_CODES_LIKE_WORDS = {"NA", "NO"}
_WORDS = {"na", "no", "n.a", "n.a."}
_PREFIX = re.compile(
    r"(?:made in|fabriqu[ée]e?s? (?:en|au|aux|à)|produite?s? (?:en|au|aux|à)|pays d['’]origine|country of origin"
    r"|origine|origin|from|la|le|les|the)\b\s*:?\s*|l['’]",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[()/;,|]|\s[-–—]\s")
_COLUMNS = (
    "iso2", "iso3", "name_fr", "name_en", "aliases", "part_of", "eu_from", "eu_to", "eea_from", "eea_to",
    "efta_from", "efta_to", "transition_to", "numeric",
)  # fmt: skip


def _called(text: str) -> Country | None:
    bare = text.strip()
    if bare.casefold() in _WORDS and bare not in _CODES_LIKE_WORDS:
        return None
    countries = load_countries()
    return countries.get(bare.upper()) or countries.get(_names().get(folded_name(bare), ""))


@cache
def _names() -> Mapping[str, str]:
    """Alpha-2 codes by folded name."""
    found: dict[str, str] = {}
    for known in load_countries().values():
        for name in _written(known):
            found.setdefault(folded_name(name), known.iso2)
    return found


def _written(known: Country) -> Iterator[str]:
    yield from (known.iso3, known.name_fr, known.name_en, *known.aliases)


def _country(row: list[str]) -> Country:
    iso2, iso3, name_fr, name_en, aliases, part_of, *dates, transition_to, numeric = row
    eu, eea, efta = (_membership(first, last) for first, last in zip(dates[::2], dates[1::2], strict=True))
    return Country(
        iso2,
        iso3,
        numeric,
        name_fr,
        name_en,
        tuple(aliases.split("|")) if aliases else (),
        part_of or None,
        eu,
        eea,
        efta,
        date.fromisoformat(transition_to) if transition_to else None,
    )


def _membership(first: str, last: str) -> Period | None:
    """From the first day to the last, both included."""
    if not first:
        return None
    end = date.fromisoformat(last) + timedelta(days=1) if last else None
    return Period(date.fromisoformat(first), end)
