"""What the command line shows of lines, establishments, sources and imports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ancrage.adapters.imports import ImportedFile, ImportReport
from ancrage.dossier.model import Classification, SupplierReport
from ancrage.interfaces.reports.classification import classification_payload, classification_text
from ancrage.interfaces.reports.plain_text import aligned
from ancrage.interfaces.reports.source_list import import_text, source_list_payload, source_list_text
from ancrage.interfaces.reports.supplier_list import supplier_list_payload, supplier_list_text
from ancrage.kernel.evidence import Evidence, Vintage
from ancrage.kernel.message import message
from ancrage.reference.source import Source, source_named
from tests.factories import REAL_REGISTER, classification, supplier_report

BEARING: Classification = classification(
    "Roulement 6001 2RS", "848210", "28.15", "machining", Evidence("model:x", "bom.classify")
)


def suppliers() -> SupplierReport:
    return supplier_report(["question", "other"])


def test_a_classification_has_exactly_the_keys_that_programs_expect() -> None:
    found = classification_payload(BEARING, "fr")
    assert list(found) == ["text", "hs", "headings", "nace", "processes"]
    for reading in ("hs", "headings", "nace"):
        assert [set(one) for one in found[reading]] == [{"code", "label", "confidence", "why"}] * len(found[reading])
    assert set(found["processes"][0]) == {"code", "label", "confidence", "why", "nace"}
    assert (found["hs"][0]["code"], found["headings"][0]["code"], found["nace"][0]["code"]) == (
        "848210",
        "8482",
        "28.15",
    )
    assert found["processes"][0]["nace"] == ["25.62"]
    assert all(isinstance(reason, str) for reason in found["hs"][0]["why"])


def test_labels_and_reasons_are_in_the_language_asked_for() -> None:
    french, english = (classification_payload(BEARING, language) for language in ("fr", "en"))
    assert french["hs"][0]["label"] != english["hs"][0]["label"]
    assert french["processes"][0]["label"] == "Usinage"
    assert english["processes"][0]["label"] == "Machining"


def test_people_read_that_a_proposed_code_is_no_classification() -> None:
    text = classification_text(BEARING, "fr")
    assert "RTC" in text
    assert "848210" in text


def test_no_answer_is_said() -> None:
    nothing = replace(BEARING, hs=(), headings=(), nace=(), processes=())
    assert "aucune réponse" in classification_text(nothing, "fr")


def test_establishments_carry_their_score_term_by_term_and_unknown_is_null() -> None:
    found = supplier_list_payload(suppliers(), "fr")
    assert found["notice"].startswith("Données inventées")
    first = found["establishments"][0]
    assert abs(sum(part["value"] * part["weight"] for part in first["parts"])) > 0
    assert first["verdict"] == "lead"
    assert first["why"]
    everybody = supplier_report([f"L{number}" for number in range(9)])
    bands = [
        supplier_list_payload(replace(everybody, shortlists=(one,)), "fr")["establishments"]
        for one in everybody.shortlists[:-1]
    ]
    assert None in [site["headcount"] for sites in bands for site in sites]


def test_people_read_verdicts_reasons_register_and_border() -> None:
    text = supplier_list_text(suppliers(), "fr")
    for words in ("Piste à qualifier", "Fonderie du Lomont", "Données inventées", "frontière", "Laissés de côté"):
        assert words in text
    real = supplier_list_text(supplier_report(["question", "other"], REAL_REGISTER), "fr")
    assert "inventées" not in real
    assert "01/11/2026" in real


def test_nothing_found_says_what_to_do() -> None:
    found = suppliers()
    empty = replace(found, shortlists=(replace(found.shortlists[0], matches=(), found=0, set_aside={}),))
    assert "Élargissez le rayon" in supplier_list_text(empty, "fr")


@dataclass(frozen=True)
class Row:
    source: Source
    vintage: Vintage | None
    rows: int | None


def test_sources_say_their_vintage_or_that_they_were_never_imported() -> None:
    used = Row(source_named("sirene"), Vintage("sirene", date(2026, 11, 1), "f" * 64), 40_000_000)
    never = Row(source_named("cog"), None, None)
    text = source_list_text([used, never], "fr")
    assert "01/11/2026" in text
    assert "jamais importée" in text
    payload = source_list_payload([used, never], "en")
    assert payload[0]["vintage"] == {"on": "2026-11-01", "sha256": "f" * 64}
    assert payload[1]["vintage"] is None
    assert payload[0]["rows"] == 40_000_000


def test_an_import_says_what_it_kept_and_why_it_left_the_rest() -> None:
    report = ImportReport(
        Vintage("sirene", date(2026, 11, 1), "a" * 64), rows=17_091, read=18_000,
        dropped={"partial_diffusion": 900, "siret": 9}, notes={"no_point": 12},
        files=(ImportedFile("StockEtablissement_utf8.zip", 1, "b" * 64),),
    )  # fmt: skip
    french, english = import_text(report, "fr"), import_text(report, "en")
    assert "17\u202f091 lignes gardées sur 18\u202f000 lues" in french
    assert "diffusion partielle demandée (900), SIRET absent ou faux (9)" in french
    assert "position inconnue (12)" in french
    assert "17,091 rows kept of 18,000 read" in english


def test_columns_align_by_what_a_terminal_shows_and_no_text_drives_it() -> None:
    text = aligned(["a", "b"], [["é", "1"], ["漢字", "22"], ["\x1b[31m", "333"]], frozenset({1}))
    lines = text.splitlines()
    assert "\x1b" not in text
    assert lines[2].endswith("    1")
    assert lines[3] == "漢字    " + "22"


def test_a_text_to_classify_never_drives_the_terminal() -> None:
    problem = message("bom.unit.unknown", text="\x1b[31m")
    hostile = replace(BEARING, text="vis\x1b[2J", problems=(problem,))
    assert "\x1b" not in classification_text(hostile, "fr")
