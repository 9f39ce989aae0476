"""What a line is made of, and the shape its head noun names: `#m-aluminium`, `#s-sheet`.

A part made to drawing has no name of its own in a customs tariff: what classes it is its matter (heading 7326 in steel,
7616 in aluminium, 3926 in plastics; notes to sections VII and XV of the Harmonized System).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from ancrage.reference.capability import Capabilities, CapabilityKind

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "steel": "steel",
        "stainless-steel": "stainless",
        "cast-iron": "iron",
        "aluminium": "aluminium",
        "copper": "copper",
        "zamak": "zamak",
        "titanium": "titanium",
        "lead-tin": "lead-tin",
        "foam": "foam",
        "plastic": "plastic",
        "elastomer": "elastomer",
        "composite": "composite",
        "textile": "textile",
        "leather": "leather",
        "wood": "wood",
        "paper-board": "paper",
        "glass": "glass",
        "ceramic": "ceramic",
        "stone": "stone",
        "concrete": "concrete",
    }
)
GRADES: Mapping[str, str] = MappingProxyType(
    {
        "#steel-grade": "steel",
        "#stainless-grade": "stainless",
        "#iron-grade": "iron",
        "#aluminium-grade": "aluminium",
        "#titanium-grade": "titanium",
        "#copper-grade": "copper",
        "#glass-fibre": "plastic",
    }
)


AGREES, NEUTRAL, DISAGREES = 1.0, 0.5, 0.1
CHAPTERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "39": frozenset({"plastic", "foam", "composite", "elastomer", "textile"}),
        "40": frozenset({"elastomer", "plastic", "foam", "textile"}),
        "41": frozenset({"leather"}),
        "42": frozenset({"leather", "textile", "plastic"}),
        "44": frozenset({"wood"}),
        "48": frozenset({"paper"}),
        "69": frozenset({"ceramic"}),
        "70": frozenset({"glass", "composite"}),
        "72": frozenset({"steel", "stainless", "iron"}),
        "73": frozenset({"steel", "stainless", "iron"}),
        "74": frozenset({"copper"}),
        "76": frozenset({"aluminium"}),
        "78": frozenset({"lead-tin"}),
        "79": frozenset({"zamak"}),
        "80": frozenset({"lead-tin"}),
        "81": frozenset({"titanium"}),
    }
)


def agreement(families: Iterable[str], headings: Sequence[str]) -> list[float]:
    """How well each heading goes with the matter named: a heading of a chapter of matter agrees or does not, the
    others are neutral, and all are when no matter is named."""
    named = frozenset(families)
    if not named:
        return [NEUTRAL] * len(headings)
    by_chapter = {chapter: AGREES if named & matters else DISAGREES for chapter, matters in CHAPTERS.items()}
    return [by_chapter.get(heading[:2], NEUTRAL) for heading in headings]


def family_of(material: str, capabilities: Capabilities) -> str | None:
    """The family of a material of the vocabulary: `stainless-304` -> `stainless`; None for a bare "metal"."""
    names = {material, *capabilities.ancestors(material)}
    return next((family for name, family in FAMILIES.items() if name in names), None)


def families_in(text: str, stems: Iterable[str], capabilities: Capabilities) -> tuple[str, ...]:
    """The families named in a text, by word or by grade, in its order, each once."""
    hits = [hit.id for hit in capabilities.find(text) if hit.kind is CapabilityKind.MATERIAL]
    named = [family for material in hits if (family := family_of(material, capabilities)) is not None]
    graded = [GRADES[stem] for stem in stems if stem in GRADES]
    return tuple(dict.fromkeys([*named, *graded]))
