"""A list of establishments that somebody has: an extract of SIRENE, the members of a network, a sector's directory.

CSV (UTF-8), Parquet or a workbook, one row per establishment, a column of SIRET. Headings are recognised under the
names of the table `establishments`, and under those below; others are told with a mapping (column -> heading).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ancrage.reference.source import Cadence, Source, SourceFile
from ancrage.reference.sources.sirene import USES

if TYPE_CHECKING:
    import ibis.expr.types as ir

LIST = SourceFile(
    name="establishments",
    needed=("siret",),
    optional=(
        "name",
        "activity",
        "activity_2025",
        "nomenclature",
        "band",
        "employer",
        "head_office",
        "commune",
        "commune_name",
        "department",
        "postcode",
        "longitude",
        "latitude",
        "point_basis",
        "state",
        "company_category",
        "statement",
        "diffusion",
    ),
    synonyms={
        "siret": ("SIRET", "Siret", "code_siret", "numero_siret"),
        "name": (
            "raison_sociale_sirene",
            "raison_sociale",
            "raisonsociale",
            "denominationUniteLegale",
            "denomination",
            "nom",
            "Nom",
        ),
        "activity": (
            "activitePrincipaleEtablissement",
            "code_naf",
            "codenaf",
            "naf",
            "NAF",
            "ape_sirene",
            "code_ape",
            "ape",
            "APE",
        ),
        "activity_2025": ("activitePrincipaleNAF25Etablissement", "naf_2025"),
        "nomenclature": ("nomenclatureActivitePrincipaleEtablissement",),
        "band": ("trancheEffectifsEtablissement", "trancheeffectif", "tranche_effectif"),
        "employer": ("caractereEmployeurEtablissement",),
        "head_office": ("etablissementSiege", "siege", "est_siege"),
        "commune": ("codeCommuneEtablissement", "code_commune", "codecommune", "code_insee"),
        "commune_name": ("libelleCommuneEtablissement", "ville", "libelle_commune"),
        "department": ("code_departement", "departement"),
        "postcode": ("codePostalEtablissement", "code_postal", "codepostal"),
        "longitude": ("lon", "x_longitude"),
        "latitude": ("lat", "y_latitude"),
        "point_basis": ("precision_coordonnees", "geo_type"),
        "state": ("etatAdministratifEtablissement", "etat_sirene", "etat"),
        "company_category": ("categorieEntreprise", "categorie_entreprise"),
        "statement": ("activite", "description"),
        "diffusion": ("statutDiffusionEtablissement",),
    },
)


def read(raw: Mapping[str, ir.Table]) -> ir.Table:
    """The table `establishments` of the list."""
    from ancrage.reference.activity_edition import completed
    from ancrage.reference.establishment_list import listed_establishments

    return completed(listed_establishments(raw[LIST.name], raw["communes"]), raw.get("activity_editions"))


SOURCE = Source(
    id="establishment-list",
    title={"fr": "Liste d'établissements (fichier de l'utilisateur)", "en": "List of establishments (user's file)"},
    publisher="",
    licence="",
    page="",
    cadence=Cadence.ON_REVISION,
    formats=("csv", "xlsx", "ods", "zip", "parquet"),
    files=(LIST,),
    table="establishments",
    order=("department", "activity", "siret"),
    read=read,
    uses=USES,
)
