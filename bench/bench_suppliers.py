"""Who could make 2,200 lines, among 300,000 establishments: seconds and peak memory.

Lines are those of the demonstration cobot, classified beforehand (not counted). Establishments are drawn with a seed
around Besançon: a mixed area (one in seven is industrial, as in a register) and, as the worst case, an area where all
are. 3,000 of the sites have dated statements.
"""

from __future__ import annotations

import random
import resource
import statistics
import time
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path

import numpy as np
import pyarrow as pa

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.assemble import classified
from ancrage.dossier.bom.classify import load_classifier
from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.model import Classification, Line
from ancrage.dossier.suppliers.ground import Around
from ancrage.dossier.suppliers.report import Options, RegisterView, supplier_report
from ancrage.kernel.codes import Siret, luhn_sum
from ancrage.kernel.evidence import Evidence, Vintage
from ancrage.reference.capability import load_capabilities
from ancrage.reference.company import BANDS
from ancrage.reference.nomenclature import naf_rev2
from ancrage.reference.statement import Statement, StatementOrigin

ROWS = 300_000
ROUNDS = 3
ON = date(2026, 11, 24)
CENTRE = (6.02, 47.24)
VINTAGE = Vintage("demonstration-register", ON, "0" * 64, invented=True)


def lines() -> list[tuple[Line, Classification]]:
    """The 2,200 components of the demonstration cobot, classified."""
    path = Path(str(resources.files("ancrage"))) / "catalogue" / "demonstration" / "bom" / "cobot.csv"
    reading = read_bom(read_sheet(path), Evidence("file:cobot", "sheets.read_sheet"))
    found = classified(reading.counting, load_classifier())
    return [(line, found[line.key]) for line in reading.counting]


def register(industrial: float) -> pa.Table:
    """Establishments in the columns that the step reads; `industrial` is the share of divisions 10 to 33."""
    drawn = np.random.default_rng(20260104)
    known = [code for code, item in naf_rev2().items.items() if item.level == "subclass"]
    factories = [code for code in known if "10" <= code[:2] <= "33"]
    others = [code for code in known if code not in set(factories)]
    is_factory = drawn.random(ROWS) < industrial
    activity = np.where(is_factory, drawn.choice(factories, ROWS), drawn.choice(others, ROWS))
    sirens = [f"{number:08d}" for number in range(ROWS)]
    sirets = [_siret(siren) for siren in sirens]
    bands = np.array(["", *BANDS])[drawn.integers(0, len(BANDS), ROWS)]
    return pa.table(
        {
            "siret": pa.array(sirets),
            "siren": pa.array([siret[:9] for siret in sirets]),
            "name": pa.array([f"SITE {siret[3:9]}" for siret in sirets]),
            "activity": pa.array(activity.tolist()),
            "band": pa.array([band or None for band in bands.tolist()]),
            "employer": pa.array([None if not band else band != "00" for band in bands.tolist()], pa.bool_()),
            "commune": pa.array(["25056"] * ROWS),
            "longitude": pa.array(drawn.normal(CENTRE[0], 0.7, ROWS)),
            "latitude": pa.array(drawn.normal(CENTRE[1], 0.5, ROWS)),
            "point_basis": pa.array(["address"] * ROWS),
            "active": pa.array([True] * ROWS),
        }
    )


def _siret(body: str) -> str:
    siren = body + _key(body)
    return siren + "0001" + _key(siren + "0001")


def _key(body: str) -> str:
    return str(-luhn_sum(body + "0") % 10)


def statements(table: pa.Table) -> tuple[Statement, ...]:
    """Three thousand sites that state one of the processes of their activity."""
    source = random.Random(20260105)
    by_activity: dict[str, list[str]] = {}
    for process in load_capabilities().processes:
        for activity in process.naf:
            by_activity.setdefault(activity.code, []).append(process.id)
    rows = [row for row, code in enumerate(table.column("activity").to_pylist()) if code in by_activity]
    evidence = Evidence("demonstration-statements", "statement.read", VINTAGE)
    sirets, activities = table.column("siret").to_pylist(), table.column("activity").to_pylist()
    return tuple(
        Statement(
            Siret(sirets[row]), source.choice(by_activity[activities[row]]), Decimal(source.randint(50, 3000)), (),
            ("iso-9001",), None, StatementOrigin.FIRM_CLAIM, date(2026, 1, source.randint(1, 28)), None, evidence,
        )
        for row in sorted(source.sample(rows, 3000))
    )  # fmt: skip


def main() -> None:
    """Print seconds (median of rounds), shortlists and peak memory, for both areas."""
    wanted, options = lines(), Options(ON)
    print(f"{len(wanted)} lines, {ROWS:,} establishments, radius 100 km, {ROUNDS} rounds")
    for name, share in (("mixed area", 1 / 7), ("all industrial", 1.0)):
        table = register(share)
        view = RegisterView(table, VINTAGE, None, statements(table))
        before = _peak()
        seconds, work = [], []
        for _ in range(ROUNDS):
            start, started = time.perf_counter(), time.process_time()
            report = supplier_report(wanted, view, Around(CENTRE, 100.0), options)
            seconds.append(time.perf_counter() - start)
            work.append(time.process_time() - started)
        took, worked = statistics.median(seconds), statistics.median(work)
        print(
            f"{name}: {took:.2f} s ({worked:.2f} s of processor), peak {_peak():.0f} MB (before: {before:.0f} MB), "
            f"{sum(len(one.matches) for one in report.shortlists)} matches, {len(report.coverage.picks)} picks, "
            f"{len(report.coverage.uncovered)} lines uncovered"
        )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
