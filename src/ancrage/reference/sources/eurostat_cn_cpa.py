"""The Commission's correspondence from the Combined Nomenclature to the CPA: a CSV of two columns, one row per pair.

The first four digits of a CPA code are the class of NACE rev. 2 that makes the product.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ancrage.reference.source import Cadence, Source, SourceFile

if TYPE_CHECKING:
    import ibis.expr.types as ir

PAIRS = SourceFile(name="CN_CPA", needed=("CN", "CPA"))


def read(raw: Mapping[str, ir.Table]) -> ir.Table:
    """The table `cn_cpa`: CN codes without space nor dot, CPA codes dotted; what is not a pair has reason `code`."""
    import ibis

    pairs = raw[PAIRS.name]
    cn = pairs.CN.re_replace("[^0-9]", "")
    digits = pairs.CPA.re_replace("[^0-9]", "")
    cpa = digits.left(2).concat(".", digits.substr(2, 2), ".", digits.substr(4, 2))
    holds = (cn.length() == 8) & (digits.length() == 6)
    return pairs.select(
        cn=cn,
        cpa=cpa,
        hs=cn.left(6),
        nace=cpa.left(5),
        reason=holds.fill_null(False).ifelse(ibis.null("string"), "code"),
    )


SOURCE = Source(
    id="eurostat-cn-cpa",
    title={
        "fr": "Correspondance de la nomenclature combinée (NC) vers la CPA",
        "en": "Correspondence of the Combined Nomenclature (CN) to the CPA",
    },
    publisher="Eurostat",
    licence="Decision 2011/833/EU (CC BY 4.0)",
    page="https://ec.europa.eu/eurostat/web/metadata/classifications",
    cadence=Cadence.YEARLY,
    formats=("csv", "csv.gz", "zip", "parquet"),
    files=(PAIRS,),
    table="cn_cpa",
    order=("cn", "cpa"),
    read=read,
    limits={"code": Decimal("0.01")},
)
