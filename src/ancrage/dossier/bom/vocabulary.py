"""The words the classifier knows, and what an unknown word may stand for.

A token of a line is read as itself when it is known, and also as: the words of the abbreviation table, a word it
begins (`refroid.`), a word one letter away (`roullement`), two words written as one, or one word written as two. Each
reading carries a weight below 1, so that what was written counts more than what was guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ancrage.dossier.bom.text import Token, stems_of

EXPANDED, COMPOUND, PREFIX, TYPO, SKELETON = 0.95, 0.95, 0.75, 0.75, 0.6
_DOTTED_LENGTH = 7
_VOWELS = frozenset("aeiouy")

Reading = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Position:
    """What stands at one place of a line: the token and its readings (word number, weight), the best first."""

    token: Token
    readings: tuple[Reading, ...]
    is_minor: bool
    is_matter: bool

    @property
    def is_known(self) -> bool:
        """True when at least one reading was found."""
        return bool(self.readings)


@dataclass(frozen=True)
class Vocabulary:
    """Words by number. `frequency[w]` counts the lexicon's terms that hold word `w`; a word with none comes from the
    labels of nomenclatures alone and is not guessed."""

    words: tuple[str, ...]
    frequency: NDArray[np.int32]
    abbreviations: Mapping[str, tuple[str, ...]] = field(repr=False)
    minor: frozenset[str] = field(repr=False)
    shapes: Mapping[str, tuple[str, ...]] = field(repr=False)
    matters: frozenset[str] = field(repr=False)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def _guessable(self) -> tuple[str, ...]:
        return tuple(sorted(word for word in self.words if self._count(word) and word.isalpha() and len(word) > 2))

    @cached_property
    def _deletions(self) -> Mapping[str, tuple[str, ...]]:
        """Words of five letters or more, by each text that one lost letter gives (Garbe's symmetric deletion)."""
        found: dict[str, list[str]] = {}
        for word in self._guessable:
            if len(word) >= 5:
                for shorter in _without_one(word):
                    found.setdefault(shorter, []).append(word)
        return {shorter: tuple(words) for shorter, words in found.items()}

    @cached_property
    def _by_initial(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for word in self._guessable:
            found.setdefault(word[0], []).append(word)
        return {initial: tuple(words) for initial, words in found.items()}

    def _count(self, word: str) -> int:
        return int(self.frequency[self.numbers[word]])

    def positions(self, tokens: Sequence[Token]) -> tuple[Position, ...]:
        """The readings of each token, joined words included."""
        return tuple(
            Position(
                token,
                self._readings(token, tokens[place + 1] if place + 1 < len(tokens) else None),
                token.stem in self.minor,
                token.stem in self.matters,
            )
            for place, token in enumerate(tokens)
        )

    def _readings(self, token: Token, following: Token | None) -> tuple[Reading, ...]:
        best: dict[int, float] = {}
        for word, weight in self._candidates(token, following):
            number = self.numbers.get(word)
            if number is not None and best.get(number, 0.0) < weight:
                best[number] = weight
        for number, weight in tuple(best.items()):
            for shape in self.shapes.get(self.words[number], ()):
                if shape in self.numbers:
                    best[self.numbers[shape]] = max(weight, best.get(self.numbers[shape], 0.0))
        return tuple(sorted(best.items(), key=lambda entry: (-entry[1], entry[0])))

    def _candidates(self, token: Token, following: Token | None) -> Iterator[Reading_]:
        word = token.stem
        is_known = word in self.numbers and self._count(word) > 0
        if word in self.numbers:
            yield word, 1.0
        if token.is_hint:
            return
        for expansion in self.abbreviations.get(word, ()):
            yield expansion, EXPANDED
        if following is not None and not following.is_hint:
            yield word + following.stem, COMPOUND
        if (token.dotted and len(word) <= _DOTTED_LENGTH) or not is_known:
            yield from self._guesses(word, token.dotted, is_known or word in self.abbreviations)

    def _guesses(self, word: str, is_dotted: bool, has_better: bool) -> Iterator[Reading_]:
        letters = word.rstrip("0123456789")
        if letters != word and len(letters) >= 2:
            yield letters, COMPOUND
        if len(word) >= 3 and word.isalpha():
            weight = PREFIX if is_dotted and not has_better else PREFIX - 0.2
            yield from ((longer, weight) for longer in self._beginning_with(word, 6 if is_dotted else 3))
        if has_better or not word.isalpha():
            return
        yield from ((near, TYPO) for near in self._one_letter_away(word))
        yield from self._halves(word)
        if 3 <= len(word) <= 6 and not is_dotted:
            yield from ((longer, SKELETON) for longer in self._spelt_by(word))

    def _beginning_with(self, word: str, most: int) -> list[str]:
        start = bisect_left(self._guessable, word)
        found = []
        for candidate in self._guessable[start:]:
            if not candidate.startswith(word):
                break
            if len(candidate) > len(word) + 1:
                found.append(candidate)
        return sorted(found, key=lambda candidate: (-self._count(candidate), candidate))[:most]

    def _one_letter_away(self, word: str) -> list[str]:
        if len(word) < 5:
            return []
        near = {found for shorter in (word, *_without_one(word)) for found in self._deletions.get(shorter, ())}
        near |= {shorter for shorter in _without_one(word) if shorter in self.numbers and self._count(shorter)}
        return sorted(
            (found for found in near if _is_one_away(word, found)), key=lambda found: (-self._count(found), found)
        )[:3]

    def _halves(self, word: str) -> Iterator[Reading_]:
        for cut in range(4, len(word) - 3):
            left, right = stems_of(word[:cut])[:1], stems_of(word[cut:])[:1]
            if left and right and all(half[0] in self.numbers and self._count(half[0]) > 1 for half in (left, right)):
                yield left[0], COMPOUND
                yield right[0], COMPOUND
                return

    def _spelt_by(self, word: str) -> list[str]:
        """Words whose letters hold those of `word` in order, with its first and last consonants: `bkrt`, `wshr`."""
        if sum(letter in _VOWELS for letter in word) > 1:
            return []
        found = [
            longer
            for longer in self._by_initial.get(word[0], ())
            if len(word) + 1 < len(longer) <= 3 * len(word) and longer[-1] == word[-1] and _is_spelt(word, longer)
        ]
        return sorted(found, key=lambda longer: (-self._count(longer), longer))[:2]


Reading_ = tuple[str, float]


def _without_one(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def _is_one_away(left: str, right: str) -> bool:
    """True when one insertion, deletion, substitution or exchange of neighbours turns one word into the other."""
    if left == right or abs(len(left) - len(right)) > 1:
        return left == right
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest_left, rest_right = left[start:], right[start:]
    if len(left) == len(right):
        return rest_left[1:] == rest_right[1:] or (
            rest_left[2:] == rest_right[2:] and rest_left[:2] == rest_right[1::-1]
        )
    return rest_left[1:] == rest_right or rest_left == rest_right[1:]


def _is_spelt(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
