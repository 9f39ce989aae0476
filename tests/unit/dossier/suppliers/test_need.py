"""What a line asks is read from its designation and its classification, and nothing else is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ancrage.dossier.model import Candidate, Classification
from ancrage.dossier.suppliers.need import need_of, need_of_text, size_in
from tests.factories import FILE, line
from tests.supplier_ground import RULES, vocabulary


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Entretoise tournée inox Ø30x4", "30"),
        ("Carton 1800x270x1050", "1800"),
        ("Tube de bras aluminium Ø120x410 usiné", "410"),
        ("Jante 28 pouces", None),
        ("Vis CHC M8x25 12.9", None),
        ("Câble 4 mm² silicone", None),
        ("Platine tôle 3 mm", "3"),
        ("Profilé 2,5 m x 40", None),
        ("Plaque 1,2 x 0,8 m", "1200"),
        ("Bague 12,5 cm", "125"),
        ("Moteur 36 V 250 W", None),
        ("Roulement 6208 2RS", None),
        ("Axe diamètre 38", "38"),
        ("Pièce 999999x3", "3"),
    ],
)
def test_the_size_is_the_largest_dimension_written(text: str, size: str | None) -> None:
    assert size_in(text) == (None if size is None else Decimal(size))


def classified(processes: list[tuple[str, float]], nace: list[tuple[str, float]]) -> Classification:
    return Classification(
        "x", (), (), tuple(Candidate(code, sure, ()) for code, sure in nace),
        tuple(Candidate(code, sure, ()) for code, sure in processes), (), (), FILE,
    )  # fmt: skip


def test_readings_below_the_floor_or_after_the_third_are_left() -> None:
    found = classified([("milling", 0.5), ("turning", 0.2), ("boring", 0.2), ("drilling", 0.15), ("sawing", 0.05)], [])
    need = need_of(line(2, "Bride"), found, vocabulary(), RULES)
    assert need.processes == (("milling", 0.5), ("boring", 0.2), ("turning", 0.2))
    assert need.text == "Fraisage"


def test_certificates_and_materials_are_those_the_line_names() -> None:
    need = need_of(line(2, "Corps inox 316L EN 9100 Ø60"), classified([], []), vocabulary(), RULES)
    assert need.certificates == ("en-9100",)
    assert need.materials == ("stainless-316",)
    assert need.size_mm == 60
    assert need.volume is None


def test_two_lines_that_ask_the_same_are_one_question() -> None:
    found = classified([("milling", 0.5)], [("28.15", 0.8)])
    first, second = (need_of(line(row, f"Bride {row}"), found, vocabulary(), RULES) for row in (2, 3))
    assert first.what == second.what
    assert first.line != second.line


def test_a_free_question_keeps_the_most_precise_process_and_the_material() -> None:
    need = need_of_text("usinage aluminium 5 axes", vocabulary(), RULES)
    assert [code for code, _ in need.processes] == ["milling-5-axis"]
    assert need.materials == ("aluminium",)
    assert need.text == "usinage aluminium 5 axes"


def test_the_main_processes_are_the_first_and_those_of_its_family_and_the_others_are_steps() -> None:
    found = classified([("iron-casting", 0.9), ("sand-casting", 0.5), ("machining", 0.4)], [])
    need = need_of(line(2, "Carter fonte usiné"), found, vocabulary(), RULES)
    assert need.main == ("iron-casting", "sand-casting")
    assert need.steps == ("machining",)


def test_a_process_read_with_little_confidence_is_followed_but_nothing_is_said_of_it() -> None:
    need = need_of(line(2, "Bride"), classified([("milling", 0.2)], []), vocabulary(), RULES)
    assert need.processes == (("milling", 0.2),)
    assert need.main == need.steps == ()


def test_a_treatment_is_not_what_makes_a_part() -> None:
    found = classified([("cold-heading", 0.9), ("zinc-plating", 0.95)], [("25.94", 0.9)])
    assert need_of(line(2, "Vis CHC zinguée"), found, vocabulary(), RULES).processes == (("cold-heading", 0.9),)
    product = classified([("zinc-plating", 0.95)], [("25.94", 0.9)])
    assert need_of(line(2, "Vis zinguée"), product, vocabulary(), RULES).processes == ()


@pytest.mark.parametrize(
    ("label", "process"), [("Zingage électrolytique blanc", None), ("Lot de vis", "Zingage électrolytique")]
)
def test_a_line_that_is_a_treatment_asks_for_it(label: str, process: str | None) -> None:
    found = classified([("cold-heading", 0.9), ("zinc-plating", 0.95)], [("25.94", 0.9)])
    need = need_of(line(2, label, process=process), found, vocabulary(), RULES)
    assert need.main == ("zinc-plating",)
