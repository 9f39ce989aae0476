"""Statements are read whole or refused with the row and the column; contradictions are kept."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from ancrage.interfaces.wording import LANGUAGES, say
from ancrage.kernel.errors import InputError
from ancrage.kernel.evidence import Evidence
from ancrage.reference.capability import Capabilities, load_capabilities
from ancrage.reference.statement import COLUMNS, StatementOrigin, check_columns, read_statements
from tests.factories import siret

SOURCE = Evidence("demonstration-statements", "statement.read")
ROW = {
    "siret": str(siret(1)),
    "process": "milling",
    "max_size_mm": "1200.5",
    "materials": "steel|aluminium",
    "certificates": "iso-9001",
    "volume_max": "",
    "origin": "adviser-visit",
    "on": "2025-04-30",
    "until": "",
}


@pytest.fixture(scope="module")
def vocabulary() -> Capabilities:
    return load_capabilities()


def test_a_row_is_read_and_what_it_does_not_say_is_unknown(vocabulary: Capabilities) -> None:
    (found,) = read_statements([ROW], vocabulary, SOURCE)
    assert found.max_size_mm == Decimal("1200.5")
    assert found.materials == ("steel", "aluminium")
    assert found.volume_max is None
    assert found.until is None
    assert found.origin is StatementOrigin.ADVISER_VISIT
    assert found.evidence.place == str(siret(1))


def test_validity_is_from_the_day_it_was_said_to_its_last_day(vocabulary: Capabilities) -> None:
    (found,) = read_statements([ROW | {"until": "2026-04-30"}], vocabulary, SOURCE)
    days = (date(2025, 4, 29), date(2025, 4, 30), date(2026, 4, 30), date(2026, 5, 1))
    assert [found.holds(day) for day in days] == [False, True, True, False]


def test_two_statements_that_contradict_one_another_are_both_kept(vocabulary: Capabilities) -> None:
    found = read_statements([ROW, ROW | {"max_size_mm": "300", "origin": "firm-claim"}], vocabulary, SOURCE)
    assert [one.max_size_mm for one in found] == [Decimal("1200.5"), Decimal(300)]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("siret", "00000000000001"),
        ("process", "steel"),
        ("process", "no-such-process"),
        ("process", "milling|turning"),
        ("max_size_mm", "1 200"),
        ("max_size_mm", "0"),
        ("max_size_mm", "-5"),
        ("materials", "iso-9001"),
        ("certificates", "milling"),
        ("volume_max", "beaucoup"),
        ("origin", "hearsay"),
        ("on", ""),
        ("on", "30/04/2025"),
        ("until", "2026-02-30"),
    ],
)
def test_a_wrong_value_is_refused_with_its_row_and_column(column: str, text: str, vocabulary: Capabilities) -> None:
    with pytest.raises(InputError) as refusal:
        read_statements([ROW, ROW | {column: text}], vocabulary, SOURCE)
    parameters = dict(refusal.value.message.parameters)
    assert parameters["line"] == 3
    assert parameters["column"] == column
    assert all(say(refusal.value.message, language) for language in LANGUAGES)


def test_a_statement_of_nothing_is_refused(vocabulary: Capabilities) -> None:
    with pytest.raises(InputError):
        read_statements([ROW | {"process": "", "certificates": ""}], vocabulary, SOURCE)


def test_a_missing_column_is_refused(vocabulary: Capabilities) -> None:
    with pytest.raises(InputError):
        read_statements([{name: text for name, text in ROW.items() if name != "until"}], vocabulary, SOURCE)


def test_a_header_without_the_columns_is_refused_with_the_file_and_what_is_expected() -> None:
    with pytest.raises(InputError) as refusal:
        check_columns(["siret", "process"], "visites.csv")
    parameters = dict(refusal.value.message.parameters)
    assert parameters["file"] == "visites.csv"
    assert parameters["expected"] == ", ".join(COLUMNS)
    assert str(parameters["missing"]).split(", ") == [name for name in COLUMNS if name not in {"siret", "process"}]
    assert all("visites.csv" in say(refusal.value.message, language) for language in LANGUAGES)
    check_columns([*COLUMNS, "remark"], "visites.csv")


def test_a_wrong_value_names_its_file(vocabulary: Capabilities) -> None:
    with pytest.raises(InputError) as refusal:
        read_statements([ROW | {"origin": "hearsay"}], vocabulary, SOURCE, "visites.csv")
    assert all("visites.csv" in say(refusal.value.message, language) for language in LANGUAGES)


def test_the_statements_of_the_demonstration_are_read(vocabulary: Capabilities) -> None:
    path = resources.files("ancrage").joinpath("catalogue", "demonstration", "statements.csv.gz")
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode())))
    assert tuple(rows[0]) == COLUMNS
    assert len(read_statements(rows, vocabulary, SOURCE)) == len(rows)
