"""Sizes, threads, series and grades: patterns that name a kind of part or of matter without a word.

Each pattern is searched in a folded text (lower case, no accents, `x` for the multiplication sign, `u` for micro).
Series are those of the makers' common practice: bearings ISO 15 (deep groove 60, 62, 63; taper 302, 320, 322; thrust
511, 512), needle bearings HK, NK, AXK; chip sizes EIA 0402 to 2512; packages JEDEC (TO, SOT, SO, QFN). Grades: steels
EN 10025 and EN 10027, cast irons EN 1563 and EN 1561, wrought aluminium EN 573, with their older French names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """A pattern found at `start:end` of a folded text. `keeps_words`: its letters are also read as words."""

    name: str
    start: int
    end: int
    keeps_words: bool


_NUMBER = r"\d+(?:[.,/]\d+)?"
_UNIT = r"(?<![a-z0-9])" + _NUMBER + r"\s?"
_END = r"(?![a-z0-9])"

_ERASED = (
    (
        "drawing",
        r"(?<![a-z])(?:plan|dwg|drg|drawing)(?![a-z])\.?\s?(?:n[o°]?\.?\s?)?"
        r"(?=[a-z]{0,4}[ -]?\d)[a-z]{0,4}[-./ ]?\d[\w./-]*",
    ),
    (
        "reference",
        r"(?<![a-z])(?:p/?n|ref|rep|sku|art|tool)(?![a-z])\.?\s?:?\s?(?=[a-z]{0,4}[ -]?\d)[a-z]{0,4}[-./ ]?\d[\w./-]*",
    ),
    ("thread", r"(?<![a-z0-9])m\d{1,2}(?:[.,]\d{1,2})?(?:\s?x\s?\d+(?:[.,]\d+)?){0,2}" + _END),
    ("thread", r"(?<![a-z0-9])(?:unc|unf)\s?\d*|\d+/\d+-\d{2}\s?(?:unc|unf)?" + _END),
    ("pipe-thread", r"(?<![a-z0-9])(?:g\s?\d/\d|g\s?\d\"|r\s?\d/\d|\d/\d\s?\"?\s?(?:npt|bsp[pt]?|gaz|g))" + _END),
    (
        "bearing-ball",
        r"(?<![a-z0-9])(?:6[0-4]|618|619|160)[0-2]\d(?:\s?-?(?:2rs[1hr]?|2rz|2z|zz|rs|z|ddu|llu|c3|c4))*" + _END,
    ),
    ("bearing-ball", r"(?<![a-z0-9])6\d{2}\s?-?(?:2rs|2z|zz)" + _END),
    ("bearing-angular", r"(?<![a-z0-9])(?:7[023]\d{2}|3[23]\d{2})\s?-?(?:b|be|bep|c|ac|a|2rs|2z)" + _END),
    ("bearing-taper", r"(?<![a-z0-9])3(?:02|03|13|20|22|23|30|31|32)\d{2}" + _END),
    ("bearing-spherical", r"(?<![a-z0-9])2(?:13|22|23|30|31|32|40|41)\d{2}\s?(?:e|cc|k|w33|c3)*" + _END),
    ("bearing-cylindrical", r"(?<![a-z0-9])(?:nup|nu|nj|ncf|nnu|nn)\s?\d{3,4}(?![0-9])"),
    ("bearing-needle", r"(?<![a-z0-9])(?:hk|bk|nki|nkis|nk|na|rna|nkx|hf|hfl)\s?\d{3,4}(?![0-9])"),
    ("bearing-thrust", r"(?<![a-z0-9])(?:5[123]\d{3}|axk\s?\d{3,5}|as\s?\d{4,5}|812\d{2}|811\d{2})(?![0-9])"),
    ("bearing-unit", r"(?<![a-z0-9])(?:ucp|ucfl|ucf|ucfc|ucpa|uct|snl|sn|uc)\s?\d{3}(?![0-9])"),
    ("colour-code", r"(?<![a-z])ral\s?\d{4}"),
    ("smd", r"(?<![a-z0-9.,x])(?:0201|0402|0603|0805|1206|1210|1812|2010|2512)(?![0-9x])"),
    (
        "package",
        r"(?<![a-z])(?:sot|to|so|soic|sop|tssop|ssop|qfn|qfp|lqfp|tqfp|dip|dpak|d2pak|bga|sod|do)[ -]?\d{1,3}[a-z]?"
        + _END,
    ),
    ("ohm", r"(?<![a-z0-9.,])(?:\d+[kr]\d+|" + _NUMBER + r"\s?(?:k|m)?\s?ohms?|\d+(?:[.,]\d+)?k|\d{1,3}r)" + _END),
    ("farad", _UNIT + r"[pnum]f(?:arad)?" + _END),
    ("henry", _UNIT + r"[num]h" + _END),
    ("amp-hour", _UNIT + r"m?ah" + _END),
    ("watt-hour", _UNIT + r"k?wh" + _END),
    ("mains", r"(?<![a-z0-9])(?:\d+/)?\d{3}(?:[-/]\d{3})?\s?v(?:ac|ca|~)?" + _END + r"|" + _UNIT + r"kv" + _END),
    ("volt", r"(?<![a-z0-9])" + _NUMBER + r"(?:[-/]\d+)?(?:[.,]\d+)?\s?k?v(?:olts?)?\s?(?:ac|dc|cc|ca)?" + _END),
    ("volt-ampere", _UNIT + r"k?va" + _END),
    ("amp", _UNIT + r"[mk]?a(?:mp)?" + _END),
    ("watt", _UNIT + r"[mk]?w(?:c)?" + _END),
    ("horse-power", _UNIT + r"(?:hp|cv|ch)" + _END),
    ("hertz", _UNIT + r"[kmg]?hz" + _END),
    ("speed", _UNIT + r"(?:rpm|tr/min|t/min|min-1)" + _END),
    ("pressure", _UNIT + r"(?:bars?|mbar|psi|mpa|kpa)" + _END + r"|(?<![a-z0-9])\d{1,3}-\d{1,3}\s?b" + _END),
    ("temperature", r"(?<![a-z0-9])-?\d+(?:\s?[-/]\s?\d+)?\s?°\s?c?" + _END + r"|" + _UNIT + r"degc" + _END),
    ("protection", r"(?<![a-z0-9])ip\s?\d{2}k?" + _END),
    ("section", _UNIT + r"mm2" + _END + r"|(?<![a-z0-9])\d+\s?[xg]\s?\d+(?:[.,]\d+)?\s?mm2" + _END),
    ("section", r"(?<![a-z0-9])awg\s?\d+|\d+\s?awg" + _END),
    ("nominal-diameter", r"(?<![a-z0-9])(?:dn|nps)\s?\d+" + _END),
    ("nominal-pressure", r"(?<![a-z0-9])pn\s?\d+" + _END),
    ("teeth", r"(?<![a-z0-9])z\s?=?\s?\d+" + _END + r"|(?<![a-z0-9])\d+\s?(?:dents|teeth|tooth)" + _END),
    ("ratio", r"(?<![a-z0-9])i\s?=\s?\d+(?:[.,/]\d+)?" + _END + r"|(?<![a-z0-9])(?:ratio|rapport)?\s?1[:/]\d+" + _END),
    ("torque", _UNIT + r"n\.?m" + _END),
    ("force", _UNIT + r"k?n" + _END),
    ("hardness", _UNIT + r"(?:sh\s?[ad]|shore\s?[ad]?|hrc)" + _END),
    ("grammage", _UNIT + r"(?:g/?m2|gsm|gr/m2)" + _END),
    ("density", _UNIT + r"kg/?m3" + _END),
    ("denier", r"(?<![a-z0-9])\d{2,4}\s?(?:d|den|denier|dtex|tex)" + _END),
    ("volume", _UNIT + r"(?:ml|cl|l|litres?|liters?|cc|cm3|m3)" + _END),
    ("mass", _UNIT + r"(?:kg|g|gr|mg|t)" + _END),
    ("flow", _UNIT + r"(?:l/min|lpm|m3/h|l/h)" + _END),
    ("poles", r"(?<![a-z0-9])\d{1,3}\s?(?:p|poles|pin|pins|pts|broches|voies|way|ways|pos)" + _END),
    ("diameter", r"(?:ø|⌀|(?<![a-z0-9])(?:dia|diam|d)\.?\s?=?)\s?\d+(?:[.,]\d+)?(?:\s?x\s?\d+(?:[.,]\d+)?)*(?:\s?mm)?"),
    ("inch", r"(?<![a-z0-9])\d+(?:[.,/]\d+)?(?:\"\d/\d|\s?(?:\"|''|pouces?|inch|in))" + _END),
    ("length", r"(?<![a-z0-9])(?:lg|l|h|ep|ht|lng)\s?\.?=?\s?\d+(?:[.,]\d+)?\s?(?:mm|cm|m)?" + _END),
    ("dimensions", r"(?<![a-z0-9])" + _NUMBER + r"(?:\s?(?:mm|cm|m)?\s?x\s?" + _NUMBER + r")+\s?(?:mm|cm|m)?" + _END),
    ("millimetre", _UNIT + r"(?:mm|cm|um)" + _END),
    ("metre", _UNIT + r"(?:m|ml|mtr|mtrs)" + _END),
    ("percent", _UNIT + r"%"),
    ("fit", r"(?<![a-z0-9])[hgfjkmnp][4-9]" + _END),
)
_KEPT = (
    (
        "steel-grade",
        r"(?<![a-z0-9])(?:s(?:235|275|355|420|460|500|690|700)(?:j[r0-2]|mc|n|nl|g3)*|p2[36]5gh|p355\w*|xc\d{2}|"
        r"[cx]c?\s?(?:22|35|38|45|48)e?|\d{2}crmo4|\d{2}cd4|\d{2}ncd\d+|\d{2}nc\d|100c(?:r?)6|16mncr5|18crnimo\S*|e24|e36|a37|"
        r"st\s?(?:37|52)\S*|dc0[1-6]|dd1[1-4]|dx5\d\w*|hardox\s?\d*|weldox|en\s?8|en\s?24|4140|4340|1018|1045|11smn\w+)"
        + _END,
    ),
    (
        "stainless-grade",
        r"(?<![a-z0-9])(?:30[1-4]l?|316(?:l|ti)?|321|430|17-4\s?ph|1\.4\d{3}|x\d+crni\S*|z\d+cn\S*|a2|a4)(?:-[78]0)?"
        + _END,
    ),
    (
        "iron-grade",
        r"(?<![a-z0-9])(?:(?:en-?)?gjs-?\s?\d*(?:-\d+)?|(?:en-?)?gjl-?\s?\d*|ft\s?\d{2}|f?gl\s?\d{3}|fgs\s?\d*(?:-\d+)?|gg\s?\d{2}|ggg\s?\d{2})"
        + _END,
    ),
    (
        "aluminium-grade",
        r"(?<![a-z0-9])(?:1050a?|2011|2014|2017a?|2024|2030|3003|5005|5052|5083|5086|5754|6005a?|6060|6061|6063|6082|"
        r"7020|7075|au4g|ag3|ag4|as7g\S*|as10g|alsi\S+|alzn\S+|almg\S+|a356|a380|adc12|lm2[45])(?:[ -]?t\d{1,3})?"
        + _END,
    ),
    ("titanium-grade", r"(?<![a-z0-9])(?:ta6v(?:\s?eli)?|ti-?6al-?4v)" + _END),
    (
        "copper-grade",
        r"(?<![a-z0-9])(?:cu-?(?:etp|a1|b1|c1|of)|cuzn\S+|cusn\S+|cual\S+|cube\S*|ue\d+\w*|cw\d{3}\w)" + _END,
    ),
    ("flame-class", r"(?<![a-z0-9])(?:ul\s?94)?[ -]?v-?[0-2](?![a-z0-9.])"),
    ("glass-fibre", r"(?<![a-z0-9])(?:gf|fv)\s?\d{2}" + _END),
)
_PATTERNS = tuple((f"#{name}", re.compile(pattern), False) for name, pattern in _ERASED)
_GRADES = tuple((f"#{name}", re.compile(pattern), True) for name, pattern in _KEPT)
_HAS_DIGIT = re.compile(r"\d")


def hints_of(plain: str) -> tuple[Hint, ...]:
    """The hints of a folded text, none overlapping; a pattern earlier in the list wins over a later one."""
    if not _HAS_DIGIT.search(plain):
        return ()
    found: list[Hint] = []
    taken = bytearray(len(plain))
    for name, pattern, keeps_words in _GRADES + _PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if start < end and not any(taken[start:end]):
                found.append(Hint(name, start, end, keeps_words))
                taken[start:end] = b"\1" * (end - start)
    return tuple(found)
