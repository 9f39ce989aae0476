"""Vintages named in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ancrage.adapters.store import models
from ancrage.kernel.evidence import Vintage


@dataclass(frozen=True, slots=True)
class VintageRow:
    """A named vintage: how many rows it holds, what its import said, when it was named, is it the one in use."""

    vintage: Vintage
    rows: int
    detail: Mapping[str, object]
    published_at: datetime
    in_use: bool


def current_vintage(source: str) -> Vintage | None:
    """The vintage of a source that is in use."""
    row = models.Vintage.objects.filter(source=source, in_use=True).first()
    return None if row is None else _value(row)


def vintages() -> list[VintageRow]:
    """Every named vintage, by source, the most recent first."""
    rows = models.Vintage.objects.order_by("source", "-published_at", "-id")
    return [VintageRow(_value(row), row.rows, row.detail, row.published_at, row.in_use) for row in rows]


def _value(row: models.Vintage) -> Vintage:
    return Vintage(row.source, row.on, row.sha256, row.invented)
