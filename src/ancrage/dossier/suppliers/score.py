"""The score of an establishment for a need: a weighted sum of parts between 0 and 1, shown part by part.

    score = sum over parts of weight x part

The parts are the strength of what was said, the closeness of the activity, the confidence of the reading, the
distance, the fit of the headcount and the text evidence (`catalogue/parameters/suppliers.toml`).
"""

from __future__ import annotations

import numpy as np

from ancrage.dossier.model import ScorePart
from ancrage.dossier.suppliers.ground import Floats, Ground, distance_parts, size_parts
from ancrage.dossier.suppliers.need import Need
from ancrage.dossier.suppliers.retrieve import Candidates
from ancrage.dossier.suppliers.rules import PARTS, Rules

DIGITS = 6
"""Scores are compared and shown at this many digits: the order of additions changes nothing."""


class Scorer:
    """Scores candidates on one ground; what does not depend on the need is computed once."""

    def __init__(self, ground: Ground, rules: Rules) -> None:
        self._rules = rules
        self._distance = distance_parts(ground, rules)
        self._size = {large: size_parts(ground, rules, large=large) for large in (False, True)}

    def parts(self, need: Need, found: Candidates, strength: Floats) -> dict[str, Floats]:
        """The parts of every candidate, by name. `strength` is the statement part of each."""
        large = need.volume is not None and float(need.volume) >= self._rules.large_volume
        return {
            "statement": strength,
            "activity": found.closeness,
            "reading": found.confidence,
            "distance": self._distance[found.rows],
            "size": self._size[large][found.rows],
            "text": found.text,
        }

    def totals(self, parts: dict[str, Floats]) -> Floats:
        """The score of every candidate, 0 to 1."""
        total = np.zeros(len(parts["text"]))
        for name in PARTS:
            total += self._rules.weight[name] * parts[name]
        rounded: Floats = np.round(total, DIGITS)
        return rounded

    def explained(self, parts: dict[str, Floats], place: int) -> tuple[ScorePart, ...]:
        """The parts of one candidate, as shown."""
        return tuple(
            ScorePart(f"suppliers.score.{name}", round(float(parts[name][place]), DIGITS), self._rules.weight[name])
            for name in PARTS
        )
