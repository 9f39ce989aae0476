"""What a dossier says, before it becomes a page, a PDF or a workbook: blocks already worded in the reader's language.

A section makes blocks from the values of a `Dossier`; every renderer draws the same blocks. A value keeps its type
(exact decimals, dates, text), so that a page writes it as people do and a workbook keeps it whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Value = str | int | Decimal | date | None
"""What a cell holds. None is unknown, never zero nor no; an empty text means that nothing belongs there."""

ColumnKind = Literal["text", "integer", "decimal", "amount", "percent", "code", "date"]


class Tone(StrEnum):
    """How a value or a callout must be read."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    GOOD = "good"
    WARNING = "warning"
    INFO = "info"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to the evidence of a figure: the number of its entry among the sources, and its place in the source."""

    number: int
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. `unit` is the currency of an amount; `detail` a second, smaller line of text."""

    value: Value
    ref: Ref | None = None
    unit: str = ""
    detail: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the kind of its values, and its share of the width (any positive number)."""

    title: str
    kind: ColumnKind = "text"
    width: float = 1.0
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns.

    `key` names it for links and sheets, `sheet` is the title of its sheet. Pages show the first `shown` rows (all when
    None), the workbook holds them all; `note` stands under the table. `wide` asks for a landscape page.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = ""
    shown: int | None = None
    note: str = ""
    wide: bool = False

    @property
    def visible(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that pages show."""
        return self.rows if self.shown is None else self.rows[: self.shown]

    @property
    def shared_refs(self) -> tuple[Ref | None, ...]:
        """By column, the entry that all visible figures of the column lead to: written once, beside the heading.

        None where figures lead to several entries, or where there is one row only; the place of each is its row's.
        """
        found: list[Ref | None] = []
        for place in range(len(self.columns)):
            numbers = {ref.number for row in self.visible if (ref := row[place].ref) is not None}
            found.append(Ref(numbers.pop()) if len(numbers) == 1 and len(self.visible) > 1 else None)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text and the evidence of its figures."""

    text: str
    refs: tuple[Ref, ...] = ()
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Fact:
    """A big figure: what it is, the figure as written, and what stands beside it."""

    label: str
    text: str
    detail: str = ""
    ref: Ref | None = None
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures side by side."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, its text alternative and the table of what it shows. `spec` is a Vega-Lite specification."""

    key: str
    title: str
    alt: str
    spec: Mapping[str, object]
    table: Table


@dataclass(frozen=True, slots=True)
class Callout:
    """Something to be read before the rest."""

    tone: Tone
    title: str
    text: str
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: `lead` is said first and stands out."""

    lead: str
    text: str
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Items, numbered when their order counts."""

    items: tuple[Item, ...]
    ordered: bool = False


Block = Heading | Paragraph | Facts | Table | Chart | Callout | ListBlock


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the dossier. `key` names it in links and files."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands at the head of every document: product, and who asked what, when."""

    title: str
    product: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    """Empty, or that the data are invented."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole dossier in one language, ready to be drawn."""

    language: str
    on: date
    cover: Cover
    sections: tuple[Section, ...]
    labels: Mapping[str, str]
    """Words of the documents themselves: table of contents, unknown, page..."""
