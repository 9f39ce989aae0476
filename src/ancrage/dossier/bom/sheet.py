"""A sheet as read from a file, before anybody says what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ancrage.dossier.model import Problem


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell that holds no value that can be used: `kind` is `error` (`#REF!`...), `formula` (never calculated), or
    `percent` (a number shown as a percentage, its text such as `5 %`: no quantity nor price)."""

    kind: str
    text: str


Cell = str | int | Decimal | date | bool | Flaw | None
"""What a cell holds. Numbers typed as such in the file are exact already; a text is what was written, trimmed."""

NUMERIC_TEXT_ERRORS = frozenset({"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#VALEUR!", "#NAME?", "#NOM?", "#NUM!",
                                 "#NOMBRE!", "#NULL!", "#NUL!", "#GETTING_DATA", "#SPILL!", "#CALC!"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, as indexes in `RawSheet.rows` and columns, last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Rows of cells and what the reader had to state.

    `name` is the file's name; `sheet` that of the chosen sheet (None for a text file); `numbers[i]` is the file's own
    row or line number of `rows[i]` (a quoted line break makes them jump); rows may have different lengths in a text
    file, `is_text` says so; `problems` are what the reader states: encoding, separator, hidden rows, several sheets...
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    sheet: str | None = None
    is_text: bool = False
    merges: tuple[Merge, ...] = ()
    problems: tuple[Problem, ...] = ()
    sheets: Mapping[str, bool] = field(default_factory=dict)
    """Every sheet of the workbook, and whether it is hidden."""

    @classmethod
    def of(cls, rows: tuple[tuple[Cell, ...], ...], name: str = "sheet") -> RawSheet:
        """A sheet made in memory, numbered from 1."""
        return cls(name, rows, tuple(range(1, len(rows) + 1)))


def column_letter(index: int) -> str:
    """0 -> `A`, 25 -> `Z`, 26 -> `AA`: the spreadsheet's own name of a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
