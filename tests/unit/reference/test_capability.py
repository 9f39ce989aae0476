"""The vocabulary is whole, answers needs by subsumption, and finds its names in shop-floor texts."""

import copy
import csv
import gzip
import time
import tomllib
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from ancrage.interfaces.wording import LANGUAGES, say
from ancrage.kernel.codes import ActivityVersion
from ancrage.kernel.errors import CatalogueError, UsageError
from ancrage.kernel.message import Message
from ancrage.reference import capability, capability_row
from ancrage.reference.capability import (
    Capabilities,
    CapabilityKind,
    load_capabilities,
    names_of,
    parse_capabilities,
)
from ancrage.reference.phrase import folded_words

Raw = dict[str, Any]
QUOTES = str.maketrans({"“": " ", "”": " ", "«": " ", "»": " "})


@pytest.fixture(scope="module")
def vocabulary() -> Capabilities:
    return load_capabilities()


@pytest.fixture
def raw() -> Raw:
    """Two processes, a material and a certificate: the smallest file with an order in it."""
    return copy.deepcopy(
        tomllib.loads("""
        [[family]]
        id = "machining"
        label = { fr = "Usinage", en = "Machining" }
        [[process]]
        id = "milling"
        family = "machining"
        parents = []
        label = { fr = "Fraisage", en = "Milling" }
        synonyms = { fr = ["fraisage CN"], en = ["CNC milling"] }
        naf = ["25.62B", "25.62A"]
        nace = ["25.62"]
        [[process]]
        id = "milling-5-axis"
        family = "machining"
        parents = ["milling"]
        label = { fr = "Fraisage 5 axes", en = "5-axis milling" }
        synonyms = { fr = ["CU 5 axes"], en = ["5-axis"] }
        naf = ["25.62B"]
        nace = ["25.62"]
        [[material]]
        id = "steel"
        parents = []
        label = { fr = "Acier", en = "Steel" }
        synonyms = { fr = ["acier noir"], en = ["mild steel"] }
        [[certificate]]
        id = "iso-9001"
        label = { fr = "ISO 9001", en = "ISO 9001" }
        synonyms = { fr = ["NF EN ISO 9001"], en = ["ISO 9001 certified"] }
        covers = { fr = "Qualité.", en = "Quality." }
        """)
    )


def found(vocabulary: Capabilities, text: str) -> dict[str, str]:
    return {hit.id: hit.words for hit in vocabulary.find(text)}


# ---- the embedded file ----


def test_the_vocabulary_covers_the_trades_of_the_field(vocabulary: Capabilities) -> None:
    assert len(vocabulary.processes) >= 150
    assert len(vocabulary.materials) >= 80
    assert len(vocabulary.certificates) >= 30
    assert {process.family for process in vocabulary.processes} == {family.id for family in vocabulary.families}


def test_every_process_is_done_by_activities_that_the_french_nomenclature_knows(
    vocabulary: Capabilities,
) -> None:
    path = resources.files("ancrage").joinpath("catalogue", "nomenclatures", "naf_rev2.csv.gz")
    rows = csv.DictReader(gzip.decompress(path.read_bytes()).decode("utf-8").splitlines())
    levels = {row["code"]: row["level"] for row in rows}
    for process in vocabulary.processes:
        assert {levels.get(activity.code) for activity in process.naf} == {"subclass"}, process.id
        assert {levels.get(activity.code) for activity in process.nace} == {"class"}, process.id


def test_activities_carry_their_edition(vocabulary: Capabilities) -> None:
    milling = vocabulary.process("milling-5-axis")
    assert [(activity.version, activity.code) for activity in milling.naf] == [(ActivityVersion.NAF_REV2, "25.62B")]
    assert [(activity.version, activity.code) for activity in milling.nace] == [(ActivityVersion.NACE_REV2, "25.62")]


def test_every_process_has_at_least_five_shop_floor_names_in_each_language(vocabulary: Capabilities) -> None:
    for process in vocabulary.processes:
        assert min(len(process.synonyms["fr"]), len(process.synonyms["en"])) >= 5, process.id


def test_an_entry_does_not_give_the_same_name_twice_in_a_language(vocabulary: Capabilities) -> None:
    for entry in vocabulary.entries.values():
        for language, synonyms in entry.synonyms.items():
            names = [folded_words(name) for name in (entry.label[language], *synonyms)]
            assert len(set(names)) == len(names), (entry.id, language)


# ---- subsumption ----


def test_five_axis_milling_answers_a_need_for_milling_but_not_the_reverse(vocabulary: Capabilities) -> None:
    assert vocabulary.answers("milling-5-axis", "milling")
    assert vocabulary.answers("milling-5-axis", "machining")
    assert vocabulary.answers("milling", "milling")
    assert not vocabulary.answers("milling", "milling-5-axis")
    assert not vocabulary.answers("turning", "milling")


