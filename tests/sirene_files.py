"""Hand-made SIRENE stock files, all invented (données inventées): SIREN starting with 000, La Poste's number aside.

Each shape that the files have had or will have: before December 2025 (no column of NAF 2025), since then (both), and
after 1 January 2027 (the main activity is of NAF 2025, with or without the former second column). As CSV, ZIP, Parquet.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ancrage.kernel.codes import luhn_sum

Row = Mapping[str, str]

SITE_COLUMNS: Sequence[str] = (
    "siren", "nic", "siret", "statutDiffusionEtablissement", "dateCreationEtablissement",
    "trancheEffectifsEtablissement", "anneeEffectifsEtablissement", "activitePrincipaleRegistreMetiersEtablissement",
    "dateDernierTraitementEtablissement", "etablissementSiege", "nombrePeriodesEtablissement",
    "complementAdresseEtablissement", "numeroVoieEtablissement", "indiceRepetitionEtablissement",
    "dernierNumeroVoieEtablissement", "indiceRepetitionDernierNumeroVoieEtablissement", "typeVoieEtablissement",
    "libelleVoieEtablissement", "codePostalEtablissement", "libelleCommuneEtablissement",
    "libelleCommuneEtrangerEtablissement", "distributionSpecialeEtablissement", "codeCommuneEtablissement",
    "codeCedexEtablissement", "libelleCedexEtablissement", "codePaysEtrangerEtablissement",
    "libellePaysEtrangerEtablissement", "identifiantAdresseEtablissement", "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement", "complementAdresse2Etablissement", "numeroVoie2Etablissement",
    "indiceRepetition2Etablissement", "typeVoie2Etablissement", "libelleVoie2Etablissement",
    "codePostal2Etablissement", "libelleCommune2Etablissement", "libelleCommuneEtranger2Etablissement",
    "distributionSpeciale2Etablissement", "codeCommune2Etablissement", "codeCedex2Etablissement",
    "libelleCedex2Etablissement", "codePaysEtranger2Etablissement", "libellePaysEtranger2Etablissement", "dateDebut",
    "etatAdministratifEtablissement", "enseigne1Etablissement", "enseigne2Etablissement", "enseigne3Etablissement",
    "denominationUsuelleEtablissement", "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement", "caractereEmployeurEtablissement",
    "activitePrincipaleNAF25Etablissement",
)  # fmt: skip

UNIT_COLUMNS: Sequence[str] = (
    "siren", "statutDiffusionUniteLegale", "unitePurgeeUniteLegale", "dateCreationUniteLegale", "sigleUniteLegale",
    "sexeUniteLegale", "prenom1UniteLegale", "prenom2UniteLegale", "prenom3UniteLegale", "prenom4UniteLegale",
    "prenomUsuelUniteLegale", "pseudonymeUniteLegale", "identifiantAssociationUniteLegale",
    "trancheEffectifsUniteLegale", "anneeEffectifsUniteLegale", "dateDernierTraitementUniteLegale",
    "nombrePeriodesUniteLegale", "categorieEntreprise", "anneeCategorieEntreprise", "dateDebut",
    "etatAdministratifUniteLegale", "nomUniteLegale", "nomUsageUniteLegale", "denominationUniteLegale",
    "denominationUsuelle1UniteLegale", "denominationUsuelle2UniteLegale", "denominationUsuelle3UniteLegale",
    "categorieJuridiqueUniteLegale", "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale",
    "nicSiegeUniteLegale", "economieSocialeSolidaireUniteLegale", "societeMissionUniteLegale",
    "caractereEmployeurUniteLegale", "activitePrincipaleNAF25UniteLegale",
)  # fmt: skip

NAF25 = "activitePrincipaleNAF25Etablissement"
LA_POSTE_SITE = "35600000049837"
"""A number of La Poste that Luhn's formula refuses and that its own exception accepts."""

SECRETS = ("DUPONDIN", "Zéphyrine", "Discrète Mécanique", "RUE DU SECRET")
"""What stands in the rows of people and companies that the register must never hold."""


def siren(number: int) -> str:
    """The invented SIREN of a small number."""
    body = f"000{number:05d}"
    return body + str(-luhn_sum(body + "0") % 10)


def siret(number: int, rank: int = 1) -> str:
    """The invented SIRET of a company's establishment."""
    body = f"{siren(number)}{rank:04d}"
    return body + str(-luhn_sum(body + "0") % 10)


