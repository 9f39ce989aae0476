"""Names looked for in short texts: the longest name wins, on whole words, without accents, case or plural s.

A name and a text are cut into words of letters and digits, so that `PA6-GF30`, `pa6 gf30` and `PA6/GF30` are the
same two words, and `méca-soudé` is found in `ENSEMBLE MECA SOUDE`. A final `s` is dropped from words of letters that
have more than three, in names and texts alike (`tôles pliées` holds `tôle pliée`); a double s is kept (`brass` is
not `bras`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o"})
_LONGEST_INVARIABLE = 3

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A name found: `target` is what it names, `text[start:end]` the words as they were written."""

    target: str
    start: int
    end: int


def fold(word: str) -> str:
    """`Pliées` -> `pliee`: lower case, no accents, no final plural s."""
    low = word.casefold()
    if not low.isascii():
        decomposed = unicodedata.normalize("NFKD", low.translate(_LIGATURES))
        low = "".join(character for character in decomposed if not unicodedata.combining(character))
    if len(low) > _LONGEST_INVARIABLE and low[-1] == "s" and low[-2] != "s" and low.isalpha():
        return low[:-1]
    return low


def folded_words(text: str) -> Words:
    """The words of a text as they are compared: `Tôles pliées 3mm` -> `("tole", "pliee", "3mm")`."""
    return tuple(map(fold, _WORD.findall(text)))


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Names compiled once: what each names, and how many words the names that begin with a word can have."""

    targets: Mapping[Words, str]
    lengths: Mapping[str, tuple[int, ...]]

    def spans(self, text: str) -> Iterator[Span]:
        """Names in the text, from the left, the longest first at each word, none inside another."""
        found = list(_WORD.finditer(text))
        words = tuple([fold(match[0]) for match in found])
        position = 0
        while position < len(words):
            size = self._longest(words, position)
            if size:
                last = position + size
                yield Span(self.targets[words[position:last]], found[position].start(), found[last - 1].end())
            position += size or 1

    def _longest(self, words: Words, position: int) -> int:
        left = len(words) - position
        for size in self.lengths.get(words[position], ()):
            if size <= left and words[position : position + size] in self.targets:
                return size
        return 0


def compiled(names: Iterable[tuple[str, str]]) -> Phrasebook:
    """The phrasebook of pairs (name, what it names). A name without letter or digit is never found."""
    targets = {words: target for name, target in names if (words := folded_words(name))}
    lengths: dict[str, set[int]] = {}
    for words in targets:
        lengths.setdefault(words[0], set()).add(len(words))
    return Phrasebook(targets, {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()})
