"""The public data of a home: import a source, download it, verify what is kept. What the doors call.

An import makes the vintage, then its search index when it is a register, and only then names both in the store.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ancrage.adapters.fetch import Fetched, Limits, Told, fetch, file_name
from ancrage.adapters.fetch_door import Door, GuardedBackend
from ancrage.adapters.home import Home, verify_folder
from ancrage.adapters.import_engine import Progress
from ancrage.adapters.import_sheet import SUFFIXES
from ancrage.adapters.imports import ImportReport, headings_of, import_source
from ancrage.adapters.search_tantivy import TantivyIndex
from ancrage.adapters.store import actions, queries
from ancrage.kernel.errors import DownloadError, UsageError, VintageError
from ancrage.kernel.evidence import Vintage
from ancrage.reference.source import Source, SourceFile, catalogue_of_sources, source_named

__all__ = [
    "Download",
    "Verified",
    "build_index",
    "catalogue_of_sources",
    "downloaded",
    "import_file",
    "index_of",
    "pull",
    "source_of",
    "sweep_unnamed",
    "verify",
]

REGISTER_TABLE = "establishments"
_UNNAMED_SECONDS = 24 * 3600
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Download:
    """How to download. `mirror` is a folder, or the address of a folder, that holds copies of the official files
    under their names: it takes the place of the official addresses. `told` hears the file, the bytes at hand and the
    total (None while unknown)."""

    mirror: str | None = None
    limits: Limits | None = None
    told: Callable[[str, int, int | None], None] | None = None
    backend: Callable[[Door], GuardedBackend] = GuardedBackend


@dataclass(frozen=True, slots=True)
class Verified:
    """A vintage of the store and what is wrong with it, None when every byte is as it was."""

    vintage: Vintage
    in_use: bool
    error: VintageError | None


def import_file(  # noqa: PLR0913  # keywords alone after the date
    home: Home,
    source_id: str,
    files: Path | Sequence[Path],
    on: date,
    *,
    progress: Progress | None = None,
    mapping: Mapping[str, str] | None = None,
    fewer_rows: bool = False,
) -> ImportReport:
    """Import the official files of a source from disk, and put the vintage in use.

    `fewer_rows` says that a person knows that the new file has fewer rows than the vintage in use.

    `mapping` (column -> heading) names columns that are not recognised. The vintages in use of the sources that this
    one `uses` complete it. Raises `UsageError` for an unknown source, `SourceError` when the files are not good
    enough: the vintage in use stays in use.
    """
    source = source_named(source_id)
    paths = [files] if isinstance(files, Path) else list(files)
    using = [vintage for name in source.uses if (vintage := queries.current_vintage(name)) is not None]
    former_rows = None if fewer_rows else _rows_in_use(source.id)
    report = import_source(
        home, source, paths, on=on, progress=progress, former_rows=former_rows, mapping=mapping, using=using
    )
    if source.table == REGISTER_TABLE:
        if progress is not None:
            progress("index")
        index = build_index(home, report.vintage)
        actions.publish_vintage(index, report.rows, {"register": report.vintage.sha256})
    actions.publish_vintage(report.vintage, report.rows, report.detail())
    sweep_unnamed(home)
    return report


def source_of(home: Home, files: Sequence[Path], mapping: Mapping[str, str] | None = None) -> str:
    """The source that files are of, by their columns: the one of the catalogue that recognises the most of them.

    `mapping` (column -> heading) names columns that are not recognised. Demonstration sources and workbooks are never
    guessed. Raises `UsageError` when no source of the catalogue takes all the files, or two do equally; `SourceError`
    when a file cannot be read.
    """
    is_guessed = not any(path.suffix.lower() in SUFFIXES for path in files)
    headings = headings_of(home, files) if is_guessed else [()]
    scores: dict[str, int] = {}
    for source in catalogue_of_sources().values():
        known = [_recognised(source, columns, mapping) for columns in headings]
        if not source.invented and all(known):
            scores[source.id] = sum(known)
    best = [name for name, score in scores.items() if score == max(scores.values(), default=0)]
    if len(best) != 1:
        names = ", ".join(path.name for path in files)
        raise UsageError("sources.which", files=names, known=", ".join(sorted(best or catalogue_of_sources())))
    return best[0]


def _recognised(source: Source, columns: Sequence[str], mapping: Mapping[str, str] | None) -> int:
    """How many columns of the source's nearest file are there, 0 unless all the needed ones are."""
    found = ((file, file.columns_in(columns, mapping).keys()) for file in source.files)
    return max((len(known) for file, known in found if set(file.needed) <= known), default=0)