def site(number: int, rank: int = 1, **given: str) -> dict[str, str]:
    """A site: an open head office that shows itself, in Besançon, unless said otherwise."""
    code = given.pop("siret", siret(number, rank))
    return {
        "siren": code[:9],
        "nic": code[9:],
        "siret": code,
        "statutDiffusionEtablissement": "O",
        "trancheEffectifsEtablissement": "12",
        "etablissementSiege": "true",
        "codePostalEtablissement": "25000",
        "libelleCommuneEtablissement": "BESANCON",
        "codeCommuneEtablissement": "25056",
        "etatAdministratifEtablissement": "A",
        "activitePrincipaleEtablissement": "25.62B",
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "caractereEmployeurEtablissement": "O",
        NAF25: "25.53Y",
    } | given


def unit(number: int, **given: str) -> dict[str, str]:
    """A legal unit: a simplified joint-stock company that shows itself, unless said otherwise."""
    return {
        "siren": siren(number),
        "statutDiffusionUniteLegale": "O",
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": f"MECANIQUE INVENTEE {number}",
        "categorieJuridiqueUniteLegale": "5710",
        "categorieEntreprise": "PME",
        "activitePrincipaleUniteLegale": "70.10Z",
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
    } | given


_ND = "[ND]"
_MASKED = {
    "codePostalEtablissement": _ND,
    "coordonneeLambertAbscisseEtablissement": _ND,
    "coordonneeLambertOrdonneeEtablissement": _ND,
    "libelleVoieEtablissement": "RUE DU SECRET",
}

SITES: Sequence[Row] = (
    site(1, 1, codeCommuneEtablissement="75108", codePostalEtablissement="75008", trancheEffectifsEtablissement="03",
         activitePrincipaleEtablissement="70.10Z", activitePrincipaleNAF25Etablissement="70.10Y"),
    site(1, 2, etablissementSiege="false", trancheEffectifsEtablissement="21",
         coordonneeLambertAbscisseEtablissement="927845.5", coordonneeLambertOrdonneeEtablissement="6687350.25"),
    site(2, 1, codeCommuneEtablissement="57463", codePostalEtablissement="57000", trancheEffectifsEtablissement="NN",
         caractereEmployeurEtablissement="N", enseigne1Etablissement="DUPONDIN ZEPHYRINE"),
    site(3, 1, statutDiffusionEtablissement="P", denominationUsuelleEtablissement="Discrète Mécanique", **_MASKED),
    site(4, 1, statutDiffusionEtablissement="N", enseigne1Etablissement="Discrète Mécanique", **_MASKED),
    site(5, 1, enseigne1Etablissement="Discrète Mécanique", libelleVoieEtablissement="RUE DU SECRET"),
    site(6, 1, etatAdministratifEtablissement="F", trancheEffectifsEtablissement="",
         activitePrincipaleNAF25Etablissement="", caractereEmployeurEtablissement=""),
    site(6, 2, etablissementSiege="false", etatAdministratifEtablissement="F", activitePrincipaleEtablissement="28.5D",
         nomenclatureActivitePrincipaleEtablissement="NAFRev1", activitePrincipaleNAF25Etablissement=""),
    site(7, 1, codeCommuneEtablissement="2A004", codePostalEtablissement="20000", trancheEffectifsEtablissement="00"),
    site(8, 1, codeCommuneEtablissement="97411", codePostalEtablissement="97400",
         coordonneeLambertAbscisseEtablissement="338213.2", coordonneeLambertOrdonneeEtablissement="7690612.4"),
    site(9, 1, codeCommuneEtablissement="69381", codePostalEtablissement="69001", trancheEffectifsEtablissement="53"),
    site(9, 2, codeCommuneEtablissement="", codePostalEtablissement="", codePaysEtrangerEtablissement="99109",
         libellePaysEtrangerEtablissement="ALLEMAGNE", etablissementSiege="false"),
    site(0, siret=LA_POSTE_SITE, etablissementSiege="false", activitePrincipaleEtablissement="53.10Z",
         codeCommuneEtablissement="57463", codePostalEtablissement="57000"),
    site(10, 1, activitePrincipaleEtablissement="", nomenclatureActivitePrincipaleEtablissement="",
         activitePrincipaleNAF25Etablissement=""),
)  # fmt: skip
"""Fourteen sites. Left out: three in partial diffusion (one by its legal unit alone), one abroad. Ten remain."""

