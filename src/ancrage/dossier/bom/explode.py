"""Multiply quantities down the tree, and roll prices up.

For a line i of quantity q(i) under the node p(i):

    t(i) = q(i) * T(p(i))        T(n) = sum of t(i) over the lines i of node n        T(product) = 1

Each node is summed once, in topological order (A. B. Kahn, CACM 5(11), 1962), so that a tree whose expansion has 2^40
paths, or 10,000 levels, costs one visit per line. Products and sums are exact: what would not be exact is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, Overflow

from ancrage.dossier.bom.rows import Draft
from ancrage.dossier.bom.tree import Node, Tree
from ancrage.dossier.model import Problem, Severity
from ancrage.kernel.errors import InputError
from ancrage.kernel.message import message
from ancrage.kernel.money import plain

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN, traps=[Inexact, Overflow])
_LOOP_SHOWN = 8
ONE = Decimal(1)


class TreeError(InputError):
    """A tree that cannot be exploded; `problem` rejects the file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, **dict(problem.text.parameters))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Exploded:
    """For each line: `times`, how many of its parent the product holds; `totals` = quantity times `times` (None when a
    quantity on the way is unknown); `is_assembly`; `counts`; and for an assembly that has a price and priced
    components, what its components cost by currency (index of the line -> amounts for one assembly)."""

    times: tuple[Decimal | None, ...]
    totals: tuple[Decimal | None, ...]
    is_assembly: tuple[bool, ...]
    counts: tuple[bool, ...]
    double_priced: Mapping[int, Mapping[str, Decimal]]


def explode(drafts: Sequence[Draft], tree: Tree, *, is_cumulated: bool = False) -> Exploded:
    """Exact totals of every line. `is_cumulated`: the quantities of the file are already those of the whole product.

    Raises `TreeError` on a loop, or when a product has too many digits to be exact.
    """
    order = _order(drafts, tree)
    times: list[Decimal | None] = [None] * len(drafts)
    totals: list[Decimal | None] = [None] * len(drafts)
    held: dict[Node, Decimal | None] = {}
    for index in order:
        parent = tree.parents[index]
        times[index] = ONE if parent is None or is_cumulated else held[parent]
        totals[index] = _product(drafts[index], times[index])
        node = tree.nodes[index]
        held[node] = _sum(held[node], totals[index]) if node in held else totals[index]
    inner = {parent for parent in tree.parents if parent is not None}
    is_assembly = tuple(node in inner for node in tree.nodes)
    has_price = [_has_price(draft, held) for draft, held in zip(drafts, times, strict=True)]
    priced, rolled = _roll(drafts, tree, order, has_price)
    counts = tuple(
        not assembly or (own and node not in priced)
        for own, node, assembly in zip(has_price, tree.nodes, is_assembly, strict=True)
    )
    double = {index: dict(rolled[node]) for index, node in enumerate(tree.nodes)
              if is_assembly[index] and has_price[index] and node in priced}  # fmt: skip
    return Exploded(tuple(times), tuple(totals), is_assembly, counts, double)


def _has_price(draft: Draft, times: Decimal | None) -> bool:
    """A line total under an assembly of unknown quantity is worth an unknown amount."""
    return draft.price is not None or (draft.amount is not None and times is not None)


def _product(draft: Draft, times: Decimal | None) -> Decimal | None:
    if draft.quantity is None or times is None:
        return None
    try:
        return _EXACT.multiply(draft.quantity, times)
    except (Inexact, Overflow) as error:
        raise TreeError(Problem(Severity.ERROR, message("bom.tree.too_large"), draft.number)) from error


def _sum(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else _EXACT.add(left, right)


def _order(drafts: Sequence[Draft], tree: Tree) -> list[int]:
    """Lines, every parent before its components. A node is open when all the lines that bear it have been visited."""
    below: dict[Node, list[int]] = defaultdict(list)
    waiting: dict[Node, int] = defaultdict(int)
    for index, (node, parent) in enumerate(zip(tree.nodes, tree.parents, strict=True)):
        waiting[node] += 1
        if parent is not None:
            below[parent].append(index)
    ready = [index for index, parent in enumerate(tree.parents) if parent is None]
    order: list[int] = []
    for index in ready:
        order.append(index)
        node = tree.nodes[index]
        waiting[node] -= 1
        if not waiting[node]:
            ready.extend(below[node])
    if len(order) < len(drafts):
        raise TreeError(_loop(drafts, tree, set(order)))
    return order


def _loop(drafts: Sequence[Draft], tree: Tree, visited: set[int]) -> Problem:
    """The loop that keeps lines from being reached. A node that is never open waits for a line that is never reached:
    going from each node to the parent of such a line must come back."""
    stuck: dict[Node, int] = {}
    for index, node in enumerate(tree.nodes):
        if index not in visited:
            stuck.setdefault(node, index)
    node = next(iter(stuck))
    place: dict[Node, int] = {}
    while node not in place:
        place[node] = len(place)
        parent = tree.parents[stuck[node]]
        assert parent is not None
        node = parent
    loop = list(place)[place[node] :]
    shown = " > ".join(str(part)[:30] for part in reversed(loop[:_LOOP_SHOWN]))
    return Problem(Severity.ERROR, message("bom.tree.loop", loop=shown, n=len(loop)), drafts[stuck[node]].number)


def _roll(
    drafts: Sequence[Draft], tree: Tree, order: Sequence[int], has_price: Sequence[bool]
) -> tuple[set[Node], dict[Node, dict[str, Decimal]]]:
    """Nodes with a priced component somewhere below, and what the components of one of them cost, by currency."""
    priced: set[Node] = set()
    rolled: dict[Node, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for index in reversed(order):
        draft, node, parent = drafts[index], tree.nodes[index], tree.parents[index]
        if parent is None or not (has_price[index] or node in priced):
            continue
        priced.add(parent)
        for currency, cost in _cost(draft, rolled[node] if node in priced else None).items():
            rolled[parent][currency] += cost
    return priced, rolled


def _cost(draft: Draft, components: Mapping[str, Decimal] | None) -> dict[str, Decimal]:
    """What a line adds to one of its parent. Indicative: it is shown beside a warning, never summed into a total."""
    quantity = draft.quantity
    if components is not None:
        return {} if quantity is None else {currency: cost * quantity for currency, cost in components.items()}
    if draft.price is not None:
        return {} if quantity is None else {draft.price.currency: draft.price.amount * quantity}
    return {} if draft.amount is None else {draft.amount.currency: draft.amount.amount}


def shown(costs: Mapping[str, Decimal]) -> str:
    """Amounts by currency, for a message."""
    return ", ".join(f"{plain(round(cost, 4))} {currency}" for currency, cost in sorted(costs.items())) or "-"
