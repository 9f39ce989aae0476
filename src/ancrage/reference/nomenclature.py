"""The embedded nomenclatures: NAF and NACE rev. 2, Harmonized System 2022, Combined Nomenclature 2023.

A code that has the right shape (`kernel.codes`) may still not exist: this module says whether it does, how it is
called in French and English, and what stands above and below it. Each table is read once, when first asked for.
Sources and licences: `catalogue/ATTRIBUTION.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from ancrage.kernel.codes import Activity, ActivityVersion, HsCode
from ancrage.kernel.errors import CodeError
from ancrage.kernel.message import message
from ancrage.reference.embedded import embedded_rows

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Item:
    """One code of a nomenclature.

    `label_*` is its own label as published, which may need those above it to be understood ("autres"); `text_*`
    stands by itself, the labels from the heading down joined by ` > `. `unit` is the supplementary unit of a CN code
    in the regulation's abbreviation (`p/st`: pieces), empty when trade is counted in kilograms only.
    """

    code: str
    level: str
    parent: str | None
    label_fr: str
    label_en: str
    text_fr: str
    text_en: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """A tree of codes. `name` identifies it in messages (`hs-2022`); `items` is in the order of codes."""

    name: str
    items: Mapping[str, Item] = field(hash=False)
    below: Mapping[str | None, tuple[str, ...]] = field(hash=False)

    def exists(self, code: str) -> bool:
        """True when the code is in this edition."""
        return code in self.items

    def item(self, code: str) -> Item:
        """Everything about a code. Raises `CodeError` when it is not in this edition."""
        found = self.items.get(code)
        if found is None:
            raise CodeError("nomenclature.unknown", code=code, nomenclature=message(f"nomenclature.name.{self.name}"))
        return found

    def label(self, code: str, language: Language) -> str:
        """Its own label, short. Raises `CodeError`."""
        found = self.item(code)
        return found.label_fr if language == "fr" else found.label_en

    def text(self, code: str, language: Language) -> str:
        """A label that stands by itself. Raises `CodeError`."""
        found = self.item(code)
        return found.text_fr if language == "fr" else found.text_en

    def parent(self, code: str) -> str | None:
        """The code above, None at the top; that of a CN code is a six-digit HS code. Raises `CodeError`."""
        return self.item(code).parent

    def children(self, code: str | None = None) -> tuple[str, ...]:
        """The codes right below, in order; those of the top for None. Empty for a code without any."""
        return self.below.get(code, ())


def _nomenclature(name: str, items: Iterable[Item]) -> Nomenclature:
    known = {item.code: item for item in items}
    below: dict[str | None, list[str]] = {}
    for item in known.values():
        below.setdefault(item.parent, []).append(item.code)
    return Nomenclature(name, known, {parent: tuple(codes) for parent, codes in below.items()})


@cache
def naf_rev2() -> Nomenclature:
    """Sections, divisions, groups, classes (these four are NACE rev. 2 too) and French sub-classes, dotted codes.

    A sub-class has the English label of its class. Raises `CatalogueError` when the embedded table is damaged.
    """
    columns = ("code", "level", "parent", "label_fr", "label_en")
    rows = embedded_rows("nomenclatures/naf_rev2.csv.gz", columns)
    return _nomenclature(
        "naf-rev2", (Item(code, level, parent or None, fr, en, fr, en) for code, level, parent, fr, en in rows)
    )


@cache
def hs2022() -> Nomenclature:
    """Chapters, headings and six-digit codes, without dots. Raises `CatalogueError` when the table is damaged."""
    columns = ("code", "level", "parent", "label_en", "label_fr", "text_en", "text_fr")
    rows = embedded_rows("nomenclatures/hs2022.csv.gz", columns)
    return _nomenclature(
        "hs-2022",
        (
            Item(code, level, parent or None, own_fr, own_en, fr, en)
            for code, level, parent, own_en, own_fr, en, fr in rows
        ),
    )


@cache
def cn2023() -> Nomenclature:
    """The eight-digit codes of the 2023 edition, self-contained labels. Raises `CatalogueError`."""
    rows = embedded_rows("nomenclatures/cn2023.csv.gz", ("code", "label_fr", "label_en", "supplementary_unit"))
    return _nomenclature("cn-2023", (Item(code, "cn", code[:6], fr, en, fr, en, unit) for code, fr, en, unit in rows))


@dataclass(frozen=True, slots=True)
class Nomenclatures:
    """The embedded nomenclatures, each read when first asked for."""

    @property
    def naf(self) -> Nomenclature:
        """NAF rev. 2, which holds NACE rev. 2."""
        return naf_rev2()

    @property
    def hs(self) -> Nomenclature:
        """Harmonized System 2022."""
        return hs2022()

    @property
    def cn(self) -> Nomenclature:
        """Combined Nomenclature 2023."""
        return cn2023()


def load_nomenclatures() -> Nomenclatures:
    """The nomenclatures. Nothing is read yet."""
    return Nomenclatures()


@cache
def _classes() -> Mapping[str, str]:
    return dict(embedded_rows("nomenclatures/hs_nace.csv", ("hs", "nace")))


def nace_of_hs(hs: HsCode) -> Activity:
    """The NACE rev. 2 class whose output a heading or six-digit code is: `848240` -> `28.15`.

    A six-digit code without an exception of its own has the class of its heading, even when it belongs to an older
    edition. Raises `CodeError` for a chapter (it spans classes) and for a heading that does not exist.
    """
    classes = _classes()
    found = classes.get(hs) or classes.get(hs.heading)
    if len(hs) < 4:
        raise CodeError("nomenclature.hs.chapter", code=hs)
    if found is None:
        raise CodeError("nomenclature.hs.heading", code=hs.heading)
    return Activity(ActivityVersion.NACE_REV2, found)
