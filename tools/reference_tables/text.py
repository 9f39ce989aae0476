"""Labels as published, made plain: one line, one kind of space and apostrophe, no typesetting marks."""

from __future__ import annotations

import re
import unicodedata

_SUPERSCRIPTS = {"2": "²", "3": "³"}


def plain(text: str) -> str:
    """One line, single spaces, straight apostrophes, no soft hyphen."""
    straight = text.replace("’", "'").replace("\u00ad", "").replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(straight.split())


def goods(text: str) -> str:
    """A label of the Commission's goods nomenclature without its marks: `|` no-break space, `$3` exponent,
    `@2` index, `!x!` multiplication sign, `n$o$` number."""
    spaced = text.replace("|", " ").replace("!x!", "×")
    numbered = re.sub(r"\bn\$o(?:\$(s?)\$?)? ?", lambda found: "nos " if found[1] else "n° ", spaced)
    raised = re.sub(r"\$([0-9])\$?", lambda found: _SUPERSCRIPTS.get(found[1], found[1]), numbered)
    return plain(raised.replace("$", "").replace("@", ""))


def sentence_case(text: str) -> str:
    """`MEUBLES; MOBILIER` -> `Meubles; mobilier`. A title that is not all capitals is left alone."""
    return text[:1] + text[1:].lower() if text.isupper() else text


def fold(name: str) -> str:
    """A name for comparison: lower case, no accents, letters and digits only, `saint` for `st`, `sainte` for `ste`."""
    spelled = name.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(mark))
    words = re.sub(r"[^a-z0-9]+", " ", bare).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)
