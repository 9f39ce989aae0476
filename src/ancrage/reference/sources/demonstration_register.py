"""The demonstration register: invented establishments, in the very shape of SIRENE, whose SIREN start with 000."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ancrage.reference.source import Cadence, Source
from ancrage.reference.sources import sirene

if TYPE_CHECKING:
    import ibis.expr.types as ir


def read(raw: Mapping[str, ir.Table]) -> ir.Table:
    """The table `establishments`; a single SIREN that does not start with 000 condemns the file (reason `real`)."""
    rows = sirene.read(raw)
    return rows.mutate(reason=rows.siren.startswith("000").ifelse(rows.reason, "real"))


SOURCE = Source(
    id="demonstration-register",
    title={
        "fr": "Registre de démonstration (données inventées)",
        "en": "Demonstration register (invented data)",
    },
    publisher="Ancrage",
    licence="EUPL-1.2",
    page="",
    cadence=Cadence.NEVER,
    formats=("zip", "csv", "parquet"),
    files=(replace(sirene.SITES, address=None), replace(sirene.UNITS, address=None)),
    table="establishments",
    order=sirene.ORDER,
    read=read,
    limits={**sirene.LIMITS, "real": Decimal(0)},
    invented=True,
)
