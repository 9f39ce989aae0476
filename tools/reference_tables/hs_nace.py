"""From Harmonized System codes to the NACE rev. 2 class whose output they are.

`facts/hs_nace.csv` states the facts as ranges: every heading from `first` to `last` has that main class; a range of
six-digit codes is an exception to its heading. The facts are those of Eurostat's correspondence between CN 2022 and
CPA 2.1, the first four digits of a CPA code being a NACE class. A class of CPA that gathers several NACE classes is
given as one of them: 03.00 (fish) as marine fishing 03.11 or the aquaculture that grows it, 31.00 (seats and parts of
furniture) as 31.09.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from reference_tables.packages import Packages
from reference_tables.writing import Written, write_csv

FACTS = Path(__file__).parent.parent / "facts" / "hs_nace.csv"


def write_hs_nace(packages: Packages, catalogue: Path) -> Written:  # noqa: ARG001 (same shape as the other builders)
    """One row per heading, then the six-digit exceptions. Needs the HS and NAF tables already written.

    Raises `ValueError` for a heading without a class, an unknown class, or an exception that says the same as its
    heading.
    """
    codes = _codes(catalogue, "hs2022")
    classes = {code for code in _codes(catalogue, "naf_rev2") if len(code) == 5}
    classed = dict(_expanded(sorted(codes)))
    for code, nace in classed.items():
        if nace not in classes:
            raise ValueError(f"{code}: {nace} is not a NACE class")
        if len(code) == 6 and classed[code[:4]] == nace:
            raise ValueError(f"{code}: {nace} is already its heading's class")
    if missing := {code for code in codes if len(code) == 4} - classed.keys():
        raise ValueError(f"headings without a class: {sorted(missing)}")
    return write_csv(catalogue, "nomenclatures/hs_nace.csv", ("hs", "nace"), classed.items())


def _codes(catalogue: Path, name: str) -> set[str]:
    with gzip.open(catalogue / "nomenclatures" / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def _expanded(codes: list[str]) -> Iterator[tuple[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, last = row["first"], row["last"]
            covered = [code for code in codes if len(code) == len(first) and first <= code <= last]
            if not covered or covered[0] != first or covered[-1] != last:
                raise ValueError(f"{first}-{last}: not a range of HS codes")
            yield from ((code, row["nace"]) for code in covered)
