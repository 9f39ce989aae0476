"""The child that makes one Parquet file of the files of a public source: `python -I -m ancrage.adapters.import_child`.

DuckDB's security model takes data files for trusted (RELIABILITY D3), so they are read here, in a process that limits
itself, refuses sockets and programs, and in a DuckDB that can open no other file than those named. It is spoken to in
JSON lines on standard input and answers in JSON lines:

```text
-> {"paths": [...], "output": path, "temporary": folder, "memory": "1GB", "threads": 2}
<- {"files": [{"columns": [...]}, ...]}
-> {"views": [{"name": ..., "file": 0, "columns": {column: heading}}]}
<- {"stage": "read"}
-> {"rows": sql, "columns": [...], "order": [...], "key": [...], "notes": [...]}
<- {"stage": "judge"}  {"stage": "sort"}
<- {"done": {"read": n, "kept": n, "distinct": n, "reasons": {...}, "notes": {...}}}
```

or, at any time, `{"refused": code, "parameters": {...}}`. The engine's own sentences never leave it.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import duckdb

from ancrage.adapters.import_raw import Feed, RawFile, Refusal, recognise, refuse_unfinished

ADDRESS_SPACE = 12 * 1024**3
CPU_SECONDS = 4 * 3600
ROW_GROUP = 122_880
DICTIONARY = 20_000
"""Distinct values of a row group beyond which a column is written plain: a SIRET never repeats, a commune does."""
PARENT_CHECK_SECONDS = 0.5
# ruff: noqa: S608  # names and paths are quoted by `_name` and `_text`; nothing a file holds enters a statement
_LINE = re.compile(r"\bLine: (\d+)")
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "urllib.",
              "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "shutil.", "ctypes.")  # fmt: skip


def limit_resources() -> None:
    """Bound this process before it looks at anything."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def end_with_parent(parent: int) -> None:
    """End this process, whatever it is doing, once its parent is gone: nobody is left to take what it makes."""
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_SECONDS)
    os._exit(1)


