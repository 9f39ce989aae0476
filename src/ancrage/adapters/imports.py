"""Import a public source from its official files: a Parquet vintage of the home, checked, sorted, hashed.

The same files give the same bytes, so the same vintage: an import that was killed is run again, and one that was
finished changes nothing. Whatever is wrong is a `SourceError`, and the vintage in use stays in use (RELIABILITY D10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ancrage.adapters.home import Home, hash_file
from ancrage.adapters.import_engine import Counts, ImportChild, Plan, Progress, View
from ancrage.adapters.import_sheet import as_table
from ancrage.kernel.errors import SourceError, VintageError
from ancrage.kernel.evidence import Vintage
from ancrage.kernel.message import message
from ancrage.kernel.table import Declaration, read_declaration
from ancrage.reference.embedded import embedded_bytes
from ancrage.reference.source import Source, SourceFile, reduced_heading, source_named

if TYPE_CHECKING:
    import ibis.expr.types as ir

SHORTFALL = Decimal("0.10")
"""Share of the rows of the vintage in use that a new one may lose before it is refused."""
_COMMUNES = "communes"
_POINTS = "commune_points"
_COMMUNES_FILE = "territory/communes.csv.gz"
_COMMUNE_COLUMNS = {
    "commune": "code",
    "name": "name",
    "department": "department",
    "longitude": "lon",
    "latitude": "lat",
    "approximate": "point",
    "is_current": "current",
    "successor": "successor",
}


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file as it was imported."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import made: the vintage, its rows, what was read and left out by reason, what deserves a note."""

    vintage: Vintage
    rows: int
    read: int
    dropped: Mapping[str, int]
    notes: Mapping[str, int]
    files: tuple[ImportedFile, ...]
    used: tuple[Vintage, ...] = ()
    """The vintages of other sources that completed this one."""

    def detail(self) -> dict[str, object]:
        """As kept in the store beside the vintage."""
        files = [{"name": file.name, "bytes": file.bytes, "sha256": file.sha256} for file in self.files]
        used = [{"source": one.source, "on": one.on.isoformat(), "sha256": one.sha256} for one in self.used]
        counts = {"read": self.read, "dropped": dict(self.dropped), "notes": dict(self.notes)}
        return {**counts, "files": files, "used": used}


def import_register(  # noqa: PLR0913  # keywords alone after the files
    home: Home,
    files: Sequence[Path],
    *,
    on: date,
    source: str = "sirene",
    progress: Progress | None = None,
    former_rows: int | None = None,
) -> ImportReport:
    """Make a vintage of a source from its files, in any order; nothing is named in the store.

    `on` is the publisher's date of the files. `former_rows` are the rows of the vintage in use, below which a new one
    may not fall by more than `SHORTFALL`. Raises `SourceError`, and then the home is as it was.
    """
    return import_source(home, source_named(source), files, on=on, progress=progress, former_rows=former_rows)


def import_source(  # noqa: PLR0913  # keywords alone after the files
    home: Home,
    source: Source,
    files: Sequence[Path],
    *,
    on: date,
    progress: Progress | None = None,
    former_rows: int | None = None,
    mapping: Mapping[str, str] | None = None,
    using: Sequence[Vintage] = (),
) -> ImportReport:
    """As `import_register`, for any source of the catalogue or of another package.

    `mapping` says which heading of the file means which column of the source, where it is not recognised. `using` are
    vintages of sources that this one `uses`; `VintageError` is raised when one is absent or damaged.
    """
    tell = progress or _silent
    _refuse_absent(source, files)
    used = [_Used(read_declaration(source_named(one.source).table), one, home.folder(one)) for one in using]
    made: list[tuple[Counts, tuple[ImportedFile, ...]]] = []

    def write(folder: Path) -> None:
        with home.work_folder() as temporary:
            made.append(_write(_Job(source, files, mapping, used), folder / f"{source.table}.parquet", temporary, tell))
        _refuse_doubtful(source, made[0][0], former_rows)
        tell("store")

    vintage = home.build(source.id, on, write, invented=source.invented)
    counts, imported = made[0]
    notes = _known(counts.notes)
    return ImportReport(vintage, counts.kept, counts.read, counts.reasons, notes, imported, tuple(using))


