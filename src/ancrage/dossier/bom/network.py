"""A small network over hashed words and letter groups: what it learns holds for words no term of the lexicon has.

Words, pairs of words and groups of three to five letters are hashed into a fixed number of places (Weinberger et al.
2009; letter groups as in Bojanowski et al. 2017), one hidden layer, and two softmaxes: headings and NACE classes.
Weights are kept as whole numbers of eight bits with a scale for each row.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ancrage.dossier.bom.lexical import Floats, first_place, last_place
from ancrage.dossier.bom.vocabulary import EXPANDED, Position

PLACES = 1 << 15
_GROUPS = (3, 4, 5)


@dataclass(frozen=True)
class Network:
    """`first` (places by hidden units), `heading` and `nace` (hidden units by codes), each with its bias row last."""

    first: NDArray[np.float32]
    heading: NDArray[np.float32]
    nace: NDArray[np.float32]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], headings: Sequence[str], nace: Sequence[str]) -> Network:
        """The network of a model file. Raises `ValueError` when its shape is not that of the codes."""
        first, heading, classes = (_restored(arrays, f"network.{name}") for name in ("first", "heading", "nace"))
        if first.shape[0] != PLACES + 1 or heading.shape[1] != len(headings) or classes.shape[1] != len(nace):
            raise ValueError("network shape")
        return cls(first, heading, classes)

    def shares(self, features: sparse.csr_matrix) -> tuple[Floats, Floats]:
        """Lines by headings and lines by classes: each row adds up to 1."""
        hidden = np.maximum(features @ self.first[:-1] + self.first[-1], 0.0)
        return _softmax(hidden @ self.heading[:-1] + self.heading[-1]), _softmax(
            hidden @ self.nace[:-1] + self.nace[-1]
        )


def reduced(name: str, weights: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Weights as whole numbers of eight bits and a scale for each row."""
    scale = np.abs(weights).max(axis=1, keepdims=True).astype(np.float32) / 127.0 + np.float32(1e-12)
    return {f"{name}.whole": np.rint(weights / scale).astype(np.int8), f"{name}.row_scale": scale}


def _restored(arrays: Mapping[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    return arrays[f"{name}.whole"].astype(np.float32) * arrays[f"{name}.row_scale"].astype(np.float32)


def _softmax(scores: NDArray[Any]) -> Floats:
    powers = np.exp((scores - scores.max(axis=1, keepdims=True)).astype(np.float64))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def features_of(lines: Sequence[Sequence[Position]], words: Sequence[str]) -> sparse.csr_matrix:
    """Lines by hashed places; each row has length 1, or is empty when there is nothing to read."""
    columns: list[int] = []
    starts = [0]
    for line in lines:
        columns += sorted({zlib.crc32(name.encode()) % PLACES for name in _names(line, words)})
        starts.append(len(columns))
    sizes = np.diff(starts)
    values = np.repeat(1.0 / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    return sparse.csr_matrix((values, columns, starts), shape=(len(lines), PLACES))


def _names(line: Sequence[Position], words: Sequence[str]) -> Iterator[str]:
    previous = ""
    first, last = first_place(line), last_place(line)
    for place, position in enumerate(line):
        stem = position.token.stem
        yield stem
        yield from (words[word] for word, weight in position.readings if weight >= EXPANDED)
        if position.token.is_hint:
            continue
        if previous:
            yield f"{previous} {stem}"
        previous = stem
        if place in {first, last}:
            yield from (f"head {words[word]}" for word, weight in position.readings if weight >= EXPANDED)
        edged = f"<{stem}>"
        for size in _GROUPS:
            yield from (f"~{edged[start : start + size]}" for start in range(len(edged) - size + 1))