def refuse_the_world(event: str, _: tuple[Any, ...]) -> None:
    """Audit hook: no socket, no program, no file moved."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


class Build:
    """One import: a locked connection and the files it may read."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.output = request["output"]
        self.temporary = Path(request["temporary"])
        self.files = [recognise(Path(path)) for path in request["paths"]]
        self._loaded: list[str] = []
        self.connection = self._connect(request)
        self.files = [self._with_columns(raw) for raw in self.files]

    def _connect(self, request: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(
            config={
                "threads": request["threads"],
                "memory_limit": request["memory"],
                "temp_directory": str(self.temporary),
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        allowed = [str(raw.path) for raw in self.files] + [self._pipe(rank) for rank in range(len(self.files))]
        connection.execute("SET allowed_paths = ?", [[*allowed, self.output]])
        connection.execute("SET allowed_directories = ?", [[f"{self.temporary}/"]])
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return connection

    def _pipe(self, rank: int) -> str:
        return str(self.temporary / f"pipe{rank}")

    def _with_columns(self, raw: RawFile) -> RawFile:
        if raw.kind == "csv":
            return raw
        described = self._execute(f"DESCRIBE SELECT * FROM read_parquet({_text(str(raw.path))})", raw).fetchall()
        return RawFile(raw.path, raw.kind, columns=tuple(row[0] for row in described))

    def _execute(self, sql: str, raw: RawFile | None = None) -> duckdb.DuckDBPyConnection:
        try:
            return self.connection.execute(sql)
        except duckdb.OutOfMemoryException as error:
            raise Refusal("engine.memory") from error
        except duckdb.IOException as error:
            raise Refusal(
                "engine.disk" if "No space" in str(error) else "file.damaged", file=self._blame(raw)
            ) from error
        except duckdb.Error as error:
            found = _LINE.search(str(error))
            if found is None:
                raise Refusal("file.damaged", file=self._blame(raw)) from error
            raise Refusal("file.row", file=self._blame(raw), line=int(found[1])) from error

    def _blame(self, raw: RawFile | None) -> str:
        return ", ".join(raw.name for raw in self.files) if raw is None else raw.name

    def load(self, views: list[dict[str, Any]]) -> None:
        """Read the columns that are needed, as text, into raw tables."""
        say({"stage": "read"})
        for view in views:
            self._load(view)

    def run(self, plan: dict[str, Any]) -> dict[str, Any]:
        """Judge each row, sort, write. Returns the counts."""
        say({"stage": "judge"})
        self._execute(f"CREATE TEMP TABLE judged AS {plan['rows']}")
        for name in self._loaded:
            self._execute(f"DROP TABLE {_name(name)}")
        counts = self._counts(plan["notes"])
        say({"stage": "sort"})
        columns = ", ".join(map(_name, plan["columns"]))
        order = ", ".join(f"{_name(column)} NULLS LAST" for column in plan["order"])
        self._execute(
            f"COPY (SELECT {columns} FROM judged WHERE reason IS NULL ORDER BY {order}) TO {_text(self.output)} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, "
            f"DICTIONARY_SIZE_LIMIT {DICTIONARY}, WRITE_BLOOM_FILTER false)"
        )
        key = ", ".join(map(_name, plan["key"]))
        distinct = self._one(f"SELECT count(*) FROM (SELECT DISTINCT {key} FROM judged WHERE reason IS NULL)")
        return counts | {"distinct": distinct}

    def _load(self, view: dict[str, Any]) -> None:
        raw = self.files[view["file"]]
        feed = self._feed(raw, view["file"])
        selected = ", ".join(
            f"CAST({_name(heading)} AS VARCHAR) AS {_name(column)}" for column, heading in view["columns"].items()
        )
        reader = self._reader(raw, view["file"])
        try:
            self._execute(f"CREATE TEMP TABLE {_name(view['name'])} AS SELECT {selected} FROM {reader}", raw)
        except Refusal as refusal:
            raise refusal if feed is None else feed.cause(refusal) from refusal
        if feed is not None:
            feed.check()
        self._loaded.append(view["name"])

    def _feed(self, raw: RawFile, rank: int) -> Feed | None:
        if raw.packing:
            os.mkfifo(self._pipe(rank), 0o600)
            return Feed(raw, Path(self._pipe(rank)))
        if raw.kind == "csv":
            refuse_unfinished(raw)
        return None

    def _reader(self, raw: RawFile, rank: int) -> str:
        if raw.kind == "parquet":
            return f"read_parquet({_text(str(raw.path))})"
        path = self._pipe(rank) if raw.packing else str(raw.path)
        columns = ", ".join(f"{_text(column)}: 'VARCHAR'" for column in raw.columns)
        return (
            f"read_csv({_text(path)}, auto_detect = false, header = true, delim = {_text(raw.delimiter)}, "
            f"quote = '\"', escape = '\"', strict_mode = true, columns = {{{columns}}})"
        )

    def _counts(self, notes: list[str]) -> dict[str, Any]:
        reasons = dict(self._execute("SELECT coalesce(reason, ''), count(*) FROM judged GROUP BY ALL").fetchall())
        kept = reasons.pop("", 0)
        counted = ", ".join(f"count(*) FILTER (WHERE {_name(note)})" for note in notes)
        found = self._execute(f"SELECT {counted} FROM judged WHERE reason IS NULL").fetchone() if notes else ()
        assert found is not None
        return {
            "read": kept + sum(reasons.values()),
            "kept": kept,
            "reasons": dict(sorted(reasons.items())),
            "notes": dict(zip(notes, found, strict=True)),
        }

    def _one(self, sql: str) -> int:
        row = self._execute(sql).fetchone()
        assert row is not None
        return int(row[0])


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def say(answer: dict[str, Any]) -> None:
    """One line of the answer."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Follow the conversation described above; always ends with `done` or `refused`, unless killed."""
    limit_resources()
    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
    sys.addaudithook(refuse_the_world)
    try:
        build = Build(json.loads(sys.stdin.readline()))
        say({"files": [{"columns": raw.columns} for raw in build.files]})
        for line in sys.stdin:
            words = json.loads(line)
            if "views" in words:
                build.load(words["views"])
            else:
                say({"done": build.run(words)})
    except Refusal as refusal:
        say({"refused": refusal.code, "parameters": refusal.parameters})
    except MemoryError:
        say({"refused": "sources.engine.memory", "parameters": {}})
    sys.stdout.flush()
    os._exit(0)  # a feeding thread may still wait on a pipe that nobody reads


if __name__ == "__main__":
    sys.exit(main())
