"""A dossier in a few figures, for lists of studies."""

from __future__ import annotations

from decimal import Decimal

from ancrage.dossier.model import Dossier, Weighting, Zone
from ancrage.kernel.money import plain

_OUTSIDE = frozenset({Zone.EEA_UK.value, Zone.WORLD.value})


def in_short(dossier: Dossier) -> dict[str, object]:
    """Lines that count, lines to relocate and those of them with a match; shares (0 to 1, as text) of the value made
    outside the EU and of unknown origin, of lines where there is no value.

    Where no origin is known, the share outside the EU is unknown (None), not zero.
    """
    by_zone = dossier.origin.by_zone
    zones = by_zone.get(Weighting.VALUE) or by_zone[Weighting.COUNT]
    outside = sum((zone.share for zone in zones if zone.key in _OUTSIDE), Decimal(0))
    unknown = sum((zone.share for zone in zones if zone.key == Zone.UNKNOWN.value), Decimal(0))
    return {
        "lines": len(dossier.bom.counting),
        "outside_eu": None if unknown == 1 else plain(outside),
        "unknown_origin": plain(unknown),
        "with_leads": sum(1 for shortlist in dossier.suppliers.shortlists if shortlist.matches),
        "to_relocate": len(dossier.origin.to_relocate),
    }
