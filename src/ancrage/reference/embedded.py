"""The tables embedded in the catalogue, as rows of text: what the readers of this layer are made from."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from importlib import resources

from ancrage.kernel.errors import CatalogueError


def embedded_bytes(path: str) -> bytes:
    """The content of a catalogue file, unzipped when its name ends in `.gz`. Raises `CatalogueError`."""
    try:
        content = resources.files("ancrage").joinpath("catalogue", *path.split("/")).read_bytes()
        return gzip.decompress(content) if path.endswith(".gz") else content
    except (OSError, EOFError) as error:
        raise CatalogueError("nomenclature.table.unreadable", table=path) from error


def embedded_rows(path: str, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """The rows of a catalogue table, one at a time, after its header; every field is text and an empty one is "".

    Raises `CatalogueError` when the file is absent, damaged, or does not have these columns.
    """
    reader = csv.reader(io.StringIO(embedded_bytes(path).decode("utf-8"), newline=""))
    if tuple(next(reader, [])) != columns:
        raise CatalogueError("nomenclature.table.columns", table=path, columns=", ".join(columns))
    return reader
