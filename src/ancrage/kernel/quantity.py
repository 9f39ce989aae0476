"""Quantities with their unit. Units of two dimensions never mix.

Only exact factors: what a bill of materials counts, weighs or measures. A unit that is not listed is kept as it was
written, as a dimension of its own: it is compared with itself alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ancrage.kernel.errors import UnitError
from ancrage.kernel.money import EXACT

_UNITS: Mapping[str, tuple[str, str]] = {
    # unit: (dimension's base unit, exact factor to it)
    "piece": ("piece", "1"),
    "pair": ("piece", "2"),
    "dozen": ("piece", "12"),
    "hundred": ("piece", "100"),
    "thousand": ("piece", "1000"),
    "kg": ("kg", "1"),
    "g": ("kg", "0.001"),
    "mg": ("kg", "0.000001"),
    "t": ("kg", "1000"),
    "lb": ("kg", "0.45359237"),
    "m": ("m", "1"),
    "mm": ("m", "0.001"),
    "cm": ("m", "0.01"),
    "km": ("m", "1000"),
    "in": ("m", "0.0254"),
    "ft": ("m", "0.3048"),
    "m2": ("m2", "1"),
    "cm2": ("m2", "0.0001"),
    "dm2": ("m2", "0.01"),
    "l": ("l", "1"),
    "ml": ("l", "0.001"),
    "cl": ("l", "0.01"),
    "m3": ("l", "1000"),
    "h": ("h", "1"),
    "set": ("set", "1"),
}

_SYNONYMS: Mapping[str, str] = {
    "": "piece",
    "u": "piece",
    "un": "piece",
    "unite": "piece",
    "unites": "piece",
    "unit": "piece",
    "units": "piece",
    "pc": "piece",
    "pcs": "piece",
    "pce": "piece",
    "pces": "piece",
    "p": "piece",
    "piece": "piece",
    "pieces": "piece",
    "ea": "piece",
    "each": "piece",
    "st": "piece",
    "stk": "piece",
    "nb": "piece",
    "qty": "piece",
    "paire": "pair",
    "paires": "pair",
    "pair": "pair",
    "pairs": "pair",
    "pr": "pair",
    "dz": "dozen",
    "douzaine": "dozen",
    "dozen": "dozen",
    "cent": "hundred",
    "mille": "thousand",
    "kg": "kg",
    "kgs": "kg",
    "kilo": "kg",
    "kilos": "kg",
    "kilogramme": "kg",
    "g": "g",
    "gr": "g",
    "gramme": "g",
    "grammes": "g",
    "mg": "mg",
    "t": "t",
    "tonne": "t",
    "tonnes": "t",
    "lb": "lb",
    "lbs": "lb",
    "m": "m",
    "ml.": "m",
    "metre": "m",
    "metres": "m",
    "meter": "m",
    "mtr": "m",
    "mm": "mm",
    "cm": "cm",
    "km": "km",
    "in": "in",
    "inch": "in",
    "ft": "ft",
    "m2": "m2",
    "m²": "m2",
    "cm2": "cm2",
    "cm²": "cm2",
    "dm2": "dm2",
    "dm²": "dm2",
    "l": "l",
    "litre": "l",
    "litres": "l",
    "liter": "l",
    "ml": "ml",
    "cl": "cl",
    "m3": "m3",
    "m³": "m3",
    "h": "h",
    "heure": "h",
    "heures": "h",
    "hour": "h",
    "hours": "h",
    "set": "set",
    "jeu": "set",
    "lot": "set",
    "kit": "set",
    "ens": "set",
    "ensemble": "set",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number and its unit (one of the listed units, or the text that was written)."""

    value: Decimal
    unit: str

    def to(self, unit: str) -> Quantity:
        """The same quantity in another unit of its dimension. Raises `UnitError` across dimensions."""
        if unit == self.unit:
            return self
        base, factor = _UNITS.get(self.unit, (self.unit, "1"))
        other, divisor = _UNITS.get(unit, (unit, "1"))
        if base != other:
            raise UnitError("kernel.unit.mixed", left=self.unit, right=unit)
        return Quantity(EXACT.divide(EXACT.multiply(self.value, Decimal(factor)), Decimal(divisor)), unit)


def parse_unit(text: str) -> str:
    """The listed unit that a shop-floor text means (`pcs`, `Unités`, `ml.`), or the text itself when not listed.

    `ml` is the millilitre; a metre of length written `ml` cannot be told from it and must be written `m`.
    """
    folded = unicodedata.normalize("NFKD", text.strip().lower().replace("²", "2").replace("³", "3"))
    folded = "".join(character for character in folded if not unicodedata.combining(character))
    return _SYNONYMS.get(folded, _SYNONYMS.get(folded.rstrip("."), text.strip()))


def is_known_unit(unit: str) -> bool:
    """True for a unit whose dimension is known."""
    return unit in _UNITS