def test_a_process_with_two_parents_answers_both(vocabulary: Capabilities) -> None:
    assert vocabulary.ancestors("mill-turning") == {"milling", "turning", "machining"}


def test_a_grade_answers_a_need_for_its_material(vocabulary: Capabilities) -> None:
    assert vocabulary.answers("stainless-316", "stainless-steel")
    assert not vocabulary.answers("stainless-steel", "stainless-316")
    assert not vocabulary.answers("stainless-316", "steel")


def test_one_certificate_does_not_stand_for_another(vocabulary: Capabilities) -> None:
    assert not vocabulary.answers("en-9100", "iso-9001")


def test_an_unknown_identifier_is_an_error_and_not_a_no(vocabulary: Capabilities) -> None:
    for ask in (
        lambda: vocabulary.answers("milling", "teleportation"),
        lambda: vocabulary.answers("teleportation", "milling"),
        lambda: vocabulary.ancestors("teleportation"),
        lambda: vocabulary.process("teleportation"),
    ):
        with pytest.raises(UsageError, match=r"capability\.unknown.*teleportation"):
            ask()


def test_a_material_is_not_given_for_a_process(vocabulary: Capabilities) -> None:
    with pytest.raises(UsageError, match=r"capability\.not_a_process"):
        vocabulary.process("steel")


# ---- names in texts ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CARTER FONTE GJS-400 5 AXES", {"iron-casting", "ductile-iron", "milling-5-axis"}),
        (
            "Châssis méca-soudé S235 thermolaqué RAL 9005",
            {"welded-fabrication", "structural-steel", "powder-coating"},
        ),
        ("CHASSIS MECA SOUDE S235", {"welded-fabrication", "structural-steel"}),
        ("Axe 42CD4 TTH, rectifié", {"alloy-steel", "heat-treatment", "grinding"}),
        ("capot injecté PA6 GF30 + surmoulage TPE", {"injection-moulding", "polyamide", "overmoulding"}),
        ("support tôle pliée, cataphorèse", {"bending", "cataphoresis"}),
        ("turned bush, brass CW614N", {"turning", "brass"}),
        ("SMT and THT board assembly, IPC-A-610 class 3", None),
        ("Five-axis machining of 7075-T6, EN9100", {"milling-5-axis", "aluminium-7000", "en-9100"}),
        ("joint EPDM 70 shore", {"epdm"}),
        ("Roulement 6204 2RS", set()),
        ("", set()),
        ("--- / ***", set()),
    ],
)
def test_shop_floor_lines_are_read(vocabulary: Capabilities, text: str, expected: set[str] | None) -> None:
    if expected is None:
        expected = {"surface-mount-assembly", "through-hole-assembly", "electronics-assembly", "ipc-a-610"}
    assert set(found(vocabulary, text)) == expected


def test_the_longest_name_wins(vocabulary: Capabilities) -> None:
    assert found(vocabulary, "moule d'injection plastique") == {
        "mould-making": "moule d'injection",
        "plastic": "plastique",
    }
    assert found(vocabulary, "usinage 5 axes") == {"milling-5-axis": "usinage 5 axes"}


def test_a_hit_gives_the_words_as_written_and_where(vocabulary: Capabilities) -> None:
    text = "Pièces  TÔLES-PLIÉES, Ø12"
    (hit,) = vocabulary.find(text)
    assert (hit.kind, hit.id, hit.words) == (CapabilityKind.PROCESS, "bending", "TÔLES-PLIÉES")
    assert text[hit.start : hit.end] == hit.words


def test_accents_written_as_combining_marks_are_the_same_letters(vocabulary: Capabilities) -> None:
    assert found(vocabulary, "cataphore\u0300se") == {"cataphoresis": "cataphore\u0300se"}


def test_a_name_inside_a_longer_word_is_not_found(vocabulary: Capabilities) -> None:
    assert found(vocabulary, "prefraisages inoxydablement 60822") == {}


def test_a_name_cut_by_the_end_of_the_text_is_not_found(vocabulary: Capabilities) -> None:
    assert found(vocabulary, "traitement") == {}
    assert found(vocabulary, "CU 5") == {}


def test_brass_is_not_an_arm(vocabulary: Capabilities) -> None:
    assert found(vocabulary, "Bras robot") == {}
    assert found(vocabulary, "bras, brass") == {"brass": "brass"}


def test_ten_thousand_lines_take_less_than_a_second(vocabulary: Capabilities) -> None:
    lines = [
        "Ensemble mécano-soudé S235 + thermolaquage RAL 9005",
        "Roulement 6204 2RS",
        "Vis CHC M8x20 inox A2",
    ]
    start = time.perf_counter()
    for number in range(10_000):
        vocabulary.find(lines[number % 3])
    assert time.perf_counter() - start < 1


# ---- files that are wrong ----


