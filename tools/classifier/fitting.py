"""The few weights that join the experts and turn a share into a confidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import optimize

from ancrage.dossier.bom.confidence import FEATURES, describing
from ancrage.dossier.bom.experts import pooled

RANKS = 5


def fitted_mix(experts: Sequence[np.ndarray], quality: np.ndarray, good: np.ndarray, weights: np.ndarray, start: Sequence[float],
               prior: float = 0.02) -> np.ndarray:  # fmt: skip
    """Pool weights (experts by base and slope) that make acceptable answers (`good`, lines by codes) most likely."""
    begin = np.array([[base, 0.0] for base in start])

    def loss(flat: np.ndarray) -> float:
        shares = pooled(experts, quality, flat.reshape(-1, 2))
        hit = (shares * good).sum(axis=1)
        away = flat - begin.ravel()
        return float(-(weights * np.log(hit + 1e-3)).sum() / weights.sum() + prior * (away @ away))

    found = optimize.minimize(loss, begin.ravel(), method="L-BFGS-B", options={"maxiter": 60})
    return np.asarray(found.x).reshape(-1, 2)


def best_ranks(shares: np.ndarray, most: int = RANKS) -> np.ndarray:
    """The places of the greatest shares of each line, best first, ties by place."""
    return np.argsort(-shares, axis=1, kind="stable")[:, :most]


def answers(
    shares: np.ndarray, good: np.ndarray, quality: np.ndarray, recognised: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The features of the first answers of each line, whether each is right, and the line it belongs to."""
    places = best_ranks(shares)
    lines = np.repeat(np.arange(len(shares)), places.shape[1])
    flat = places.ravel()
    is_first = np.tile(np.arange(places.shape[1]) == 0, len(shares)).astype(float)
    return describing(shares[lines, flat], quality[lines], recognised[lines], is_first), good[lines, flat], lines


def fitted_scale(features: np.ndarray, right: np.ndarray, weights: np.ndarray, prior: float = 0.003) -> np.ndarray:
    """Logistic regression by maximum likelihood, first answers counting four times the others."""
    first = features[:, FEATURES.index("is_first")] == 1.0
    weights = weights * np.where(first, 4.0, 1.0)
    begin = np.zeros(features.shape[1])
    begin[FEATURES.index("log_odds")] = 1.0

    def loss(scale: np.ndarray) -> tuple[float, np.ndarray]:
        score = features @ scale
        chance = 1.0 / (1.0 + np.exp(-score))
        value = weights @ (np.logaddexp(0.0, score) - right * score) / weights.sum()
        slope = features.T @ (weights * (chance - right)) / weights.sum()
        away = scale - begin
        return float(value + prior * (away @ away)), slope + 2 * prior * away

    return np.asarray(optimize.minimize(loss, begin, jac=True, method="L-BFGS-B").x)


def expected_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error in equal-width bins (Guo et al. 2017)."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[place == one].sum() - right[place == one].sum()) for one in range(bins)]
    return float(sum(gaps) / len(confidence))
