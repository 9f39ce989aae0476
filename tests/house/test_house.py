"""Rules of the house that no reader should have to check."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "ancrage"
HEAVY = {"ibis", "pandas", "sklearn", "duckdb", "pyarrow", "django", "scipy", "tantivy", "typst", "vl_convert"}
_REGISTRIES = ("pypi" + ".org", "files.python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian.org")
_MACHINE_PATH = re.compile(r"(?<![\w.])/(?:wo" + r"rk|fa" + r"rm)/")


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def test_layers_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_catalogue_holds_no_code() -> None:
    assert list((SRC / "catalogue").rglob("*.py")) == []


def test_no_drawer_for_everything() -> None:
    names = {path.stem for path in SRC.rglob("*") if "__pycache__" not in path.parts}
    assert not names & {"utils", "common", "helpers", "core", "misc"}


@pytest.mark.parametrize("arguments", [["--help"], ["bom", "check", "--help"], ["bom", "check", "absent.csv"]])
def test_the_command_starts_light(arguments: list[str]) -> None:
    script = (
        "import json, sys; from ancrage.interfaces.cli.main import run; run(sys.argv[1:]);"
        "print('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert not loaded & HEAVY


def test_a_bill_of_materials_is_checked_light(tmp_path: Path) -> None:
    bom = tmp_path / "bom.csv"
    bom.write_text("Référence;Désignation;Quantité;Prix unitaire;Devise\nA1;Vis CHC M6x20;4;0,12;EUR\n", "utf-8")
    script = (
        "import json, sys; from ancrage.interfaces.cli.main import run; code = run(sys.argv[1:]);"
        "print('\\n' + json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "bom", "check", str(bom), "--json"], capture_output=True, text=True, check=True
    )
    code, loaded = json.loads(done.stdout.splitlines()[-1])
    assert code == 0
    assert not set(loaded) & HEAVY


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    guilty = []
    for path in _tracked():
        if path.suffix in {".gz", ".npz", ".ttf", ".png", ".parquet", ".xlsx", ".pdf"}:
            continue
        text = path.read_text("utf-8", errors="replace")
        if any(address in text for address in _REGISTRIES) or _MACHINE_PATH.search(text):
            guilty.append(str(path.relative_to(ROOT)))
    assert guilty == []


def test_every_dependency_is_locked_with_its_hashes() -> None:
    for name in ("run.txt", "test.txt"):
        text = (ROOT / "requirements" / name).read_text("utf-8")
        pins = re.findall(r"^[A-Za-z0-9._-]+(?:\[[^]]*\])?==\S+", text, re.MULTILINE)
        assert len(pins) > 30
        assert text.count("--hash=sha256:") >= len(pins)


def test_the_public_list_is_short_and_true() -> None:
    import ancrage

    assert ancrage.__all__ == sorted(ancrage.__all__)
    assert all(hasattr(ancrage, name) for name in ancrage.__all__)
