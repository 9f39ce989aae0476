"""A shop-floor line cut into comparable words and typed hints.

`Roult 6205-2Z C3`, `VIS CHC M6x20 inox`, `Res 4k7 1% 0805`: what people write in a bill of materials is short,
abbreviated and full of sizes. Case and accents are folded, plurals dropped; sizes, threads, bearing series and
packages become *hints* (`#thread`, `#smd`), words of their own that start with `#`, because a thread says "fastener"
whatever its size. The same cut is made of the entries of the lexicon and of the labels of the nomenclatures, so that
both sides compare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ancrage.dossier.bom.hints import hints_of

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"[0-9]+")
_STANDARD = frozenset({"din", "iso", "nfe", "cat", "nema", "awg", "ral"})
_SPECIAL = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "×": "x", "µ": "u", "μ": "u", "Ω": "ohm", "\u2126": "ohm"})
_PREPOSITIONS = frozenset(
    {"pour", "for", "with", "avec", "w", "of", "to", "from", "dans", "sur", "on", "per", "par", "type"}
)
_STOP = (
    frozenset(
        [
            "de",
            "du",
            "des",
            "le",
            "la",
            "les",
            "l",
            "d",
            "a",
            "au",
            "aux",
            "en",
            "un",
            "une",
            "et",
            "ou",
            "the",
            "an",
            "and",
            "or",
            "in",
            "by",
            "at",
            "as",
            "son",
            "ses",
            "its",
            "no",
            "nr",
            "n",
        ]
    )
    | _PREPOSITIONS
)
_KEPT_APART = ",;(/[:"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a hint of a line.

    `stem` is what is compared; `raw` what was written; `dotted` tells an abbreviation closed by a full stop; `segment`
    counts the commas, brackets and prepositions before it; `is_hint` is true for `#thread` and its kind.
    """

    stem: str
    raw: str
    dotted: bool
    segment: int
    is_hint: bool


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character.casefold().translate(_SPECIAL))
    return "".join(part for part in plain if not unicodedata.combining(part))


def folded(text: str) -> tuple[str, list[int]]:
    """The text in lower case without accents, and for each of its characters the place it has in the text given."""
    parts = [_fold_character(character) for character in text]
    places = [place for place, part in enumerate(parts) for _ in part]
    return "".join(parts), places


def stem(word: str) -> str:
    """`pliees` -> `plie`, `bearings` -> `bearing`, `batteries` -> `battery`: plural and feminine marks dropped."""
    if not word.isalpha() or len(word) <= 3:
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ee") and len(word) > 4:
        word = word[:-1]
    return word


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and hints of a line, in its order. Numbers alone are dropped, hints keep what they say."""
    plain, places = folded(text)
    hints = hints_of(plain)
    rest = list(plain)
    for hint in hints:
        if not hint.keeps_words:
            rest[hint.start : hint.end] = " " * (hint.end - hint.start)
    found = [
        (hint.start, 0, Token(hint.name, _raw(text, places, hint.start, hint.end), False, 0, True)) for hint in hints
    ]
    found += [(start, 1, token) for start, token in _words("".join(rest), text, places)]
    return tuple(token for _, _, token in sorted(found, key=lambda entry: entry[:2]))


def _raw(text: str, places: list[int], start: int, end: int) -> str:
    return text[places[start] : places[end - 1] + 1]


def _words(plain: str, text: str, places: list[int]) -> Iterator[tuple[int, Token]]:
    segment = last = 0
    standard = ""
    for match in _WORD.finditer(plain):
        word, start, end = match[0], match.start(), match.end()
        segment += any(mark in _KEPT_APART for mark in plain[last:start])
        last = end
        if _DIGITS.fullmatch(word):
            if standard:
                yield start, Token(standard + word, _raw(text, places, start, end), False, segment, False)
            standard = ""
            continue
        standard = word if word in _STANDARD else ""
        if word in _PREPOSITIONS:
            segment += 1
        if word not in _STOP:
            yield start, Token(stem(word), _raw(text, places, start, end), plain[end : end + 1] == ".", segment, False)


def stems_of(text: str) -> tuple[str, ...]:
    """The stems and hints of a text, in its order."""
    return tuple(token.stem for token in tokens_of(text))