def headings_of(home: Home, files: Sequence[Path]) -> list[tuple[str, ...]]:
    """The columns of files, read by the limited child. Raises `SourceError` for one that cannot be read."""
    for path in files:
        if not path.is_file():
            raise SourceError("sources.file.absent", file=str(path))
    with home.work_folder() as folder, ImportChild(files, folder / "nothing", folder) as child:
        return child.headings()


@dataclass(frozen=True, slots=True)
class _Used:
    """A vintage that completes an import."""

    declaration: Declaration
    vintage: Vintage
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / f"{self.declaration.name}.parquet"

    def view(self, rank: int, columns: Sequence[str]) -> View:
        """Its raw table. Raises `VintageError` when it does not have the declared columns."""
        if absent := [name for name in self.declaration.names if name not in columns]:
            raise VintageError("sources.vintage.schema", source=self.vintage.source, columns=", ".join(absent))
        return View(self.declaration.name, rank, {name: name for name in self.declaration.names})


@dataclass(frozen=True, slots=True)
class _Job:
    source: Source
    files: Sequence[Path]
    mapping: Mapping[str, str] | None
    used: Sequence[_Used]


def _write(
    job: _Job, output: Path, temporary: Path, tell: Callable[[str], None]
) -> tuple[Counts, tuple[ImportedFile, ...]]:
    communes = temporary / "communes.csv"
    tables = [as_table(job.source, path, temporary) for path in job.files]
    paths = [*tables, communes, *(used.path for used in job.used)]
    with ThreadPoolExecutor(max_workers=1) as pool, ImportChild(paths, output, temporary) as child:
        hashes = pool.submit(lambda: tuple(map(_identity, job.files)))
        communes.write_bytes(embedded_bytes(_COMMUNES_FILE))
        headings, count = child.headings(), len(job.files)
        found = assigned(job.source, job.files, headings[:count], job.mapping)
        views = [View(raw_name(file), rank, columns) for file, rank, columns in found]
        ours = [used.view(rank, headings[rank]) for rank, used in enumerate(job.used, count + 1)]
        child.load([*views, View(_COMMUNES, count, _COMMUNE_COLUMNS), *ours])
        plan = plan_of(
            job.source, [(file, columns) for file, _, columns in found], [used.declaration for used in job.used]
        )
        counts = child.build(plan, tell)
        return counts, hashes.result()


def _identity(path: Path) -> ImportedFile:
    return ImportedFile(path.name, path.stat().st_size, hash_file(path))


def assigned(
    source: Source, files: Sequence[Path], headings: Sequence[tuple[str, ...]], mapping: Mapping[str, str] | None = None
) -> list[tuple[SourceFile, int, dict[str, str]]]:
    """Which file of the source each given file is, by its columns: (file of the source, rank, column -> heading).

    Raises `SourceError` when a file is none of them (naming what the nearest lacks), when two are the same one, or
    when a required one is missing.
    """
    found: list[tuple[SourceFile, int, dict[str, str]]] = []
    for rank, (path, columns) in enumerate(zip(files, headings, strict=True)):
        _refuse_strange_mapping(source, path, columns, mapping)
        known = {file.name: file.columns_in(columns, mapping) for file in source.files}
        nearest = min(source.files, key=lambda file: len(set(file.needed) - known[file.name].keys()))
        if missing := [name for name in nearest.needed if name not in known[nearest.name]]:
            raise SourceError("sources.file.columns", file=path.name, source=source.id, missing=", ".join(missing))
        if nearest.name in {file.name for file, _, _ in found}:
            raise SourceError("sources.file.twice", file=path.name, known=nearest.name)
        found.append((nearest, rank, known[nearest.name]))
    for file in source.files:
        if file.required and file.name not in {known.name for known, _, _ in found}:
            raise SourceError("sources.file.missing", source=source.id, missing=file.name)
    return found


