"""Rebuilds the invented demonstration territory embedded in `src/ancrage/catalogue/demonstration`.

    python tools/build_demonstration.py

The same communes and the same vocabulary give the same bytes: every drawing is seeded. Nothing is taken from a
register of real firms.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from demonstration.cobot import write_cobot
from demonstration.ground import read_communes
from demonstration.register import SITE_COLUMNS, STOCK_DATE, UNIT_COLUMNS, Draw, site_row, unit_row
from demonstration.statements import COLUMNS, Telling, processes_by_activity

CATALOGUE = Path(__file__).parent.parent / "src" / "ancrage" / "catalogue"
BILLS = ("velo_electrique", "chaise_bureau", "moteur", "cobot")


def _csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, 9, mtime=0) if path.suffix == ".gz" else content)


def build(catalogue: Path, target: Path) -> dict[str, int]:
    """Write every file of the demonstration under `target`; returns the number of rows of each."""
    companies = Draw(read_communes(catalogue)).companies()
    sites = [site_row(company, site) for company in companies for site in company.sites]
    units = [unit_row(company) for company in companies]
    told = Telling(processes_by_activity(catalogue / "capabilities.toml")).rows(companies)
    _put(target / "register.csv.gz", _csv_bytes(SITE_COLUMNS, sorted(sites, key=lambda row: row[2])))
    _put(target / "register_legal_units.csv.gz", _csv_bytes(UNIT_COLUMNS, units))
    _put(target / "statements.csv.gz", _csv_bytes(COLUMNS, told))
    parts = write_cobot(target / "bom" / "cobot.csv")
    _put(target / "index.toml", _index(target))
    return {"sites": len(sites), "units": len(units), "statements": len(told), "cobot": parts}


def _index(target: Path) -> bytes:
    """The hash of every file: a product that meets one of them says that it is invented."""
    names = ["register.csv.gz", "register_legal_units.csv.gz", "statements.csv.gz"]
    names += [f"bom/{name}.csv" for name in BILLS]
    lines = [
        "# Invented demonstration files, known by their hash: whatever derives from one of them says so.",
        f"on = {STOCK_DATE.isoformat()}",
    ]
    for name in names:
        digest = hashlib.sha256((target / name).read_bytes()).hexdigest()
        lines += ["", "[[file]]", f'name = "{name}"', f'sha256 = "{digest}"']
    return ("\n".join(lines) + "\n").encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--catalogue", type=Path, default=CATALOGUE, help="where communes and vocabulary are read")
    parser.add_argument("--target", type=Path, default=CATALOGUE / "demonstration", help="default: %(default)s")
    arguments = parser.parse_args()
    for name, rows in build(arguments.catalogue, arguments.target).items():
        print(f"{name}: {rows} rows")


if __name__ == "__main__":
    main()
