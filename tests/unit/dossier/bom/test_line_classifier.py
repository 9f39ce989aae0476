"""What lines are: two readings, reasons, given codes, and lines that say nothing."""

from __future__ import annotations

import gzip
import io
from importlib import resources

import numpy as np
import pytest

from ancrage.dossier.bom import line_model
from ancrage.dossier.bom.classify import LineClassifier, load_classifier
from ancrage.dossier.bom.line_model import FILE, load_model
from ancrage.dossier.bom.matter import agreement
from ancrage.dossier.bom.processes import load_process_rules
from ancrage.dossier.model import Classification
from ancrage.interfaces.wording import LANGUAGES, say
from ancrage.kernel.codes import parse_hs
from ancrage.kernel.errors import CatalogueError
from ancrage.reference.nomenclature import hs2022, naf_rev2


@pytest.fixture(scope="module")
def classifier() -> LineClassifier:
    return load_classifier()


def _one(classifier: LineClassifier, text: str, **columns: str | None) -> Classification:
    return classifier.classify([text], **{name: [value] for name, value in columns.items()})[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "heading", "nace"),
    [
        ("Butée à aiguilles AXK 3047", "8482", "28.15"),
        ("ROULT 6004 2RS", "8482", "28.15"),
        ("VIS BTR M5X12 INOX A4", "7318", "25.94"),
        ("Socket head cap screw M6x25", "7318", "25.94"),
        ("Disj. 2P 16A courbe C", "8536", "27.12"),
        ("Capot ABS injecté", "3926", "22.29"),
        ("Selle vélo", "8714", "30.92"),
        ("Seringue 5ml", "9018", "32.50"),
        ("Sangle polyamide 40mm", "5806", "13.96"),
        ("Vanne papillon DN100", "8481", "28.14"),
    ],
)
def test_common_lines_are_known(classifier: LineClassifier, text: str, heading: str, nace: str) -> None:
    found = _one(classifier, text)
    assert found.headings[0].code == heading
    assert found.nace[0].code == nace


@pytest.mark.parametrize(
    ("text", "heading"),
    [("roullement a bile", "8482"), ("Accouplemnt elastique", "8483"), ("Condensatuer 100nF 0603", "8532")],
)
def test_a_typing_error_does_not_hide_a_part(classifier: LineClassifier, text: str, heading: str) -> None:
    assert _one(classifier, text).headings[0].code == heading


def test_a_cast_housing_is_a_product_and_a_process(classifier: LineClassifier) -> None:
    found = _one(classifier, "Carter réducteur fonte GJL250 usiné")
    assert found.headings[0].code == "8483"
    processes = {one.code: one for one in found.processes}
    assert processes["iron-casting"].nace[0] == "24.51"
    assert processes["machining"].nace == ("25.62",)
    assert [one.code for one in found.materials] == ["cast-iron"] or found.materials[0].code.endswith("iron")


def test_the_process_reading_never_enters_the_product_one(classifier: LineClassifier) -> None:
    found = _one(classifier, "Carter réducteur fonte GJL250 usiné")
    assert not {one.code for one in found.nace} & {"24.51", "25.62"}


def test_matter_moves_a_part_to_its_own_heading(classifier: LineClassifier) -> None:
    texts = ("Support acier S235", "Support alu 6082", "Support PA66 GF30")
    assert [one.headings[0].code for one in classifier.classify(texts)] == ["7326", "7616", "3926"]


def test_the_matter_of_another_column_counts(classifier: LineClassifier) -> None:
    assert _one(classifier, "Support", materials="Aluminium 6082").headings[0].code == "7616"
    assert _one(classifier, "Support moteur", materials="Aluminium 6082").materials[0].code == "aluminium-6000"


def test_the_process_of_another_column_leads(classifier: LineClassifier) -> None:
    found = _one(classifier, "Support moteur", processes="Découpe laser")
    assert found.processes[0].code == "laser-cutting"
    assert found.processes[0].why[0].code == "classify.why.process_column"


