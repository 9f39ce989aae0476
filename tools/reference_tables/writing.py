"""Writes a table so that the same rows always give the same bytes."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """A table that was written: its path below the catalogue, its rows, the sha-256 of its uncompressed content."""

    path: str
    rows: int
    sha256: str


def write_csv(catalogue: Path, path: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """Writes `rows`, sorted, under a header, as UTF-8 CSV; gzipped without time or name when `path` ends in `.gz`.

    Raises `ValueError` when two rows are the same or a row is not as wide as the header.
    """
    ordered = sorted(tuple(row) for row in rows)
    if len(set(ordered)) != len(ordered):
        raise ValueError(f"{path}: a row stands twice")
    if any(len(row) != len(columns) for row in ordered):
        raise ValueError(f"{path}: a row is not as wide as the header")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(ordered)
    return write_bytes(catalogue, path, text.getvalue().encode(), len(ordered))


def write_bytes(catalogue: Path, path: str, content: bytes, rows: int) -> Written:
    """Writes content, gzipped (level 9, no time, no name) when `path` ends in `.gz`."""
    target = catalogue / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(content, 9, mtime=0) if path.endswith(".gz") else content)
    return Written(path, rows, hashlib.sha256(content).hexdigest())
