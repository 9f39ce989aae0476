"""Builds the bill of materials of an invented six-axis cobot: 2,200 component lines, of which three come from China
and Japan. Every drawing is seeded: the same program gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from demonstration.cobot_parts import (
    ARM,
    BOARD,
    CABINET,
    DRIVE,
    ENCODER_CHIP,
    FASTENERS,
    FINISH,
    HARNESS,
    HOUSING,
    SUPPLIERS,
    THREE,
    Part,
)

SEED = 20260103
COMPONENTS = 2200
COLUMNS = ("Niveau", "Référence", "Désignation", "Quantité", "Unité", "Prix unitaire", "Devise", "Fournisseur",
           "Pays d'origine", "Code SH", "Matière", "Procédé", "Masse unitaire",
           "Délai", "Criticité", "Source unique")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file."""

    level: int
    reference: str
    label: str
    quantity: str = "1"
    unit: str = "u"
    price: str = ""
    supplier: str = ""
    country: str = ""
    hs: str = ""
    material: str = ""
    process: str = ""
    mass: str = ""
    days: str = ""
    critical: str = ""
    single: str = ""

    def cells(self) -> tuple[str, ...]:
        """The cells in the order of `COLUMNS`."""
        return (str(self.level), self.reference, self.label, self.quantity, self.unit, self.price,
                "EUR" if self.price else "", self.supplier, self.country, self.hs, self.material, self.process,
                self.mass, self.days, self.critical, self.single)  # fmt: skip


class Builder:
    """One seeded drawing of the whole bill of materials."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = random.Random(seed)
        self._count = 0

    def rows(self) -> Iterator[Row]:
        """All lines: the product, its assemblies, and exactly `COMPONENTS` components."""
        yield Row(0, "COB-1300", "Cobot 6 axes portée 1300 mm charge 12 kg")
        for axis in range(1, 7):
            yield from self._axis(axis)
        yield from self._group("CCO", "Cartes codeurs communes", ((ENCODER_CHIP,), 1), (BOARD, 89))
        for code, label, *plan in (
            ("BRA", "Bras inférieur et supérieur", (ARM, 17), (FASTENERS, 60)),
            ("EMB", "Embase", (HOUSING, 12), (FASTENERS, 40)),
            ("POI", "Poignet et bride outil", (HOUSING, 14), (ARM, 4), (FASTENERS, 20)),
            ("PRE", "Préhenseur électrique", (HOUSING, 10), (DRIVE, 6), (BOARD, 36), (FASTENERS, 16)),
            ("CON", "Armoire de commande", (CABINET, 22), (FASTENERS, 40)),
            ("CPU", "Carte mère de commande", (BOARD, 160)),
            ("SEC", "Carte de sécurité", (BOARD, 110)),
            ("PUP", "Pupitre d'apprentissage", (BOARD, 84), (HARNESS, 10), (FASTENERS, 14)),
            ("FAI", "Faisceaux", (HARNESS, 31)),
            ("FIN", "Finition et documentation", (FINISH, 14)),
        ):
            yield from self._group(code, label, *plan)
        yield from self._group("VIS", "Kit de visserie et de rechange", (FASTENERS, COMPONENTS - self._count))

    def _axis(self, axis: int) -> Iterator[Row]:
        code = f"AX{axis}"
        yield Row(1, f"{code}-000", f"Axe {axis} complet")
        fitted = [tuple(_fitted(part, axis) for part in parts) for parts in (HOUSING, DRIVE)]
        yield from self._group(code, f"Mécanique d'axe {axis}", *((parts, 99) for parts in fitted), level=2, suffix="M")
        yield from self._group(code, f"Carte variateur axe {axis}", (BOARD, 140), level=2, suffix="E")
        plan = ((HARNESS, 18), (FASTENERS, 30))
        yield from self._group(code, f"Câblage et visserie axe {axis}", *plan, level=2, suffix="C")

    def _group(
        self, code: str, label: str, *plan: tuple[Sequence[Part], int], level: int = 1, suffix: str = "A"
    ) -> Iterator[Row]:
        yield Row(level, f"{code}-{suffix}00", label)
        for parts, wanted in plan:
            every = [(part, size) for part in parts for size in part.sizes]
            kept = every if wanted >= len(every) else self._balanced(parts, wanted)
            for part, size in kept:
                self._count += 1
                yield self._foreign(code, self._component(level + 1, f"{code}-{suffix}{self._count:04d}", part, size))

    def _balanced(self, parts: Sequence[Part], wanted: int) -> list[tuple[Part, str]]:
        """`wanted` distinct components, in turn from each kind, so that each kind is there."""
        waiting = [(part, list(part.sizes)) for part in parts]
        kept: list[tuple[int, int, Part, str]] = []
        while len(kept) < wanted:
            for order, (part, sizes) in enumerate(waiting):
                if sizes and len(kept) < wanted:
                    next_one = 0 if len(sizes) < 12 else self._random.randrange(len(sizes))
                    kept.append((order, len(kept), part, sizes.pop(next_one)))
        return [(part, size) for _, _, part, size in sorted(kept, key=lambda item: item[:2])]

    def _component(self, level: int, reference: str, part: Part, size: str) -> Row:
        label = part.label.format(size)
        supplier, country = self._random.choice(SUPPLIERS[part.trade])
        return Row(
            level,
            reference,
            label,
            quantity=str(self._random.randint(*part.quantity)),
            unit="m" if "au mètre" in label or label.startswith(("Gaine", "Câble")) else "u",
            price=_french(self._between(part.price), 2 if part.price[1] >= 1 else 4),
            supplier=supplier,
            country=country,
            hs=part.hs if self._random.random() < 0.6 else "",
            material=part.material,
            process=part.process,
            mass=f"{_french(self._between(part.mass), 5)} kg",
            days=f"{self._random.randint(*part.days)} j",
            critical="critique" if part.critical else "",
            single="oui" if part.critical and self._random.random() < 0.25 else "",
        )

    def _foreign(self, code: str, row: Row) -> Row:
        found = THREE.get((code, row.label))
        if found is None:
            return row
        supplier, country, price = found
        return replace(
            row, supplier=supplier, country=country, price=price, days="180 j", critical="critique", single="oui"
        )

    def _between(self, bounds: tuple[float, float]) -> float:
        return bounds[0] * (bounds[1] / bounds[0]) ** self._random.random()


def _fitted(part: Part, axis: int) -> Part:
    """The kind in the one size that fits an axis, largest first; small things keep all their sizes."""
    if part.price[1] < 7 or part.label.startswith("Capot"):
        return part
    return replace(part, sizes=(part.sizes[(axis - 1) * len(part.sizes) // 6],))


def _french(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if digits > 2 else text).replace(".", ",")


def write_cobot(path: Path) -> int:
    """Write the file; returns its number of component lines. Raises `ValueError` when it does not tell its story."""
    rows = list(Builder().rows())
    components = [row for row in rows if row.price]
    far = [row for row in components if row.country in {"Chine", "Japon"}]
    if len(components) != COMPONENTS or len(far) != len(THREE) or any(not row.country for row in components):
        raise ValueError(f"{len(components)} components, of which {len(far)} from China and Japan")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.cells() for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode())
    return len(components)
