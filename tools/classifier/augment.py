"""Artificial shop-floor lines made from the terms of the catalogue, as people write them.

Seeded: the same generator state gives the same line. Words are shortened, accents dropped, sizes, grades, colours and
references added; an English term may be turned round (`Bearing, needle roller`). Matter is only added when it agrees
with the customs chapter of the term: a bracket "alu" is not a steel bracket.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from tools.classifier.corpus import Term

_SIZES = (
    "M6x20",
    "M8",
    "Ø20",
    "Ø8",
    "120x80x15",
    "L=250",
    "25mm",
    "DN50",
    '1/2"',
    "24VDC",
    "230V",
    "10A",
    "2.5mm2",
    "IP65",
    "5kg",
    "600x400",
    "45x62x8",
    "ep. 3",
    "1.5m",
    "500ml",
    "10 bar",
    "16mm",
    "63A",
    "3P",
    "Z=20",
    "1,5kW",
    "8x1.25",
)
_REFERENCES = ("plan 4512", "réf. AX-204", "dwg 10-233", "P/N 8841", "ref 55120", "rev B", "ind. C", "n°12", "rep. 14")
_COLOURS = {"fr": ("noir", "blanc", "gris", "RAL 9005", "bleu"), "en": ("black", "white", "grey", "RAL 7035", "blk")}
_SIDES = {"fr": ("AV", "AR", "D", "G", "sup.", "inf."), "en": ("LH", "RH", "front", "rear", "upper", "lower")}
_TAILS = {
    "fr": ("pour machine", "pour châssis", "de série", "standard"),
    "en": ("for machine", "for frame", "std", "assy"),
}
_MATTERS = {
    "73": ("acier", "inox 304", "S235", "zingué", "steel", "SS316"),
    "76": ("alu", "6082", "alu anodisé", "aluminum", "AlSi10"),
    "39": ("ABS", "PP", "PA66 GF30", "plastique", "nylon", "PC"),
    "40": ("NBR", "EPDM", "caoutchouc", "rubber", "70 Sh A"),
    "74": ("laiton", "cuivre", "brass", "bronze"),
    "44": ("hêtre", "chêne", "MDF", "oak", "bois"),
    "63": ("PES", "coton", "cotton"),
    "84": ("inox", "acier", "fonte", "steel"),
    "72": ("S355", "acier", "C45"),
    "94": ("bois", "métal", "mesh"),
}


def line_from(term: Term, random: np.random.Generator) -> str:
    """A line that this term could be the heart of."""
    words = term.text.split()
    if term.lang == "en" and len(words) >= 2 and random.random() < 0.25:
        words = [f"{words[-1]},", *words[:-1]]
    words = [_shortened(word, random) if random.random() < 0.22 else word for word in words]
    text = _mistyped(" ".join(words), random) if random.random() < 0.08 else " ".join(words)
    text = " ".join([text, *_additions(term, random)])
    if random.random() < 0.35:
        text = _bare(text)
    return text.upper() if random.random() < 0.3 else text


def _additions(term: Term, random: np.random.Generator) -> list[str]:
    lang = term.lang or "fr"
    found = []
    matters = _MATTERS.get(term.hs[0][:2] if term.hs else "", ())
    for share, pool in (
        (0.35, matters),
        (0.5, _SIZES),
        (0.2, _SIZES),
        (0.2, _COLOURS[lang]),
        (0.15, _SIDES[lang]),
        (0.2, _REFERENCES),
        (0.08, _TAILS[lang]),
    ):
        if pool and random.random() < share:
            found.append(str(pool[random.integers(len(pool))]))
    return found


def _shortened(word: str, random: np.random.Generator) -> str:
    if len(word) < 6 or not word.isalpha():
        return word
    if random.random() < 0.75:
        return word[: int(random.integers(3, 6))] + "."
    return word[0] + re.sub(r"[aeiouyéèêàâîôû]", "", word[1:])


def _mistyped(text: str, random: np.random.Generator) -> str:
    place = int(random.integers(1, max(2, len(text) - 1)))
    if random.random() < 0.5:
        return text[:place] + text[place + 1 :]
    return text[: place - 1] + text[place : place + 1] + text[place - 1 : place] + text[place + 1 :]


def _bare(text: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))


_JUNK = (
    "divers",
    "misc",
    "article {n}",
    "XXX-{n}",
    "item {n}",
    "ref {n}",
    "REF-{n}-{l}",
    "{l}{l}{n}{l}",
    "à définir",
    "TBD",
    "n/a",
    "???",
    "{n}",
    "{n}-{n}",
    "poste {n}",
    "ligne {n}",
    "AAA{n}",
    "{l}{l}{l}",
    "test",
    "xx",
    "voir plan {n}",
    "selon devis {n}",
    "sans objet",
    "matériel divers",
    "fourniture diverse",
    "as per drawing {n}",
    "see note {n}",
    "spare",
    "commentaire",
    "{l}-{n}.{n} rev {l}",
)


def junk_line(random: np.random.Generator) -> str:
    """A line that says nothing of what it is."""
    pattern = _JUNK[int(random.integers(len(_JUNK)))]
    letters = "BCDFGHJKLMNPQRSTVWXZ"
    while "{n}" in pattern or "{l}" in pattern:
        pattern = pattern.replace("{n}", str(random.integers(10, 99999)), 1).replace(
            "{l}", letters[int(random.integers(20))], 1
        )
    return pattern
