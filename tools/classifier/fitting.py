"""The few weights that join the experts and turn a share into a confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from ancrage.dossier.bom.confidence import FEATURES
from ancrage.dossier.bom.experts import pooled

RANKS = 5
FIRM = 100.0


@dataclass(frozen=True)
class Pool:
    """What a pool is fitted on: the shares of each expert (lines by codes), the quality of lines, the acceptable
    answers (`good`, lines by codes) and the weights of lines."""

    experts: Sequence[np.ndarray]
    quality: np.ndarray
    good: np.ndarray
    weights: np.ndarray


def fitted_mix(pool: Pool, start: Sequence[float], firm: Sequence[int] = (), prior: float = 0.003) -> np.ndarray:
    """Pool weights (experts by base and slope) that make acceptable answers most likely.

    Experts in `firm` keep about the weight they start with: the lines to fit on say too little of them.
    """
    begin = np.array([[base, 0.0] for base in start])
    pull = np.repeat([prior * (FIRM if place in firm else 1.0) for place in range(len(start))], 2)

    def loss(flat: np.ndarray) -> float:
        shares = pooled(pool.experts, pool.quality, flat.reshape(-1, 2))
        hit = (shares * pool.good).sum(axis=1)
        away = flat - begin.ravel()
        return float(-(pool.weights * np.log(hit + 1e-3)).sum() / pool.weights.sum() + (pull * away) @ away)

    bounds = [(0.0, None), (None, None)] * len(start)
    found = optimize.minimize(loss, begin.ravel(), method="L-BFGS-B", bounds=bounds, options={"maxiter": 80})
    return np.asarray(found.x).reshape(-1, 2)


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
