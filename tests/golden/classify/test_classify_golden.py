"""The shipped classifier on lines it never learnt from: see README.md of this folder.

Targets: a class right at rank 1 for 65 lines of 100 and within rank 5 for 85, a heading within rank 5 for 75, and an
expected calibration error (Guo et al. 2017, ten equal bins) of at most 0.08. Of the sealed half only totals are looked
at.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ancrage.dossier.bom.classify import LineClassifier, load_classifier
from ancrage.dossier.model import Candidate, Classification
from ancrage.reference.nomenclature import hs2022, naf_rev2

HERE = Path(__file__).parent
LEXICON = Path(__file__).parents[3] / "src" / "ancrage" / "catalogue" / "lexicon"
BINS = 10


@dataclass(frozen=True)
class Half:
    found: list[Classification]
    rows: list[dict[str, str]]

    def answers(self, kind: str) -> list[tuple[Sequence[Candidate], set[str]]]:
        column = {"headings": "headings", "nace": "nace", "hs": "hs"}[kind]
        pairs = [
            (getattr(one, kind), set(filter(None, row[column].split(";"))))
            for one, row in zip(self.found, self.rows, strict=True)
        ]
        return [(candidates, wanted) for candidates, wanted in pairs if wanted]


def _rows(half: str) -> list[dict[str, str]]:
    with (HERE / f"{half}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def classifier() -> LineClassifier:
    return load_classifier()


@pytest.fixture(scope="module")
def sealed(classifier: LineClassifier) -> Half:
    rows = _rows("sealed")
    return Half(classifier.classify([row["text"] for row in rows], top=5), rows)


def _share_right(half: Half, kind: str, rank: int) -> float:
    answers = half.answers(kind)
    return sum(any(one.code in wanted for one in candidates[:rank]) for candidates, wanted in answers) / len(answers)


def _calibration_error(half: Half, kind: str) -> float:
    answers = half.answers(kind)
    sums = [[0.0, 0.0] for _ in range(BINS)]
    for candidates, wanted in answers:
        sure = candidates[0].confidence if candidates else 0.0
        right = bool(candidates) and candidates[0].code in wanted
        place = min(int(sure * BINS), BINS - 1)
        sums[place][0] += sure
        sums[place][1] += right
    return sum(abs(said - right) for said, right in sums) / len(answers)


@pytest.mark.parametrize(
    ("kind", "rank", "target"),
    [("nace", 1, 0.65), ("nace", 5, 0.85), ("headings", 5, 0.75), ("headings", 1, 0.65), ("hs", 5, 0.75)],
)
def test_the_sealed_half_is_answered_as_well_as_promised(sealed: Half, kind: str, rank: int, target: float) -> None:
    assert _share_right(sealed, kind, rank) >= target


@pytest.mark.parametrize("kind", ["headings", "nace"])
def test_a_confidence_is_how_often_such_answers_are_right(sealed: Half, kind: str) -> None:
    assert _calibration_error(sealed, kind) <= 0.08


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_both_languages_are_read(sealed: Half, lang: str) -> None:
    kept = [place for place, row in enumerate(sealed.rows) if row["lang"] == lang]
    half = Half([sealed.found[place] for place in kept], [sealed.rows[place] for place in kept])
    assert _share_right(half, "nace", 1) >= 0.65


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(part for part in decomposed if not unicodedata.combining(part))))


def _lexicon_rows() -> list[dict[str, str]]:
    rows = []
    for path in sorted(LEXICON.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows += [{**row, "file": path.name} for row in csv.DictReader(stream)]
    return rows


def test_no_labelled_line_stands_whole_in_the_lexicon() -> None:
    terms = {_plain(form) for row in _lexicon_rows() for form in row["term"].split("|")}
    whole = sum(_plain(row["text"]) in terms for half in ("look", "sealed", "later") for row in _rows(half))
    assert whole == 0


def test_the_lexicon_has_more_than_fifteen_hundred_terms() -> None:
    assert len({_plain(form) for row in _lexicon_rows() for form in row["term"].split("|")}) >= 1500


def test_every_code_of_the_lexicon_exists() -> None:
    wrong = [
        (row["file"], row["term"], code)
        for row in _lexicon_rows()
        for code in (*row["hs"].split(";"), *row["nace"].split(";"))
        if not (hs2022().exists(code) or naf_rev2().exists(code) or code == "31.00")
    ]
    assert wrong == [], "31.00 is the CPA of furniture parts, which has no class of its number"


def test_the_model_was_trained_on_the_present_lexicon() -> None:
    from tools.classifier.inputs import RECORD, trained_on

    assert RECORD.read_text("utf-8") == trained_on(), "run python -m tools.train_classifier"
