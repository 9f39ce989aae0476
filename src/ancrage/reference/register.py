"""Slices of the register of establishments, as expressions: what a study needs of tens of millions of rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ancrage.kernel.codes import CommuneCode
from ancrage.reference.territory import Area, Point

if TYPE_CHECKING:
    import ibis.expr.types as ir

KM_PER_DEGREE = 111.19492664
"""Length of a degree of meridian on the sphere of mean radius 6371.0088 km."""


def within(register: ir.Table, area: Area | None, centre: Point | None, radius_km: float | None) -> ir.Table:
    """The open establishments around an area, or around a circle, or around both together.

    Wider than asked, so that the register is only skimmed: the whole departments that the area touches, and the square
    that holds the circle. Which commune and which distance is the caller's. Without either, all the open ones.
    """
    conditions = []
    if area is not None:
        departments = {CommuneCode(code).department for code in area.codes}
        conditions.append(register.department.isin(sorted(departments)))
    if centre is not None and radius_km is not None:
        up = radius_km / KM_PER_DEGREE
        side = min(180.0, up / max(0.01, math.cos(math.radians(min(89.0, abs(centre.lat) + up)))))
        conditions.append(
            register.longitude.between(centre.lon - side, centre.lon + side)
            & register.latitude.between(centre.lat - up, centre.lat + up)
        )
    open_ones = register.filter(register.active)
    if not conditions:
        return open_ones
    kept = conditions[0]
    for condition in conditions[1:]:
        kept |= condition
    return open_ones.filter(kept)


def sites(register: ir.Table, sirets: Sequence[str]) -> ir.Table:
    """The establishments of some SIRET, open or closed."""
    return register.filter(register.siret.isin(list(sirets)))


def departments(register: ir.Table) -> ir.Table:
    """The departments of the open establishments, each once (column `department`)."""
    return register.filter(register.active).select("department").distinct()
