"""Draws invented companies and their establishments, in the columns of SIRENE's stock files.

Every SIREN starts with 000, which no real one does, and satisfies Luhn's formula, as does every SIRET.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from demonstration.ground import Commune, to_lambert
from demonstration.mix import AROUND, BANDS, INDUSTRY, band_weights, pull
from demonstration.names import Coiner

SEED = 20260101
STOCK_DATE = date(2026, 1, 1)
_HEADQUARTERS = ("70.10Z", "64.20Z")

SITE_COLUMNS = (
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

UNIT_COLUMNS = (
    "siren", "statutDiffusionUniteLegale", "unitePurgeeUniteLegale", "dateCreationUniteLegale", "sigleUniteLegale",
    "sexeUniteLegale", "prenom1UniteLegale", "prenom2UniteLegale", "prenom3UniteLegale", "prenom4UniteLegale",
    "prenomUsuelUniteLegale", "pseudonymeUniteLegale", "identifiantAssociationUniteLegale",
    "trancheEffectifsUniteLegale", "anneeEffectifsUniteLegale", "dateDernierTraitementUniteLegale",
    "nombrePeriodesUniteLegale", "categorieEntreprise", "anneeCategorieEntreprise", "dateDebut",
    "etatAdministratifUniteLegale", "nomUniteLegale", "nomUsageUniteLegale", "denominationUniteLegale",
    "denominationUsuelle1UniteLegale", "denominationUsuelle2UniteLegale", "denominationUsuelle3UniteLegale",
    "categorieJuridiqueUniteLegale", "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale", "nicSiegeUniteLegale", "economieSocialeSolidaireUniteLegale",
    "societeMissionUniteLegale", "caractereEmployeurUniteLegale", "activitePrincipaleNAF25UniteLegale",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """An invented establishment."""

    siret: str
    activity: str
    commune: Commune
    point: tuple[float, float] | None
    band: str
    employer: str
    seat: bool
    active: bool
    created: date
    street: tuple[str, str, str]
    sign: str


@dataclass(frozen=True, slots=True)
class Company:
    """An invented legal unit and its sites."""

    siren: str
    name: str
    activity: str
    form: str
    sites: list[Site] = field(default_factory=list)


def check_digit(digits: str) -> str:
    """The digit that makes `digits` followed by it satisfy Luhn's formula (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 if rank % 2 == 0 else 1) for rank, digit in enumerate(reversed(digits))]
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def siret_of(siren: str, rank: int) -> str:
    """The SIRET of the `rank`-th establishment of a company: four digits and a check digit after the SIREN."""
    body = f"{siren}{rank:04d}"
    return body + check_digit(body)


class Draw:
    """One seeded drawing of the whole register."""

    def __init__(self, communes: Sequence[Commune], seed: int = SEED) -> None:
        self._random = random.Random(seed)
        self._names = Coiner(random.Random(seed + 1))
        self._communes = communes
        self._weights: dict[str, list[float]] = {}
        self._sirens = iter(self._random.sample(range(10000, 99999), 20000))

    def companies(self) -> list[Company]:
        """All companies, sorted by SIREN: about 4,000 industrial sites, and what stands beside them in a register."""
        found = [self._company(activity) for activity in self._activities(INDUSTRY, 4000)]
        found += [self._company(activity) for activity in self._activities(AROUND, 780)]
        return sorted(found, key=lambda company: company.siren)

    def _activities(self, counts: Mapping[str, int], total: int) -> list[str]:
        """Activities in the proportions of `counts`; companies of several sites take the place of others."""
        drawn = self._random.choices(list(counts), list(counts.values()), k=int(total * 0.94))
        return list(counts) + drawn[: max(0, int(total * 0.94) - len(counts))]

    def _company(self, activity: str) -> Company:
        body = f"000{next(self._sirens):05d}"
        company = Company(
            body + check_digit(body), self._names.company(activity), activity, self._random.choice(("5499", "5710"))
        )
        for rank, (of_site, near) in enumerate(self._plan(activity)):
            near_to = company.sites[0].commune if near else None
            company.sites.append(self._site(company, rank, of_site, near_to))
        return company

    def _plan(self, activity: str) -> list[tuple[str, bool]]:
        """(activity, in the commune of the first site) of each site of a company, the head office first."""
        chance = self._random.random()
        if activity[:2] > "33" or chance < 0.885:
            return [(activity, False)]
        if chance < 0.92:
            return [(self._random.choice(_HEADQUARTERS), False), (activity, True)]
        if chance < 0.95:
            return [(activity, False), (activity, False)]
        if chance < 0.98:
            return [(activity, False), (self._random.choice(("46.69B", "52.10B", "46.74A")), True)]
        return [("70.10Z", False), (activity, True), (activity, False), (activity, False)]

    def _site(self, company: Company, rank: int, activity: str, commune: Commune | None) -> Site:
        place = commune or self._place(company.activity)
        band, employer, _ = self._random.choices(BANDS, band_weights(activity))[0]
        return Site(
            siret=siret_of(company.siren, rank + 1),
            activity=activity,
            commune=place,
            point=self._point(place),
            band=band,
            employer=employer,
            seat=rank == 0,
            active=rank == 0 or self._random.random() > 0.08,
            created=STOCK_DATE - timedelta(days=self._random.randint(400, 19000)),
            street=self._street(),
            sign=self._names.trade(activity).upper() if self._random.random() < 0.15 else "",
        )

    def _place(self, activity: str) -> Commune:
        weights = self._weights.get(activity)
        if weights is None:
            weights = [commune.population**0.8 * pull(activity, commune.group) for commune in self._communes]
            self._weights[activity] = weights
        return self._random.choices(self._communes, weights)[0]

    def _point(self, commune: Commune) -> tuple[float, float] | None:
        """A point drawn within some 1.5 km of the commune's; none for a tenth of the sites, as in the register."""
        drawn = (self._random.gauss(0, 0.006), self._random.gauss(0, 0.009))
        if commune.point is None or self._random.random() < 0.1:
            return None
        return (commune.point[0] + drawn[0], commune.point[1] + drawn[1])

    def _street(self) -> tuple[str, str, str]:
        kind = self._random.choice(("RUE", "RUE", "ZONE INDUSTRIELLE", "IMPASSE", "CHEMIN"))
        of = self._random.choice(
            ("DES FORGES", "DE L'INDUSTRIE", "DES ARTISANS", "DU CHAMP ROND", "DES ALIZES", "DE LA GARE", "DES CHARMES")
        )
        return (str(self._random.randint(1, 90)), kind, of)


