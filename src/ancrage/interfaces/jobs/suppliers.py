"""Find establishments outside any study."""

from __future__ import annotations

from datetime import date

from ancrage.dossier.model import SupplierReport
from ancrage.dossier.suppliers.report import Options, find_suppliers
from ancrage.interfaces.jobs.register import embedded_statements, open_register
from ancrage.interfaces.wiring import open_home
from ancrage.kernel.errors import UsageError


def find_suppliers_near(  # noqa: PLR0913 - all that a person may ask
    text: str,
    near: str | None,
    radius_km: float | None,
    territory: str | None,
    top: int,
    *,
    on: date,
    with_others: bool = False,
    register: str | None = None,
) -> SupplierReport:
    """The establishments that could answer a free question, near a place or in a territory, best first.

    Raises `PlaceError` for a place that cannot be understood, `UsageError` when no place is given or the question is
    empty.
    """
    from ancrage.dossier.bom.classify import load_classifier

    if not text.strip():
        raise UsageError("suppliers.question.empty")
    known = open_register(open_home(), register)
    centre = None if near is None else known.place(near)
    area = None if territory is None else known.place(territory)
    around = known.around(centre, area, radius_km)
    read = load_classifier().classify([text])[0]
    classes = tuple((one.code, one.confidence) for one in read.nace)
    view = known.view(around, embedded_statements(known.vintage))
    options = Options(on, top=top, with_set_aside=with_others, points=known.ground.points)
    return find_suppliers(text, view, around, options, classes)
