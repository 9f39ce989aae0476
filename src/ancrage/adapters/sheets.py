"""Read a sheet that a user gave, in a short-lived child with limits (RELIABILITY D3).

The long-lived process never parses the file: it starts `sheet_child`, hands it the open file, and reads JSON lines
back. A child that dies, exceeds its time or answers half is a refusal with a sentence, never an exception of a reader.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from ancrage.adapters.sheet_limits import ANSWER_BYTES, FILE_BYTES, MEBIBYTE, WALL_SECONDS
from ancrage.dossier.bom.headings import recognised
from ancrage.dossier.bom.sheet import NUMERIC_TEXT_ERRORS, Cell, Flaw, Merge, RawSheet
from ancrage.dossier.model import Problem, Severity
from ancrage.kernel.errors import FileRefusedError
from ancrage.kernel.message import Message, message

_EXAMPLES = ("exemple", "example")
_CHILD = "ancrage.adapters.sheet_child"


def read_sheet(path: Path, *, sheet: str | None = None, wall_seconds: float = WALL_SECONDS) -> RawSheet:
    """The rows of a sheet, with everything the reader states about the file.

    XLSX (XLSM: macros are ignored), ODS, and text tables whatever their extension: the content decides. In a workbook
    with several sheets, the one whose headings are best recognised is read and said so, unless `sheet` names it.
    Raises `FileRefusedError` when the file is absent, too large, unsafe, damaged or not a sheet.
    """
    with _opened(path) as file:
        answer = _ask(file, sheet, wall_seconds)
        if "several" not in answer.head:
            return _sheet(_shown(path), answer)
        chosen, problem = _choose(answer.head["several"])
        file.seek(0)
        found = _sheet(_shown(path), _ask(file, chosen, wall_seconds))
    return replace(found, problems=(problem, *found.problems))


def _shown(path: Path) -> str:
    """The file's name, without the bytes that no text can hold."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


def _opened(path: Path) -> IO[bytes]:
    try:
        if not path.is_file():
            raise FileRefusedError("sheets.absent" if not path.exists() else "sheets.not_a_file", file=_shown(path))
        if path.stat().st_size > FILE_BYTES:
            raise FileRefusedError("sheets.too_big", limit=FILE_BYTES // MEBIBYTE)
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise FileRefusedError("sheets.unopenable", file=_shown(path)) from error


# --- the child ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Answer:
    head: dict[str, Any]
    numbers: list[int]
    rows: list[tuple[Cell, ...]]


def _ask(file: IO[bytes], sheet: str | None, wall_seconds: float) -> _Answer:
    request = json.dumps({"sheet": sheet})
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-I", "-m", _CHILD, request]
    with subprocess.Popen(  # noqa: S603  # our own interpreter and module; the file is its standard input
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True,
        encoding="ascii",
    ) as child:  # fmt: skip
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        watchdog = threading.Timer(wall_seconds, stop)
        watchdog.start()
        try:
            assert child.stdout is not None
            answer, is_whole = _collect(child.stdout)
            code = _end(child, patience=0 if is_whole else 5)
        finally:
            watchdog.cancel()
            child.kill()
    if not is_whole:
        raise _failure(code, is_late=late.is_set())
    return answer


def _end(child: subprocess.Popen[str], patience: float) -> int:
    """How the child ended; one that answered enough is not waited for."""
    try:
        return child.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _collect(lines: IO[str]) -> tuple[_Answer, bool]:
    answer = _Answer({}, [], [])
    size = 0
    for line in lines:
        size += len(line)
        if size > ANSWER_BYTES or not line.endswith("\n"):
            return answer, False
        part = json.loads(line, parse_float=Decimal)
        if "refused" in part:
            raise FileRefusedError(part["refused"], **part["parameters"])
        if "rows" in part:
            answer.numbers.extend(part["numbers"])
            answer.rows.extend(tuple(map(_cell, row)) for row in part["rows"])
        elif "end" in part:
            return answer, part["end"] == len(answer.rows)
        else:
            answer.head = part
            if "several" in part:
                return answer, True
    return answer, False


def _failure(code: int, *, is_late: bool) -> FileRefusedError:
    if is_late or code == -getattr(signal, "SIGXCPU", 0):
        return FileRefusedError("sheets.too_long")
    if code < 0:
        return FileRefusedError("sheets.too_heavy")
    return FileRefusedError("sheets.damaged")


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        if "date" in value:
            return date.fromisoformat(value["date"])
        kind, text = next(iter(value.items()))
        return Flaw(kind, text)
    if isinstance(value, str) and value.startswith("#") and value.upper() in NUMERIC_TEXT_ERRORS:
        return Flaw("error", value)
    return value  # type: ignore[no-any-return]  # text, integer, exact decimal, true, false or null


# --- the answer -----------------------------------------------------------------------------------------------------


def _sheet(name: str, answer: _Answer) -> RawSheet:
    head = answer.head
    return RawSheet(
        name=name,
        rows=tuple(answer.rows),
        numbers=tuple(answer.numbers),
        sheet=head["sheet"],
        is_text=head["text"],
        merges=tuple(Merge(*merge) for merge in head["merges"]),
        problems=tuple(_problems(head["statements"])),
        sheets=dict(head["sheets"]),
    )


def _problems(statements: list[list[Any]]) -> Iterator[Problem]:
    for severity, code, parameters, line, column in statements:
        yield Problem(Severity(severity), Message(code, tuple(parameters.items())), line, column)


def _choose(sheets: list[Mapping[str, Any]]) -> tuple[str, Problem]:
    """The sheet whose headings are best recognised and that has lines; a tie is a warning.

    The invented examples of our own template are never taken for a company's own lines: a template in which nothing
    else has lines is refused as not filled in. Another sheet called "example" is read when nothing else has lines.
    """
    scores = {sheet["name"]: _score(sheet["rows"]) for sheet in sheets if not _is_own_example(sheet)}
    if len(scores) < len(sheets) and not any(has_lines and known >= 2 for known, has_lines in scores.values()):
        raise FileRefusedError("sheets.unfilled", sheet=max(scores, key=lambda name: scores[name], default="-"))
    if max(scores.values()) < (2, False):
        raise FileRefusedError("sheets.which_sheet", sheets=", ".join(scores))
    filled = [name for name, (_, has_lines) in scores.items() if has_lines] or list(scores)
    own = [name for name in filled if not name.casefold().startswith(_EXAMPLES) and scores[name][0] >= 2]
    best = max(scores[name][0] for name in own or filled)
    winners = [name for name in own or filled if scores[name][0] == best]
    others = ", ".join(sheet["name"] for sheet in sheets if sheet["name"] != winners[0])
    is_sure = len(winners) == 1 or not own
    severity = Severity.NOTE if is_sure else Severity.WARNING
    code = "sheets.chosen" if is_sure else "sheets.chosen_among"
    return winners[0], Problem(severity, message(code, sheet=winners[0], others=others))


def _is_own_example(sheet: Mapping[str, Any]) -> bool:
    """An example of our template: its name and its first cell both say so."""
    first = next((row[0] for row in sheet["rows"][:1] if row), None)
    says_so = isinstance(first, str) and first.casefold().startswith(_EXAMPLES)
    return says_so and sheet["name"].casefold().startswith(_EXAMPLES)


def _score(rows: list[list[Any]]) -> tuple[int, bool]:
    """How many fields the best row of headings names, and whether anything stands below it."""
    known = [recognised(tuple(map(_cell, row))) for row in rows]
    best = max(known, default=0)
    below = rows[known.index(best) + 1 :] if known else []
    return best, any(cell is not None for row in below for cell in row)
