"""From the share an answer got to how often such answers are right.

Platt's method (1999) with what tells easy lines from hard ones: the logistic of the log-odds of the share, of how well
the lexicon covers the line, of how much of the line is known, and of the rank. The coefficients are fitted by maximum
likelihood on lines that the models did not learn from.
"""

from __future__ import annotations

import numpy as np

from ancrage.dossier.bom.lexical import Floats

FEATURES = ("constant", "log_odds", "quality", "recognised", "is_first", "log_odds_and_quality")
_EDGE = 1e-4


def describing(shares: Floats, quality: Floats, recognised: Floats, is_first: Floats) -> Floats:
    """The features of answers, one row each."""
    clipped = np.clip(shares, _EDGE, 1 - _EDGE)
    odds = np.log(clipped / (1 - clipped))
    return np.column_stack([np.ones_like(odds), odds, quality, recognised, is_first, odds * quality])


def calibrated(features: Floats, scale: Floats) -> Floats:
    """How often such answers are right (0 to 1)."""
    return np.asarray(1.0 / (1.0 + np.exp(-(features @ scale))))
