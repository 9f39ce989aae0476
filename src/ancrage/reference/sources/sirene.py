"""SIRENE, the register of companies and establishments of INSEE: monthly stock files.

Columns: INSEE, "Dictionnaire de variables du fichier StockEtablissement" and "... StockUniteLegale". The columns of NAF
2025 have been there since December 2025; the main activity column passes to NAF 2025 on 1 January 2027, and the
nomenclature column tells which edition a code belongs to; NAF rev. 2 is then filled from INSEE's correspondence table,
when that is in use, where it has one answer. The geolocated file is the one made "for statistical
studies"; without it the Lambert coordinates of the stock file are used, and failing them the commune's point.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ancrage.reference.source import Cadence, Source, SourceFile

if TYPE_CHECKING:
    import ibis.expr.types as ir

ORDER = ("department", "activity", "siret")
LIMITS = {
    "diffusion": Decimal("0.01"),
    "siret": Decimal("0.01"),
    "commune": Decimal("0.01"),
    "state": Decimal("0.01"),
    "nomenclature": Decimal("0.01"),
    "band": Decimal("0.01"),
    "no_unit": Decimal("0.05"),
}
"""Beyond these shares of rows a file is taken for damaged, of another schema, or (sites without unit) cut."""

USES = ("commune-points", "naf2025-correspondence")
"""Official tables that complete a register where they are in use: see `commune_points` and `activity_edition`."""

SITES = SourceFile(
    name="StockEtablissement_utf8",
    needed=(
        "siren",
        "siret",
        "statutDiffusionEtablissement",
        "trancheEffectifsEtablissement",
        "etablissementSiege",
        "codePostalEtablissement",
        "codeCommuneEtablissement",
        "codePaysEtrangerEtablissement",
        "etatAdministratifEtablissement",
        "enseigne1Etablissement",
        "denominationUsuelleEtablissement",
        "activitePrincipaleEtablissement",
        "nomenclatureActivitePrincipaleEtablissement",
        "caractereEmployeurEtablissement",
    ),
    optional=(
        "activitePrincipaleNAF25Etablissement",
        "coordonneeLambertAbscisseEtablissement",
        "coordonneeLambertOrdonneeEtablissement",
    ),
    address="https://object.files.data.gouv.fr/data-pipeline-open/siren/stock/StockEtablissement_utf8.zip",
)

UNITS = SourceFile(
    name="StockUniteLegale_utf8",
    needed=(
        "siren",
        "statutDiffusionUniteLegale",
        "sigleUniteLegale",
        "nomUniteLegale",
        "denominationUniteLegale",
        "denominationUsuelle1UniteLegale",
        "categorieJuridiqueUniteLegale",
        "categorieEntreprise",
    ),
    address="https://object.files.data.gouv.fr/data-pipeline-open/siren/stock/StockUniteLegale_utf8.zip",
    required=False,
)

POINTS = SourceFile(
    name="GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8",
    needed=("siret", "x_longitude", "y_latitude", "qualite_xy"),
    address=(
        "https://files.data.gouv.fr/insee-sirene-geo/"
        "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.zip"
    ),
    required=False,
)


def read(raw: Mapping[str, ir.Table]) -> ir.Table:
    """The table `establishments` of the stock files at hand."""
    from ancrage.reference import company
    from ancrage.reference.activity_edition import completed

    rows = company.establishments(raw[SITES.name], raw.get(UNITS.name), raw.get(POINTS.name), raw["communes"])
    return completed(rows, raw.get("activity_editions"))


SOURCE = Source(
    id="sirene",
    title={
        "fr": "Base SIRENE des entreprises et de leurs établissements",
        "en": "SIRENE register of companies and their establishments",
    },
    publisher="INSEE",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/datasets/base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret",
    cadence=Cadence.MONTHLY,
    formats=("zip", "csv", "parquet"),
    files=(SITES, UNITS, POINTS),
    table="establishments",
    order=ORDER,
    read=read,
    limits=LIMITS,
    uses=USES,
    hosts=("object.files.data.gouv.fr", "files.data.gouv.fr", "www.data.gouv.fr", "static.data.gouv.fr"),
)
