"""Orders the candidates of a need: by verdict, then score, then SIRET; sites of one company once, the best of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ancrage.dossier.suppliers.ground import Floats, Ground, Ints
from ancrage.dossier.suppliers.judge import Standing
from ancrage.dossier.suppliers.retrieve import Candidates
from ancrage.dossier.suppliers.rules import Rules
from ancrage.kernel.verdict import Ability


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates in order. `places` are their numbers among the candidates, one per company, best first; the first
    `leads` of them are leads or better."""

    places: Ints
    leads: int


def strengths(found: Candidates, standings: Mapping[int, Standing]) -> Floats:
    """The statement part of every candidate."""
    parts = np.zeros(len(found.rows))
    for row, standing in standings.items():
        parts[np.searchsorted(found.rows, row)] = standing.strength
    return parts


def rank(found: Candidates, totals: Floats, standings: Mapping[int, Standing], ground: Ground) -> Ranked:
    """Order the candidates. Every row of `standings` is a candidate."""
    verdict = np.where(found.is_lead, Ability.LEAD.rank, Ability.UNLIKELY.rank)
    for row, standing in standings.items():
        if standing.ability is not None:
            verdict[np.searchsorted(found.rows, row)] = standing.ability.rank
    order = np.lexsort((found.rows, -totals, verdict))
    company = ground.company[found.rows[order]]
    _, first = np.unique(company, return_index=True)
    places = order[np.sort(first)]
    return Ranked(places, int((verdict[places] <= Ability.LEAD.rank).sum()))


def credible(found: Candidates, order: Ranked, standings: Mapping[int, Standing], rules: Rules) -> Ints:
    """The leads that count in the cover of lines: those of whom something was said or whose reading is sure enough,
    else, for a line that has none, all its leads. A broad class read with little confidence would cover everything."""
    leads = order.places[: order.leads]
    said = [row for row, standing in standings.items() if standing.ability is not None]
    sure = (found.confidence[leads] >= rules.reading["cover"]) | np.isin(found.rows[leads], said)
    return leads[sure] if sure.any() else leads
