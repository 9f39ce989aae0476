"""The store names vintages one at a time and finds the same study again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from ancrage.adapters.store import actions, queries
from ancrage.adapters.store.apps import refuse_unsafe_connection
from ancrage.kernel.errors import StoreError
from ancrage.kernel.evidence import Vintage

pytestmark = pytest.mark.django_db

FIRST = Vintage("sirene", date(2026, 1, 1), "a" * 64)
SECOND = Vintage("sirene", date(2026, 2, 1), "b" * 64)


def _finished() -> actions.FinishedStudy:
    return actions.FinishedStudy(
        sha256="c" * 64,
        name="bom.csv",
        size=12,
        title="Vélo",
        question={"site": "commune:25056"},
        on=date(2026, 3, 1),
        language="fr",
        invented=True,
        summary={"lines": 3},
        files={"dossier.json": "d" * 64},
    )


def test_a_newer_vintage_takes_the_place_of_the_former_one() -> None:
    actions.publish_vintage(FIRST, 10, {})
    actions.publish_vintage(SECOND, 12, {"dropped": 1})
    assert queries.current_vintage("sirene") == SECOND
    assert [row.in_use for row in queries.vintages()] == [True, False]


def test_naming_a_vintage_again_puts_it_back_in_use_and_doubles_nothing() -> None:
    for vintage in (FIRST, SECOND, FIRST):
        actions.publish_vintage(vintage, 10, {})
    assert queries.current_vintage("sirene") == FIRST
    assert len(queries.vintages()) == 2


def test_a_source_without_vintage_has_none() -> None:
    assert queries.current_vintage("sirene") is None


def test_the_same_study_is_found_again() -> None:
    first = actions.record_study(_finished())
    assert actions.record_study(_finished()) == first
    assert actions.record_study(replace(_finished(), files={"dossier.json": "e" * 64})) != first
    found = queries.study(first)
    assert found is not None
    assert found.title == "Vélo"
    assert len(queries.studies()) == 2


def test_headings_are_remembered_per_company() -> None:
    actions.remember_headings("73282932000074", {"Libellé art.": "label"})
    actions.remember_headings("73282932000074", {"Libellé art.": "item"})
    assert queries.remembered_headings("73282932000074") == {"Libellé art.": "item"}
    assert queries.remembered_headings("35600000049837") == {}


def test_the_database_answers_every_setting_that_keeps_acknowledged_writes(tmp_path: Path) -> None:
    import sqlite3

    class Connection:
        vendor = "sqlite"

        def __init__(self, path: Path, setup: str) -> None:
            self.raw = sqlite3.connect(path)
            self.raw.executescript(setup)

        def is_in_memory_db(self) -> bool:
            return False

        def cursor(self) -> Connection:
            return self

        def __enter__(self) -> sqlite3.Cursor:
            return self.raw.cursor()

        def __exit__(self, *_: object) -> None:
            self.raw.close()

    full = connection.settings_dict["OPTIONS"]["init_command"]
    refuse_unsafe_connection(Connection(tmp_path / "safe", full))
    with pytest.raises(StoreError, match="synchronous"):
        refuse_unsafe_connection(Connection(tmp_path / "unsafe", full.replace("FULL", "NORMAL")))
