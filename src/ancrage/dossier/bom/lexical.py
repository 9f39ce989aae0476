"""How well the terms of the lexicon and the labels of the tariff match a line.

Every term is the set of its words. For a line and a term that share a word, a few features say how they overlap: the
share of the term found in the line, the share of the line explained by the term, each word weighing its inverse
document frequency (Sparck Jones 1972), and whether the head nouns agree (the first noun in French, the last in English
before a comma, a preposition or a size). A linear score of these features, through a softmax over the terms of one
source, gives each term a weight; the weights of the terms give those of the codes they carry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ancrage.dossier.bom.vocabulary import Position

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEATURES = (
    "term_covered",
    "term_covered_squared",
    "term_whole",
    "line_covered",
    "both_covered",
    "matched_mass",
    "first_in_term",
    "last_in_term",
    "head_in_line",
    "head_is_first",
    "head_is_last",
    "language",
    "several_words",
    "whole_and_head",
    "head_of_its_language",
    "heads_agree_in_its_language",
)
MINOR_WEIGHT = 0.12
HINT_WEIGHT = 0.5
UNKNOWN_MASS, REFERENCE_MASS = 3.5, 0.8
MOST_TERMS = 48


@dataclass(frozen=True)
class Terms:
    """The terms of one source. `words`: terms by vocabulary, 1 where a term holds a word; `heads`: the same for the
    head word alone; `idf` by word; `french`, `english`: 1 for a term of the language; `hs`, `nace`, `process`: terms
    by codes, each row sharing 1 among the term's codes, the first best."""

    words: sparse.csr_matrix
    heads: sparse.csr_matrix
    idf: Floats
    french: Floats
    hs: sparse.csr_matrix
    nace: sparse.csr_matrix
    process: sparse.csr_matrix

    @property
    def masses(self) -> Floats:
        """The summed idf of each term's words."""
        return np.asarray(self.words @ self.idf)


@dataclass(frozen=True)
class Lines:
    """Lines as matrices over the vocabulary: every reading, those of the first word, those of the last of the head
    group, and the idf mass of each line; `french`: how French each line looks (0 to 1)."""

    words: sparse.csr_matrix
    first: sparse.csr_matrix
    last: sparse.csr_matrix
    masses: Floats
    recognised: Floats
    french: Floats


@dataclass(frozen=True)
class Pairs:
    """Lines and terms that share a word, sorted by line: `features[k]` describes line `line[k]` with term `term[k]`."""

    line: Ints
    term: Ints
    features: Floats
    count: int


def lines_of(positions: Sequence[Sequence[Position]], idf: Floats, french_share: Floats) -> Lines:
    """The matrices of lines whose words were read. `french_share[w]`: the share of French among the terms with `w`."""
    size = len(idf)
    masses, recognised, french = np.zeros(len(positions)), np.zeros(len(positions)), np.full(len(positions), 0.5)
    for row, line in enumerate(positions):
        masses[row], recognised[row], french[row] = _masses(line, idf, french_share)
    everything = _matrix(
        [[reading for position in line for reading in _weighted(position)] for line in positions], size
    )
    first = _matrix([_readings_at(line, first_place(line)) for line in positions], size)
    last = _matrix([_readings_at(line, last_place(line)) for line in positions], size)
    return Lines(everything, first, last, masses, recognised, french)


def _weighted(position: Position) -> list[tuple[int, float]]:
    factor = MINOR_WEIGHT if position.is_minor else HINT_WEIGHT if position.token.stem.startswith("#") else 1.0
    return [(word, weight * factor) for word, weight in position.readings]


def _readings_at(line: Sequence[Position], place: int | None) -> list[tuple[int, float]]:
    return [] if place is None else list(line[place].readings)


def _is_noun(position: Position) -> bool:
    return not position.is_minor and not position.token.is_hint


def first_place(line: Sequence[Position]) -> int | None:
    """The first word that may be a noun: the head in French."""
    return next((place for place, position in enumerate(line) if _is_noun(position)), None)


def last_place(line: Sequence[Position]) -> int | None:
    """The last word that may be a noun before a comma, a preposition or a size, not a matter: the head in English."""
    start = first_place(line)
    if start is None:
        return None
    place = start
    for following in range(start + 1, len(line)):
        position = line[following]
        if position.token.segment != line[start].token.segment or position.token.is_hint:
            break
        if _is_noun(position) and not position.is_matter:
            place = following
    return place


def _masses(line: Sequence[Position], idf: Floats, french_share: Floats) -> tuple[float, float, float]:
    total = known = votes = french = 0.0
    for position in line:
        if position.token.is_hint:
            continue
        factor = MINOR_WEIGHT if position.is_minor else 1.0
        best = max((idf[word] * weight for word, weight in position.readings), default=0.0)
        total += factor * (best if position.is_known else _unknown_mass(position))
        known += factor * best
        if position.readings and position.readings[0][1] == 1.0:
            french += french_share[position.readings[0][0]]
            votes += 1
    return total, known / total if total else 0.0, (french + 0.5) / (votes + 1)