@pytest.mark.parametrize("text", ["XXX-123", "qsdfgh", "12345", "ref 4512", "KJH-22 rev B", "???"])
def test_a_line_without_meaning_gets_no_answer(classifier: LineClassifier, text: str) -> None:
    found = _one(classifier, text)
    assert (found.headings, found.hs, found.nace) == ((), (), ())
    assert [problem.code for problem in found.problems] == ["classify.meaningless"]


def test_a_matter_alone_does_not_tell_what_a_line_is(classifier: LineClassifier) -> None:
    found = _one(classifier, "XXX-123", materials="Inox 304")
    assert found.headings == ()
    assert found.materials[0].code == "stainless-304"


def test_an_empty_line_says_so(classifier: LineClassifier) -> None:
    assert [problem.code for problem in _one(classifier, "  ").problems] == ["classify.empty"]


@pytest.mark.parametrize("text", ["Frais de port", "Main d'œuvre montage", "divers", "Shipping cost"])
def test_what_is_not_goods_gets_no_code(classifier: LineClassifier, text: str) -> None:
    found = _one(classifier, text)
    assert found.headings == ()
    assert [problem.code for problem in found.problems] == ["classify.not_goods"]


def test_miscellaneous_before_a_noun_is_only_a_qualifier(classifier: LineClassifier) -> None:
    assert _one(classifier, "Divers vis inox").headings[0].code == "7318"


def test_a_vague_line_is_said_with_little_confidence(classifier: LineClassifier) -> None:
    vague, plain = classifier.classify(["Ensemble 45-887", "Roulement à billes 6004"])
    assert not vague.headings or vague.headings[0].confidence < 0.7
    assert plain.headings[0].confidence > 0.9


def test_a_given_code_wins(classifier: LineClassifier) -> None:
    found = _one(classifier, "Roulement à billes 6004", given=parse_hs("8482.10"))
    assert [(one.code, one.confidence) for one in found.hs] == [("848210", 1.0)]
    assert found.headings[0].why[0].code == "classify.why.given"
    assert found.nace[0].code == "28.15"
    assert found.problems == ()


def test_a_given_code_that_the_text_contradicts_is_kept_with_a_warning(classifier: LineClassifier) -> None:
    found = _one(classifier, "Roulement à billes 6004", given=parse_hs("610910"))
    assert found.headings[0].code == "6109"
    assert [problem.code for problem in found.problems] == ["classify.given_contradicts"]


def test_a_given_code_that_does_not_exist_is_set_aside(classifier: LineClassifier) -> None:
    found = _one(classifier, "Roulement à billes 6004", given="848299")
    missing = _one(classifier, "Roulement à billes 6004", given="848211")
    assert found.hs[0].code == "848299"
    assert missing.headings[0].code == "8482"
    assert [problem.code for problem in missing.problems] == ["classify.given_unknown"]


def test_a_given_code_of_another_shape_is_a_warning(classifier: LineClassifier) -> None:
    found = _one(classifier, "Roulement à billes 6004", given="abc")
    assert found.headings[0].code == "8482"
    assert [problem.code for problem in found.problems] == ["kernel.code.hs"]


def test_a_given_code_saves_a_line_without_meaning(classifier: LineClassifier) -> None:
    found = _one(classifier, "XXX-123", given="848210")
    assert (found.hs[0].code, found.nace[0].code) == ("848210", "28.15")


def test_answers_agree_with_one_another(classifier: LineClassifier) -> None:
    for found in classifier.classify(
        ["Vis CHC M6", "Support moteur tôle pliée", "Carte relais 8 voies", "Housse", "Joint"]
    ):
        headings = {one.code for one in found.headings}
        assert {one.code[:4] for one in found.hs} <= headings
        assert all(hs2022().exists(one.code) and len(one.code) == 6 for one in found.hs)
        assert all(naf_rev2().exists(one.code) and len(one.code) == 5 for one in found.nace)


