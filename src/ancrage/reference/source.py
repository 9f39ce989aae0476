"""Public sources: what each is, who publishes it, under which licence, where, and how often.

One module of `reference/sources` per source, with one value `SOURCE`; packages of others add theirs through the entry
point group `ancrage.sources`. A source is found by its identifier, which is its module's name with dashes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from ancrage.kernel.errors import CatalogueError, UsageError
from ancrage.kernel.registry import things

if TYPE_CHECKING:
    import ibis.expr.types as ir


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
    `needed` are those that must be there, `optional` those that are read where they are (a column is known by the
    first line of its heading). `address` is where it is
    downloaded from, None when it has to be fetched by hand from the page. `required` is false for a file that the
    import can do without.
    """

    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    address: str | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A public source. `hosts` are the only machines that a download may speak to, redirects included.

    `formats` are the extensions that the reader takes. `invented` marks demonstration data.

    `table` names the declared table that an import makes of it, and `read` is how: from the raw tables of the files
    at hand, by their names (text columns alone, null for an empty field; `communes` is always there, with `commune`,
    `name`, `department`, `longitude`, `latitude`, `approximate`), to the declared columns, then `reason` (null for a
    row that belongs to the table, else why it does not) and booleans `note_...` to count. `order` sorts the table.
    `limits` are the shares of rows beyond which a reason or a note means that the file itself is wrong.
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

    @property
    def addresses(self) -> tuple[str, ...]:
        """Official addresses of the files that can be downloaded, in their order."""
        return tuple(file.address for file in self.files if file.address is not None)


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
