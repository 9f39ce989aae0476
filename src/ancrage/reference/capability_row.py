"""The tables of `capabilities.toml`, read field by field: every fault names the file, the entry and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ancrage.kernel.codes import Activity, ActivityVersion, parse_activity
from ancrage.kernel.errors import CatalogueError, CodeError
from ancrage.kernel.message import Message, message

FILE = "capabilities.toml"
LANGUAGES = ("fr", "en")

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def wrong(entry: str, problem: Message) -> CatalogueError:
    """The one error of this file."""
    return CatalogueError("capability.wrong", file=FILE, entry=entry, problem=problem)


@dataclass(frozen=True, slots=True)
class Row:
    """A table of the file, read field by field; every fault names the entry."""

    entry: str
    fields: Mapping[str, object]

    def wrong(self, name: str, expected: str) -> CatalogueError:
        """The error of a field: `expected` ends the code of the sentence."""
        return wrong(self.entry, message(f"capability.problem.{expected}", field=name))

    def text(self, name: str) -> str:
        """A text that is not blank."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "text")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, none blank nor repeated; it may be empty."""
        value = self.fields.get(name)
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(name, "list")
        if len(set(value)) != len(value):
            raise self.wrong(name, "repeated")
        return tuple(value)

    def by_language(self, name: str) -> dict[str, str]:
        """`{ fr = "...", en = "..." }`, both needed."""
        row = self._languages(name)
        return {language: row.text(f"{name}.{language}") for language in LANGUAGES}

    def lists_by_language(self, name: str) -> dict[str, tuple[str, ...]]:
        """`{ fr = [...], en = [...] }`, both needed and neither empty."""
        row = self._languages(name)
        found = {language: row.texts(f"{name}.{language}") for language in LANGUAGES}
        if not all(found.values()):
            raise self.wrong(name, "languages")
        return found

    def activities(self, name: str, version: ActivityVersion) -> tuple[Activity, ...]:
        """At least one activity, as deep as its edition goes: a French sub-class or a NACE class."""
        depth = len("25.62B") if version is ActivityVersion.NAF_REV2 else len("25.62")
        texts = self.texts(name)
        if not texts:
            raise self.wrong(name, "activities")
        try:
            found = tuple(parse_activity(text, version) for text in texts)
        except CodeError as error:
            raise wrong(self.entry, error.message) from error
        if tuple(activity.code for activity in found) != texts or any(len(text) != depth for text in texts):
            raise self.wrong(name, "activities")
        return found

    def _languages(self, name: str) -> Row:
        value = self.fields.get(name)
        if not isinstance(value, Mapping) or set(value) != set(LANGUAGES):
            raise self.wrong(name, "languages")
        return Row(self.entry, {f"{name}.{language}": value[language] for language in LANGUAGES})


def rows_of(raw: Mapping[str, object], section: str, fields: frozenset[str]) -> Iterator[Row]:
    """The tables of a section, each with exactly these fields and a kebab-case `id`. Raises `CatalogueError`."""
    tables = raw.get(section)
    if not isinstance(tables, list) or not tables:
        raise wrong(section, message("capability.problem.section"))
    for position, table in enumerate(tables, start=1):
        if not isinstance(table, Mapping):
            raise wrong(f"{section} {position}", message("capability.problem.section"))
        row = Row(str(table.get("id", f"{section} {position}")), table)
        if strange := sorted(set(table) ^ fields):
            raise row.wrong(strange[0], "field")
        if not _IDENTIFIER.fullmatch(row.text("id")):
            raise row.wrong("id", "identifier")
        yield row
