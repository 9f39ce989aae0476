"""Totals and coverage of the lines that count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ancrage.dossier.model import Line
from ancrage.kernel.money import total_by_currency


def totals(lines: Sequence[Line]) -> dict[str, Decimal]:
    """Exact amounts by currency of the lines that count."""
    return total_by_currency(value for line in lines if (value := line.value) is not None)


def coverage(lines: Sequence[Line]) -> dict[str, Decimal]:
    """Share (0 to 1) of counting lines whose value, origin, supplier and customs code are known."""
    counting = [line for line in lines if line.counts]
    known = {
        "price": sum(line.value is not None for line in counting),
        "origin": sum(line.origin is not None for line in counting),
        "supplier": sum(line.supplier is not None for line in counting),
        "hs": sum(line.hs_given is not None for line in counting),
    }
    if not counting:
        return {name: Decimal(0) for name in known}
    return {name: round(Decimal(number) / len(counting), 6) for name, number in known.items()}
