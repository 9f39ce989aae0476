"""The Code officiel géographique of INSEE: the communes on 1 January of a year (`v_commune_YYYY.csv`)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ancrage.reference.source import Cadence, Source, SourceFile

if TYPE_CHECKING:
    import ibis.expr.types as ir

COMMUNES = SourceFile(name="v_commune", needed=("TYPECOM", "COM", "REG", "DEP", "LIBELLE", "COMPARENT"))


def read(raw: Mapping[str, ir.Table]) -> ir.Table:
    """The table `official_communes`. A delegated commune has no department of its own in the file: its code has."""
    import ibis

    from ancrage.reference.company import department_of, is_commune

    table = raw[COMMUNES.name]
    return table.select(
        code=table.COM,
        kind=table.TYPECOM,
        name=table.LIBELLE,
        department=ibis.coalesce(table.DEP, department_of(table.COM)),
        region=table.REG,
        parent=table.COMPARENT,
        reason=(is_commune(table.COM) & table.LIBELLE.notnull() & table.TYPECOM.notnull())
        .fill_null(False)
        .ifelse(ibis.null("string"), "commune"),
    )


SOURCE = Source(
    id="cog",
    title={"fr": "Code officiel géographique : communes", "en": "Official geographic code: communes"},
    publisher="INSEE",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/2560452",
    cadence=Cadence.YEARLY,
    formats=("csv", "zip", "parquet"),
    files=(COMMUNES,),
    table="official_communes",
    order=("code", "kind"),
    read=read,
    limits={"commune": Decimal(0)},
)
