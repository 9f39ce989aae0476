"""Speaks with the importing child: starts it, gives it the plan, hears its counts. See `import_child`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from ancrage.kernel.errors import SourceError

MEMORY = "768MB"
THREADS = 2
WALL_SECONDS = 6 * 3600.0
_CHILD = "ancrage.adapters.import_child"

Progress = Callable[[str], None]
"""Told the stage that starts: `read`, `judge`, `sort`, `store`."""


@dataclass(frozen=True, slots=True)
class View:
    """A raw table to read: its name in the expressions, the rank of its file, and the heading of each column."""

    name: str
    file: int
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the child makes of the raw tables: the expression of the rows, what to keep of it and in which order."""

    rows: str
    columns: Sequence[str]
    order: Sequence[str]
    key: Sequence[str]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows read, rows kept, distinct keys among them, rows left out by reason, rows kept that deserve a note."""

    read: int
    kept: int
    distinct: int
    reasons: Mapping[str, int]
    notes: Mapping[str, int]


class ImportChild:
    """A running child, for one import. Use as a context manager: leaving it kills what remains."""

    def __init__(self, paths: Sequence[Path], output: Path, temporary: Path) -> None:
        self._request = {
            "paths": [str(path.absolute()) for path in paths],
            "output": str(output.absolute()),
            "temporary": str(temporary.absolute()),
            "memory": MEMORY,
            "threads": THREADS,
        }

    def __enter__(self) -> Self:
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        self._child = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-I", "-m", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=environment, text=True, encoding="utf-8",
        )  # fmt: skip
        self._watchdog = threading.Timer(WALL_SECONDS, self._child.kill)
        self._watchdog.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watchdog.cancel()
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            assert stream is not None
            stream.close()

    def headings(self) -> list[tuple[str, ...]]:
        """The columns of each file. Raises `SourceError` for a file that cannot be read."""
        self._say(self._request)
        return [tuple(file["columns"]) for file in self._hear()["files"]]

    def load(self, views: Sequence[View]) -> None:
        """Have the raw tables read; it does not wait, `build` hears what became of it."""
        rows = [{"name": view.name, "file": view.file, "columns": dict(view.columns)} for view in views]
        self._say({"views": rows})

    def build(self, plan: Plan, progress: Progress) -> Counts:
        """Write the Parquet file. Raises `SourceError`, and then what was written is worth nothing."""
        self._say(
            {
                "rows": plan.rows,
                "columns": list(plan.columns),
                "order": list(plan.order),
                "key": list(plan.key),
                "notes": list(plan.notes),
            }
        )
        while "done" not in (answer := self._hear()):
            progress(answer["stage"])
        return Counts(**answer["done"])

    def _say(self, words: Mapping[str, object]) -> None:
        sink: IO[str] | None = self._child.stdin
        assert sink is not None
        try:
            sink.write(json.dumps(words) + "\n")
            sink.flush()
        except BrokenPipeError:
            return  # it died: the answer that does not come says so

    def _hear(self) -> dict[str, Any]:
        source: IO[str] | None = self._child.stdout
        assert source is not None
        line = source.readline()
        if not line.endswith("\n"):
            raise SourceError("sources.engine.died", status=self._child.wait())
        answer: dict[str, Any] = json.loads(line)
        if "refused" in answer:
            raise SourceError(answer["refused"], **answer["parameters"])
        return answer
