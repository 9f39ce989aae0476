"""Training of the small network: mini-batches, Adagrad on the rows that a batch touches, soft labels, seeded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ancrage.dossier.bom.network import PLACES, Network

HIDDEN = 128
BATCH = 512
RATE = 0.06
INPUT_DROPOUT, HIDDEN_DROPOUT = 0.15, 0.2


def _start(random: np.random.Generator, inputs: int, outputs: int, spread: float) -> np.ndarray:
    weights = random.normal(0.0, spread, (inputs + 1, outputs)).astype(np.float32)
    weights[-1] = 0.0
    return weights


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


class _Adagrad:
    """Weights that move by Adagrad, row by row."""

    def __init__(self, weights: np.ndarray) -> None:
        self.weights = weights
        self.squares = np.full_like(weights, 1e-4)

    def step(self, rows: np.ndarray | slice, slope: np.ndarray, rate: float) -> None:
        self.squares[rows] += slope**2
        self.weights[rows] -= rate * slope / np.sqrt(self.squares[rows])


@dataclass(frozen=True)
class _Task:
    """What is learnt from: lines by hashed places, soft labels (lines by codes), the weights of lines."""

    features: sparse.csr_matrix
    labels: tuple[sparse.csr_matrix, ...]
    weights: np.ndarray


@dataclass(frozen=True)
class _Layers:
    first: _Adagrad
    heads: tuple[_Adagrad, ...]


def trained(
    features: sparse.csr_matrix, labels: tuple[sparse.csr_matrix, ...], weights: np.ndarray, epochs: int, seed: int
) -> Network:
    """The network that predicts soft labels: headings then classes, lines by codes, rows adding up to 1."""
    random = np.random.default_rng(seed)
    task = _Task(features, labels, weights)
    layers = _Layers(
        _Adagrad(_start(random, PLACES, HIDDEN, 0.1)),
        tuple(_Adagrad(_start(random, HIDDEN, table.shape[1], 0.05)) for table in labels),
    )
    steps, done = epochs * (features.shape[0] // BATCH), 0
    for _ in range(epochs):
        order = random.permutation(features.shape[0])
        for start in range(0, len(order) - BATCH + 1, BATCH):
            _learn(order[start : start + BATCH], task, layers, random, RATE * (1.0 - 0.9 * done / steps))
            done += 1
    return Network(layers.first.weights, layers.heads[0].weights, layers.heads[1].weights)


def _learn(batch: np.ndarray, task: _Task, layers: _Layers, random: np.random.Generator, rate: float) -> None:
    """One step on a batch, some inputs and some hidden units left out at random."""
    given = task.features[batch].copy()
    given.data = given.data * (random.random(len(given.data)) > INPUT_DROPOUT).astype(np.float32)
    rows = np.unique(given.indices)
    shape = (len(batch), len(rows))
    compact = sparse.csr_matrix((given.data, np.searchsorted(rows, given.indices), given.indptr), shape=shape)
    raw = compact @ layers.first.weights[rows] + layers.first.weights[-1]
    mask = (random.random(raw.shape) > HIDDEN_DROPOUT).astype(np.float32) / (1.0 - HIDDEN_DROPOUT)
    back = _learn_heads(np.maximum(raw, 0.0) * mask, batch, task, layers.heads, rate) * (raw > 0) * mask
    layers.first.step(rows, compact.T @ back, rate)
    layers.first.step(slice(PLACES, PLACES + 1), back.sum(axis=0, keepdims=True), rate)


def _learn_heads(
    hidden: np.ndarray, batch: np.ndarray, task: _Task, heads: tuple[_Adagrad, ...], rate: float
) -> np.ndarray:
    """Move the two softmaxes; the slope that reaches the hidden units."""
    share = (task.weights[batch] / len(batch))[:, None].astype(np.float32)
    back = np.zeros_like(hidden)
    for head, table in zip(heads, task.labels, strict=True):
        said = _softmax(hidden @ head.weights[:-1] + head.weights[-1])
        error = (said - table[batch].toarray()).astype(np.float32) * share
        back += error @ head.weights[:-1].T
        head.step(slice(None), np.vstack([hidden.T @ error, error.sum(axis=0, keepdims=True)]), rate)
    return back
