"""How far a register reaches where one looks: finding nobody where it has nobody is unknown, not no."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ancrage.dossier.model import RegisterReach, SupplierReport
from ancrage.dossier.suppliers.ground import Around, haversine_km
from ancrage.kernel.codes import CommuneCode
from ancrage.kernel.message import Message, message
from ancrage.reference.territory import Kind, Territory

_NAMED = 20
"""Departments named one by one, at most."""


def reach_of(establishments: int, covered: Iterable[str], around: Around, territory: Territory) -> RegisterReach:
    """The reach of a register that holds `establishments` open ones in the area, and some in the departments
    `covered`. Sorted codes."""
    known = frozenset(covered)
    return RegisterReach(establishments, tuple(sorted(known)), tuple(sorted(_departments(around, territory) - known)))


def _departments(around: Around, territory: Territory) -> set[str]:
    """The departments of the communes of the area or of the circle, by the point of each commune."""
    found = set() if around.area is None else {CommuneCode(code).department for code in around.area.current}
    if around.centre is None or around.radius_km is None:
        return found
    placed = [
        (one.department, one.point) for one in territory.communes.values() if one.point and one.kind is Kind.COMMUNE
    ]
    lon, lat = (np.array([point[axis] for _, point in placed], dtype=np.float64) for axis in (1, 0))
    inside = np.flatnonzero(haversine_km(around.centre, lon, lat) <= around.radius_km)
    return found | {placed[place][0] for place in inside.tolist()}


def reach_warning(report: SupplierReport) -> Message | None:
    """What must be said of the reach of the register beside what was found; None when it covers every department."""
    reach = report.reach
    if reach.establishments and not reach.uncovered:
        return None
    covered = _listed(reach.covered)
    if not reach.uncovered:
        return message("suppliers.reach.empty", covered=covered)
    uncovered = _listed(reach.uncovered)
    kind = "some" if reach.establishments else "none"
    return message(f"suppliers.reach.{kind}", n=len(reach.uncovered), uncovered=uncovered, covered=covered)


def _listed(departments: tuple[str, ...]) -> Message | str:
    if not departments:
        return Message("suppliers.reach.nowhere")
    if len(departments) > _NAMED:
        return message("suppliers.reach.many", n=len(departments))
    return ", ".join(departments)
