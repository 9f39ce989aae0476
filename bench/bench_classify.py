"""2,200 shop-floor lines: time with loading, against the nearest label by TF-IDF in the same run."""

from __future__ import annotations

import csv
import statistics
import time
from pathlib import Path

LINES = 2_200
ROUNDS = 3
LOOK = Path(__file__).parents[1] / "tests" / "golden" / "classify" / "look.csv"


def _texts() -> list[str]:
    with LOOK.open(encoding="utf-8", newline="") as stream:
        known = [row["text"] for row in csv.DictReader(stream)]
    return [f"{known[number % len(known)]} {number}" for number in range(LINES)]


def main() -> None:
    """Print the medians of interleaved rounds."""
    from ancrage.dossier.bom.classify import load_classifier
    from tools.classifier.baseline import nearest_labels

    texts = _texts()
    ours, theirs = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        load_classifier().classify(texts)
        ours.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        nearest_labels(texts)
        theirs.append(time.perf_counter() - begun)
    mine, peer = statistics.median(ours), statistics.median(theirs)
    print(f"{LINES} lines, loading included: {mine:.2f} s (target 5 s)")
    print(f"nearest tariff label: {peer:.2f} s, {peer / mine:.1f} times as long")


if __name__ == "__main__":
    main()
