"""What sections ask of a dossier again and again, and the cells that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ancrage.dossier.model import (
    Candidate,
    Classification,
    Dossier,
    Establishment,
    Line,
    Match,
    Share,
    Shortlist,
    Weighting,
    Zone,
)
from ancrage.interfaces.reports.content import Cell, Tone
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.interfaces.reports.labels import place_name
from ancrage.interfaces.reports.words import Words
from ancrage.kernel.verdict import Ability
from ancrage.reference.country import country

OUTSIDE_EU = (Zone.EEA_UK, Zone.WORLD)
UNKNOWN_COUNTRY = "unknown"


@dataclass(frozen=True, slots=True)
class View:
    """A dossier with its lines and shortlists by key."""

    dossier: Dossier
    words: Words
    book: EvidenceBook
    lines: Mapping[str, Line]
    shortlists: Mapping[str, Shortlist]

    @classmethod
    def of(cls, dossier: Dossier, words: Words, book: EvidenceBook) -> View:
        """Index a dossier."""
        return cls(
            dossier,
            words,
            book,
            {line.key: line for line in dossier.bom.lines},
            {found.line: found for found in dossier.suppliers.shortlists},
        )

    # --- lines ---

    def lines_of(self, keys: Sequence[str]) -> list[Line]:
        """The lines of some keys, in their order."""
        return [self.lines[key] for key in keys]

    def made_outside(self) -> list[Line]:
        """The lines to relocate whose origin is known, heaviest first."""
        return [line for line in self.lines_of(self.dossier.origin.to_relocate) if line.origin is not None]

    def countries_of(self, zone: Zone) -> dict[str, int]:
        """How many counting lines were made in each country of a zone outside the Union, most first."""
        on = self.dossier.question.on
        made = [line.origin.country for line in self.dossier.bom.counting if line.origin is not None]
        found = Counter(code for code in made if country(code).neighbourhood(on).value == zone.value)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    def single_sources(self) -> list[Line]:
        """The single points of failure that the bill of materials says to be single-source, heaviest first."""
        return [line for line in self.lines_of(self.dossier.origin.single_points) if line.is_single_source]

    def sole_suppliers(self) -> list[Line]:
        """The others: critical parts with one supplier named, which is to be confirmed; heaviest first."""
        return [line for line in self.lines_of(self.dossier.origin.single_points) if not line.is_single_source]

    def without_origin(self) -> list[Line]:
        """The counting lines whose origin is unknown, heaviest first."""
        ranks = {key: rank for rank, key in enumerate(self.dossier.origin.to_relocate)}
        lines = [line for line in self.dossier.bom.counting if line.origin is None]
        return sorted(lines, key=lambda line: (ranks.get(line.key, len(ranks)), line.number))

    def about(self, line: Line) -> Classification | None:
        """What the line is."""
        return self.dossier.classifications.get(line.key)

    def number_cell(self, line: Line) -> Cell:
        """The file's row of the line, with the evidence of what was read there."""
        return Cell(line.number, self.book.ref(line.evidence))

    def part_cell(self, line: Line) -> Cell:
        """The label of the line, and its reference under it."""
        return Cell(line.label or line.item, detail=line.item or "" if line.label else "")

    def value_cell(self, line: Line) -> Cell:
        """The line's value; empty where it does not count."""
        if line.value is None:
            return Cell(None if line.counts else "")
        return Cell(line.value.amount, unit=line.value.currency)

    def origin_cell(self, line: Line) -> Cell:
        """The country of manufacture and how it is known; empty where the line does not count."""
        if line.origin is None:
            return Cell(None if line.counts else "")
        basis = self.words.say(f"basis.{line.origin.basis}")
        return Cell(self.words.country(line.origin.country), self.book.ref(line.origin.evidence), detail=basis)

    # --- shares ---

    def share(self, weighting: Weighting, keys: Sequence[str]) -> Decimal | None:
        """The share of some zones under a weighting; None when nothing weighs under it."""
        shares = self.dossier.origin.by_zone.get(weighting)
        return None if not shares else sum((one.share for one in shares if one.key in keys), Decimal(0))

    def shares(self, weighting: Weighting, by: str = "zone") -> Mapping[str, Share]:
        """Shares by zone or by country, by their key."""
        table = self.dossier.origin.by_zone if by == "zone" else self.dossier.origin.by_country
        return {one.key: one for one in table.get(weighting, ())}

    def country(self, key: str) -> str:
        """A country's name, unknown included."""
        return (
            self.words.say("unknown.country") if key.lower() == UNKNOWN_COUNTRY or not key else self.words.country(key)
        )

    # --- establishments ---

    def area(self) -> str:
        """Where establishments were looked for: around the site, in a territory, or in either."""
        radius, territory = self.dossier.suppliers.radius_km, self.dossier.question.territory
        name = place_name(territory)
        if radius is None:
            return self.words.say("area.territory", territory=name)
        code = "area.either" if territory else "area.radius"
        return self.words.say(code, radius=self.words.number(Decimal(str(radius)).normalize()), territory=name)

    def site(self, siret: str) -> Establishment:
        """An establishment of the report."""
        return self.dossier.suppliers.establishments[siret]

    def site_name(self, site: Establishment) -> str:
        """Its name, or that it must not be displayed."""
        return site.name or self.words.say("site.unnamed", siret=site.siret)

    def band(self, site: Establishment) -> Cell:
        """The headcount band; None when unknown."""
        return Cell(None) if site.band is None else Cell(self.words.say(f"band.{site.band}"))

    def matches_of(self, siret: str) -> list[tuple[str, Match]]:
        """The lines that an establishment is proposed for."""
        return [
            (found.line, match)
            for found in self.dossier.suppliers.shortlists
            for match in found.matches
            if match.siret == siret
        ]

    def strongest(self, siret: str) -> Ability:
        """The strongest verdict of an establishment over the lines that it is proposed for."""
        return min((match.verdict.ability for _, match in self.matches_of(siret)), key=lambda ability: ability.rank)

    def distance(self, kilometres: float | None) -> Cell:
        """A distance rounded to the kilometre; None when unknown."""
        return Cell(None) if kilometres is None else Cell(Decimal(round(kilometres)))

    # --- confidence ---

    def sure(self, candidate: Candidate) -> str:
        """A confidence in words and as a percentage."""
        level = "high" if candidate.confidence >= 0.8 else "middle" if candidate.confidence >= 0.5 else "low"
        return self.words.say(f"confidence.{level}", share=self.words.percent(candidate.confidence, 0))

    def tone(self, candidate: Candidate) -> Tone:
        """Uncertain answers are muted."""
        return Tone.PLAIN if candidate.confidence >= 0.5 else Tone.MUTED
