"""The embedded engine: DuckDB over read-only Parquet vintages (fulfils `ports.Warehouse`).

One in-memory database per warehouse; vintages are views on files of the home, whose every byte was checked. The
database can open those files and nothing else, installs no extension, and its configuration is locked.
"""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from ancrage.adapters.home import Home
from ancrage.kernel.errors import VintageError
from ancrage.kernel.evidence import Evidence, Vintage
from ancrage.kernel.table import Declaration, Table

if TYPE_CHECKING:
    import ibis.expr.schema as sch
    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis.backends.duckdb import Backend

THREADS = 2
MEMORY = "1GB"


class DuckWarehouse:
    """Opens the vintages of a home as Ibis tables and collects results. Safe to share between threads."""

    def __init__(self, home: Home, *, threads: int = THREADS, memory: str = MEMORY) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._opened: set[str] = set()
        self._connection = _connect(home, threads, memory)

    def open(self, vintage: Vintage, declaration: Declaration) -> Table:
        """The table of a vintage, after its bytes were checked.

        Raises `VintageError` when it is absent, damaged, or does not have the declared columns.
        """
        path = self._home.folder(vintage) / f"{declaration.name}.parquet"
        name = f"{declaration.name}_{vintage.sha256}"
        with self._lock:
            if name not in self._opened:
                self._view(name, path, vintage)
                self._opened.add(name)
            expression = self._connection.table(name)
        _refuse_other_schema(expression.schema(), declaration, vintage)
        evidence = Evidence(source=vintage.source, step="warehouse.open", vintage=vintage)
        return Table(declaration, expression, evidence)

    def collect(self, expression: ir.Table) -> pa.Table:
        """The result of an expression, in memory, in the order that the expression gives."""
        with self._lock:
            return self._connection.to_pyarrow(expression)

    def _view(self, name: str, path: Path, vintage: Vintage) -> None:
        if not path.is_file():
            raise VintageError("home.vintage_damaged", source=vintage.source, sha256=vintage.sha256, file=path.name)
        quoted = str(path).replace("'", "''")
        sql = f"CREATE VIEW \"{name}\" AS SELECT * FROM read_parquet('{quoted}')"  # noqa: S608  # quoted just above
        self._connection.raw_sql(sql)


def _connect(home: Home, threads: int, memory: str) -> Backend:
    import ibis

    scratch = home.scratch / f"duckdb-{uuid.uuid4().hex}"  # its own: temporary files of two processes would collide
    connection: Backend = ibis.duckdb.connect(
        threads=threads,
        memory_limit=memory,
        temp_directory=str(scratch),
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    folders = ", ".join("'" + str(folder).replace("'", "''") + "/'" for folder in (home.root / "vintages", scratch))
    connection.raw_sql(f"SET allowed_directories = [{folders}]")
    connection.raw_sql("SET enable_external_access = false")
    connection.raw_sql("SET lock_configuration = true")
    return connection


def _refuse_other_schema(schema: sch.Schema, declaration: Declaration, vintage: Vintage) -> None:
    expected = {column.name: column.type for column in declaration.columns}
    found = {name: str(kind.copy(nullable=True)) for name, kind in schema.items()}
    if list(found.items()) != list(expected.items()):
        wrong = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
        raise VintageError("sources.vintage.schema", source=vintage.source, columns=", ".join(wrong) or "...")
