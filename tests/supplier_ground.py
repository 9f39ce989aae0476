"""A small register made by hand around Belfort, and the words to question it: for tests of supplier discovery."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

import pyarrow as pa

from ancrage.dossier.suppliers.ground import Around, Ground, survey
from ancrage.dossier.suppliers.need import Need
from ancrage.dossier.suppliers.report import Options, RegisterView
from ancrage.dossier.suppliers.rules import load_rules
from ancrage.kernel.codes import Siret
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.ports import Hit, Search
from ancrage.reference.capability import Capabilities, load_capabilities
from ancrage.reference.statement import Statement, StatementOrigin
from tests.factories import REGISTER, STUDY_DAY
from tests.factories import siret as siret_of

BELFORT = (6.8628, 47.6397)
FAR = (2.3522, 48.8566)
SAID = Evidence("demonstration-statements", "statement.read", REGISTER)
RULES = load_rules()


@cache
def vocabulary() -> Capabilities:
    return load_capabilities()


@dataclass(frozen=True, slots=True)
class Site:
    """One row of the register; `company` defaults to one of its own."""

    number: int
    activity: str | None = "25.62B"
    band: str | None = "12"
    employer: bool | None = True
    point: tuple[float, float] | None = BELFORT
    company: int | None = None
    commune: str = "90010"
    active: bool = True
    name: str | None = "ZORELIVANE"

    @property
    def siret(self) -> Siret:
        return siret_of(self.number)


def register(sites: Iterable[Site]) -> pa.Table:
    """The columns of `establishments` that the step reads."""
    rows = list(sites)

    def column(values: Sequence[object], kind: pa.DataType) -> pa.Array:
        return pa.array(list(values), kind)

    return pa.table(
        {
            "siret": column([str(one.siret) for one in rows], pa.string()),
            "siren": column([str(siret_of(one.company or one.number)[:9]) for one in rows], pa.string()),
            "name": column([one.name for one in rows], pa.string()),
            "activity": column([one.activity for one in rows], pa.string()),
            "band": column([one.band for one in rows], pa.string()),
            "employer": column([one.employer for one in rows], pa.bool_()),
            "commune": column([one.commune for one in rows], pa.string()),
            "longitude": column([one.point and one.point[0] for one in rows], pa.float64()),
            "latitude": column([one.point and one.point[1] for one in rows], pa.float64()),
            "point_basis": column([one.point and "address" for one in rows], pa.string()),
            "active": column([one.active for one in rows], pa.bool_()),
        }
    )


AROUND = Around(BELFORT, 50.0)


def ground_of(sites: Iterable[Site], around: Around = AROUND) -> Ground:
    return survey(register(sites), around)


def statement(number: int, process: str | None = "milling", **changes: object) -> Statement:
    """A recent visit that saw a process on a site, with nothing more said; any field can be changed by name."""
    plain = Statement(
        siret=siret_of(number), process=process, max_size_mm=None, materials=(), certificates=(), volume_max=None,
        origin=StatementOrigin.ADVISER_VISIT, on=date(2026, 3, 1), until=None,
        evidence=replace(SAID, place=str(siret_of(number))),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def need(*processes: str, line: str = "L2", **changes: object) -> Need:
    """A need for processes read with confidence 0.9; any field can be changed by name."""
    return replace(Need(line, tuple((one, 0.9) for one in processes), (), main=processes), **changes)  # type: ignore[arg-type]


def view(sites: Iterable[Site], statements: Sequence[Statement] = (), index: FakeIndex | None = None) -> RegisterView:
    return RegisterView(register(sites), REGISTER, index, tuple(statements))


def options(**changes: object) -> Options:
    return replace(Options(STUDY_DAY, vocabulary=vocabulary(), rules=RULES), **changes)  # type: ignore[arg-type]


@dataclass(slots=True)
class FakeIndex:
    """Answers every search with the same hits, and remembers what it was asked."""

    hits: Sequence[Hit]
    asked: list[Search]

    def search(self, question: Search) -> Sequence[Hit]:
        self.asked.append(question)
        return self.hits


def mm(text: str) -> Decimal:
    return Decimal(text)
