"""Public sources: what each is, who publishes it, under which licence, where, and how often.

One module of `reference/sources` per source, with one value `SOURCE`; packages of others add theirs through the entry
point group `ancrage.sources`. A source is found by its identifier, which is its module's name with dashes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from ancrage.kernel.errors import CatalogueError, UsageError
from ancrage.kernel.registry import things

if TYPE_CHECKING:
    import ibis.expr.types as ir


_EDITION = re.compile(r" [0-9][0-9.]*$")


class Cadence(StrEnum):
    """How often a publisher renews a source."""

    MONTHLY = "monthly"
    YEARLY = "yearly"
    ON_REVISION = "on-revision"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source.

    `name` is the publisher's name of it, without extension; it is recognised by its columns, not by that name:
    `needed` are those that must be there, `optional` those that are read where they are. A column is known by the
    first line of its heading, without the edition that may end it (`CN 2022` is `CN`); `synonyms` are other headings
    that mean a column, tried in their order. `address` is where it is
    downloaded from, None when it has to be fetched by hand from the page. `required` is false for a file that the
    import can do without.
    """

    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    address: str | None = None
    required: bool = True
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def columns_in(self, headings: Sequence[str], mapping: Mapping[str, str] | None = None) -> dict[str, str]:
        """Column -> heading, for those that the file has. `mapping` (column -> heading) comes before all else.

        A heading that stands for two columns, or two headings that reduce to one name, are left out.
        """
        given = mapping or {}
        reduced: dict[str, str | None] = {}
        for written in headings:
            name = reduced_heading(written)
            reduced[name] = None if name in reduced else written
        found: dict[str, str] = {}
        for column in (*self.needed, *self.optional):
            names = (column, *self.synonyms.get(column, ()))
            if column in given:
                names = (reduced_heading(given[column]),)
            heading = next((known for known in map(reduced.get, names) if known is not None), None)
            if heading is not None:
                found[column] = heading
        return found


@dataclass(frozen=True, slots=True)
class Source:
    """A public source. `hosts` are the only machines that a download may speak to, redirects included.

    `formats` are the extensions that the reader takes. `invented` marks demonstration data.

    `table` names the declared table that an import makes of it, and `read` is how: from the raw tables of the files
    at hand, by their names, to the declared columns, then `reason` (null for a row that belongs to the table, else
    why it does not) and booleans `note_...` to count. Raw tables have text columns alone, null for an empty field;
    one named `communes` is always there, with `commune`, `name`, `department`, `longitude`, `latitude`,
    `approximate`, `is_current`, `successor`. `order` sorts the table.
    `limits` are the shares of rows beyond which a reason or a note means that the file itself is wrong.

    `uses` names sources that complete this one: where a vintage of one is in use, its declared table stands among the
    raw tables under its own name and with its own types, and the points of communes are already in `communes`.
    """

    id: str
    title: Mapping[str, str]
    publisher: str
    licence: str
    page: str
    cadence: Cadence
    formats: tuple[str, ...]
    files: tuple[SourceFile, ...]
    table: str
    order: tuple[str, ...]
    read: Callable[[Mapping[str, ir.Table]], ir.Table]
    hosts: tuple[str, ...] = ()
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    invented: bool = False
    uses: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Official addresses of the files that can be downloaded, in their order."""
        return tuple(file.address for file in self.files if file.address is not None)


def reduced_heading(heading: str) -> str:
    """`CN 2022` -> `CN`; `NAFold-code\\n(...)` -> `NAFold-code`."""
    first = heading.strip().splitlines()[0].strip() if heading.strip() else ""
    return _EDITION.sub("", first)


def catalogue_of_sources() -> dict[str, Source]:
    """Every source by its identifier. Raises `CatalogueError` when one is not a `Source` or not named as its module."""
    found: dict[str, Source] = {}
    for name, value in things("sources", "SOURCE").items():
        if not isinstance(value, Source) or value.id != name:
            raise CatalogueError("sources.catalogue.entry", name=name)
        found[name] = value
    return found


def source_named(identifier: str) -> Source:
    """The source of an identifier. Raises `UsageError` with the known ones."""
    sources = catalogue_of_sources()
    if identifier not in sources:
        raise UsageError("sources.unknown", source=identifier, known=", ".join(sorted(sources)))
    return sources[identifier]
