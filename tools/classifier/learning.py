"""Training of the small network: mini-batches, Adagrad on the rows that a batch touches, soft labels, seeded."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ancrage.dossier.bom.network import PLACES, Network

HIDDEN = 128
BATCH = 512
RATE = 0.06


def _start(random: np.random.Generator, inputs: int, outputs: int, spread: float) -> np.ndarray:
    weights = random.normal(0.0, spread, (inputs + 1, outputs)).astype(np.float32)
    weights[-1] = 0.0
    return weights


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


class _Adagrad:
    def __init__(self, weights: np.ndarray) -> None:
        self.weights = weights
        self.squares = np.full_like(weights, 1e-4)

    def step(self, rows: np.ndarray | slice, slope: np.ndarray, rate: float) -> None:
        self.squares[rows] += slope**2
        self.weights[rows] -= rate * slope / np.sqrt(self.squares[rows])


def trained(features: sparse.csr_matrix, headings: sparse.csr_matrix, nace: sparse.csr_matrix, weights: np.ndarray,
            epochs: int, seed: int) -> Network:  # fmt: skip
    """The network that predicts soft labels (`headings` and `nace`, lines by codes, rows adding up to 1)."""
    random = np.random.default_rng(seed)
    first = _Adagrad(_start(random, PLACES, HIDDEN, 0.1))
    heads = [(_Adagrad(_start(random, HIDDEN, table.shape[1], 0.05)), table) for table in (headings, nace)]
    steps = epochs * (features.shape[0] // BATCH)
    done = 0
    for _ in range(epochs):
        order = random.permutation(features.shape[0])
        for start in range(0, len(order) - BATCH + 1, BATCH):
            _learn(
                order[start : start + BATCH], features, weights, first, heads, random, RATE * (1.0 - 0.9 * done / steps)
            )
            done += 1
    return Network(first.weights, heads[0][0].weights, heads[1][0].weights)


def _learn(batch, features, weights, first, heads, random, rate) -> None:  # type: ignore[no-untyped-def]
    given = features[batch].copy()
    given.data = given.data * (random.random(len(given.data)) > 0.15).astype(np.float32)
    rows = np.unique(given.indices)
    compact = sparse.csr_matrix(
        (given.data, np.searchsorted(rows, given.indices), given.indptr), shape=(len(batch), len(rows))
    )
    raw = compact @ first.weights[rows] + first.weights[-1]
    mask = (random.random(raw.shape) > 0.2).astype(np.float32) / 0.8
    hidden = np.maximum(raw, 0.0) * mask
    back = np.zeros_like(hidden)
    share = (weights[batch] / len(batch))[:, None].astype(np.float32)
    for head, table in heads:
        error = (_softmax(hidden @ head.weights[:-1] + head.weights[-1]) - table[batch].toarray()).astype(
            np.float32
        ) * share
        back += error @ head.weights[:-1].T
        slope = np.vstack([hidden.T @ error, error.sum(axis=0, keepdims=True)])
        head.step(slice(None), slope, rate)
    back *= (raw > 0) * mask
    first.step(rows, compact.T @ back, rate)
    first.step(slice(PLACES, PLACES + 1), back.sum(axis=0, keepdims=True), rate)
