"""Reading 100,000 lines: seconds and peak memory of this process and of the reading child, CSV and XLSX.

Peer in the same run: openpyxl (read-only) and the csv module, which only give cells.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LINES = 100_000
HEAD = (
    "Niveau",
    "Référence",
    "Désignation",
    "Quantité",
    "Unité",
    "Prix unitaire",
    "Devise",
    "Fournisseur",
    "Pays d'origine",
    "Code SH",
    "Matière",
    "Masse unitaire (kg)",
    "Délai (jours)",
    "Criticité",
)


def rows(lines: int) -> list[list[object]]:
    """An invented bill of materials of three levels."""
    chance = random.Random(1)
    found: list[list[object]] = []
    for i in range(lines):
        level = 0 if i == 0 else 1 if i % 20 == 1 else 2
        price = chance.randint(1, 99_999) / 100 if level == 2 else None
        found.append(
            [
                level,
                f"REF-{i}",
                f"Pièce usinée numéro {i}",
                chance.randint(1, 9),
                "pcs",
                price,
                "EUR",
                f"Fournisseur {i % 300}",
                chance.choice(["France", "Chine", "Allemagne", "JP"]),
                chance.choice(["731815", "848240", "850110"]),
                "acier",
                chance.randint(1, 999) / 1000,
                chance.randint(1, 90),
                chance.choice(["oui", "non", None]),
            ]
        )
    return found


def write_csv(path: Path, lines: list[list[object]]) -> None:
    """Semicolons and decimal commas, as a French ERP writes."""
    with path.open("w", encoding="cp1252", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(HEAD)
        writer.writerows([str(c).replace(".", ",") if isinstance(c, float) else c for c in line] for line in lines)


def write_xlsx(path: Path, lines: list[list[object]]) -> None:
    """Typed cells."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("BOM")
        for number, line in enumerate([list(HEAD), *lines]):
            sheet.write_row(number, 0, line)


def ours(path: Path) -> None:
    """Read, explode, total, in a process of its own, and print its figures."""
    script = (
        "import resource, sys, time; from pathlib import Path;"
        "from ancrage.adapters.sheets import read_sheet; from ancrage.dossier.bom.read import read_bom;"
        "from ancrage.kernel.evidence import Evidence; t = time.perf_counter();"
        "r = read_bom(read_sheet(Path(sys.argv[1])), Evidence('file:bench', 'bom.read')); t = time.perf_counter() - t;"
        "peak = lambda who: resource.getrusage(who).ru_maxrss // 1024;"
        "print(f'ancrage   {t:6.2f} s   {len(r.lines)} lines, {r.status.value}, {dict(r.totals)}, peak"
        " {peak(resource.RUSAGE_SELF)} MB + child {peak(resource.RUSAGE_CHILDREN)} MB')"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)


def _openpyxl(path: Path) -> int:
    import openpyxl

    return sum(
        1 for _ in openpyxl.load_workbook(path, read_only=True, data_only=True).active.iter_rows(values_only=True)
    )


def _csv(path: Path) -> int:
    with path.open(encoding="cp1252", newline="") as stream:
        return sum(1 for _ in csv.reader(stream, delimiter=";"))


def peer(name: str, read: Callable[[Path], int], path: Path) -> None:
    """Seconds of a reader that only gives cells."""
    start = time.perf_counter()
    count = read(path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:9s} {time.perf_counter() - start:6.2f} s   {count} rows of cells, nothing understood, peak {peak} MB")


def main() -> None:
    """Print the figures."""
    lines = rows(LINES)
    with tempfile.TemporaryDirectory() as folder:
        for kind, write, name, read in (("csv", write_csv, "csv", _csv), ("xlsx", write_xlsx, "openpyxl", _openpyxl)):
            path = Path(folder) / f"bom.{kind}"
            write(path, lines)
            print(f"{kind}: {LINES} lines, {path.stat().st_size / 1e6:.1f} MB", flush=True)
            ours(path)
            peer(name, read, path)


if __name__ == "__main__":
    main()
