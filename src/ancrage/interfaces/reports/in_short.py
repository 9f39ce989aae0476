"""A dossier in a few words, for lists of studies."""

from __future__ import annotations

from decimal import Decimal

from ancrage.dossier.model import Dossier, Weighting, Zone
from ancrage.interfaces.wording import Language, number

_OUTSIDE = frozenset({Zone.EEA_UK.value, Zone.WORLD.value})


def in_short(dossier: Dossier, language: Language) -> dict[str, object]:
    """Number of lines that count, share of the value known to be made outside the EU (of lines when there is no
    value), and number of lines to relocate that have at least one match."""
    by_zone = dossier.origin.by_zone
    zones = by_zone.get(Weighting.VALUE) or by_zone[Weighting.COUNT]
    outside = sum((zone.share for zone in zones if zone.key in _OUTSIDE), Decimal(0))
    space = "\u202f" if language == "fr" else ""
    return {
        "lines": len(dossier.bom.counting),
        "outside_eu": f"{number(outside * 100, language, 1)}{space}%",
        "with_leads": sum(1 for shortlist in dossier.suppliers.shortlists if shortlist.matches),
        "to_relocate": len(dossier.origin.to_relocate),
    }
