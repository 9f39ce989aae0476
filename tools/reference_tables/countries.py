"""Countries: ISO 3166-1 and Kosovo, names in French and English, membership of the EU, the EEA and EFTA."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reference_tables.packages import Packages
from reference_tables.text import plain
from reference_tables.writing import Written, write_csv

LIST = "i18n-iso-countries"
FACTS = Path(__file__).parent.parent / "facts" / "countries.toml"
UNIONS = ("eu", "eea", "efta")

# Names of the list that other countries share, or that are no name.
_SHARED = {("CD", "Congo"), ("US", "US")}
_NO_NUMBER = {"XK"}  # a user-assigned code: ISO 3166-1 gives Kosovo no number


def write_countries(packages: Packages, catalogue: Path) -> Written:
    """One row per country: codes, names, other names (`|` separated), the State it is part of for the treaties, and
    first and last day in each union (empty: not a member, or still one). `transition_to` is the last day on which
    Union law went on applying after a withdrawal."""
    facts = tomllib.loads(FACTS.read_text("utf-8"))
    codes = packages.json(LIST, "codes.json")
    listed = {language: packages.json(LIST, f"langs/{language}.json")["countries"] for language in ("fr", "en")}
    known = {code for code, *_ in codes}
    if len(codes) != 250 or not set(facts["names"]) | set(facts["part_of"]) <= known:
        raise ValueError("the list of countries is not ISO 3166-1 (249 entries) and Kosovo")
    columns = (
        "iso2",
        "iso3",
        "name_fr",
        "name_en",
        "aliases",
        "part_of",
        *_union_columns(),
        "transition_to",
        "numeric",
    )
    rows = [_row(iso2, iso3, number, listed, facts) for iso2, iso3, number, *_ in codes]
    return write_csv(catalogue, "countries.csv", columns, rows)


def _union_columns() -> Iterator[str]:
    for union in UNIONS:
        yield f"{union}_from"
        yield f"{union}_to"


def _row(iso2: str, iso3: str, number: str, listed: dict[str, Any], facts: dict[str, Any]) -> tuple[str, ...]:
    own = facts["names"].get(iso2, {})
    names = {language: _names(listed[language][iso2]) for language in listed}
    shown = {language: own.get(language, names[language][0]) for language in names}
    others = [*names["fr"], *names["en"], *own.get("also", ())]
    kept = {name: None for name in others if name not in shown.values() and (iso2, name) not in _SHARED}
    return (
        iso2,
        own.get("iso3", iso3),
        shown["fr"],
        shown["en"],
        "|".join(kept),
        facts["part_of"].get(iso2, ""),
        *_dates(iso2, facts),
        "" if iso2 in _NO_NUMBER else number,
    )


def _names(listed: str | list[str]) -> list[str]:
    return [plain(name) for name in ([listed] if isinstance(listed, str) else listed)]


def _dates(iso2: str, facts: dict[str, Any]) -> Iterator[str]:
    transition = ""
    for union in UNIONS:
        found = [fact for fact in facts["membership"] if fact["union"] == union and iso2 in fact["countries"]]
        if len(found) > 1:
            raise ValueError(f"{iso2} stands twice in {union}")
        for fact in found or [{}]:
            yield str(fact.get("from", ""))
            yield str(fact.get("to", ""))
            transition = transition or str(fact.get("transition_to", ""))
    yield transition
