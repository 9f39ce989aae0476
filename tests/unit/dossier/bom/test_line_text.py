"""Lines cut into words and hints, and words read as what they stand for."""

from __future__ import annotations

import numpy as np
import pytest

from ancrage.dossier.bom.text import folded, stem, stems_of, tokens_of
from ancrage.dossier.bom.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Vis CHC M6x20", ("vis", "chc", "#thread")),
        ("ROULT 6204 2RS", ("roult", "#bearing-ball")),
        ("Butée à aiguilles AXK 3047", ("bute", "aiguille", "#bearing-thrust")),
        ("Res 4k7 1% 0805", ("res", "#ohm", "#percent", "#smd")),
        ("Cond 100nF 50V", ("cond", "#farad", "#volt")),
        ("Moteur 230/400V 1,5kW", ("moteur", "#mains", "#watt")),
        ("Tôles S235JR ép. 3", ("tole", "#steel-grade", "s235jr", "#length")),
        ("Corps fonte GJS-400-15", ("corp", "fonte", "#iron-grade", "gjs")),
        ("Capot PA6 GF30 UL94-V0", ("capot", "pa6", "#glass-fibre", "gf30", "#flame-class", "ul94", "v0")),
        ("Galet Ø20", ("galet", "#diameter")),
        ("Support plan 4512-B", ("support", "#drawing")),
        ("", ()),
        ("12 345", ()),
    ],
)
def test_sizes_and_grades_become_hints(text: str, stems: tuple[str, ...]) -> None:
    assert stems_of(text) == stems


@pytest.mark.parametrize("text", ["Pneu 700x35", "Planche 200x20", "Réflecteur 12", "Report 3"])
def test_a_word_is_not_taken_for_a_reference(text: str) -> None:
    assert not {"#reference", "#drawing"} & set(stems_of(text))


def test_case_accents_and_plurals_do_not_count() -> None:
    assert stems_of("TOLES PLIEES") == stems_of("tôle pliée") == stems_of("Tôles Pliées")


def test_folding_keeps_the_place_of_each_character() -> None:
    plain, places = folded("Œillet Ø8")
    assert plain == "oeillet ø8"
    assert [places[0], places[1], places[2]] == [0, 0, 1]


def test_a_token_keeps_what_was_written_and_its_segment() -> None:
    tokens = tokens_of("Brg., needle roller")
    assert [(token.raw, token.dotted, token.segment) for token in tokens] == [
        ("Brg", True, 0),
        ("needle", False, 1),
        ("roller", False, 1),
    ]


@pytest.mark.parametrize(
    ("word", "expected"), [("glass", "glass"), ("vis", "vis"), ("batteries", "battery"), ("m12s", "m12s")]
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    words = (
        "accouplement",
        "aiguille",
        "bracket",
        "heat",
        "refroidissement",
        "roulement",
        "sink",
        "washer",
        "zzz",
        "vbelt",
    )
    frequency = np.array([5, 5, 5, 5, 5, 9, 5, 5, 0, 2], dtype=np.int32)
    return Vocabulary(words, frequency, {"roult": ("roulement",)}, frozenset({"noir"}), {}, frozenset())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("roult", "roulement"),
        ("roullement", "roulement"),
        ("rouelment", "roulement"),
        ("rolment", None),
        ("aiguilel", "aiguille"),
        ("refroid.", "refroidissement"),
        ("accoupl.", "accouplement"),
        ("wshr", "washer"),
        ("heatsink", "heat"),
        ("V-belt", "vbelt"),
        ("inconnu", None),
    ],
)
def test_an_unknown_word_is_read_as_what_it_may_stand_for(vocabulary: Vocabulary, text: str, word: str | None) -> None:
    read = vocabulary.positions(tokens_of(text))[0].readings
    assert (vocabulary.words[read[0][0]] if read else None) == word


def test_what_was_written_counts_more_than_what_was_guessed(vocabulary: Vocabulary) -> None:
    known, guessed = (vocabulary.positions(tokens_of(text))[0].readings[0][1] for text in ("roulement", "roullement"))
    assert known == 1.0 > guessed


def test_a_word_of_the_tariff_alone_is_never_guessed(vocabulary: Vocabulary) -> None:
    assert vocabulary.positions(tokens_of("zzzz"))[0].readings == ()
