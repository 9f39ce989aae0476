"""The price of a line: given, or deduced from the line's total, and then the total stays exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ancrage.dossier.bom.rows import Draft
from ancrage.dossier.model import PriceBasis
from ancrage.kernel.message import Message, message
from ancrage.kernel.money import EXACT, Money, Rate

_DEDUCED_DIGITS = Decimal("1e-12")
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Price:
    """`unit` price and its basis; `amount` of the line in the product when that, and not a price, was given."""

    unit: Money | None
    basis: PriceBasis | None
    amount: Money | None
    issue: Message | None = None


def convert(draft: Draft, rates: Sequence[Rate]) -> Draft:
    """The draft with its amounts in the target currency of the first rate that applies."""
    for rate in rates:
        if draft.price is not None and draft.price.currency == rate.source:
            draft = replace(draft, price=rate.convert(draft.price))
        if draft.amount is not None and draft.amount.currency == rate.source:
            draft = replace(draft, amount=rate.convert(draft.amount))
    return draft


def settle(draft: Draft, times: Decimal | None, total: Decimal | None, *, is_nested: bool) -> Price:
    """Bring unit price and line total together.

    Both: the price prevails and a difference beyond rounding is said. The total alone: the price is deduced
    (`amount / quantity`, shown to 12 decimals) and the amount kept, so that no digit is lost. Under an assembly, a
    line total stands for one assembly: it is multiplied like the quantity, and said.
    """
    if draft.price is not None:
        return Price(draft.price, PriceBasis.GIVEN, None, _difference(draft, total))
    if draft.amount is None:
        return Price(None, None, None)
    if times is None:
        return Price(None, None, None, message("bom.price.unplaced", amount=draft.amount.amount))
    issue = message("bom.price.nested", amount=draft.amount.amount) if is_nested and times != 1 else None
    amount = draft.amount.times(times)
    if draft.quantity is None or draft.quantity == 0:
        return Price(None, None, amount, issue)
    exact = EXACT.divide(draft.amount.amount, draft.quantity)
    unit = Money(exact.quantize(_DEDUCED_DIGITS, context=EXACT).normalize(EXACT), draft.amount.currency)
    return Price(unit, PriceBasis.DEDUCED, amount, issue)


def _difference(draft: Draft, total: Decimal | None) -> Message | None:
    """A written total that is neither price x quantity, nor price x quantity in the whole product, within rounding."""
    if draft.amount is None or draft.price is None or draft.quantity is None:
        return None
    if draft.amount.currency != draft.price.currency:
        return message("bom.price.currencies", price=draft.price.currency, total=draft.amount.currency)
    for quantity in {draft.quantity, total if total is not None else draft.quantity}:
        ours = EXACT.multiply(draft.price.amount, quantity)
        slack = (
            _step(draft.amount.amount)
            + EXACT.multiply(_step(draft.price.amount), quantity)
            + abs(ours) * Decimal("1e-9")
        )
        if abs(ours - draft.amount.amount) <= slack:
            return None
    ours = EXACT.multiply(draft.price.amount, draft.quantity)
    return message("bom.price.total", written=draft.amount.amount, ours=ours)


def _step(amount: Decimal) -> Decimal:
    """Half a unit of the last written digit, half a cent at most."""
    exponent = amount.as_tuple().exponent
    digits = min(int(exponent), -2) if isinstance(exponent, int) else -2
    return _HALF.scaleb(digits)
