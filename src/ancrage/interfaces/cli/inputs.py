"""Values typed on the command line."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ancrage.kernel.errors import FileRefusedError, UsageError


def mapping_of(pairs: Sequence[str]) -> dict[str, str]:
    """`--map 'item=Désignation'` -> {heading as written: field}. Raises `UsageError` without an equal sign."""
    found: dict[str, str] = {}
    for pair in pairs:
        heading, equal, field = pair.rpartition("=")
        if not equal or not field.strip() or not heading.strip():
            raise UsageError("cli.map", text=pair)
        found[heading.strip()] = field.strip()
    return found


def date_of(text: str | None) -> date:
    """A date typed as 2026-11-24, today when absent. Raises `UsageError`."""
    if text is None:
        return date.today()  # noqa: DTZ011 - the date on the user's wall, asked for by the command's default
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("cli.date", text=text) from None


def existing_file(path: Path) -> Path:
    """The path of a file that can be read. Raises `FileRefusedError`."""
    if not path.is_file():
        raise FileRefusedError("cli.file_absent", path=str(path))
    return path


def folder_of(text: str) -> Path:
    """The folder to write to. Raises `UsageError` when none is named: the current folder is never meant in silence."""
    if not text.strip():
        raise UsageError("cli.out_empty")
    return Path(text)


def is_interactive() -> bool:
    """True when a person watches standard error."""
    return sys.stderr.isatty()
