"""Run every benchmark, or those named: `python -m bench classify study`.

Each `bench_<name>.py` of this folder has a `main()` that prints its figures: medians of interleaved rounds, ratios in
the same run, peak memory. Nothing here is a test: a slow machine fails nothing.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Run the benchmarks asked for; 64 when one does not exist."""
    known = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.stderr.write(f"no benchmark named {', '.join(unknown)}; there are: {', '.join(known)}\n")
        return 64
    for name in names or known:
        print(f"\n== {name} ==", flush=True)
        importlib.import_module(f"bench.bench_{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
