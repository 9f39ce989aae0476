"""Codes, parsed once, text for ever.

Each parser takes what people write and gives the one written form that the house uses, or raises `CodeError`. A parser
says whether the *shape* is right; whether the code *exists* is a matter of a nomenclature (`reference`). A code is a
`str` subtype, so that it prints, sorts and serialises as text and never loses a leading zero.

Sources: HS convention (2, 4, 6 digits); Regulation (EEC) 2658/87 (CN, 8 digits); Regulation (EC) 1893/2006 (NACE) and
INSEE's NAF; INSEE's SIRENE documentation for SIREN and SIRET (Luhn, ISO/IEC 7812-1; La Poste's establishments, SIREN
356000000, where the sum of digits must be a multiple of 5); INSEE's Code officiel géographique.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ancrage.kernel.errors import CodeError

LA_POSTE = "356000000"

_SEPARATORS = re.compile(r"[\s.\u00a0\u202f-]")
_DIGITS = re.compile(r"[0-9]+")
_ACTIVITY = re.compile(r"([0-9]{2})(?:\.?([0-9]{1,2})([A-Z])?)?")
_COMMUNE = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")
_DEPARTMENT = re.compile(r"[0-9]{2}|2[AB]|97[1-8]|98[4678]")


class HsCode(str):
    """A Harmonized System code: 2, 4 or 6 digits, no dot."""

    __slots__ = ()

    @property
    def chapter(self) -> str:
        """The first two digits."""
        return self[:2]

    @property
    def heading(self) -> str:
        """The first four digits (the code itself when it is shorter)."""
        return self[:4]


class CnCode(str):
    """A Combined Nomenclature code: 8 digits, no dot nor space."""

    __slots__ = ()

    @property
    def hs(self) -> HsCode:
        """The six-digit Harmonized System code it refines."""
        return HsCode(self[:6])


class CpaCode(str):
    """A CPA product code in dotted form: `28.15`, `28.15.10`."""

    __slots__ = ()

    @property
    def nace(self) -> str:
        """The NACE class of its first four digits."""
        return self[:5]


class ActivityVersion(StrEnum):
    """The edition an activity code belongs to. Codes of two editions are never compared without a conversion table."""

    NAF_REV2 = "naf-rev2"
    NAF_2025 = "naf-2025"
    NACE_REV2 = "nace-rev2"
    NACE_2_1 = "nace-2.1"


@dataclass(frozen=True, slots=True, order=True)
class Activity:
    """An activity code with its edition: division `25`, group `25.6`, class `25.62`, French sub-class `25.62B`.

    Comparing activities of two editions raises `CodeError`.
    """

    version: ActivityVersion
    code: str

    def covers(self, other: Activity) -> bool:
        """True when `other` is this code or below it. Raises `CodeError` across editions."""
        if self.version != other.version:
            raise CodeError("kernel.code.activity_versions", left=self.version.value, right=other.version.value)
        return other.code.startswith(self.code)

    @property
    def division(self) -> str:
        """The first two digits."""
        return self.code[:2]


class Siren(str):
    """Nine digits that satisfy Luhn's formula."""

    __slots__ = ()

    @property
    def invented(self) -> bool:
        """True for the demonstration companies, whose SIREN start with 000."""
        return self.startswith("000")


class Siret(str):
    """Fourteen digits: a SIREN and an establishment number, under Luhn's formula (or La Poste's)."""

    __slots__ = ()

    @property
    def siren(self) -> Siren:
        """The company."""
        return Siren(self[:9])

    @property
    def invented(self) -> bool:
        """True for the demonstration establishments."""
        return self.siren.invented


class CommuneCode(str):
    """INSEE's code of a commune: five characters, `2A004` in Corsica, `97411` overseas."""

    __slots__ = ()

    @property
    def department(self) -> str:
        """The department: two characters, three overseas."""
        return self[:3] if self.startswith(("97", "98")) else self[:2]


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", text.strip()).upper()


def _ascii_digits(text: str) -> bool:
    return _DIGITS.fullmatch(text) is not None


