"""The parameters are whole, dated and explained."""

from __future__ import annotations

import copy
import tomllib
from importlib import resources
from typing import Any

import pytest

from ancrage.dossier.suppliers.rules import PARTS, load_rules, parse_rules
from ancrage.kernel.errors import CatalogueError
from ancrage.reference.company import BANDS
from ancrage.reference.statement import StatementOrigin


@pytest.fixture
def raw() -> dict[str, Any]:
    text = resources.files("ancrage").joinpath("catalogue", "parameters", "suppliers.toml").read_text("utf-8")
    return copy.deepcopy(tomllib.loads(text))


def test_weights_add_up_to_one_and_each_says_why_in_both_languages(raw: dict[str, Any]) -> None:
    assert sum(load_rules().weight.values()) == pytest.approx(1)
    assert all({"fr", "en"} == set(raw["weight"][name]["why"]) for name in PARTS)


def test_every_band_and_every_origin_has_a_number() -> None:
    rules = load_rules()
    assert set(rules.size_ordinary) == set(rules.size_large) == set(BANDS)
    assert {origin.value.replace("-", "_") for origin in StatementOrigin} <= set(rules.statement)


def test_every_part_stays_between_0_and_1() -> None:
    rules = load_rules()
    numbers = [*rules.closeness.values(), *rules.size_ordinary.values(), *rules.size_large.values()]
    numbers += [value for name, value in rules.statement.items() if name != "stale_days"]
    assert all(0 <= number <= 1 for number in numbers)


def test_weights_that_do_not_add_up_are_refused(raw: dict[str, Any]) -> None:
    raw["weight"]["text"]["value"] = 0.2
    with pytest.raises(CatalogueError):
        parse_rules(raw)


def test_a_missing_number_is_named(raw: dict[str, Any]) -> None:
    del raw["size"]["unknown"]
    with pytest.raises(CatalogueError) as refusal:
        parse_rules(raw)
    assert dict(refusal.value.message.parameters)["name"] == "unknown"
