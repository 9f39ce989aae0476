# ruff: noqa: E501
"""Draws dated statements of what some of the invented establishments can do.

Processes are those that the vocabulary gives to the activity of the site, so that a statement is never absurd.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from demonstration.register import Company, Site

SEED = 20260102
SITES = 350
LAST_DAY = date(2026, 6, 30)

COLUMNS = ("siret", "process", "max_size_mm", "materials", "certificates", "volume_max", "origin", "on", "until")

_SIZES: tuple[tuple[str, tuple[int, int]], ...] = (
    (r"micro-machining|watchmaking", (5, 40)),
    (r"bar-turning", (16, 80)),
    (r"large-part", (2500, 9000)),
    (r"boilermaking|steel-structure|plate-rolling|welded|hot-dip", (2500, 14000)),
    (r"machining|turning|milling|grinding|boring|gear|edm|honing|broaching|drilling", (200, 2000)),
    (r"casting|forging|powder-metallurgy", (120, 1600)),
    (r"moulding|injection|thermoforming|overmoulding|silicone", (60, 1200)),
    (r"surface-mount|through-hole|electronics|printed-circuit", (80, 500)),
    (r"cutting|punching|bending|blanking|drawing|sheet", (300, 4000)),
    (r"", (200, 3000)),
)
_MATERIALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"24\.51", ("grey-iron", "ductile-iron")),
    (r"24\.52", ("steel", "stainless-steel")),
    (r"24\.53", ("aluminium-cast", "magnesium")),
    (r"24\.54", ("bronze", "brass", "zamak")),
    (r"24\.|25\.|28\.|29\.|30\.", ("steel", "stainless-steel", "aluminium", "alloy-steel", "brass", "titanium", "cast-iron")),
    (r"26\.52|32\.1|32\.5", ("stainless-steel", "titanium", "brass", "precious-metal")),
    (r"22\.1", ("natural-rubber", "epdm", "nitrile-rubber", "silicone", "fluoroelastomer")),
    (r"22\.", ("polyamide", "polypropylene", "abs", "polycarbonate", "polyacetal", "peek")),
    (r"13\.|14\.", ("cotton", "polyester-textile", "elastane", "wool")),
    (r"15\.", ("leather",)),
    (r"16\.|31\.", ("oak", "beech", "plywood", "wood-panel", "softwood")),
)  # fmt: skip
_CERTIFICATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"29\.|22\.29A|25\.50B", ("iatf-16949", "iso-14001")),
    (r"32\.50|26\.60", ("iso-13485",)),
    (r"25\.11|25\.29|25\.30|33\.20A", ("iso-3834", "en-1090", "ped")),
    (r"30\.30|25\.62|25\.61", ("en-9100", "nadcap", "iso-14001")),
    (r"30\.20|28\.", ("iso-22163", "en-15085")),
    (r"26\.1|27\.", ("ipc-a-610", "iso-14001")),
    (r"16\.|31\.|17\.|18\.", ("fsc-pefc",)),
    (r"13\.|14\.|15\.", ("oeko-tex", "france-terre-textile")),
)
_ORIGINS = ("firm-claim", "adviser-visit", "certificate-list")


def processes_by_activity(capabilities: Path) -> dict[str, list[str]]:
    """NAF sub-class -> processes that its sites do, from the vocabulary."""
    found: dict[str, list[str]] = {}
    for process in tomllib.loads(capabilities.read_text("utf-8"))["process"]:
        for activity in process["naf"]:
            found.setdefault(activity, []).append(process["id"])
    return found


def _first(table: Iterable[tuple[str, Sequence[str]]], key: str) -> Sequence[str]:
    return next((values for pattern, values in table if re.match(pattern, key)), ())


class Telling:
    """One seeded drawing of all statements."""

    def __init__(self, processes: dict[str, list[str]], seed: int = SEED) -> None:
        self._random = random.Random(seed)
        self._processes = processes

    def rows(self, companies: Sequence[Company]) -> list[list[str]]:
        """Rows of `COLUMNS` for about `SITES` sites, sorted; a few say two different things of one process."""
        able = [
            site
            for company in companies
            for site in company.sites
            if site.active and site.activity in self._processes and site.employer == "O"
        ]
        rows: set[tuple[str, ...]] = set()
        for site in self._random.sample(able, SITES):
            rows.update(self._of_site(site))
        return [list(row) for row in sorted(rows)]

    def _of_site(self, site: Site) -> list[tuple[str, ...]]:
        known = self._processes[site.activity]
        chosen = self._random.sample(known, min(len(known), self._random.choice((1, 2, 2, 3, 4))))
        rows = [self._statement(site, process) for process in sorted(chosen)]
        if self._random.random() < 0.06:
            rows.append(self._statement(site, min(chosen)))
        if self._random.random() < 0.45:
            rows.append(self._certificate(site))
        return rows

    def _statement(self, site: Site, process: str) -> tuple[str, ...]:
        low, high = next(bounds for pattern, bounds in _SIZES if re.search(pattern, process))
        size = round(low * (high / low) ** self._random.random(), -1 if high > 100 else 0)
        volume = int(round(500 * 4000 ** self._random.random(), -2))
        origin = self._random.choice(_ORIGINS[:2])
        return (
            site.siret,
            process,
            str(int(size)) if self._random.random() < 0.8 else "",
            self._some(_first(_MATERIALS, site.activity), 3),
            "iso-9001" if self._random.random() < 0.5 else "",
            str(volume) if self._random.random() < 0.6 else "",
            origin,
            self._day().isoformat(),
            "",
        )

    def _certificate(self, site: Site) -> tuple[str, ...]:
        on = self._day()
        held = ("iso-9001", *_first(_CERTIFICATES, site.activity))
        return (site.siret, "", "", "", self._some(held, 2), "", _ORIGINS[2], on.isoformat(),
                (on + timedelta(days=3 * 365)).isoformat())  # fmt: skip

    def _some(self, values: Sequence[str], most: int) -> str:
        count = min(len(values), self._random.randint(1, most))
        return "|".join(sorted(self._random.sample(list(values), count)))

    def _day(self) -> date:
        return date(2024, 1, 8) + timedelta(days=self._random.randrange((LAST_DAY - date(2024, 1, 8)).days))
