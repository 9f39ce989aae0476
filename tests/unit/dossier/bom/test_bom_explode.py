"""Quantities multiply down the tree, once per line, exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ancrage.dossier.bom.explode import TreeError, explode
from ancrage.dossier.bom.rows import Draft
from ancrage.dossier.bom.tree import by_level, by_parent, flat, total_kind
from ancrage.kernel.money import Money


def _draft(
    number: int,
    item: str,
    quantity: str | None = "1",
    *,
    parent: str | None = None,
    level: str | None = None,
    price: str | None = None,
) -> Draft:
    money = None if price is None else Money(Decimal(price), "EUR")
    amount = None if quantity is None else Decimal(quantity)
    return Draft(number, item=item, parent=parent, level=level, quantity=amount, price=money)


def test_a_flat_list_is_taken_as_it_stands() -> None:
    drafts = [_draft(2, "a", "3"), _draft(3, "b", "2.5")]
    found = explode(drafts, flat(drafts))
    assert found.totals == (Decimal(3), Decimal("2.5"))
    assert found.counts == (True, True)


def test_levels_multiply() -> None:
    drafts = [
        _draft(n, i, q, level=v)
        for n, (i, q, v) in enumerate(
            [("P", "1", "0"), ("A", "2", "1"), ("a", "3", "2"), ("b", "0.5", "2"), ("B", "4", "1")], 2
        )
    ]
    tree, problems = by_level(drafts, "Niveau")
    assert problems == ()
    assert explode(drafts, tree).totals == tuple(map(Decimal, ("1", "2", "6", "1.0", "4")))


def test_an_assembly_used_twice_is_described_once() -> None:
    drafts = [
        _draft(2, "P"),
        _draft(3, "A", "2", parent="P"),
        _draft(4, "B", "3", parent="P"),
        _draft(5, "B", "5", parent="A"),
        _draft(6, "screw", "4", parent="B"),
    ]
    tree, _ = by_parent(drafts, "Parent")
    assert explode(drafts, tree).totals == tuple(map(Decimal, (1, 2, 3, 10, 52)))


def test_two_to_the_forty_paths_cost_one_visit_per_line() -> None:
    drafts = [_draft(1, "N0")]
    for i in range(40):
        drafts += [_draft(2 * i + 2 + side, f"N{i + 1}", parent=f"N{i}") for side in (0, 1)]
    tree, _ = by_parent(drafts, "Parent")
    totals = explode(drafts, tree).totals
    assert totals[-1] is not None
    assert totals[-1] * 2 == Decimal(2**40)


def test_an_unknown_quantity_stays_unknown_below() -> None:
    drafts = [_draft(2, "P"), _draft(3, "A", None, parent="P"), _draft(4, "a", parent="A"), _draft(5, "b", parent="P")]
    tree, _ = by_parent(drafts, "Parent")
    assert explode(drafts, tree).totals == (Decimal(1), None, None, Decimal(1))


@pytest.mark.parametrize(
    "links", [[("A", "A")], [("A", "B"), ("B", "A")], [("", "P"), ("P", "A"), ("C", "B"), ("B", "C"), ("C", "x")]]
)
def test_a_loop_is_refused_and_shown(links: list[tuple[str, str]]) -> None:
    drafts = [_draft(n, item, parent=parent or None) for n, (parent, item) in enumerate(links, 2)]
    tree, _ = by_parent(drafts, "Parent")
    with pytest.raises(TreeError) as refusal:
        explode(drafts, tree)
    assert refusal.value.problem.code == "bom.tree.loop"
    assert refusal.value.problem.line in {draft.number for draft in drafts}


def test_a_loop_of_a_hundred_thousand_lines_is_found_at_once() -> None:
    size = 100_000
    drafts = [_draft(i, f"N{i}", parent=f"N{(i + 1) % size}") for i in range(size)]
    tree, _ = by_parent(drafts, "Parent")
    with pytest.raises(TreeError):
        explode(drafts, tree)


def test_a_product_of_too_many_digits_is_refused_rather_than_rounded() -> None:
    drafts = [_draft(i, f"N{i}", "1.1", parent=f"N{i - 1}" if i else None) for i in range(80)]
    tree, _ = by_parent(drafts, "Parent")
    with pytest.raises(TreeError) as refusal:
        explode(drafts, tree)
    assert refusal.value.problem.code == "bom.tree.too_large"


def test_an_assembly_with_a_price_and_priced_components_counts_its_components() -> None:
    drafts = [
        _draft(2, "P", level="0", price="100"),
        _draft(3, "A", "2", level="1", price="30"),
        _draft(4, "a", "3", level="2"),
    ]
    tree, _ = by_level(drafts, "Niveau")
    found = explode(drafts, tree)
    assert found.counts == (False, True, True)
    assert found.double_priced == {0: {"EUR": Decimal(60)}}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["TOTAL", None, "3"], "total"),
        (["Total général HT", "1"], "total"),
        (["Sous-total", "1"], "subtotal"),
        ([None, "Montant total :", "4"], "total"),
        (["TVA 20 %"], "tax"),
        (["Total Quartz 5W30", "2"], None),
        (["Vis", "2"], None),
        (["Total TTC (EUR)"], "tax"),
        (["Somme"], "total"),
        (["Support total"], None),
    ],
)
def test_a_row_of_total_is_told_from_a_part(cells: list[str | None], kind: str | None) -> None:
    assert total_kind(cells) == kind
