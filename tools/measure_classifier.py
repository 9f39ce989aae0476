"""Measures the line classifier on the labelled lines.

    python -m tools.measure_classifier --half sealed

Prints totals: top-1 and top-5 at heading and class, top-5 at six digits, expected calibration error of the first
heading and class (ten bins), and the same for a baseline without lexicon (nearest tariff label by words). For the
`sealed` half nothing but totals is ever printed; `--half look --errors` also lists the lines that fail.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ancrage.dossier.bom.classify import load_classifier
from ancrage.dossier.model import Candidate, Classification
from tools.classifier.corpus import LabelledLine, labelled_lines
from tools.classifier.fitting import expected_error


@dataclass(frozen=True)
class Score:
    """Shares of lines answered right at rank 1 and within rank 5, and the calibration error of rank 1."""

    first: float
    five: float
    error: float
    said: float
    """The mean confidence of first answers."""


def score(answers: Sequence[Sequence[tuple[str, float]]], wanted: Sequence[Sequence[str]]) -> Score:
    """Any acceptable answer counts; a line without answer is wrong, said with confidence 0."""
    first = np.array([bool(found) and found[0][0] in right for found, right in zip(answers, wanted, strict=True)])
    five = np.array([any(code in right for code, _ in found[:5]) for found, right in zip(answers, wanted, strict=True)])
    sure = np.array([found[0][1] if found else 0.0 for found in answers])
    return Score(float(first.mean()), float(five.mean()), expected_error(sure, first.astype(float)), float(sure.mean()))


def pairs(candidates: Sequence[Candidate]) -> list[tuple[str, float]]:
    """Codes and confidences."""
    return [(candidate.code, candidate.confidence) for candidate in candidates]


def measured(found: Sequence[Classification], lines: Sequence[LabelledLine]) -> dict[str, Score]:
    """The scores of the classifier at heading, class and six digits."""
    told = [(one, line) for one, line in zip(found, lines, strict=True) if line.hs]
    return {
        "heading": score([pairs(one.headings) for one in found], [line.headings for line in lines]),
        "nace": score([pairs(one.nace) for one in found], [line.nace for line in lines]),
        "hs6": score([pairs(one.hs) for one, _ in told], [line.hs for _, line in told]),
    }


def main() -> None:
    """Print the table of one half."""
    parser = argparse.ArgumentParser(description="Measure the line classifier.")
    parser.add_argument("--half", choices=("look", "sealed", "later"), required=True)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if options.errors and options.half == "sealed":
        parser.error("the errors of the sealed half are never read")
    lines = labelled_lines(options.half)
    begun = time.perf_counter()
    found = load_classifier().classify([line.text for line in lines])
    print(f"{options.half}: {len(lines)} lines, {time.perf_counter() - begun:.2f} s with loading")
    for name, one in measured(found, lines).items():
        print(
            f"  {name:8} top-1 {one.first:.3f}  top-5 {one.five:.3f}  "
            f"ECE {one.error:.3f}  mean confidence {one.said:.3f}"
        )
    from tools.classifier.baseline import nearest_labels

    headings, nace = nearest_labels([line.text for line in lines])
    for name, ranked, wanted in (
        ("heading", headings, [line.headings for line in lines]),
        ("nace", nace, [line.nace for line in lines]),
    ):
        one = score(ranked, wanted)
        print(f"  baseline {name:8} top-1 {one.first:.3f}  top-5 {one.five:.3f}")
    if options.errors:
        _list_errors(found, lines)


def _list_errors(found: Sequence[Classification], lines: Sequence[LabelledLine]) -> None:
    for one, line in zip(found, lines, strict=True):
        wrong = [
            kind
            for kind, wanted in (("headings", line.headings), ("nace", line.nace))
            if not (c := getattr(one, kind)) or c[0].code not in wanted
        ]
        if wrong:
            said = [(c.code, c.confidence) for c in one.headings[:3]], [(c.code, c.confidence) for c in one.nace[:3]]
            print(f"{line.text} | {line.headings} {line.nace} | {said} | {one.headings[0].why if one.headings else ''}")


if __name__ == "__main__":
    main()
