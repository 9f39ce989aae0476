"""The embedded engine opens vintages read-only, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
import sirene_files as made

from ancrage.adapters.home import Home
from ancrage.adapters.imports import import_register
from ancrage.adapters.warehouse_duckdb import DuckWarehouse
from ancrage.kernel.errors import VintageError
from ancrage.kernel.evidence import Vintage
from ancrage.kernel.table import read_declaration

REGISTER = read_declaration("establishments")


@pytest.fixture
def vintage(home: Home, tmp_path: Path) -> Vintage:
    return import_register(home, made.write_stock(tmp_path / "files", made.during_2026()), on=date(2026, 11, 1)).vintage


def test_a_vintage_opens_as_its_declared_table_with_its_evidence(home: Home, vintage: Vintage) -> None:
    warehouse = DuckWarehouse(home)
    table = warehouse.open(vintage, REGISTER)
    found = warehouse.collect(table.expression.filter(table.expression.department == "75").select("siret", "commune"))
    assert found.to_pylist() == [{"siret": made.siret(1), "commune": "75108"}]
    assert table.evidence.vintage == vintage
    assert table.declaration is REGISTER


def test_the_rows_come_in_the_order_of_the_vintage_each_time(home: Home, vintage: Vintage) -> None:
    warehouse = DuckWarehouse(home)
    expression = warehouse.open(vintage, REGISTER).expression
    assert warehouse.collect(expression).equals(warehouse.collect(expression))


def test_an_absent_vintage_and_another_schema_are_refused(home: Home, vintage: Vintage) -> None:
    warehouse = DuckWarehouse(home)
    with pytest.raises(VintageError):
        warehouse.open(replace(vintage, sha256="0" * 64), REGISTER)
    with pytest.raises(VintageError):
        warehouse.open(vintage, replace(REGISTER, columns=REGISTER.columns[:-1]))
    with pytest.raises(VintageError):
        warehouse.open(vintage, replace(read_declaration("cn_cpa"), name="establishments"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/proc/self/environ')",
        "COPY (SELECT 1) TO '/tmp/ancrage-test.parquet'",
        "ATTACH '/tmp/ancrage-test.duckdb'",
        "INSTALL spatial",
        "LOAD '/tmp/ancrage-test.duckdb_extension'",
        "SET enable_external_access = true",
        "SET threads = 64",
        "SET allowed_directories = ['/']",
    ],
)
def test_the_engine_reaches_no_other_file_and_its_settings_are_locked(home: Home, sql: str) -> None:
    warehouse = DuckWarehouse(home)
    with pytest.raises(duckdb.Error):
        warehouse._connection.raw_sql(sql)
