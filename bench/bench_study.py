"""A whole study, as an adviser runs it: 2,200 lines against a register of 300,000 establishments, four files written.

A fresh process a round runs `ancrage study` on the demonstration cobot; its register is a generated file of the
official shape, imported with its search index beforehand (not counted). Seconds, processor seconds, peak memory.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import resources
from pathlib import Path

from bench.register_csv import write

ROWS = 300_000
TARGET_SECONDS = 10
TARGET_MEGABYTES = 1500


def main() -> None:
    """Print the medians of the rounds beside the targets."""
    rounds = int(os.environ.get("ANCRAGE_BENCH_ROUNDS", "3"))
    rows = int(os.environ.get("ANCRAGE_BENCH_ROWS", str(ROWS)))
    with tempfile.TemporaryDirectory(prefix="ancrage-bench-") as name:
        folder = Path(name)
        source = folder / "StockEtablissement_utf8.csv"
        write(source, rows)
        environment = {**os.environ, "ANCRAGE_HOME": str(folder / "home")}
        _run(environment, "data", "import", str(source), "--source", "sirene", "--on", "2026-01-01", "--quiet")
        found = [_study(environment, folder / f"out{number}") for number in range(rounds)]
    seconds = statistics.median(one[0] for one in found)
    processor = statistics.median(one[1] for one in found)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"2,200 lines, {rows:,} establishments in reach, median of {rounds}")
    print(f"study   {seconds:6.2f} s (target {TARGET_SECONDS})   {processor:6.2f} s of processor")
    print(f"largest process, import included: {peak:.0f} MB (target {TARGET_MEGABYTES})")


def _study(environment: dict[str, str], out: Path) -> tuple[float, float]:
    bom = Path(str(resources.files("ancrage"))) / "catalogue" / "demonstration" / "bom" / "cobot.csv"
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    everywhere = ("--site", "commune:25056", "--radius", "1500", "--on", "2026-01-01")
    _run(environment, "study", str(bom), *everywhere, "--out", str(out), "--quiet")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, spent


def _run(environment: dict[str, str], *arguments: str) -> None:
    command = [str(Path(sys.executable).parent / "ancrage"), *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
