"""Every hostile file: an allowed outcome, exact totals, a sentence; never a traceback nor a hang."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hostile import REJECT, WARN, Hostile, hostile_files
from plain_importer import plain_totals

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.read import read_bom, refused
from ancrage.dossier.model import BomReading, Severity, Status
from ancrage.interfaces.reports.check_report import SHOWN_PROBLEMS, check_payload, check_text
from ancrage.kernel.errors import FileRefusedError
from ancrage.kernel.evidence import Evidence

FILES = hostile_files()
SOURCE = Evidence("file:test", "bom.read")
LONGEST_SECONDS = 25.0


def read(path: Path) -> BomReading:
    try:
        return read_bom(read_sheet(path), SOURCE)
    except FileRefusedError as error:
        return refused(error.message, SOURCE)


@pytest.mark.parametrize("file", FILES, ids=[repr(file.name)[1:-1] for file in FILES])
def test_a_hostile_file_ends_in_an_allowed_class_with_exact_totals(file: Hostile, tmp_path: Path) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.content)
    start = time.monotonic()
    payload = check_payload(reading := read(path))
    assert time.monotonic() - start < LONGEST_SECONDS
    codes = {problem.code for problem in reading.problems}
    assert payload["status"] in file.allowed, payload["problems"][:3]
    assert set(file.codes) <= codes
    assert check_text(reading, "fr")
    assert check_text(reading, "en")
    if payload["status"] == REJECT:
        assert (payload["lines"], payload["totals"]) == (0, {})
        assert payload["problems"][0]["severity"] == "error"
        assert payload["problems"][0]["message"]
    else:
        assert file.totals is None or payload["totals"] == dict(file.totals)
        assert file.lines is None or payload["lines"] == file.lines
        assert not any(problem.severity is Severity.ERROR for problem in reading.problems)
    if payload["status"] == WARN:
        assert any(problem.severity is Severity.WARNING for problem in reading.problems)


def test_the_hostile_files_cover_every_family() -> None:
    families = Counter(file.family for file in FILES)
    assert len(FILES) > 110
    assert len(families) >= 19
    assert all(REJECT in file.allowed or file.totals is not None or WARN in file.allowed for file in FILES)


def test_a_plain_importer_fails_most_hostile_files() -> None:
    """The control: if a plain script passed, the files above would prove nothing."""
    tried = [file for file in FILES if not file.is_heavy]
    failed = [file for file in tried if not _plain_is_right(file)]
    assert len(failed) >= len(tried) / 2, f"{len(failed)} of {len(tried)}"


def _plain_is_right(file: Hostile) -> bool:
    """A plain importer says no word: it is right when it accepts with the exact totals what may be accepted whole."""
    try:
        _, totals = plain_totals(file.content, file.name)
    except Exception:  # noqa: BLE001  # the control leaks whatever its libraries raise, and that is a failure
        return False
    if file.allowed == (WARN,) or Status.ACCEPTED.value not in file.allowed:
        return False
    return file.totals is None or {k: float(v) for k, v in totals.items()} == {
        k: float(v) for k, v in file.totals.items()
    }


def test_problems_are_named_by_the_row_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text(
        'titre\n\nDésignation;Quantité;Prix unitaire (EUR)\n"Vis\nlongue";3;1,20\nÉcrou;deux;0,10\n', "utf-8"
    )
    doubtful = [problem for problem in read(path).problems if problem.code == "bom.number.unreadable"]
    assert [(problem.line, problem.column) for problem in doubtful] == [(6, "Quantité")]


def test_a_report_shows_at_most_a_thousand_problems_and_counts_them_all(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text("Désignation;Quantité\n" + "Vis;?\n" * 1_500, "utf-8")
    payload = check_payload(read(path))
    assert len(payload["problems"]) == SHOWN_PROBLEMS
    assert payload["problems_total"] >= 1_500
