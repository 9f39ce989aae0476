"""Public sources in the home: list, import, download, verify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ancrage.adapters.home import Home, verify_folder
from ancrage.adapters.imports import ImportReport, import_source
from ancrage.interfaces.jobs.progress import Progress, Step
from ancrage.interfaces.jobs.register import TABLE, index_register
from ancrage.interfaces.wiring import open_home
from ancrage.kernel.errors import AncrageError, UsageError
from ancrage.kernel.evidence import Vintage
from ancrage.kernel.message import message
from ancrage.reference.source import Source, catalogue_of_sources, source_named


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


def import_files(files: Sequence[Path], source: str | None, on: date, progress: Progress) -> ImportReport:
    """Import official files from disk, then put the vintage in use. Raises `UsageError` when the source is not said."""
    if source is None:
        known = ", ".join(sorted(catalogue_of_sources()))
        raise UsageError("cli.data.which", known=known)
    return publish(open_home(), source_named(source), files, on, progress)


def publish(home: Home, source: Source, files: Sequence[Path], on: date, progress: Progress) -> ImportReport:
    """Make a vintage of a source, and its search index, and name it in the store: the very last step."""
    from ancrage.adapters.store import actions, queries

    former = queries.current_vintage(source.id)
    rows = {row.vintage: row.rows for row in queries.vintages()}
    report = import_source(
        home,
        source,
        files,
        on=on,
        progress=lambda stage: progress(Step(message(f"jobs.import.{stage}"))),
        former_rows=None if former is None else rows[former],
    )
    if source.table == TABLE and not any(row.detail.get("of") == report.vintage.sha256 for row in queries.vintages()):
        progress(Step(message("jobs.import.index")))
        index = index_register(home, report.vintage)
        actions.publish_vintage(index, report.rows, {"of": report.vintage.sha256})
    actions.publish_vintage(report.vintage, report.rows, report.detail())
    return report


def verify_home() -> Iterator[tuple[Vintage, AncrageError | None]]:
    """Read every byte of every vintage that the store names; the error of each, or None."""
    home = open_home()
    from ancrage.adapters.store import queries

    for row in queries.vintages():
        try:
            verify_folder(home.root / "vintages" / row.vintage.source / row.vintage.sha256, row.vintage)
        except AncrageError as error:
            yield row.vintage, error
        else:
            yield row.vintage, None
