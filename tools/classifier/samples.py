"""Lines to fit the joining weights on, none of which the models learnt from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.classifier.augment import line_from
from tools.classifier.corpus import Term, labelled_lines, lexicon_terms
from tools.classifier.index import Index

HELD_LINES, KNOWN_LINES = 800, 500
LOOK_WEIGHT, HELD_WEIGHT, KNOWN_WEIGHT = 4.0, 0.25, 0.25


@dataclass(frozen=True)
class Sample:
    """A line with its acceptable codes; `left_out`: the terms it must not see."""

    text: str
    headings: tuple[str, ...]
    hs: tuple[str, ...]
    nace: tuple[str, ...]
    weight: float
    left_out: frozenset[int] = frozenset()


def samples(index: Index, held: frozenset[str], seed: int) -> list[Sample]:
    """The `look` half, lines of held entries (their terms hidden) and lines of other entries."""
    random = np.random.default_rng(seed)
    by_row: dict[str, set[int]] = {}
    for number, document in enumerate(index.lexicon):
        for row in document.rows:
            by_row.setdefault(row, set()).add(number)
    found = [Sample(line.text, line.headings, line.hs, line.nace, LOOK_WEIGHT) for line in labelled_lines("look")]
    pool = [term for term in lexicon_terms() if term.hs]
    hidden = _drawn([term for term in pool if term.row in held], HELD_LINES, random)
    found += [_sample(term, random, HELD_WEIGHT, frozenset(by_row[term.row])) for term in hidden]
    known = _drawn([term for term in pool if term.row not in held], KNOWN_LINES, random)
    return found + [_sample(term, random, KNOWN_WEIGHT, frozenset()) for term in known]


def _drawn(terms: list[Term], most: int, random: np.random.Generator) -> list[Term]:
    return [terms[place] for place in random.choice(len(terms), min(most, len(terms)), replace=False)]


def _sample(term: Term, random: np.random.Generator, weight: float, left_out: frozenset[int]) -> Sample:
    hs = tuple(code for code in term.hs if len(code) == 6)
    return Sample(
        line_from(term, random), tuple(dict.fromkeys(code[:4] for code in term.hs)), hs, term.nace, weight, left_out
    )
