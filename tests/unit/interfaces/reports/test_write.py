"""A dossier is written whole or not at all, and comes out the same anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports import write as module
from ancrage.interfaces.reports.replacement import FILES, LIST
from ancrage.interfaces.reports.write import Written, kept_text, write_dossier
from ancrage.kernel.errors import StoreError

ROOT = Path(__file__).parents[4]
_SCRIPT = """
import hashlib, json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.factories import dossier
from ancrage.interfaces.reports.write import write_dossier
out = Path(sys.argv[2])
files = write_dossier(dossier(language=sys.argv[3]), out, sys.argv[3]).files
print(json.dumps({f.relative_to(out).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}))
"""


def hashes(out: Path, language: str, **environment: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(ROOT), str(out), language],
        env={**os.environ, **environment}, cwd=out.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_two_machines_write_the_same_bytes(language: str, tmp_path: Path) -> None:
    here = hashes(tmp_path / "a", language, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C")
    there = hashes(
        tmp_path / "elsewhere", language, PYTHONHASHSEED="77", TZ="America/Lima", LC_ALL="C.UTF-8", LANG="de"
    )
    assert set(FILES) <= here.keys()
    assert here == there


def test_four_files_and_the_requests_are_there_and_nothing_else(bicycle: Dossier, tmp_path: Path) -> None:
    files = write_dossier(bicycle, tmp_path / "out", "fr").files
    assert [path.name for path in files[:4]] == list(FILES)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*FILES, LIST, "requests"])
    assert {path for path in (tmp_path / "out").rglob("*") if path.is_file()} == {
        *files, tmp_path / "out" / LIST,
    }  # fmt: skip


def without_requests(one: Dossier) -> Dossier:
    return replace(one, bom=replace(one.bom, lines=tuple(replace(line, supplier=None) for line in one.bom.lines)))


def first_questionnaire(written: Written) -> Path:
    return next(path for path in written.files if path.name == "questionnaire.xlsx")


def test_requests_of_an_earlier_study_do_not_stay_when_nobody_touched_them(bicycle: Dossier, tmp_path: Path) -> None:
    write_dossier(bicycle, tmp_path, "fr")
    assert write_dossier(without_requests(bicycle), tmp_path, "fr").kept == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*FILES, LIST])


def test_a_file_that_a_person_put_among_the_requests_stays(bicycle: Dossier, tmp_path: Path) -> None:
    questionnaire = first_questionnaire(write_dossier(bicycle, tmp_path, "fr"))
    answer = questionnaire.with_name("réponse.pdf")
    answer.write_bytes(b"an answer")
    questionnaire.write_bytes(b"filled in")
    assert write_dossier(without_requests(bicycle), tmp_path, "fr").kept == ()
    assert answer.read_bytes() == b"an answer"
    assert questionnaire.read_bytes() == b"filled in"
    assert sorted(path.name for path in answer.parent.iterdir()) == ["questionnaire.xlsx", "réponse.pdf"]


def test_a_filled_questionnaire_is_kept_beside_the_new_one_each_time(bicycle: Dossier, tmp_path: Path) -> None:
    questionnaire = first_questionnaire(write_dossier(bicycle, tmp_path, "fr"))
    blank = questionnaire.read_bytes()
    questionnaire.write_bytes(b"filled in")
    (first,) = write_dossier(bicycle, tmp_path, "fr").kept
    assert (first, first.read_bytes()) == (questionnaire.with_name("questionnaire (modifié).xlsx"), b"filled in")
    assert questionnaire.read_bytes() == blank
    questionnaire.write_bytes(b"filled in again")
    (second,) = write_dossier(bicycle, tmp_path, "fr").kept
    assert second == questionnaire.with_name("questionnaire (modifié 2).xlsx")
    assert (first.read_bytes(), second.read_bytes()) == (b"filled in", b"filled in again")
    assert str(second) in kept_text((second,), "fr")
    assert str(second) in kept_text((second,), "en")


def test_requests_without_a_list_of_what_was_written_are_all_kept(bicycle: Dossier, tmp_path: Path) -> None:
    questionnaire = first_questionnaire(write_dossier(bicycle, tmp_path, "fr"))
    questionnaire.write_bytes(b"of an unknown hand")
    (tmp_path / LIST).write_text("not a list")
    assert [path.read_bytes() for path in write_dossier(bicycle, tmp_path, "fr").kept] == [b"of an unknown hand"]


def test_a_workbook_of_the_dossier_that_was_annotated_is_kept_beside(bicycle: Dossier, tmp_path: Path) -> None:
    write_dossier(bicycle, tmp_path, "fr")
    (tmp_path / "dossier.xlsx").write_bytes(b"annotated")
    assert [path.name for path in write_dossier(bicycle, tmp_path, "en").kept] == ["dossier (modified).xlsx"]
    assert (tmp_path / "dossier (modified).xlsx").read_bytes() == b"annotated"


def test_a_list_that_names_files_elsewhere_removes_none_of_them(bicycle: Dossier, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"mine")
    out = tmp_path / "out"
    write_dossier(bicycle, out, "fr")
    sha256 = hashlib.sha256(b"mine").hexdigest()
    (out / LIST).write_text(json.dumps({"format": "ancrage-written", "files": {"../other.txt": sha256}}))
    write_dossier(without_requests(bicycle), out, "fr")
    assert other.read_bytes() == b"mine"


@pytest.mark.parametrize("name", [*FILES, "requests"])
def test_a_file_that_no_study_wrote_is_never_replaced(name: str, bicycle: Dossier, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(StoreError, match=r"report\.write\.foreign"):
        write_dossier(bicycle, tmp_path, "fr")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(name, b"{}")]


def test_a_dossier_without_its_list_is_known_by_its_record(bicycle: Dossier, tmp_path: Path) -> None:
    write_dossier(bicycle, tmp_path, "fr")
    (tmp_path / LIST).unlink()
    assert write_dossier(bicycle, tmp_path, "en").kept == ()


def test_a_failure_leaves_the_former_dossier_whole(
    bicycle: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_dossier(bicycle, tmp_path, "fr")
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in tmp_path.rglob("*") if path.is_file()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_write", full)
    with pytest.raises(StoreError, match=r"report\.write\.failed"):
        write_dossier(bicycle, tmp_path, "en")
    assert {
        path: hashlib.sha256(path.read_bytes()).digest() for path in tmp_path.rglob("*") if path.is_file()
    } == before


def test_a_folder_that_cannot_be_made_is_one_clear_error(bicycle: Dossier, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"report\.write\.failed"):
        write_dossier(bicycle, tmp_path / "file" / "out", "fr")


def test_no_file_names_the_folder_it_was_written_to(bicycle: Dossier, tmp_path: Path) -> None:
    for path in write_dossier(bicycle, tmp_path / "very-special-folder", "fr").files:
        assert b"very-special-folder" not in path.read_bytes()
