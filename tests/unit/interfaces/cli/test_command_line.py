"""The command line: exit codes that programs rely on, one sentence for a person, no traceback ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ancrage.interfaces.cli import exits
from ancrage.interfaces.cli.main import run

BOM = "Référence;Désignation;Quantité;Prix unitaire;Devise;Pays d'origine\nA1;Vis CHC M6x20;4;0,12;EUR;CN\n"


@pytest.fixture
def bom(tmp_path: Path) -> Path:
    path = tmp_path / "nomenclature.csv"
    path.write_text(BOM, "utf-8")
    return path


def _command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "ancrage", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--absent"], "--absent"),
        (["bom", "check"], "file"),
        (["study", "x.csv", "--site", "a", "--out", "b", "--radius", "far"], "radius"),
        (["classify"], "--file"),
        (["absent"], "absent"),
        (["--lang", "de", "bom"], "de"),
        (["data", "import", __file__, "--map", "siret"], "siret"),
        (["data", "import", __file__, "--map", "a=siret", "--map", "b=siret"], "--map"),
    ],
)
def test_a_wrong_call_leaves_with_64_and_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == exits.USAGE
    output = capsys.readouterr()
    assert said in output.err
    assert output.out == ""
    assert len(output.err.strip().splitlines()) == 1


def test_an_accepted_file_leaves_with_0_and_one_json_object(bom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bom", "check", str(bom), "--json"]) == exits.OK
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "accepted"
    assert found["lines"] == 1
    assert found["totals"] == {"EUR": "0.48"}


def test_a_rejected_file_leaves_with_2_and_imports_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("")
    assert run(["bom", "check", str(path), "--json"]) == exits.REJECTED
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "rejected"
    assert found["lines"] == 0
    assert found["totals"] == {}
    assert found["problems_total"] >= 1


def test_an_absent_file_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bom", "check", "absent.csv"]) == exits.REJECTED
    assert "absent.csv" in capsys.readouterr().out


def test_a_confirmed_heading_is_remembered_for_the_company(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Zzz1;Zzz2\nVis CHC M6x20;4\n", "utf-8")
    home = str(tmp_path / "home")
    refused = _command("bom", "check", str(path), "--company", "73282932000074", ANCRAGE_HOME=home)
    assert refused.returncode == exits.REJECTED
    confirmed = ("--map", "Zzz1=Désignation", "--map", "Zzz2=Quantité")
    told = _command("bom", "check", str(path), "--company", "73282932000074", *confirmed, ANCRAGE_HOME=home)
    assert told.returncode == exits.OK, told.stderr
    again = _command("bom", "check", str(path), "--company", "73282932000074", "--json", ANCRAGE_HOME=home)
    assert json.loads(again.stdout)["lines"] == 1
    other = _command("bom", "check", str(path), "--company", "35600000049837", ANCRAGE_HOME=home)
    assert other.returncode == exits.REJECTED


def test_english_is_a_choice(bom: Path) -> None:
    french, english = _command("--help"), _command("--lang", "en", "--help")
    assert "nomenclature" in french.stdout
    assert "bill of materials" in english.stdout
    assert _command("--help", ANCRAGE_LANGUAGE="en").stdout == english.stdout


def test_files_that_no_source_recognises_are_a_wrong_call_that_names_the_sources(tmp_path: Path) -> None:
    path = tmp_path / "inconnu.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    done = _command("data", "import", str(path), ANCRAGE_HOME=str(tmp_path / "home"))
    assert (done.returncode, done.stdout) == (exits.USAGE, "")
    assert "--source" in done.stderr
    assert "establishment-list" in done.stderr


def test_a_list_is_imported_without_naming_its_source_when_its_columns_are_said(tmp_path: Path) -> None:
    path = tmp_path / "membres.csv"
    path.write_text("Identifiant\n00000001800010\n", "utf-8")
    done = _command("data", "import", str(path), "--map", "Identifiant=siret", ANCRAGE_HOME=str(tmp_path / "home"))
    assert done.returncode == exits.OK, done.stderr
    listed = _command("data", "list", "--json", ANCRAGE_HOME=str(tmp_path / "home"))
    assert {row["id"]: row["rows"] for row in json.loads(listed.stdout)}["establishment-list"] == 1


def test_the_template_is_written_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    assert run(["bom", "template", str(path)]) == exits.OK
    assert run(["bom", "check", str(path)]) == exits.REJECTED
    assert run(["bom", "check", str(path), "--sheet", "Exemple à plat"]) == exits.OK


def test_a_file_that_is_not_one_is_a_rejected_reading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        assert run(["bom", "check", str(path), "--json"]) == exits.REJECTED
        found = json.loads(capsys.readouterr().out)
        assert found["status"] == "rejected"
        assert found["problems"][0]["code"].startswith("sheets.")


def test_a_template_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    path.write_bytes(b"filled in by somebody")
    assert run(["bom", "template", str(path)]) == exits.REJECTED
    assert path.read_bytes() == b"filled in by somebody"
    assert run(["bom", "template", str(tmp_path / "modele.csv")]) == exits.USAGE
    assert not (tmp_path / "modele.csv").exists()


def test_a_study_never_writes_to_the_current_folder_in_silence(bom: Path) -> None:
    assert run(["study", str(bom), "--site", "commune:25056", "--radius", "50", "--out", ""]) == exits.USAGE


def test_an_original_that_is_absent_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = tmp_path / "dossier.json"
    dossier.write_text("{}")
    assert run(["reproduce", str(dossier), "--bom", str(tmp_path / "absent.csv")]) == exits.REJECTED
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_help_is_in_the_language_of_the_reader() -> None:
    french, english = _command("study", "--help").stdout, _command("--lang", "en", "study", "--help").stdout
    assert "obligatoire" in french
    assert "Affiche cette aide" in french
    assert "required" in english
    assert "Show this help" in english


def test_a_reader_that_closes_the_pipe_is_no_traceback() -> None:
    program = Path(sys.executable).parent / "ancrage"
    done = subprocess.run(["bash", "-c", f"{program} --help | head -n 1"], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_the_language_may_be_asked_for_anywhere(bom: Path) -> None:
    after = _command("bom", "check", str(bom), "--lang", "en")
    assert after.returncode == exits.OK
    assert after.stdout == _command("--lang=en", "bom", "check", str(bom)).stdout
    assert "bill of materials" in after.stdout.lower()
    assert _command("classify", "Vis CHC", "--lang", "xx").returncode == exits.USAGE


def test_the_database_of_a_home_is_its_owners_alone(tmp_path: Path) -> None:
    assert _command("data", "list", ANCRAGE_HOME=str(tmp_path / "home")).returncode == exits.OK
    assert (tmp_path / "home" / "store.sqlite3").stat().st_mode & 0o777 == 0o600
