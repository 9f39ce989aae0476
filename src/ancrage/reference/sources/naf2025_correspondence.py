"""INSEE's correspondence table of NAF rev. 2 and NAF 2025.

Published as a workbook whose headings are `NAFold-code`, `NAFold-intitulé`, `NAFnew-code`, `NAFnew-intitulé` (each
followed by a note on a second line) among others. What one code becomes is asked of
`ancrage.reference.activity_edition`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ancrage.reference.source import Cadence, Source, SourceFile

if TYPE_CHECKING:
    import ibis.expr.types as ir

PAIRS = SourceFile(
    name="table-correspondance-naf2025",
    needed=("NAFold-code", "NAFnew-code"),
    optional=("NAFold-intitulé", "NAFnew-intitulé"),
)


def read(raw: Mapping[str, ir.Table]) -> ir.Table:
    """The table `activity_editions`, each pair once; a row without two codes has reason `code`."""
    import ibis

    from ancrage.reference.company import dotted

    pairs = raw[PAIRS.name]
    nothing = ibis.null("string")
    old, new = dotted(pairs["NAFold-code"].strip()), dotted(pairs["NAFnew-code"].strip())
    labels = {
        name: pairs[column].strip() if column in pairs.columns else nothing
        for name, column in {"label_rev2": "NAFold-intitulé", "label_2025": "NAFnew-intitulé"}.items()
    }
    rows = pairs.select(
        naf_rev2=old,
        naf_2025=new,
        **labels,
        reason=(old.isnull() | new.isnull()).ifelse("code", nothing),
    )
    return rows.distinct()


SOURCE = Source(
    id="naf2025-correspondence",
    title={
        "fr": "Table de correspondance entre la NAF rév. 2 et la NAF 2025",
        "en": "Correspondence table of NAF rev. 2 and NAF 2025",
    },
    publisher="INSEE",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/8181066",
    cadence=Cadence.ON_REVISION,
    formats=("xlsx", "csv", "zip", "parquet"),
    files=(PAIRS,),
    table="activity_editions",
    order=("naf_rev2", "naf_2025"),
    read=read,
    limits={"code": Decimal("0.01")},
)