UNITS: Sequence[Row] = (
    unit(1, denominationUniteLegale="MECANIQUE INVENTEE DU DOUBS", categorieEntreprise="ETI"),
    unit(2, denominationUniteLegale="", nomUniteLegale="DUPONDIN", prenom1UniteLegale="Zéphyrine",
         categorieJuridiqueUniteLegale="1000"),
    unit(3, statutDiffusionUniteLegale="P", denominationUniteLegale=_ND, nomUniteLegale=_ND),
    unit(4, statutDiffusionUniteLegale="N", denominationUniteLegale="Discrète Mécanique"),
    unit(5, statutDiffusionUniteLegale="P", denominationUniteLegale="Discrète Mécanique"),
    unit(6, denominationUniteLegale="", denominationUsuelle1UniteLegale="FONDERIE INVENTEE",
         etatAdministratifUniteLegale="C"),
    unit(7, denominationUniteLegale="", sigleUniteLegale="CORSINV"),
    unit(8, categorieEntreprise=""),
    unit(9, categorieEntreprise="GE"),
    unit(10),
    unit(0) | {"siren": "356000000", "denominationUniteLegale": "LA POSTE"},
)  # fmt: skip

POINTS: Sequence[Row] = (
    {"siret": siret(1, 1), "x_longitude": "2.3107", "y_latitude": "48.8724", "qualite_xy": "11"},
    {"siret": siret(6, 1), "x_longitude": "6.0241", "y_latitude": "47.2378", "qualite_xy": "33"},
    {"siret": siret(9, 1), "x_longitude": "4.8343", "y_latitude": "45.7676", "qualite_xy": "22"},
)


def before_2026(sites: Sequence[Row] = SITES) -> tuple[Sequence[str], Sequence[Row]]:
    """Columns and rows as they were until November 2025: no column of NAF 2025."""
    return tuple(column for column in SITE_COLUMNS if column != NAF25), sites


def during_2026(sites: Sequence[Row] = SITES) -> tuple[Sequence[str], Sequence[Row]]:
    """As they are since December 2025: NAF rev. 2 in the main column, NAF 2025 beside."""
    return SITE_COLUMNS, sites


def after_2027(sites: Sequence[Row] = SITES, *, keeps_column: bool = False) -> tuple[Sequence[str], Sequence[Row]]:
    """As they will be: NAF 2025 in the main column for who has one, and an old code keeps its old edition."""
    switched = [_switched(row, keeps_column=keeps_column) for row in sites]
    return (SITE_COLUMNS if keeps_column else before_2026()[0]), switched


def _switched(row: Row, *, keeps_column: bool) -> Row:
    if not row[NAF25]:
        return row
    main = {"activitePrincipaleEtablissement": row[NAF25], "nomenclatureActivitePrincipaleEtablissement": "NAF2025"}
    return {**row, **main} if keeps_column else {**row, **main, NAF25: ""}


def csv_text(columns: Sequence[str], rows: Sequence[Row], delimiter: str = ",") -> str:
    """The rows as INSEE writes them: headings, then one line each, ended by a line feed."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, "", "ignore", lineterminator="\n", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def write(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> Path:
    """Write the rows in the format that the extension names: csv, csv.gz, zip or parquet."""
    text = csv_text(columns, rows)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
            container.writestr(f"{path.stem}.csv", text)
    elif path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode(), mtime=0))
    elif path.suffix == ".parquet":
        _write_parquet(path, columns, rows)
    else:
        path.write_text(text, "utf-8")
    return path


def _write_parquet(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Typed as the official Parquet is: a true boolean for the head office, the rest as text, null for nothing."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = {column: pa.array([row.get(column) or None for row in rows], pa.string()) for column in columns}
    if "etablissementSiege" in found:
        found["etablissementSiege"] = pa.array([row["etablissementSiege"] == "true" for row in rows])
    pq.write_table(pa.table(found), path)


def write_stock(folder: Path, shape: tuple[Sequence[str], Sequence[Row]], suffix: str = ".csv") -> list[Path]:
    """Both stock files of a shape, in a format."""
    folder.mkdir(exist_ok=True)
    return [
        write(folder / f"StockEtablissement_utf8{suffix}", *shape),
        write(folder / f"StockUniteLegale_utf8{suffix}", UNIT_COLUMNS, UNITS),
    ]
