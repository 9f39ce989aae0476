"""Dated statements of what a site can do: by the firm itself, by an adviser who saw it, or by a list of certificates.

A statement says one process (or none, when it only says certificates), up to which size, on which materials, in which
yearly volume. What it does not say is unknown. Statements that contradict one another stand side by side, each with
its origin and its day: none replaces another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ancrage.kernel.codes import Siret, parse_siret
from ancrage.kernel.errors import CodeError, InputError, UsageError
from ancrage.kernel.evidence import Evidence
from ancrage.reference.capability import Capabilities, CapabilityKind, kind_of

COLUMNS = ("siret", "process", "max_size_mm", "materials", "certificates", "volume_max", "origin", "on", "until")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class StatementOrigin(StrEnum):
    """Who says it."""

    FIRM_CLAIM = "firm-claim"
    ADVISER_VISIT = "adviser-visit"
    CERTIFICATE_LIST = "certificate-list"


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of a site on a day.

    `max_size_mm` is the largest dimension of a part, in millimetres; `volume_max` the pieces a year; both None when
    not said. `materials` and `certificates` are identifiers of the vocabulary; no material said means no word on it.
    `until` is the last day of validity, None when it has none.
    """

    siret: Siret
    process: str | None
    max_size_mm: Decimal | None
    materials: tuple[str, ...]
    certificates: tuple[str, ...]
    volume_max: Decimal | None
    origin: StatementOrigin
    on: date
    until: date | None
    evidence: Evidence

    def holds(self, day: date) -> bool:
        """True when it was said by that day and its validity has not ended."""
        return self.on <= day and (self.until is None or day <= self.until)


def check_columns(header: Iterable[str], file: str) -> None:
    """Refuse a header that lacks a column of `COLUMNS`. Raises `InputError` with the file and what is expected."""
    missing = sorted(set(COLUMNS) - set(header), key=COLUMNS.index)
    if missing:
        raise InputError(
            "statement.columns", file=file, n=len(missing), missing=", ".join(missing), expected=", ".join(COLUMNS)
        )


def read_statements(
    rows: Iterable[Mapping[str, str]], vocabulary: Capabilities, source: Evidence, file: str | None = None
) -> tuple[Statement, ...]:
    """Statements of rows of text with the columns of `COLUMNS`, lists separated by `|`, in their order. `file` is the
    name that errors give (by default, that of the source).

    Raises `InputError` with the file, the row (the first is 2, after its header) and the column when a value is wrong:
    nothing is then read.
    """
    name = source.source if file is None else file
    return tuple(_statement(_Row(name, number, row, vocabulary), source) for number, row in enumerate(rows, start=2))


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    number: int
    cells: Mapping[str, str]
    vocabulary: Capabilities

    def text(self, column: str) -> str:
        found = self.cells.get(column)
        if found is None:
            raise self.wrong(column, "")
        return found.strip()

    def wrong(self, column: str, text: str) -> InputError:
        return InputError("statement.value", file=self.file, line=self.number, column=column, text=text[:60])

    def siret(self) -> Siret:
        try:
            return parse_siret(self.text("siret"))
        except CodeError as error:
            raise self.wrong("siret", self.text("siret")) from error

    def number_of(self, column: str) -> Decimal | None:
        text = self.text(column)
        if text and (not _NUMBER.fullmatch(text) or not Decimal(text)):
            raise self.wrong(column, text)
        return Decimal(text) if text else None

    def day(self, column: str) -> date | None:
        text = self.text(column)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise self.wrong(column, text) from error

    def words(self, column: str, kind: CapabilityKind) -> tuple[str, ...]:
        found = tuple(word for word in self.text(column).split("|") if word)
        for word in found:
            try:
                entry = self.vocabulary.entry(word)
            except UsageError as error:
                raise self.wrong(column, word) from error
            if kind_of(entry) is not kind:
                raise self.wrong(column, word)
        return found


def _statement(row: _Row, source: Evidence) -> Statement:
    origin, on = row.text("origin"), row.day("on")
    if origin not in set(StatementOrigin):
        raise row.wrong("origin", origin)
    if on is None:
        raise row.wrong("on", "")
    processes = row.words("process", CapabilityKind.PROCESS)
    certificates = row.words("certificates", CapabilityKind.CERTIFICATE)
    if len(processes) > 1 or not (processes or certificates):
        raise row.wrong("process", row.text("process"))
    siret = row.siret()
    return Statement(
        siret=siret,
        process=processes[0] if processes else None,
        max_size_mm=row.number_of("max_size_mm"),
        materials=row.words("materials", CapabilityKind.MATERIAL),
        certificates=certificates,
        volume_max=row.number_of("volume_max"),
        origin=StatementOrigin(origin),
        on=on,
        until=row.day("until"),
        evidence=Evidence(source.source, "statement.read", source.vintage, place=siret, inputs=source.inputs),
    )