def drop(section: str, field: str) -> Callable[[Raw], None]:
    def change(raw: Raw) -> None:
        del raw[section][0][field]

    return change


def put(section: str, field: str, value: object, position: int = 0) -> Callable[[Raw], None]:
    def change(raw: Raw) -> None:
        raw[section][position][field] = value

    return change


def again(section: str) -> Callable[[Raw], None]:
    def change(raw: Raw) -> None:
        raw[section].append(copy.deepcopy(raw[section][0]))

    return change


WRONG: list[tuple[Callable[[Raw], None], str, str]] = [
    (drop("process", "label"), "milling", "problem.field"),
    (drop("certificate", "covers"), "iso-9001", "problem.field"),
    (put("process", "colour", "red"), "milling", "problem.field"),
    (put("process", "id", "Fraisage"), "Fraisage", "problem.identifier"),
    (put("process", "id", 5), "5", "problem.text"),
    (put("process", "family", "cooking"), "milling", "problem.family"),
    (put("process", "family", " "), "milling", "problem.text"),
    (put("process", "parents", ["turning"]), "milling", "problem.parent"),
    (put("process", "parents", ["steel"]), "milling", "problem.parent"),
    (put("process", "parents", ["milling"]), "milling", "problem.circle"),
    (put("process", "parents", ["milling-5-axis"]), "milling", "problem.circle"),
    (put("process", "label", {"fr": "Fraisage"}), "milling", "problem.languages"),
    (put("process", "label", {"fr": "Fraisage", "en": ""}), "milling", "problem.text"),
    (put("process", "synonyms", {"fr": ["fraisage CN"], "en": []}), "milling", "problem.languages"),
    (put("process", "synonyms", {"fr": ["a b", "a b"], "en": ["c"]}), "milling", "problem.repeated"),
    (put("process", "synonyms", {"fr": "fraisage", "en": ["c"]}), "milling", "problem.list"),
    (put("process", "synonyms", {"fr": ["--"], "en": ["c"]}), "milling", "problem.no_word"),
    (put("process", "synonyms", {"fr": ["Cu 5-AXE"], "en": ["c"]}), "milling-5-axis", "problem.name"),
    (put("material", "synonyms", {"fr": ["fraisages"], "en": ["c"]}), "steel", "problem.name"),
    (put("process", "naf", []), "milling", "problem.activities"),
    (put("process", "naf", ["2562B"]), "milling", "problem.activities"),
    (put("process", "naf", ["25.62"]), "milling", "problem.activities"),
    (put("process", "naf", ["usinage"]), "milling", "code.activity"),
    (put("process", "nace", ["25.61"]), "milling", "problem.classes"),
    (put("process", "nace", ["25.62B"]), "milling", "code.activity"),
    (again("process"), "milling", "problem.twice"),
    (again("family"), "machining", "problem.twice"),
    (put("material", "id", "milling"), "milling", "problem.twice"),
    (lambda raw: raw.pop("material"), "material", "problem.section"),
    (lambda raw: raw.update(machine=[]), "machine", "problem.section"),
    (lambda raw: raw.update(process=[]), "process", "problem.section"),
    (lambda raw: raw.update(process=["milling"]), "process 1", "problem.section"),
]


@pytest.mark.parametrize(("change", "entry", "problem"), WRONG)
def test_a_wrong_file_is_refused_with_its_entry_and_its_fault(
    raw: Raw, change: Callable[[Raw], None], entry: str, problem: str
) -> None:
    change(raw)
    with pytest.raises(CatalogueError) as caught:
        parse_capabilities(raw)
    parameters = dict(caught.value.message.parameters)
    assert caught.value.message.code == "capability.wrong"
    assert parameters["file"] == capability_row.FILE
    assert parameters["entry"] == entry
    assert isinstance(parameters["problem"], Message)
    assert parameters["problem"].code.endswith(problem)
    for language in LANGUAGES:
        assert f" {entry} " in say(caught.value.message, language).translate(QUOTES)


@pytest.mark.parametrize("name", ["absent.toml", "messages"])
def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(capability, "FILE", name)
    with pytest.raises(CatalogueError, match=rf"capability\.unreadable\(file={name}") as caught:
        load_capabilities.__wrapped__()
    for language in LANGUAGES:
        assert name in say(caught.value.message, language)


def test_the_smallest_file_is_accepted(raw: Raw) -> None:
    small = parse_capabilities(raw)
    assert small.answers("milling-5-axis", "milling")
    assert found(small, "Fraisages CN acier noir, ISO 9001") == {
        "milling": "Fraisages CN",
        "steel": "acier noir",
        "iso-9001": "ISO 9001",
    }


def test_names_of_an_entry_are_its_labels_and_synonyms(raw: Raw) -> None:
    small = parse_capabilities(raw)
    assert set(names_of(small.entry("steel"))) == {"Acier", "Steel", "acier noir", "mild steel"}
