"""Public sources in the home: list, import, download, verify."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ancrage.interfaces.jobs.progress import Progress, Step
from ancrage.interfaces.wiring import open_home
from ancrage.kernel.errors import UsageError
from ancrage.kernel.message import message
from ancrage.reference.source import Source, catalogue_of_sources

if TYPE_CHECKING:
    from ancrage.adapters.imports import ImportReport
    from ancrage.adapters.public_data import Verified
    from ancrage.kernel.evidence import Vintage


@dataclass(frozen=True, slots=True)
class SourceInHome:
    """A source of the catalogue, its vintage in use (None: never imported) and how many rows that one holds."""

    source: Source
    vintage: Vintage | None
    rows: int | None


def sources_in_home() -> list[SourceInHome]:
    """Every source of the catalogue, by identifier."""
    open_home()
    from ancrage.adapters.store import queries

    used = {row.vintage.source: row for row in queries.vintages() if row.in_use}
    rows = []
    for name, source in sorted(catalogue_of_sources().items()):
        row = used.get(name)
        rows.append(SourceInHome(source, row.vintage if row else None, row.rows if row else None))
    return rows


def import_files(  # noqa: PLR0913  # keywords alone after the progress
    files: Sequence[Path],
    source: str | None,
    on: date,
    progress: Progress,
    *,
    meanings: Mapping[str, str] | None = None,
    fewer_rows: bool = False,
) -> ImportReport:
    """Import official files from disk and put the vintage in use; without a source, the one that their columns tell.

    `meanings` says which column of the source a heading of the files is (heading -> column). Raises `UsageError` when
    the source cannot be told, or when two headings are given for one column.
    """
    mapping = {column: heading for heading, column in (meanings or {}).items()}
    if len(mapping) != len(meanings or {}):
        raise UsageError("jobs.import.meanings", columns=", ".join(sorted(mapping)))
    home = open_home()
    from ancrage.adapters.public_data import import_file, source_of

    known = source or source_of(home, files, mapping)
    return import_file(home, known, files, on, progress=_stages(progress), mapping=mapping, fewer_rows=fewer_rows)


def pull_source(source: str, mirror: str | None, on: date, progress: Progress) -> ImportReport:
    """Download the official files of a source, or take them from a mirror, then import them."""
    home = open_home()
    from ancrage.adapters.public_data import Download, pull

    def told(name: str, done: int, total: int | None) -> None:
        progress(Step(message("jobs.pull.file", name=name), done, total))

    return pull(home, source, on, how=Download(mirror=mirror, told=told), progress=_stages(progress))


def verify_home() -> Iterator[Verified]:
    """Read every byte of every vintage that the store names; what is wrong with each, or None."""
    home = open_home()
    from ancrage.adapters.public_data import verify

    yield from verify(home)


def _stages(progress: Progress) -> Callable[[str], None]:
    return lambda stage: progress(Step(message(f"jobs.import.{stage}")))
