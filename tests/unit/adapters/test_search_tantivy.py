"""Text search over the register: folded French, filters, one order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ancrage.adapters.home import Home
from ancrage.adapters.search_tantivy import TantivyIndex, folded
from ancrage.kernel.errors import VintageError
from ancrage.kernel.ports import Box, Search

_ROW: Mapping[str, Any] = {
    "siret": "00000001800012",
    "name": None,
    "activity": "25.62B",
    "band": "12",
    "department": "25",
    "longitude": 6.02,
    "latitude": 47.24,
    "active": True,
    "statement": None,
}
_ROWS = [
    {"siret": "00000000000018", "name": "DECOUPAGE EMBOUTISSAGE INVENTE"},
    {"siret": "00000000000026", "name": "Fonderie inventée", "activity": "24.51Z", "band": None},
    {"siret": "00000000000034", "statement": "Pièces découpées et usinées en aluminium", "activity": "28.15Z"},
    {"siret": "00000000000042", "name": "FONDERIE FERMEE", "activity": "24.51Z", "active": False},
    {"siret": "00000000000059", "activity": "22.29A", "department": "2A", "longitude": 8.74, "latitude": 41.92},
    {
        "siret": "00000000000067",
        "activity": None,
        "band": "53",
        "longitude": None,
        "latitude": None,
        "department": None,
    },
    {"siret": "00000000000075", "name": "FONDERIE INVENTEE", "activity": "24.51Z", "department": "57"},
]


def _index(folder: Path, rows: list[dict[str, Any]]) -> TantivyIndex:
    folder.mkdir()
    table = folder.parent / f"{folder.name}.parquet"
    text = {name: pa.string() for name in _ROW if name not in {"longitude", "latitude", "active"}}
    kinds = {**text, "longitude": pa.float64(), "latitude": pa.float64(), "active": pa.bool_()}
    schema = pa.schema([(name, kinds[name]) for name in _ROW])
    pq.write_table(pa.Table.from_pylist([{**_ROW, **row} for row in rows], schema=schema), table)
    TantivyIndex.build(table, folder)
    return TantivyIndex(folder)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return _index(tmp_path_factory.mktemp("index") / "index", _ROWS)


def _found(index: TantivyIndex, **question: Any) -> list[str]:
    return [hit.siret[-3:] for hit in index.search(Search(**question))]


@pytest.mark.parametrize("text", ["découpage", "DECOUPAGE", "Découpages", "decoupage"])
def test_accents_case_and_number_do_not_matter(index: TantivyIndex, text: str) -> None:
    assert _found(index, text=text)[0] == "018"


@pytest.mark.parametrize("text", ["découpé", "découpée", "DECOUPEES", "decoupe"])
def test_a_past_participle_is_found_in_all_its_forms(index: TantivyIndex, text: str) -> None:
    assert "034" in _found(index, text=text)


def test_the_label_of_the_activity_is_searched_too(index: TantivyIndex) -> None:
    assert "059" in _found(index, text="pièces en matières plastiques")


def test_closed_sites_are_left_out_unless_asked_for(index: TantivyIndex) -> None:
    assert "042" not in _found(index, text="fonderie")
    assert "042" in _found(index, text="fonderie", with_closed=True)


def test_ties_come_by_siret_and_a_limit_cuts_after_them(index: TantivyIndex) -> None:
    assert _found(index, text="fonderie inventée")[:2] == ["026", "075"]
    assert _found(index, text="fonderie inventée", limit=1) == ["026"]


def test_words_found_are_given_as_the_question_wrote_them(index: TantivyIndex) -> None:
    hit = index.search(Search(text="Usinée dans l'aluminium zzz"))[0]
    assert (hit.siret[-3:], hit.words) == ("034", ("Usinée", "aluminium"))
    assert hit.score > 0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"activities": ("24",)}, ["026", "075"]),
        ({"activities": ("24.5", "22.29A")}, ["026", "059", "075"]),
        ({"activities": ("24.51",), "departments": ("57",)}, ["075"]),
        ({"departments": ("2A", "57")}, ["059", "075"]),
        ({"bands": ("53",)}, ["067"]),
        ({"bands": ("12",), "activities": ("24",)}, ["075"]),
        ({"box": Box(8, 41, 9, 42)}, ["059"]),
        ({"box": Box(6.02, 47.24, 6.02, 47.24), "activities": ("25",)}, ["018"]),
        ({"text": "fonderie", "departments": ("25",)}, ["026"]),
        ({"text": "introuvable"}, []),
        ({"text": "de la"}, []),
        ({"limit": 0}, []),
        ({}, ["018", "026", "034", "059", "067", "075"]),
    ],
)
def test_all_conditions_hold_together(index: TantivyIndex, question: dict[str, Any], expected: list[str]) -> None:
    assert _found(index, **question) == expected


def test_filters_do_not_change_the_score_of_words(index: TantivyIndex) -> None:
    alone = {hit.siret: hit.score for hit in index.search(Search(text="fonderie"))}
    among = {
        hit.siret: hit.score for hit in index.search(Search(text="fonderie", departments=("25",), activities=("24",)))
    }
    assert among.items() <= alone.items()


def test_hundreds_of_equal_scores_are_cut_by_siret_whatever_the_order_of_the_rows(tmp_path: Path) -> None:
    rows = [{"siret": f"{number:014d}", "name": "TOURNAGE INVENTE"} for number in range(500)]
    forward, backward = _index(tmp_path / "a", rows), _index(tmp_path / "b", rows[::-1])
    question = Search(text="tournage", limit=7)
    assert [hit.siret for hit in forward.search(question)] == [f"{number:014d}" for number in range(7)]
    assert forward.search(question) == backward.search(question)


def test_searching_writes_nothing_in_the_vintage(home: Home, tmp_path: Path) -> None:
    table = tmp_path / "t.parquet"
    _index(tmp_path / "t", _ROWS)
    vintage = home.build("sirene-index", date(2026, 11, 1), lambda folder: TantivyIndex.build(table, folder))
    folder = home.folder(vintage)
    TantivyIndex(folder).search(Search(text="fonderie"))
    assert Home.at(home.root).folder(vintage) == folder


def test_a_folder_that_is_not_an_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}", "utf-8")
    with pytest.raises(VintageError):
        TantivyIndex(tmp_path)


def test_folding_writes_ligatures_out() -> None:
    assert folded("Œuvre d'Ævar, Pièces ÉMAILLÉES") == "oeuvre d'aevar, pieces emaille"
