"""What a file may cost, and how the reading child refuses one. Standard library only: the child imports this."""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

FILE_BYTES = 64 * MEBIBYTE
"""Largest file that is opened at all."""
UNPACKED_BYTES = 400 * MEBIBYTE
"""Real unpacked bytes of all members of a container."""
RATIO = 200
"""Unpacked bytes per packed byte, beyond `RATIO_FREE` unpacked bytes (a sheet of repeated rows reaches about 60)."""
RATIO_FREE = 16 * MEBIBYTE
MEMBERS = 2_000
NAME_LENGTH = 260
ROWS = 250_000
COLUMNS = 1_000
CELLS = 4_000_000
"""Cells of the rectangle that holds every value: the reader allocates all of them."""
CELL_TEXT = 32_767
"""Characters in one cell (the limit of the spreadsheet programs)."""
ADDRESS_SPACE = 1_024 * MEBIBYTE
CPU_SECONDS = 25
WALL_SECONDS = 60.0
ANSWER_BYTES = 512 * MEBIBYTE

Scalar = str | int | bool


class Refusal(Exception):  # noqa: N818  # the child's word; the parent turns it into FileRefusedError
    """The file cannot be read safely. `code` is a message of the area `sheets`."""

    def __init__(self, code: str, /, **parameters: Scalar) -> None:
        super().__init__(code)
        self.code = f"sheets.{code}"
        self.parameters = parameters


class Statement:
    """Something the reader states about the file: severity, code, parameters, line, column."""

    def __init__(self, severity: str, code: str, /, line: int | None = None, column: str | None = None,
                 **parameters: Scalar) -> None:  # fmt: skip
        self.row = [severity, f"sheets.{code}", parameters, line, column]
