"""What a person will read, before it is worded in a language.

The core never holds a sentence for users: it makes a `Message`, a code and its parameters. The doors word it with
the translation files of `catalogue/messages` (one file per area and language, the area being the part of the code
before its first dot): see `ancrage.interfaces.wording`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Scalar = str | int | Decimal | date | bool


@dataclass(frozen=True, slots=True)
class Message:
    """A code of the translation files and the values of its named holes.

    `parameters` is an ordered tuple of pairs so that a message is hashable and prints the same everywhere. A value is
    a text, an integer, an exact decimal, a date, a boolean, or another message.
    """

    code: str
    parameters: tuple[tuple[str, Scalar | Message], ...] = ()

    @property
    def area(self) -> str:
        """The translation file that words it: `bom` for `bom.price.unreadable`."""
        return self.code.partition(".")[0]

    def __iter__(self) -> Iterator[tuple[str, Scalar | Message]]:
        return iter(self.parameters)


def message(code: str, /, **parameters: Scalar | Message) -> Message:
    """Short constructor: `message("bom.cell.unreadable", line=4, column="Prix unitaire")`."""
    return Message(code, tuple(parameters.items()))
