"""From SIRENE's rows to the register: what is kept, what is left out, what stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pytest
import sirene_files as made

from ancrage.kernel.table import read_declaration
from ancrage.reference.company import REASONS, establishments

_COMMUNES = [
    {"commune": "25056", "longitude": 6.02, "latitude": 47.24, "approximate": False},
    {"commune": "57463", "longitude": 6.17, "latitude": 49.12, "approximate": True},
    {"commune": "97411", "longitude": 55.45, "latitude": -20.88, "approximate": False},
]


def _table(columns: Sequence[str], rows: Sequence[made.Row]) -> Any:
    arrays = {column: pa.array([row.get(column) or None for row in rows], pa.string()) for column in columns}
    return ibis.memtable(pa.table(arrays))


def _judged(
    shape: tuple[Sequence[str], Sequence[made.Row]],
    units: Sequence[made.Row] | None = made.UNITS,
    points: Sequence[made.Row] | None = None,
    *,
    with_communes: bool = True,
) -> dict[str, dict[str, Any]]:
    rows = establishments(
        _table(*shape),
        None if units is None else _table(made.UNIT_COLUMNS, units),
        None if points is None else _table(tuple(points[0]), points),
        ibis.memtable(pa.Table.from_pylist(_COMMUNES)) if with_communes else None,
    )
    return {row["siret"]: row for row in rows.to_pyarrow().to_pylist()}


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, Any]]:
    return _judged(made.during_2026())


def test_the_columns_are_those_declared_then_the_reason_and_the_notes() -> None:
    columns = establishments(_table(*made.during_2026())).columns
    declared = read_declaration("establishments").names
    assert tuple(columns[: len(declared)]) == declared
    assert columns[len(declared)] == "reason"
    assert all(name.startswith("note_") for name in columns[len(declared) + 1 :])


def test_who_asked_for_partial_diffusion_is_left_out_by_the_site_or_by_the_legal_unit(rows: Any) -> None:
    assert {rows[made.siret(number)]["reason"] for number in (3, 4, 5)} == {"partial_diffusion"}


def test_partial_diffusion_of_the_site_is_enough_when_the_units_are_not_given() -> None:
    found = _judged(made.during_2026(), units=None)
    assert found[made.siret(3)]["reason"] == "partial_diffusion"


@pytest.mark.parametrize("status", ["", "X"])
def test_a_diffusion_status_that_is_missing_or_unknown_is_not_a_yes(status: str) -> None:
    shape = made.during_2026([made.site(1, statutDiffusionEtablissement=status)])
    assert _judged(shape)[made.siret(1)]["reason"] == "diffusion"


def test_a_site_abroad_is_left_out(rows: Any) -> None:
    assert rows[made.siret(9, 2)]["reason"] == "abroad"


def test_a_sole_trader_is_kept_without_any_name(rows: Any) -> None:
    trader = rows[made.siret(2)]
    assert trader["reason"] is None
    assert trader["name"] is None
    assert trader["note_sole_trader"]


def test_a_family_name_without_a_company_name_makes_a_sole_trader_whatever_the_legal_category() -> None:
    unit = made.unit(1, denominationUniteLegale="", nomUniteLegale="DUPONDIN", categorieJuridiqueUniteLegale="")
    assert _judged(made.during_2026(made.SITES[:1]), [unit])[made.siret(1)]["name"] is None


def test_a_site_whose_legal_unit_is_unknown_has_no_name_because_it_may_be_a_persons() -> None:
    shape = made.during_2026([made.site(20, enseigne1Etablissement="DUPONDIN")])
    row = _judged(shape)[made.siret(20)]
    assert row["name"] is None
    assert row["note_no_unit"]


@pytest.mark.parametrize(
    ("number", "name"),
    [(1, "MECANIQUE INVENTEE DU DOUBS"), (6, "FONDERIE INVENTEE"), (7, "CORSINV"), (8, "MECANIQUE INVENTEE 8")],
)
def test_the_name_is_the_companys_or_its_usual_name_or_its_acronym(rows: Any, number: int, name: str) -> None:
    assert rows[made.siret(number)]["name"] == name


def test_the_activity_is_that_of_the_site_not_of_the_company(rows: Any) -> None:
    assert rows[made.siret(1, 2)]["activity"] == "25.62B"
    assert rows[made.siret(1, 1)]["activity"] == "70.10Z"


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (made.before_2026, ("25.62B", None)),
        (made.during_2026, ("25.62B", "25.53Y")),
        (made.after_2027, (None, "25.53Y")),
        (lambda: made.after_2027(keeps_column=True), (None, "25.53Y")),
    ],
    ids=["before 2026", "during 2026", "after the switch", "after the switch, second column kept"],
)
def test_the_edition_of_an_activity_is_what_the_nomenclature_column_says(
    shape: Callable[[], tuple[Sequence[str], Sequence[made.Row]]], expected: tuple[str | None, str | None]
) -> None:
    row = _judged(shape())[made.siret(1, 2)]
    assert (row["activity"], row["activity_2025"]) == expected


def test_a_code_that_keeps_its_old_edition_after_the_switch_is_still_of_rev_2() -> None:
    row = _judged(made.after_2027())[made.siret(6, 1)]
    assert (row["activity"], row["activity_2025"]) == ("25.62B", None)


def test_a_code_of_an_older_edition_is_not_an_activity_and_an_unknown_edition_is_noted(rows: Any) -> None:
    old = rows[made.siret(6, 2)]
    assert (old["activity"], old["note_nomenclature"], old["note_no_activity"]) == (None, False, True)
    strange = made.during_2026([made.site(1, nomenclatureActivitePrincipaleEtablissement="NAF2040")])
    row = _judged(strange)[made.siret(1)]
    assert (row["activity"], row["note_nomenclature"]) == (None, True)


@pytest.mark.parametrize(("written", "band"), [("NN", None), ("", None), ("00", "00"), ("53", "53"), ("99", None)])
def test_an_unknown_headcount_is_neither_zero_nor_a_band(written: str, band: str | None) -> None:
    row = _judged(made.during_2026([made.site(1, trancheEffectifsEtablissement=written)]))[made.siret(1)]
    assert row["band"] == band
    assert row["note_band"] == (written == "99")


def test_open_and_closed_sites_head_offices_and_employers_are_told_apart(rows: Any) -> None:
    assert (rows[made.siret(1, 1)]["active"], rows[made.siret(6, 1)]["active"]) == (True, False)
    assert (rows[made.siret(1, 1)]["head_office"], rows[made.siret(1, 2)]["head_office"]) == (True, False)
    assert [rows[made.siret(number)]["employer"] for number in (1, 2, 6)] == [True, False, None]


@pytest.mark.parametrize(
    ("number", "commune", "department"), [(7, "2A004", "2A"), (8, "97411", "974"), (9, "69381", "69")]
)
def test_corsica_overseas_and_municipal_districts_have_their_department(
    rows: Any, number: int, commune: str, department: str
) -> None:
    row = rows[made.siret(number)]
    assert (row["commune"], row["department"]) == (commune, department)


def test_lambert_coordinates_give_a_point_at_the_address(rows: Any) -> None:
    row = rows[made.siret(1, 2)]
    assert row["point_basis"] == "address"
    assert 5.9 < row["longitude"] < 6.1
    assert 47.2 < row["latitude"] < 47.3


def test_coordinates_overseas_are_not_lambert_93_and_leave_the_communes_point(rows: Any) -> None:
    row = rows[made.siret(8)]
    assert (row["longitude"], row["latitude"], row["point_basis"]) == (55.45, -20.88, "commune")


def test_without_coordinates_the_point_is_the_communes_and_says_when_it_is_approximate(rows: Any) -> None:
    assert rows[made.siret(10)]["point_basis"] == "commune"
    assert rows[made.siret(2)]["point_basis"] == "approximate"
    assert rows[made.siret(7)]["point_basis"] is None
    assert rows[made.siret(7)]["note_no_point"]


def test_the_geolocated_file_comes_first_with_its_own_quality() -> None:
    found = _judged(made.during_2026(), points=made.POINTS)
    assert [found[made.siret(number)]["point_basis"] for number in (1, 6, 9)] == ["address", "commune", "approximate"]
    assert found[made.siret(1)]["longitude"] == 2.3107


def test_la_postes_own_rule_is_known(rows: Any) -> None:
    assert rows[made.LA_POSTE_SITE]["reason"] is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"siret": "00000001000019"}, "siret"),
        ({"siret": "0000000100001"}, "siret"),
        ({"siret": "ABCDEFGHIJKLMN"}, "siret"),
        ({"siren": "000000026"}, "siret"),
        ({"codeCommuneEtablissement": ""}, "commune"),
        ({"codeCommuneEtablissement": "2C004"}, "commune"),
        ({"codeCommuneEtablissement": "1234"}, "commune"),
        ({"codeCommuneEtablissement": "99138"}, "abroad"),
        ({"etatAdministratifEtablissement": ""}, "state"),
        ({"etatAdministratifEtablissement": "X"}, "state"),
    ],
)
def test_a_row_that_cannot_be_placed_says_why(change: dict[str, str], reason: str) -> None:
    row = made.site(1) | change
    found = list(_judged(made.during_2026([row])).values())
    assert [judged["reason"] for judged in found] == [reason]
    assert reason in REASONS


def test_ten_of_the_fourteen_sites_remain(rows: Any) -> None:
    assert len(rows) == 14
    assert sum(row["reason"] is None for row in rows.values()) == 10
