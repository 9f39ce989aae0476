"""The cover takes the site that adds most lines, and always the same one."""

from __future__ import annotations

import numpy as np

from ancrage.dossier.suppliers.assign import Offer, cover


def offer(lines: str, rows: list[int], scores: list[float] | None = None) -> Offer:
    marks = np.array(scores or [0.5] * len(rows), dtype=np.float64)
    return Offer(tuple(lines.split()), np.array(rows, dtype=np.int64), marks)


def test_the_site_that_covers_most_lines_comes_first() -> None:
    picks, uncovered = cover([offer("a", [0, 1]), offer("b", [1]), offer("c", [2]), offer("d", [])], 3)
    assert picks == ((1, ("a", "b")), (2, ("c",)))
    assert uncovered == ("d",)


def test_lines_that_ask_the_same_count_each() -> None:
    picks, _ = cover([offer("a b c", [0]), offer("d", [1]), offer("e", [1])], 2)
    assert picks[0] == (0, ("a", "b", "c"))


def test_ties_go_to_the_higher_score_then_to_the_first_siret() -> None:
    assert cover([offer("a", [0, 1], [0.4, 0.6])], 2)[0][0][0] == 1
    assert cover([offer("a", [0, 1], [0.6, 0.6])], 2)[0][0][0] == 0


def test_no_line_needs_no_site() -> None:
    assert cover([], 0) == ((), ())
