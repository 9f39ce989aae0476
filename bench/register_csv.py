"""Writes an invented StockEtablissement CSV in SIRENE's shape (54 columns, SIREN starting with 000), for benchmarks.

Usage: python bench/register_csv.py FILE ROWS
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from ancrage.kernel.codes import luhn_sum

COLUMNS = (
    "siren",
    "nic",
    "siret",
    "statutDiffusionEtablissement",
    "dateCreationEtablissement",
    "trancheEffectifsEtablissement",
    "anneeEffectifsEtablissement",
    "activitePrincipaleRegistreMetiersEtablissement",
    "dateDernierTraitementEtablissement",
    "etablissementSiege",
    "nombrePeriodesEtablissement",
    "complementAdresseEtablissement",
    "numeroVoieEtablissement",
    "indiceRepetitionEtablissement",
    "dernierNumeroVoieEtablissement",
    "indiceRepetitionDernierNumeroVoieEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "codePostalEtablissement",
    "libelleCommuneEtablissement",
    "libelleCommuneEtrangerEtablissement",
    "distributionSpecialeEtablissement",
    "codeCommuneEtablissement",
    "codeCedexEtablissement",
    "libelleCedexEtablissement",
    "codePaysEtrangerEtablissement",
    "libellePaysEtrangerEtablissement",
    "identifiantAdresseEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    "complementAdresse2Etablissement",
    "numeroVoie2Etablissement",
    "indiceRepetition2Etablissement",
    "typeVoie2Etablissement",
    "libelleVoie2Etablissement",
    "codePostal2Etablissement",
    "libelleCommune2Etablissement",
    "libelleCommuneEtranger2Etablissement",
    "distributionSpeciale2Etablissement",
    "codeCommune2Etablissement",
    "codeCedex2Etablissement",
    "libelleCedex2Etablissement",
    "codePaysEtranger2Etablissement",
    "libellePaysEtranger2Etablissement",
    "dateDebut",
    "etatAdministratifEtablissement",
    "enseigne1Etablissement",
    "enseigne2Etablissement",
    "enseigne3Etablissement",
    "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
    "activitePrincipaleNAF25Etablissement",
)

_STREETS = ("DE LA GARE", "DES FORGES", "VICTOR HUGO", "DU MOULIN", "DE L INDUSTRIE", "PASTEUR", "DES ACACIAS")
_BANDS = ("NN", "NN", "", "00", "01", "02", "03", "11", "12", "21", "22", "31")
_NAF = ("25.62B", "25.61Z", "22.29A", "28.15Z", "43.21A", "56.10A", "68.20B", "47.11B", "31.01Z", "24.51Z", "96.02A")


def siren_of(number: int) -> str:
    """The invented SIREN of a number below 100,000: `000`, the number, its check digit."""
    body = f"000{number:05d}"
    return body + str(-luhn_sum(body + "0") % 10)


def nic_of(siren: str, rank: int) -> str:
    """The establishment number that satisfies Luhn's formula."""
    body = f"{siren}{rank:04d}"
    return f"{rank:04d}" + str(-luhn_sum(body + "0") % 10)


def row(number: int, rng: random.Random) -> list[str]:
    """One establishment: 100 for each SIREN."""
    siren = siren_of(number // 100)
    nic = nic_of(siren, number % 100 + 1)
    department, commune = rng.randint(1, 95), rng.randint(1, 499)
    code = f"{department if department != 20 else 21:02d}{commune:03d}"
    values = dict.fromkeys(COLUMNS, "")
    values |= {
        "siren": siren,
        "nic": nic,
        "siret": siren + nic,
        "statutDiffusionEtablissement": "P" if rng.random() < 0.13 else "O",
        "dateCreationEtablissement": f"{rng.randint(1970, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        "trancheEffectifsEtablissement": rng.choice(_BANDS),
        "anneeEffectifsEtablissement": "2023",
        "dateDernierTraitementEtablissement": f"2025-{rng.randint(1, 12):02d}-17T09:{rng.randint(10, 59)}:12",
        "etablissementSiege": rng.choice(("true", "false")),
        "nombrePeriodesEtablissement": str(rng.randint(1, 9)),
        "numeroVoieEtablissement": str(rng.randint(1, 240)),
        "typeVoieEtablissement": rng.choice(("RUE", "AVENUE", "CHEMIN", "PLACE")),
        "libelleVoieEtablissement": rng.choice(_STREETS),
        "codePostalEtablissement": f"{code[:2]}{rng.randint(0, 99):02d}0",
        "libelleCommuneEtablissement": f"COMMUNE {code}",
        "codeCommuneEtablissement": code,
        "identifiantAdresseEtablissement": f"{code}_{rng.randint(1000, 9999)}_{rng.randint(1, 99999):05d}",
        "coordonneeLambertAbscisseEtablissement": f"{rng.uniform(300000, 1000000):.6f}",
        "coordonneeLambertOrdonneeEtablissement": f"{rng.uniform(6250000, 6980000):.6f}",
        "dateDebut": f"{rng.randint(2008, 2025)}-01-01",
        "etatAdministratifEtablissement": "A" if rng.random() < 0.4 else "F",
        "enseigne1Etablissement": f"ENSEIGNE {number}" if rng.random() < 0.2 else "",
        "activitePrincipaleEtablissement": rng.choice(_NAF),
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "caractereEmployeurEtablissement": rng.choice(("O", "N")),
        "activitePrincipaleNAF25Etablissement": "25.53Y",
    }
    return list(values.values())


def write(path: Path, rows: int, seed: int = 7) -> None:
    """Write the file: the same bytes for the same arguments."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(COLUMNS) + "\n")
        for number in range(rows):
            stream.write(",".join(row(number, rng)) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
