"""The parameters of supplier discovery, read from `catalogue/parameters/suppliers.toml`, where each says why."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from math import isclose
from typing import Any

from ancrage.kernel.errors import CatalogueError

FILE = "parameters/suppliers.toml"
PARTS = ("statement", "activity", "reading", "distance", "size", "text")
"""The terms of a score, heaviest first."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the file, by section; `weight` adds up to 1."""

    dated: date
    weight: Mapping[str, float]
    closeness: Mapping[str, float]
    distance: Mapping[str, float]
    large_volume: float
    size_unknown: float
    size_ordinary: Mapping[str, float]
    size_large: Mapping[str, float]
    statement: Mapping[str, float]
    reading: Mapping[str, float]


@cache
def load_rules() -> Rules:
    """The embedded parameters. Raises `CatalogueError` when the file is unreadable or a number is out of range."""
    try:
        text = resources.files("ancrage").joinpath("catalogue", FILE).read_text("utf-8")
        return parse_rules(tomllib.loads(text))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError("suppliers.rules.unreadable", file=FILE) from error


def parse_rules(raw: Mapping[str, Any]) -> Rules:
    """Rules of a parsed file. Raises `CatalogueError` naming the section that is wrong."""
    try:
        rules = Rules(
            dated=raw["dated"],
            weight={name: float(raw["weight"][name]["value"]) for name in PARTS},
            closeness=_numbers(raw["closeness"]),
            distance=_numbers(raw["distance"]),
            large_volume=float(raw["size"]["large_volume"]),
            size_unknown=float(raw["size"]["unknown"]),
            size_ordinary=_numbers(raw["size"]["ordinary"]),
            size_large=_numbers(raw["size"]["large"]),
            statement=_numbers(raw["statement"]),
            reading=_numbers(raw["reading"]),
        )
    except KeyError as error:
        raise CatalogueError("suppliers.rules.missing", file=FILE, name=str(error.args[0])) from error
    if set(raw["weight"]) != set(PARTS) or not isclose(sum(rules.weight.values()), 1, abs_tol=1e-9):
        raise CatalogueError("suppliers.rules.weights", file=FILE)
    return rules


def _numbers(section: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in section.items()}
