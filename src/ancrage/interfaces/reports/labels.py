"""The labels of codes as people read them: customs codes, activities, processes, countries, sources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ancrage.interfaces.wording import Language
from ancrage.reference.capability import load_capabilities
from ancrage.reference.country import load_countries
from ancrage.reference.nomenclature import Nomenclature, hs2022, naf_rev2
from ancrage.reference.source import Source, catalogue_of_sources
from ancrage.reference.territory import Commune, Division, load_territory


def hs_label(code: str, language: Language) -> str:
    """The label of a customs heading or six-digit code that stands by itself; empty for a code of another edition."""
    return _label(hs2022(), code, language)


def hs_own_label(code: str, language: Language) -> str:
    """A short label of a customs code that can be understood: after its heading's first words if need be."""
    parts = hs_label(code, language).split(" > ")
    if len(parts) == 1 or (parts[-1][:1].isupper() and len(parts[-1]) >= 12):
        return parts[-1]
    return f"{short(parts[0], 30)} > {parts[-1]}"


def activity_label(code: str, language: Language) -> str:
    """The label of a NAF rev. 2 or NACE rev. 2 code; empty for a code of another edition."""
    return _label(naf_rev2(), code, language)


def _label(nomenclature: Nomenclature, code: str, language: Language) -> str:
    return nomenclature.text(code, language) if nomenclature.exists(code) else ""


@cache
def _capability_labels(language: Language) -> Mapping[str, str]:
    return {identifier: entry.label[language] for identifier, entry in load_capabilities().entries.items()}


def capability_label(identifier: str, language: Language) -> str:
    """The label of a process or a material; its identifier when the vocabulary no longer has it."""
    return _capability_labels(language).get(identifier, identifier)


def country_label(code: str, language: Language) -> str:
    """The name of a country; its code when the table does not have it."""
    found = load_countries().get(code)
    return code if found is None else found.name(language)


def place_label(typed: str) -> str:
    """A typed place with its name: `Besançon (commune:25056)`; as it is when its code has no name here."""
    name = place_name(typed)
    return typed if name == typed else f"{name} ({typed})"


def place_name(typed: str) -> str:
    """The name of a typed place: `Besançon`; as it is when its code has no name here."""
    kind, _, code = typed.partition(":")
    territory = load_territory()
    tables: Mapping[str, Mapping[str, Commune] | Mapping[str, Division]] = {
        "commune": territory.communes, "departement": territory.departments, "region": territory.regions,
        "epci": territory.epci,
    }  # fmt: skip
    found = tables.get(kind, {}).get(code)
    return typed if found is None or not found.name else found.name


@cache
def _sources() -> Mapping[str, Source]:
    return catalogue_of_sources()


def source_of(identifier: str) -> Source | None:
    """The public source of an identifier; None for what is not one (a user's file, a person, an index)."""
    return _sources().get(identifier)


def short(text: str, limit: int) -> str:
    """The text cut at a word, with an ellipsis, when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"
