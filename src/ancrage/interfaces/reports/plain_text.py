"""Tables as plain text, for terminals and files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_GAP = "  "
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def aligned(headings: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Columns side by side, a rule under the headings; columns of `right` align on the right, the last is never padded.

    Control characters are shown as �, so that a text of a file never drives the terminal.
    """
    table = [[shown(text) for text in row] for row in (headings, *rows)]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    lines = [_line(row, widths, right) for row in table]
    return "\n".join((lines[0], "-" * min(160, max(map(_width, lines))), *lines[1:]))


def shown(text: str) -> str:
    """The text on one line, without control characters."""
    return _CONTROL.sub("\ufffd", " ".join(text.split("\n")))


def _line(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    cells = [
        " " * (width - _width(text)) + text if place in right else text + " " * (width - _width(text))
        for place, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return _GAP.join(cells).rstrip()


def _width(text: str) -> int:
    """Columns that a terminal gives to a text: accents combine, East Asian signs are wide."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )
