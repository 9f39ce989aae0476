"""Import of the register to its Parquet vintage, against DuckDB writing the same CSV to Parquet.

The import reads an invented StockEtablissement CSV in the official shape, checks every row, sorts, writes, hashes,
syncs and renames; the search index is apart. DuckDB only reads the same CSV, columns told and typed as text, and writes
all of it to Parquet with the same compression. Interleaved rounds, each in a fresh process; the time is that of the
call, the interpreter's start aside, imports of libraries included on both sides. The index is timed once.

`python -m bench register` (1,000,000 rows, 5 rounds; ANCRAGE_BENCH_ROWS and ANCRAGE_BENCH_ROUNDS change them).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.register_csv import write

CASES = ("import", "duckdb", "index")


def run_import(source: Path, folder: Path) -> None:
    """Our import, in a home of its own."""
    from datetime import date

    from ancrage.adapters.home import Home
    from ancrage.adapters.imports import import_register

    import_register(Home.at(folder / "home"), [source], on=date(2026, 11, 1))


def run_duckdb(source: Path, folder: Path) -> None:
    """The peer: the same CSV to Parquet, nothing else."""
    import duckdb

    with source.open(encoding="utf-8") as stream:
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in stream.readline().strip().split(","))
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "1GB", "preserve_insertion_order": False})
    connection.execute(
        f"COPY (SELECT * FROM read_csv('{source}', header = true, columns = {{{columns}}})) "
        f"TO '{folder / 'peer.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
    )


def run_index(_: Path, folder: Path) -> None:
    """The search index of the vintage that the import made."""
    from ancrage.adapters.search_tantivy import TantivyIndex

    (folder / "index").mkdir(exist_ok=True)
    table = next((folder / "home" / "vintages" / "sirene").glob("*/establishments.parquet"))
    TantivyIndex.build(table, folder / "index")


def measured(case: str, source: Path, folder: Path) -> None:
    """In the fresh process: run a case, print its seconds and the peak memory of it and its children, in MB."""
    import resource

    runs: dict[str, Callable[[Path, Path], None]] = {"import": run_import, "duckdb": run_duckdb, "index": run_index}
    start = time.perf_counter()
    runs[case](source, folder)
    seconds = time.perf_counter() - start
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"seconds": seconds, "peak": max(peaks)}))


def _round(case: str, source: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.bench_register", case, str(source), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Print rows per second of each, their ratio, peak memory."""
    rows = int(os.environ.get("ANCRAGE_BENCH_ROWS", "1000000"))
    rounds = int(os.environ.get("ANCRAGE_BENCH_ROUNDS", "5"))
    with tempfile.TemporaryDirectory(prefix="ancrage-bench-") as name:
        folder = Path(name)
        source = folder / "StockEtablissement_utf8.csv"
        write(source, rows)
        found: dict[str, list[dict[str, float]]] = {"import": [], "duckdb": []}
        for number in range(rounds):
            for case, results in found.items():
                one = folder / f"{case}{number}"
                one.mkdir()
                results.append(_round(case, source, one))
        index = _round("index", source, folder / "import0")
        print(f"{rows:,} rows, {source.stat().st_size / 1e6:.0f} MB of CSV, {rounds} interleaved rounds")
    medians = {case: statistics.median(result["seconds"] for result in results) for case, results in found.items()}
    for case, seconds in medians.items():
        peak = max(result["peak"] for result in found[case])
        print(f"{case:8} {rows / seconds:12,.0f} rows/s   median {seconds:.2f} s   peak {peak:.0f} MB")
    seconds, peak = index["seconds"], index["peak"]
    print(f"{'index':8} {rows / seconds:12,.0f} rows/s   once {seconds:.2f} s   peak {peak:.0f} MB")
    ratios = [ours["seconds"] / peer["seconds"] for ours, peer in zip(*found.values(), strict=True)]
    print(f"import / duckdb, rows per second: {1 / statistics.median(ratios):.2f} (target at least 0.50)")


if __name__ == "__main__":
    measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
