"""An import killed at random points loses, doubles and half-writes nothing; without the atomic switch it does."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import sirene_files as made

from ancrage.adapters.home import Home, verify_folder
from ancrage.kernel.errors import VintageError
from ancrage.kernel.evidence import Vintage

pytestmark = pytest.mark.slow

KILLS = 40
SCRIPT = Path(__file__).parents[2] / "import_to_kill.py"
ON = date(2026, 11, 1)


@dataclass
class Ground:
    """A home with a first vintage in use, the files of a second one, and how long an import of them takes."""

    root: Path
    files: list[Path]
    seconds: float
    first: str
    second: str


def _start(root: Path, files: list[Path], *more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "ANCRAGE_HOME": str(root)}
    command = [sys.executable, str(SCRIPT), *map(str, files), *more]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _finish(root: Path, files: list[Path]) -> tuple[str, float]:
    """The hash of a whole import, and how long it took."""
    start = time.monotonic()
    with _start(root, files) as process:
        assert process.stdout is not None
        last = process.stdout.read().splitlines()[-1]
    assert process.returncode == 0
    return last.removeprefix("done "), time.monotonic() - start


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("kill")
    rows = [made.site(number, rank) for number in range(1, 401) for rank in range(1, 101)]
    units = [made.unit(number) for number in range(1, 401)]
    first = made.write(folder / "first.csv", *made.during_2026(rows[:38_000]))
    second = made.write(folder / "second.csv", *made.during_2026(rows))
    legal = made.write(folder / "units.csv", made.UNIT_COLUMNS, units)
    expected, _ = _finish(folder / "undisturbed", [second, legal])
    in_use, _ = _finish(folder / "home", [first, legal])
    _, seconds = _finish(folder / "again", [second, legal])
    return Ground(folder / "home", [second, legal], seconds, in_use, expected)


def _kill(ground: Ground, root: Path, rng: random.Random, *more: str) -> None:
    """Kill at a random moment of the whole run or, every other time, of what follows the sort."""
    with _start(root, ground.files, *more) as process:
        assert process.stdout is not None
        if rng.random() < 0.5:
            for line in process.stdout:
                if line.startswith("sort"):
                    break
            time.sleep(rng.uniform(0, 0.6))
        else:
            time.sleep(rng.uniform(0, ground.seconds))
        process.kill()
    time.sleep(0.6)  # a child whose parent is gone ends within half a second


def _vintages(root: Path) -> list[Path]:
    return [path for source in (root / "vintages").iterdir() for path in source.iterdir()]


def _state(root: Path) -> list[tuple[str, str, int]]:
    with closing(sqlite3.connect(root / "store.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute(
            "SELECT source, sha256, rows FROM store_vintage WHERE in_use ORDER BY source"
        ).fetchall()


def _check(root: Path) -> list[tuple[str, str, int]]:
    """Every vintage that a reader could open is whole; the store names whole ones. Raises `VintageError`."""
    for path in _vintages(root):
        verify_folder(path, Vintage(path.parent.name, ON, path.name))
    state = _state(root)
    for source, sha256, _ in state:
        verify_folder(root / "vintages" / source / sha256, Vintage(source, ON, sha256))
    return state


def test_an_import_killed_at_forty_random_points_leaves_one_whole_vintage_in_use(
    ground: Ground, tmp_path: Path
) -> None:
    rng = random.Random(20261101)
    outcomes = []
    root = tmp_path / "home"
    for _ in range(KILLS):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(ground.root, root)
        _kill(ground, root, rng)
        state = {source: (sha256, rows) for source, sha256, rows in _check(root)}
        assert state["sirene"] in {(ground.first, 38_000), (ground.second, 40_000)}
        outcomes.append(state["sirene"][0])
    assert outcomes.count(ground.first) >= KILLS / 4, "too few kills came before the end to prove anything"
    again, _ = _finish(root, ground.files)
    assert again == ground.second
    assert ("sirene", ground.second, 40_000) in _check(root)
    assert {path.name for path in (root / "vintages" / "sirene").iterdir()} == {ground.first, ground.second}


def test_the_control_without_the_atomic_switch_is_caught_half_written(ground: Ground, tmp_path: Path) -> None:
    rng = random.Random(7)
    caught = 0
    for number in range(8):
        root = tmp_path / f"home{number}"
        Home.at(root)
        _kill(ground, root, rng, "--in-place", ground.second)
        try:
            for path in _vintages(root):
                verify_folder(path, Vintage(path.parent.name, ON, path.name))
        except VintageError:
            caught += 1
    assert caught >= 1
