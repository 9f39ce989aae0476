"""What the core asks of the world: three narrow protocols. Adapters fulfil them; the core never names an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ancrage.kernel.evidence import Evidence, Vintage

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from ancrage.kernel.table import Declaration, Table


class Warehouse(Protocol):
    """Opens vintages as Ibis tables and collects results, whatever the engine."""

    def open(self, vintage: Vintage, declaration: Declaration) -> Table:
        """The table of a vintage. Raises `VintageError` when absent, damaged or of another schema."""
        ...

    def collect(self, expression: ir.Table) -> pa.Table:
        """The result of an expression, in memory."""
        ...


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of longitudes and latitudes in degrees (WGS84)."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Search:
    """A question to the register's search index: all given conditions hold together.

    `text` is free text on names and activities (French stemming, accents folded); `activities` are dotted NAF rev. 2
    prefixes, any of them; `box` bounds the position; `departments` any of them; `bands` are SIRENE headcount bands,
    any of them (an establishment whose headcount is unknown matches none); only active establishments unless
    `with_closed`.
    """

    text: str = ""
    activities: tuple[str, ...] = ()
    box: Box | None = None
    departments: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    with_closed: bool = False
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """An establishment found by text: its SIRET, its text score (comparable within one answer) and the words found."""

    siret: str
    score: float
    words: tuple[str, ...] = ()


class SearchIndex(Protocol):
    """Text search over one vintage of the register."""

    def search(self, question: Search) -> Sequence[Hit]:
        """The best establishments, best first, ties by SIRET."""
        ...


class Documents(Protocol):
    """Files that users gave, kept by their hash."""

    def put(self, content: bytes, name: str) -> Evidence:
        """Keep a file; its evidence names it by its sha-256."""
        ...

    def get(self, sha256: str) -> bytes:
        """The content of a kept file. Raises `StoreError` when absent or damaged."""
        ...
