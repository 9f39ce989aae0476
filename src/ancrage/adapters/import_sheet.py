"""Official tables published as workbooks: read by the limited sheet reader, handed to the import as CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.sheet import Cell, Flaw
from ancrage.kernel.errors import SourceError
from ancrage.kernel.money import plain
from ancrage.reference.source import Source

SUFFIXES = frozenset({".xlsx", ".xlsm", ".ods"})
_TITLE_ROWS = 30


def as_table(source: Source, path: Path, folder: Path) -> Path:
    """The file itself, or a CSV made in `folder` of a workbook's rows, from the row of headings on.

    That row is the first, among the thirty first, that has every needed column of a file of the source. Raises
    `SourceError` when there is none, `FileRefusedError` when the workbook cannot be read safely.
    """
    if path.suffix.lower() not in SUFFIXES:
        return path
    rows = [[_text(cell) for cell in row] for row in read_sheet(path).rows]
    start = next((number for number, row in enumerate(rows[:_TITLE_ROWS]) if _is_headings(source, row)), None)
    if start is None:
        missing = ", ".join(source.files[0].needed)
        raise SourceError("sources.file.columns", file=path.name, source=source.id, missing=missing)
    width = max((index + 1 for index, text in enumerate(rows[start]) if text), default=0)
    target = folder / f"{path.name}.csv"
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_named(rows[start][:width]))
        writer.writerows((row + [""] * width)[:width] for row in rows[start + 1 :])
    return target


def _is_headings(source: Source, row: Sequence[str]) -> bool:
    return any(set(file.needed) <= file.columns_in(row).keys() for file in source.files)


def _named(headings: Sequence[str]) -> list[str]:
    """An empty or repeated heading gets its rank: it is no column that is looked for."""
    seen: set[str] = set()
    named = []
    for rank, heading in enumerate(headings):
        name = heading if heading and heading not in seen else f"{heading}#{rank + 1}"
        seen.add(name)
        named.append(name)
    return named


def _text(cell: Cell) -> str:
    if isinstance(cell, Flaw) and cell.kind == "percent":
        return cell.text
    if cell is None or isinstance(cell, Flaw):
        return ""
    return plain(cell) if isinstance(cell, Decimal) else str(cell)
