"""Reads the answers of suppliers back: the questionnaires of `requests_out`, in any sheet format.

An answer becomes the origin of its line, known by the supplier's declaration, whatever proof the supplier says to have
(that is for a person to see). It never replaces a customs document. What cannot be read is refused as a whole, with its
row.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.sheet import Cell, RawSheet
from ancrage.dossier.bom.summary import coverage
from ancrage.dossier.model import BomReading, Line, Origin, OriginBasis
from ancrage.interfaces.reports.requests_out import COLUMNS, heading
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import LANGUAGES
from ancrage.kernel.errors import InputError
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.message import Message, message
from ancrage.reference.country import find_country
from ancrage.reference.name import folded_name

_HEADING_ROWS = 12
_STRENGTH = tuple(OriginBasis)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The index of the row of headings, and the column of each field that was found."""

    row: int
    columns: Mapping[str, int]


def with_answers(reading: BomReading, answers: Sequence[tuple[str, bytes]]) -> BomReading:
    """The reading with the origins that suppliers declared; `answers` are (sha-256, content) of questionnaires.

    Answers apply in their order. Raises `FileRefusedError` for a file that is not a sheet, `InputError` for a row that
    cannot be read: nothing is then applied.
    """
    if not answers:
        return reading
    keys = frozenset(line.key for line in reading.lines)
    found: dict[str, Origin] = {}
    for sha256, content in answers:
        evidence = Evidence(f"file:{sha256}", "requests.read_answers")
        found.update(read_answers(_sheet(content, sha256), keys, evidence))
    lines = tuple(_answered(line, found.get(line.key)) for line in reading.lines)
    return replace(reading, lines=lines, coverage={**reading.coverage, **coverage(lines)})


def _sheet(content: bytes, sha256: str) -> RawSheet:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"questionnaire-{sha256[:8]}"
        path.write_bytes(content)
        return read_sheet(path)


def _answered(line: Line, answer: Origin | None) -> Line:
    """A stronger word that is already known stays."""
    if answer is None:
        return line
    if line.origin is not None and _STRENGTH.index(line.origin.basis) < _STRENGTH.index(answer.basis):
        return line
    return replace(line, origin=answer)


def read_answers(sheet: RawSheet, keys: frozenset[str], evidence: Evidence) -> dict[str, Origin]:
    """The origins that a questionnaire declares, by line key. A row without a country is no answer.

    Raises `InputError` that names the rows when the headings are not those of the questionnaire, a key is not a line,
    a country is not one, or two rows disagree.
    """
    layout = _layout(sheet)
    if layout is None:
        raise InputError("report.answer.no_heading", name=sheet.name, key=heading("key"), country=heading("country"))
    found: dict[str, Origin] = {}
    problems: list[Message] = []
    for number, key, country in _rows(sheet, layout):
        problem = _problem(sheet.name, number, key, country, keys)
        if problem is not None:
            problems.append(problem)
            continue
        origin = _origin(country, number, evidence)
        before = found.setdefault(key, origin)
        if before.country != origin.country:
            problems.append(message("report.answer.key_twice", name=sheet.name, line=number, key=key))
    if problems:
        raise InputError("report.answer.several", name=sheet.name, n=len(problems), first=problems[0])
    return found


def _layout(sheet: RawSheet) -> _Layout | None:
    wanted = {name: column for column in COLUMNS for name in _names(column)}
    for row, cells in enumerate(sheet.rows[:_HEADING_ROWS]):
        columns = {
            wanted[folded]: place
            for place, cell in enumerate(cells)
            if isinstance(cell, str) and (folded := folded_name(cell)) in wanted
        }
        if {"key", "country"} <= columns.keys():
            return _Layout(row, columns)
    return None


def _names(column: str) -> Iterator[str]:
    """What the heading of a column may be: both languages together, or one."""
    yield folded_name(heading(column))
    for language in LANGUAGES:
        yield folded_name(Words(language).say(f"request.column.{column}"))


def _rows(sheet: RawSheet, layout: _Layout) -> Iterator[tuple[int, str, str]]:
    """File row number, key and country as typed, of the rows that have a country."""
    for cells, number in zip(sheet.rows[layout.row + 1 :], sheet.numbers[layout.row + 1 :], strict=True):
        key, country = (_text(cells, layout.columns.get(name)) for name in ("key", "country"))
        if country:
            yield number, key, country


def _text(cells: Sequence[Cell], place: int | None) -> str:
    value = cells[place] if place is not None and place < len(cells) else None
    return "" if value is None else str(value).strip()


def _problem(name: str, number: int, key: str, country: str, keys: frozenset[str]) -> Message | None:
    if key not in keys:
        return message("report.answer.key_unknown", name=name, line=number, key=key)
    if find_country(country) is None:
        return message("report.answer.country", name=name, line=number, text=country)
    return None


def _origin(country: str, number: int, evidence: Evidence) -> Origin:
    known = find_country(country)
    if known is None:  # `_problem` has refused it
        raise InputError("report.answer.country", name="", line=number, text=country)
    return Origin(known.iso2, OriginBasis.SUPPLIER_DECLARATION, replace(evidence, place=f"L{number}"))
