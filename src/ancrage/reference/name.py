"""How names of places and countries are compared: without case, accents, hyphens, apostrophes or abbreviated Saint."""

from __future__ import annotations

import re
import unicodedata
from functools import partial

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "’": "'"})
_DOTTED = re.compile(r"\b((?:[a-z]\.){2,})")
_NOT_WORD = re.compile(r"[\W_]+")
_SAINT = partial(re.compile(r"\b(st|ste)\b").sub, lambda found: {"st": "saint", "ste": "sainte"}[found[0]])


def folded_name(text: str) -> str:
    """`Saint-Étienne` -> `saint etienne`; `St Étienne` too; `U.S.A.` -> `usa`; `n/a` -> `n a`, which is not `na`."""
    low = text.casefold()
    if not low.isascii():
        spelled = unicodedata.normalize("NFKD", low.translate(_LIGATURES))
        low = "".join(character for character in spelled if not unicodedata.combining(character))
    if "." in low:
        low = _DOTTED.sub(lambda found: found[0].replace(".", ""), low)
    words = _NOT_WORD.sub(" ", low).strip()
    return _SAINT(words) if "st" in words else words