def test_confidences_are_shares_that_never_rise_with_the_rank(classifier: LineClassifier) -> None:
    for found in classifier.classify(["Vis CHC M6", "Plaque", "Joint torique", "Bague"], top=8):
        for candidates in (found.headings, found.hs, found.nace, found.processes):
            sure = [one.confidence for one in candidates]
            assert all(0.0 <= one <= 1.0 for one in sure)
            assert sure == sorted(sure, reverse=True)


def test_every_answer_says_why_in_both_languages(classifier: LineClassifier) -> None:
    texts = [
        "Roult 6004",
        "Support ABS",
        "Zylindrix de bombardon en laiton",
        "Carter fonte",
        "Frais de port",
        "XXX-9",
        "",
    ]
    for found in classifier.classify(texts, given=["8482", None, None, "848210", None, None, None]):
        candidates = (*found.headings, *found.hs, *found.nace, *found.processes, *found.materials)
        assert all(one.why for one in candidates)
        for told in (*found.problems, *(why for one in candidates for why in one.why)):
            assert all("{" not in say(told, language) for language in LANGUAGES)


def test_why_names_the_words_of_the_line_and_the_term(classifier: LineClassifier) -> None:
    why = _one(classifier, "ROULT à billes 6004").headings[0].why[0]
    assert why.code == "classify.why.lexicon"
    assert "ROULT" in str(dict(why.parameters)["words"])


def test_order_and_number_of_lines_are_kept(classifier: LineClassifier) -> None:
    texts = ["Vis M6", "", "Vis M6", "Pompe"]
    found = classifier.classify(texts, top=2)
    assert [one.text for one in found] == texts
    assert found[0] == found[2]
    assert all(len(one.headings) <= 2 for one in found)


def test_a_line_reads_the_same_alone_or_among_others(classifier: LineClassifier) -> None:
    texts = [f"{word} {number}" for number in range(60) for word in ("Vis", "Pompe", "Capot", "Joint", "Support")]
    together = classifier.classify(texts)
    for place in (0, 150, 299):
        alone = classifier.classify([texts[place]])[0]
        assert [one.code for one in alone.headings] == [one.code for one in together[place].headings]
        assert alone.headings[0].confidence == pytest.approx(together[place].headings[0].confidence, abs=2e-4)


def test_nothing_asked_nothing_answered(classifier: LineClassifier) -> None:
    assert classifier.classify([]) == []


def test_columns_of_another_length_are_refused(classifier: LineClassifier) -> None:
    with pytest.raises(ValueError, match="shorter"):
        classifier.classify(["a", "b"], given=[None])
    with pytest.raises(ValueError, match="top"):
        classifier.classify(["a"], top=0)


def test_the_evidence_names_the_model_by_its_hash(classifier: LineClassifier) -> None:
    evidence = _one(classifier, "Vis M6").evidence
    assert evidence.source == "model:line-classifier"
    assert evidence.place == f"sha256:{classifier.model.sha256}"


def test_the_model_is_data_of_reasonable_size() -> None:
    content = resources.files("ancrage").joinpath("catalogue", *FILE.split("/")).read_bytes()
    assert len(content) < 30_000_000
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        assert all(archive[name].dtype != object for name in archive.files)


def test_a_damaged_model_is_an_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("package")
    (folder / "catalogue" / "models").mkdir(parents=True)
    (folder / "catalogue" / FILE).write_bytes(gzip.compress(b"nothing"))
    monkeypatch.setattr(line_model.resources, "files", lambda _: folder)
    with pytest.raises(CatalogueError, match="model_unreadable"):
        load_model()


def test_a_rule_of_an_unknown_process_is_refused(classifier: LineClassifier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "ancrage.dossier.bom.processes.embedded_bytes",
        lambda _: b"matter,shape,process,confidence\nsteel,#s-part,alchemy,0.5\n",
    )
    with pytest.raises(CatalogueError, match="alchemy"):
        load_process_rules(classifier.capabilities)


def test_headings_of_other_matters_disagree_and_functional_ones_are_neutral() -> None:
    assert agreement(("aluminium",), ("7616", "7326", "8483")) == [1.0, 0.1, 0.5]
    assert agreement((), ("7616", "7326", "8483")) == [0.5, 0.5, 0.5]