def site_row(company: Company, site: Site) -> list[str]:
    """One row of StockEtablissement."""
    x, y = ("", "") if site.point is None else (f"{value:.2f}" for value in to_lambert(site.point))
    number, kind, street = site.street
    given = {
        "siren": company.siren,
        "nic": site.siret[9:],
        "siret": site.siret,
        "statutDiffusionEtablissement": "O",
        "dateCreationEtablissement": site.created.isoformat(),
        "trancheEffectifsEtablissement": site.band,
        "anneeEffectifsEtablissement": "" if site.band in {"", "NN"} else "2023",
        "dateDernierTraitementEtablissement": "2025-11-30T08:00:00",
        "etablissementSiege": "true" if site.seat else "false",
        "nombrePeriodesEtablissement": "1" if site.active else "2",
        "numeroVoieEtablissement": number,
        "typeVoieEtablissement": kind,
        "libelleVoieEtablissement": street,
        "codePostalEtablissement": site.commune.postcode,
        "libelleCommuneEtablissement": site.commune.name.upper(),
        "codeCommuneEtablissement": site.commune.code,
        "coordonneeLambertAbscisseEtablissement": x,
        "coordonneeLambertOrdonneeEtablissement": y,
        "dateDebut": site.created.isoformat(),
        "etatAdministratifEtablissement": "A" if site.active else "F",
        "enseigne1Etablissement": site.sign,
        "activitePrincipaleEtablissement": site.activity,
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "caractereEmployeurEtablissement": site.employer,
    }
    return [given.get(column, "") for column in SITE_COLUMNS]


def unit_row(company: Company) -> list[str]:
    """One row of StockUniteLegale."""
    seat = company.sites[0]
    largest = max(site.band if site.band.isdigit() else "" for site in company.sites)
    given = {
        "siren": company.siren,
        "statutDiffusionUniteLegale": "O",
        "dateCreationUniteLegale": seat.created.isoformat(),
        "trancheEffectifsUniteLegale": largest or "NN",
        "anneeEffectifsUniteLegale": "2023" if largest else "",
        "dateDernierTraitementUniteLegale": "2025-11-30T08:00:00",
        "nombrePeriodesUniteLegale": "1",
        "categorieEntreprise": "ETI" if largest >= "32" else "PME",
        "anneeCategorieEntreprise": "2023",
        "dateDebut": seat.created.isoformat(),
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": company.name,
        "categorieJuridiqueUniteLegale": company.form,
        "activitePrincipaleUniteLegale": seat.activity,
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "nicSiegeUniteLegale": seat.siret[9:],
        "caractereEmployeurUniteLegale": "O" if largest > "00" else "",
    }
    return [given.get(column, "") for column in UNIT_COLUMNS]