def _refuse_strange_mapping(
    source: Source, path: Path, headings: Sequence[str], mapping: Mapping[str, str] | None
) -> None:
    fields = {column for file in source.files for column in (*file.needed, *file.optional)}
    names = {reduced_heading(heading) for heading in headings}
    for column, heading in (mapping or {}).items():
        if column not in fields:
            raise SourceError("sources.list.field", field=column, known=", ".join(sorted(fields)))
        if reduced_heading(heading) not in names:
            raise SourceError("sources.list.columns", file=path.name, column=heading, known=", ".join(headings))


def plan_of(
    source: Source, found: Sequence[tuple[SourceFile, Iterable[str]]], used: Sequence[Declaration] = ()
) -> Plan:
    """The plan of the child: the source's expression over the files found and their columns, and over the tables that
    complete it, worded for DuckDB."""
    import ibis

    from ancrage.reference.commune_points import located

    raw = {file.name: _raw_table(raw_name(file), columns) for file, columns in found}
    text = _raw_table(_COMMUNES, _COMMUNE_COLUMNS)
    raw |= {one.name: _declared_table(one) for one in used}
    communes = text.mutate(
        longitude=text.longitude.cast("float64"),
        latitude=text.latitude.cast("float64"),
        approximate=text.approximate != "exact",
        is_current=text.is_current == "1",
    )
    raw[_COMMUNES] = located(communes, raw[_POINTS]) if _POINTS in raw else communes
    rows = source.read(raw)
    declaration = read_declaration(source.table)
    notes = [name for name in rows.columns if name.startswith("note_")]
    sql = str(ibis.to_sql(rows, dialect="duckdb", pretty=False))
    return Plan(sql, declaration.names, source.order, declaration.key, notes)


def raw_name(file: SourceFile) -> str:
    """The name of a raw table in the expressions."""
    return f"raw_{file.name}"


def _raw_table(name: str, columns: Iterable[str]) -> ir.Table:
    import ibis

    return ibis.table(dict.fromkeys(columns, "string"), name=name)


def _declared_table(declaration: Declaration) -> ir.Table:
    table = _raw_table(declaration.name, declaration.names)
    return table.cast({column.name: column.type for column in declaration.columns})


def _refuse_absent(source: Source, files: Sequence[Path]) -> None:
    if not files:
        raise SourceError("sources.file.missing", source=source.id, missing=source.files[0].name)
    for path in files:
        if not path.is_file():
            raise SourceError("sources.file.absent", file=str(path))


def _refuse_doubtful(source: Source, counts: Counts, former_rows: int | None) -> None:
    if counts.kept == 0:
        raise SourceError("sources.rows.none", source=source.id, read=counts.read)
    if counts.distinct != counts.kept:
        raise SourceError("sources.rows.repeated", source=source.id, n=counts.kept - counts.distinct)
    for name, limit in source.limits.items():
        found = counts.reasons.get(name, counts.notes.get(f"note_{name}", 0))
        if found > limit * counts.read:
            reason = message(f"sources.reason.{name}")
            raise SourceError("sources.rows.doubtful", source=source.id, reason=reason, n=found, read=counts.read)
    if former_rows is not None and counts.kept < (1 - SHORTFALL) * former_rows:
        raise SourceError("sources.rows.shortfall", source=source.id, rows=counts.kept, former=former_rows)


def _known(notes: Mapping[str, int]) -> dict[str, int]:
    return {name.removeprefix("note_"): count for name, count in notes.items() if count}


def _silent(_: str) -> None:
    return None
