"""A dossier is written whole or not at all, and comes out the same anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports import write as module
from ancrage.interfaces.reports.write import FILES, write_dossier
from ancrage.kernel.errors import StoreError

ROOT = Path(__file__).parents[4]
_SCRIPT = """
import hashlib, json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.factories import dossier
from ancrage.interfaces.reports.write import write_dossier
out = Path(sys.argv[2])
files = write_dossier(dossier(language=sys.argv[3]), out, sys.argv[3])
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
    files = write_dossier(bicycle, tmp_path / "out", "fr")
    assert [path.name for path in files[:4]] == list(FILES)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*FILES, "requests"])
    assert {path for path in (tmp_path / "out").rglob("*") if path.is_file()} == set(files)


def test_requests_of_an_earlier_study_do_not_stay(bicycle: Dossier, tmp_path: Path) -> None:
    old = tmp_path / "requests" / "099-old" / "letter.txt"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    write_dossier(bicycle, tmp_path, "fr")
    assert not old.exists()


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
    for path in write_dossier(bicycle, tmp_path / "very-special-folder", "fr"):
        assert b"very-special-folder" not in path.read_bytes()