def _unknown_mass(position: Position) -> float:
    """A word that nobody knows may matter; a reference (`PG11`, `AX-204`) rarely does."""
    return UNKNOWN_MASS if position.token.stem.isalpha() and len(position.token.stem) > 2 else REFERENCE_MASS


def _matrix(rows: Sequence[Sequence[tuple[int, float]]], size: int) -> sparse.csr_matrix:
    """One row each, the greatest weight where a word is read twice."""
    indices, values, starts = [], [], [0]
    for row in rows:
        best: dict[int, float] = {}
        for word, weight in row:
            best[word] = max(weight, best.get(word, 0.0))
        indices += sorted(best)
        values += [best[word] for word in sorted(best)]
        starts.append(len(indices))
    return sparse.csr_matrix((values, indices, starts), shape=(len(rows), size), dtype=np.float64)


def pairs_of(lines: Lines, terms: Terms) -> Pairs:
    """Lines and terms that share a word, with the features of `FEATURES`, cut to the `MOST_TERMS` that overlap most."""
    words = terms.words.T.tocsr()
    matched = (lines.words.multiply(terms.idf).tocsr() @ words).tocsr()
    matched.sort_indices()
    line, term = _cut(matched, terms.masses, lines.masses)
    keys = line * terms.words.shape[0] + term
    whole = _keys(matched)
    mass = matched.data[np.searchsorted(whole, keys)]
    heads = terms.heads.T.tocsr()
    shared = [
        _aligned(left @ right, keys)
        for left, right in (
            (lines.first, words),
            (lines.last, words),
            (lines.words, heads),
            (lines.first, heads),
            (lines.last, heads),
            (_ones(lines.words), words),
        )
    ]
    return Pairs(
        line, term, _features(_Overlap(mass, *shared), Pairs(line, term, mass, 0), lines, terms), lines.words.shape[0]
    )


def _ones(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)


def _keys(matrix: sparse.csr_matrix) -> Ints:
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return np.asarray(rows * matrix.shape[1] + matrix.indices.astype(np.int64))


def _aligned(product: sparse.csr_matrix, keys: Ints) -> Floats:
    """The values of a product at given places, zero where it has none."""
    product.sort_indices()
    held = _keys(product)
    if len(held) == 0:
        return np.zeros(len(keys))
    places = np.minimum(np.searchsorted(held, keys), len(held) - 1)
    return np.where(held[places] == keys, product.data[places], 0.0)


def _cut(matched: sparse.csr_matrix, term_masses: Floats, line_masses: Floats) -> tuple[Ints, Ints]:
    """The best terms of each line by Tversky's index (1977) without the common part, ties by term number."""
    rows = np.repeat(np.arange(matched.shape[0], dtype=np.int64), np.diff(matched.indptr))
    columns = matched.indices.astype(np.int64)
    quality = matched.data / (0.75 * term_masses[columns] + 0.25 * line_masses[rows] + 1e-9)
    order = np.lexsort((columns, -quality, rows))
    rank = np.arange(len(order)) - np.repeat(matched.indptr[:-1], np.diff(matched.indptr))
    kept = order[rank < MOST_TERMS]
    kept.sort()
    return rows[kept], columns[kept]


@dataclass(frozen=True)
class _Overlap:
    """What lines and terms share, pair by pair: idf mass, then weights of words at the places that matter."""

    mass: Floats
    first: Floats
    last: Floats
    head: Floats
    head_first: Floats
    head_last: Floats
    words: Floats


def _features(overlap: _Overlap, pairs: Pairs, lines: Lines, terms: Terms) -> Floats:
    mass, line, term = overlap.mass, pairs.line, pairs.term
    term_covered = np.minimum(mass / (terms.masses[term] + 1e-9), 1.0)
    line_covered = np.minimum(mass / (lines.masses[line] + 1e-9), 1.0)
    whole = (term_covered > 0.9).astype(np.float64)
    french = terms.french[term] * lines.french[line] + (1.0 - terms.french[term]) * (1.0 - lines.french[line])
    head_first, head_last = np.minimum(overlap.head_first, 1.0), np.minimum(overlap.head_last, 1.0)
    agrees = np.maximum(head_first, head_last)
    first, last = np.minimum(overlap.first, 1.0), np.minimum(overlap.last, 1.0)
    share = lines.french[line]
    return np.column_stack(
        [
            term_covered,
            term_covered**2,
            whole,
            line_covered,
            term_covered * line_covered,
            np.minimum(mass, 20.0) / 10.0,
            first,
            last,
            np.minimum(overlap.head, 1.0),
            head_first,
            head_last,
            french,
            (overlap.words > 1.5).astype(np.float64),
            whole * agrees,
            share * first + (1.0 - share) * last,
            share * head_first + (1.0 - share) * head_last,
        ]
    )


def softmax_by_line(scores: Floats, pairs: Pairs) -> Floats:
    """The softmax of scores within each line."""
    highest = np.full(pairs.count, -np.inf)
    np.maximum.at(highest, pairs.line, scores)
    powers = np.exp(scores - highest[pairs.line])
    return np.asarray(powers / np.bincount(pairs.line, powers, pairs.count)[pairs.line])
