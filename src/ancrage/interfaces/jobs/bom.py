"""Read a bill of materials that a user gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ancrage.adapters.home import hash_file
from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.currencies import parse_rate
from ancrage.dossier.bom.read import read_bom, refused
from ancrage.dossier.bom.sheet import RawSheet
from ancrage.dossier.model import BomReading
from ancrage.interfaces.wiring import open_home
from ancrage.kernel.codes import Siret, parse_siret
from ancrage.kernel.errors import FileRefusedError
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.message import message

_HEADING_ROWS = 100
"""Rows among which the row of headings is looked for: the one that holds most of what the company confirmed."""


@dataclass(frozen=True, slots=True)
class HowToRead:
    """All that changes how a file is read: what headings mean, dated rates as typed, the sheet, the company whose
    headings are remembered."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    rates: tuple[str, ...] = ()
    sheet: str | None = None
    company: Siret | None = None


def check_bom(
    path: Path, mapping: Mapping[str, str], rates: Sequence[str], sheet: str | None, company: str | None
) -> BomReading:
    """Read a file and say what was understood; nothing of it is kept.

    With a company, what its headings mean is recalled, and what `mapping` confirms is remembered. Without one, the
    home is not even opened.
    """
    owner = None if company is None else parse_siret(company)
    return read_file(path, path.name, HowToRead(mapping, tuple(rates), sheet, owner))[0]


def read_file(path: Path, name: str, how: HowToRead) -> tuple[BomReading, dict[str, str]]:
    """Read a file under a name; the reading, and what its headings were told to mean, recalled ones included.

    The status is `REJECTED` when the file cannot be opened as a sheet. Raises `UsageError` when the mapping names
    what does not exist, `MoneyError` when a rate cannot be read.
    """
    if not path.is_file():
        absent = "sheets.not_a_file" if path.exists() else "sheets.absent"
        return refused(message(absent, file=name), Evidence("file", "bom.read", place=name)), dict(how.mapping)
    source = Evidence(source=f"file:{hash_file(path)}", step="bom.read", place=name)
    exchange = [parse_rate(rate) for rate in how.rates]
    try:
        raw = read_sheet(path, sheet=how.sheet)
    except FileRefusedError as error:
        return refused(error.message, source), dict(how.mapping)
    meaning = {**recalled(raw, how.company), **how.mapping}
    reading = read_bom(raw, source, mapping=meaning, rates=exchange)
    if how.company is not None and how.mapping:
        remember(how.company, how.mapping, reading.understood)
    return reading, meaning


def recalled(raw: RawSheet, company: Siret | None) -> dict[str, str]:
    """What a company confirmed of the headings that stand in this sheet: heading as written -> field."""
    if company is None:
        return {}
    open_home()
    from ancrage.adapters.store import queries

    known = queries.remembered_headings(company)
    rows = ({cell.strip() for cell in row if isinstance(cell, str)} for row in raw.rows[:_HEADING_ROWS])
    headings = max(rows, key=lambda texts: len(known.keys() & texts), default=set())
    return {heading: field for heading, field in known.items() if heading in headings}


def remember(company: Siret, mapping: Mapping[str, str], understood: Mapping[str, str]) -> None:
    """Keep what a company confirmed: the headings of the file that `mapping` names, as they were understood."""
    open_home()
    from ancrage.adapters.store import actions

    named = {text for pair in mapping.items() for text in pair}
    actions.remember_headings(company, {heading: field for heading, field in understood.items() if heading in named})
