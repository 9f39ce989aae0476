"""The coefficients of the lexical score, by maximum likelihood of the acceptable answers.

For a line, `P(acceptable) = sum over terms of softmax(score) * share of the term's codes that are acceptable`; the mean
log-likelihood of headings and of NACE classes together is maximised with a Gaussian prior around a starting point
(L-BFGS-B).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import optimize, sparse

from ancrage.dossier.bom.lexical import FEATURES, Pairs, softmax_by_line

START = np.array([2.0, 2.0, 1.0, 2.0, 3.0, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 0.3, 0.5, 0.5, 0.5])
_FLOOR = 1e-3


def shares_acceptable(pairs: Pairs, table: sparse.csr_matrix, columns: Sequence[Sequence[int]]) -> np.ndarray:
    """For each pair, the share of the term's codes that are acceptable for the line."""
    wanted = np.zeros((pairs.count, table.shape[1]))
    for row, codes in enumerate(columns):
        wanted[row, list(codes)] = 1.0
    return np.asarray(table[pairs.term].multiply(wanted[pairs.line]).sum(axis=1)).ravel()


def fitted(pairs: Pairs, targets: Sequence[np.ndarray], line_weights: np.ndarray, prior: float = 0.02) -> np.ndarray:
    """Coefficients of `FEATURES`. `targets`: one array of `shares_acceptable` for each kind of code."""

    def loss(coefficients: np.ndarray) -> tuple[float, np.ndarray]:
        shares = softmax_by_line(pairs.features @ coefficients, pairs)
        value, slope = 0.0, np.zeros(len(pairs.line))
        for target in targets:
            hit = np.bincount(pairs.line, shares * target, pairs.count)
            value -= float(np.sum(line_weights * np.log(hit + _FLOOR)))
            pull = line_weights / (hit + _FLOOR)
            slope -= shares * (target - hit[pairs.line]) * pull[pairs.line]
        size = line_weights.sum() * len(targets)
        away = coefficients - START
        return value / size + prior * float(away @ away), pairs.features.T @ slope / size + 2 * prior * away

    found = optimize.minimize(loss, START, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    assert len(found.x) == len(FEATURES)
    return np.asarray(found.x)