def parse_hs(text: str) -> HsCode:
    """`84.82`, `8482 10`, `8482.10`, `84821010` (cut to six digits, as TARIC's ten) -> `8482`, `848210`.

    An odd number of digits is refused: a leading zero was lost, and guessing it would move the product to another
    chapter. Raises `CodeError`.
    """
    digits = _compact(text)
    if not _ascii_digits(digits) or len(digits) not in {2, 4, 6, 8, 10}:
        code = "kernel.code.hs_zero" if _ascii_digits(digits) and len(digits) in {3, 5, 7, 9} else "kernel.code.hs"
        raise CodeError(code, text=text)
    if digits[:2] == "00":
        raise CodeError("kernel.code.hs", text=text)
    return HsCode(digits[:6])


def parse_cn(text: str) -> CnCode:
    """`8482 10 10` -> `84821010`. Raises `CodeError` unless there are eight digits."""
    digits = _compact(text)
    if not _ascii_digits(digits) or len(digits) != 8 or digits[:2] == "00":
        raise CodeError("kernel.code.cn", text=text)
    return CnCode(digits)


def parse_cpa(text: str) -> CpaCode:
    """`281510`, `28.15.10` -> `28.15.10`; 2, 3, 4, 5 or 6 digits. Raises `CodeError`."""
    digits = _compact(text)
    if not _ascii_digits(digits) or not 2 <= len(digits) <= 6:
        raise CodeError("kernel.code.cpa", text=text)
    return CpaCode(".".join(part for part in (digits[:2], digits[2:4], digits[4:6]) if part))


def parse_activity(text: str, version: ActivityVersion) -> Activity:
    """`2562B`, `25.62B`, `25.62` -> a dotted activity of the edition. A letter belongs to a French sub-class only.

    Raises `CodeError`.
    """
    found = _ACTIVITY.fullmatch(re.sub(r"[\s\u00a0]", "", text).upper())
    if found is None:
        raise CodeError("kernel.code.activity", text=text, version=version.value)
    division, rest, letter = found.groups()
    is_french = version in {ActivityVersion.NAF_REV2, ActivityVersion.NAF_2025}
    if letter and (len(rest) != 2 or not is_french):
        raise CodeError("kernel.code.activity", text=text, version=version.value)
    return Activity(version, division if rest is None else f"{division}.{rest}{letter or ''}")


def luhn_sum(digits: str) -> int:
    """Luhn's sum: every second digit from the right doubled, 9 taken off above 9 (ISO/IEC 7812-1, annex B)."""
    total = 0
    for position, character in enumerate(reversed(digits)):
        value = int(character) * (1 + position % 2)
        total += value - 9 if value > 9 else value
    return total


def parse_siren(text: str) -> Siren:
    """Nine digits under Luhn's formula. Raises `CodeError`."""
    digits = _compact(text)
    if not _ascii_digits(digits) or len(digits) != 9 or luhn_sum(digits) % 10:
        raise CodeError("kernel.code.siren", text=text)
    return Siren(digits)


def parse_siret(text: str) -> Siret:
    """Fourteen digits under Luhn's formula, or La Poste's: the plain sum of digits is a multiple of 5.

    Raises `CodeError`.
    """
    digits = _compact(text)
    if not _ascii_digits(digits) or len(digits) != 14:
        raise CodeError("kernel.code.siret", text=text)
    is_la_poste = digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0
    if luhn_sum(digits) % 10 and not is_la_poste:
        raise CodeError("kernel.code.siret", text=text)
    return Siret(digits)


def parse_commune(text: str) -> CommuneCode:
    """Five characters: `57463`, `2A004`, `97411`. Four digits (a lost zero) are refused. Raises `CodeError`."""
    code = _compact(text)
    if not _COMMUNE.fullmatch(code) or code.startswith("00"):
        raise CodeError("kernel.code.commune", text=text)
    return CommuneCode(code)


def parse_department(text: str) -> str:
    """`25`, `2A`, `971`. Raises `CodeError`."""
    code = _compact(text)
    if not _DEPARTMENT.fullmatch(code) or code in {"00", "20", "96", "97", "98", "99"}:
        raise CodeError("kernel.code.department", text=text)
    return code
