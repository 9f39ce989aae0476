"""A declared table: its columns once, an Ibis expression, and the evidence of what it holds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING

from ancrage.kernel.errors import CatalogueError
from ancrage.kernel.evidence import Evidence

if TYPE_CHECKING:
    import ibis.expr.types as ir

_TYPES = frozenset({"string", "int32", "int64", "float64", "boolean", "date"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: Arrow type name, unit (empty when it has none), meaning in both languages, may it be missing."""

    name: str
    type: str
    unit: str
    description: Mapping[str, str]
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a published table holds. Read from `catalogue/tables/<name>.toml`, where it is declared once."""

    name: str
    description: Mapping[str, str]
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in their order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Table:
    """A table in use: what it declares, the expression that gives it, and where it comes from."""

    declaration: Declaration
    expression: ir.Table
    evidence: Evidence


def read_declaration(name: str) -> Declaration:
    """The declaration of an embedded table. Raises `CatalogueError` when a column's type is unknown or a key absent."""
    path = resources.files("ancrage").joinpath("catalogue", "tables", f"{name}.toml")
    raw = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    columns = tuple(
        Column(c["name"], c["type"], c.get("unit", ""), c["description"], c.get("nullable", True))
        for c in raw["column"]
    )
    unknown = [column.name for column in columns if column.type not in _TYPES]
    names = {column.name for column in columns}
    if unknown or not set(raw["key"]) <= names or len(names) != len(columns):
        raise CatalogueError("kernel.table.declaration", table=name, columns=", ".join(unknown))
    return Declaration(name, raw["description"], columns, tuple(raw["key"]))