def sweep_unnamed(home: Home) -> None:
    """Remove the vintages that the store does not name, a day after they were made: a crash left them."""
    named = {(row.vintage.source, row.vintage.sha256) for row in queries.vintages()}
    limit = time.time() - _UNNAMED_SECONDS
    for folder in sorted((home.root / "vintages").glob("*/*")):
        if (folder.parent.name, folder.name) not in named and folder.stat().st_mtime < limit:
            with home.work_folder() as aside:
                folder.rename(aside / folder.name)


def build_index(home: Home, register: Vintage) -> Vintage:
    """The search index of a vintage of the register, as a vintage of its own; not named in the store."""
    table = home.folder(register) / f"{REGISTER_TABLE}.parquet"

    def write(folder: Path) -> None:
        TantivyIndex.build(table, folder)

    return home.build(index_source(register.source), register.on, write, invented=register.invented)


def index_source(source_id: str) -> str:
    """The source identifier of the search indexes of a register."""
    return f"{source_id}-index"


def index_of(register: Vintage) -> Vintage:
    """The search index that belongs to a vintage of the register. Raises `VintageError` when there is none."""
    source = index_source(register.source)
    for row in queries.vintages():
        if row.vintage.source == source and row.detail.get("register") == register.sha256:
            return row.vintage
    raise VintageError("home.vintage_absent", source=source, sha256=register.sha256)


def pull(
    home: Home,
    source_id: str,
    on: date,
    *,
    how: Download | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Download the files of a source, then import them. Raises `UsageError`, `DownloadError`, `SourceError`."""
    source = source_named(source_id)
    with downloaded(home, source, how or Download()) as paths:
        return import_file(home, source.id, paths, on, progress=progress)


@contextmanager
def downloaded(home: Home, source: Source, how: Download) -> Iterator[list[Path]]:
    """The official files of a source, at hand while the context lasts.

    What was downloaded stays when the context is left by an error or a kill, so that the next call goes on from
    there; it is removed when the context is left well. Raises `UsageError` for a source that has no address to
    download from, `DownloadError` otherwise.
    """
    wanted = [file for file in source.files if file.address is not None]
    if not wanted:
        raise UsageError("fetch.by_hand", source=source.id, page=source.page)
    if how.mirror is not None and "://" not in how.mirror:
        yield _in_folder(Path(how.mirror), wanted)
        return
    folder = home.scratch / f"download-{source.id}"
    folder.mkdir(mode=0o700, exist_ok=True)
    door = door_of(source, how.mirror)
    yield [_fetched(file, folder, door, how).path for file in wanted]
    shutil.rmtree(folder)


def door_of(source: Source, mirror: str | None) -> Door:
    """The machines that a download of a source may speak to: its own, and the mirror's that the user names."""
    door = Door(frozenset(source.hosts))
    if mirror is None:
        return door
    host = mirror.partition("://")[2].partition("/")[0].rpartition("@")[2]
    name = host[1 : host.find("]")] if host.startswith("[") else host.partition(":")[0]
    if name in _LOOPBACK:
        return replace(door, loopback=True)
    return replace(door, hosts=door.hosts | {name.lower()})


def _fetched(file: SourceFile, folder: Path, door: Door, how: Download) -> Fetched:
    official = file.address or ""
    name = file_name(official)
    address = official if how.mirror is None else f"{how.mirror.rstrip('/')}/{name}"
    told = how.told
    hear: Told | None = None if told is None else lambda done, total: told(name, done, total)
    return fetch(address, folder / name, door, limits=how.limits, told=hear, backend=how.backend(door))


def _in_folder(folder: Path, wanted: Sequence[SourceFile]) -> list[Path]:
    paths = [folder / file_name(file.address or "") for file in wanted]
    absent = [path.name for path, file in zip(paths, wanted, strict=True) if file.required and not path.is_file()]
    if absent:
        raise DownloadError("fetch.mirror", folder=str(folder), missing=", ".join(absent))
    return [path for path in paths if path.is_file()]


def verify(home: Home) -> list[Verified]:
    """Check every byte of every vintage named in the store, anew."""
    found: list[Verified] = []
    for row in queries.vintages():
        vintage = row.vintage
        try:
            verify_folder(home.root / "vintages" / vintage.source / vintage.sha256, vintage)
        except VintageError as error:
            found.append(Verified(vintage, row.in_use, error))
        else:
            found.append(Verified(vintage, row.in_use, None))
    return found


def _rows_in_use(source_id: str) -> int | None:
    for row in queries.vintages():
        if row.in_use and row.vintage.source == source_id:
            return row.rows
    return None
