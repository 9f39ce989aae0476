"""Which processes a line asks: not those of the name of goods or of what stands beside, finishes after the making."""

from __future__ import annotations

from functools import cache

import pytest

from ancrage.dossier.bom.classify import LineClassifier, load_classifier


@cache
def classifier() -> LineClassifier:
    return load_classifier()


def processes(text: str) -> list[str]:
    return [one.code for one in classifier().classify([text])[0].processes]


@pytest.mark.parametrize("text", ["Collier de câblage 200 mm", "COLLIER DE CABLAGE NOIR 4,8x200"])
def test_a_process_that_completes_a_noun_made_otherwise_is_part_of_its_name(text: str) -> None:
    assert "wiring" not in processes(text)
    assert processes(text)[0] == "injection-moulding"


@pytest.mark.parametrize(
    ("text", "process"),
    [("Pièce de fonderie alu", "casting"), ("Câblage", "wiring"), ("Ébauche pour usinage", "machining")],
)
def test_a_process_that_the_part_is_made_by_stays(text: str, process: str) -> None:
    assert process in processes(text)


def test_what_a_part_is_fixed_to_lends_it_no_process() -> None:
    assert "tube-bending" in processes("Porte-bagages")
    assert "tube-bending" not in processes("Feu arrière LED 6 V porte-bagages")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("CNC machined aluminium housing 6061 anodized", "machining", "anodising"),
        ("Seringue 5 ml stérile", "cleanroom-assembly", "sterilisation"),
    ],
)
def test_the_making_comes_before_the_finish(text: str, first: str, last: str) -> None:
    found = processes(text)
    assert (found[0], found[-1]) == (first, last)


def test_a_line_that_begins_with_a_finish_asks_it_first() -> None:
    assert processes("Zingage blanc carter")[0] == "zinc-plating"
