"""Text tables: encoding, separator and quoting recognised from the content and stated."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ancrage.adapters.sheet_limits import CELL_TEXT, CELLS, COLUMNS, ROWS, Refusal, Statement

SEPARATORS = (";", "\t", "|", ",")
_SAMPLE_RECORDS = 200
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MOJIBAKE = re.compile("Ã[©¨ª«®´¢§¹»¼ ‰€]|â‚¬|Â[°²³µ ]|ï¿½|\ufffd")
_FRENCH = frozenset("éèêëàâäçôöîïùûüœÉÈÊÀÇÔÎŒ°²³µøØ×±€’«»")
_ODD = re.compile(r"[\x80-\x9f‚ƒ„…†‡ˆ‰ŠŒŽ˜š›žŸ¡¢¤¥¦¨©ª¬¯´¶·¸¹º¼½¾ŽÐÞðþ]")
_SEP_LINE = re.compile(r'"?sep=(.|\t)"?;*\r?(?:\n|$)', re.IGNORECASE)
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_QUOTED_BY_US = re.compile(r"'('*[=+\-@\t\r])")

Row = tuple[int, list[str | None]]


def read_text(content: bytes) -> tuple[dict[str, Any], Iterator[Row]]:
    """The head of the answer and the rows of a text table. Raises `Refusal`."""
    statements: list[Statement] = []
    text = decode(content, statements)
    text, first, separator = _sep_line(text)
    separator = separator or sniff(text)
    names = {"\t": "tab", ";": ";", ",": ",", "|": "|"}
    statements.append(Statement("note", "separator", separator=names.get(separator, separator)))
    rows = list(_records(text, separator, first, statements))
    _check_budget(rows)
    head = {"sheet": None, "text": True, "sheets": [], "merges": [], "statements": [s.row for s in statements]}
    return head, iter(rows)


# --- encoding -------------------------------------------------------------------------------------------------------


def decode(content: bytes, statements: list[Statement]) -> str:
    """The text of a file. Doubtful choices are warnings; a file that is not text is refused."""
    encoding = _utf16_or_32(content)
    if encoding:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            raise Refusal("truncated_text", encoding=encoding.upper()) from error
        statements.append(Statement("note", "encoding", encoding=encoding.upper()))
    else:
        text = _eight_bits(content, statements)
    if "\0" in text:
        raise Refusal("binary")
    if _CONTROL.search(text[:4096]) and len(_CONTROL.findall(text[:4096])) > 40:
        raise Refusal("binary")
    broken = _MOJIBAKE.search(text)
    if broken:
        line = text.count("\n", 0, broken.start()) + 1
        statements.append(Statement("warning", "mojibake", line=line, text=broken.group()))
    return text.removeprefix("\ufeff")


def _utf16_or_32(content: bytes) -> str | None:
    for mark, encoding in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
                           (b"\xfe\xff", "utf-16")):  # fmt: skip
        if content.startswith(mark):
            return encoding
    sample = content[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 2 * 0.6
    if len(sample) >= 8 and odd > enough and even < odd // 8:
        return "utf-16-le"
    if len(sample) >= 8 and even > enough and odd < even // 8:
        return "utf-16-be"
    return None


def _eight_bits(content: bytes, statements: list[Statement]) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _MULTIBYTE.search(content):
            return _mixed(content, error, statements)
        return _one_byte(content, statements)
    if not content.isascii():
        statements.append(Statement("note", "encoding", encoding="UTF-8"))
    return text


def _one_byte(content: bytes, statements: list[Statement]) -> str:
    """No UTF-8 sequence at all: the one-byte encoding that gives the most French letters and the fewest odd signs."""

    def score(encoding: str) -> tuple[int, int]:
        text = content.decode(encoding, "replace")
        letters = Counter(character for character in text if not character.isascii())
        return sum(n for c, n in letters.items() if c in _FRENCH), -len(_ODD.findall(text)) - letters["\ufffd"]

    encodings = ("cp1252", "mac-roman", "cp850")
    best = max(encodings, key=lambda encoding: (sum(score(encoding)), -encodings.index(encoding)))
    severity = "note" if best == "cp1252" else "warning"
    code = "encoding" if best == "cp1252" else "encoding_guessed"
    statements.append(Statement(severity, code, encoding={"cp1252": "Windows-1252"}.get(best, best)))
    text = content.decode(best, "replace")
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        statements.append(Statement("warning", "undecodable", line=line))
    return text


def _mixed(content: bytes, error: UnicodeDecodeError, statements: list[Statement]) -> str:
    """Both UTF-8 sequences and bytes that are not: each line is read by what it is, and the lines are named."""
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    doubtful, texts = [], []
    for number, line in enumerate(lines, 1):
        try:
            texts.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            doubtful.append(number)
            texts.append(line.decode("cp1252", "replace"))
    shown = ", ".join(str(number) for number in doubtful[:20])
    statements.append(Statement("warning", "mixed", line=doubtful[0], lines=shown, n=len(doubtful),
                                byte=f"0x{error.object[error.start]:02X}"))  # fmt: skip
    return "\n".join(texts)


# --- separator ------------------------------------------------------------------------------------------------------


def _sep_line(text: str) -> tuple[str, int, str | None]:
    """A first line `sep=;` names the separator; lines keep their numbers."""
    found = _SEP_LINE.match(text)
    if not found:
        return text, 1, None
    return text[found.end() :], 2, found.group(1)


def sniff(text: str) -> str:
    """The separator whose records agree most on their number of fields, the first record above all."""
    return max(SEPARATORS, key=lambda separator: _agreement(text, separator))


def _agreement(text: str, separator: str) -> float:
    counts: list[int] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if record and any(record):
                counts.append(len(record))
            if len(counts) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        if not counts:
            return 0.0
    if not counts:
        return 0.0
    fields, times = Counter(count for count in counts).most_common(1)[0]
    if fields < 2:
        # A file of one column, or titles above a table: the widest records speak.
        fields, times = max(counts), counts.count(max(counts))
        if fields < 2:
            return 0.0
    share = times / len(counts)
    return share * (1 - 1 / fields) + (0.5 if counts[0] == fields else 0.0)


# --- records --------------------------------------------------------------------------------------------------------


def _records(text: str, separator: str, first: int, statements: list[Statement]) -> Iterator[Row]:
    csv.field_size_limit(CELL_TEXT * 8)
    rows: list[Row] = []
    try:
        rows = list(_parse(text, separator, first, is_strict=True))
    except csv.Error as error:
        line = _failing_line(text, separator, first)
        if "end of data" in str(error) or "field larger" in str(error):
            raise Refusal("open_quote", line=line) from error
        rows = list(_parse(text, separator, first, is_strict=False))
        spans = [number for (number, _), (following, _) in pairwise(rows) if following > number + 1]
        if any(number >= line for number in spans):
            raise Refusal("open_quote", line=line) from error
        statements.append(Statement("warning", "stray_quote", line=line))
    return iter(rows)


def _failing_line(text: str, separator: str, first: int) -> int:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = first
    try:
        for _ in reader:
            start = first + reader.line_num
    except csv.Error:
        pass
    return start


def _parse(text: str, separator: str, first: int, *, is_strict: bool) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=is_strict)
    start = first
    for record in reader:
        yield start, [_tidy(cell) for cell in record]
        start = first + reader.line_num


def _tidy(cell: str) -> str | None:
    cell = cell.strip(" \u00a0\u202f\t\r\n\ufeff")
    if cell.startswith("'"):
        cell = _QUOTED_BY_US.sub(r"\1", cell, count=1) if _QUOTED_BY_US.match(cell) else cell
    return cell or None


def _check_budget(rows: list[Row]) -> None:
    if len(rows) > ROWS:
        raise Refusal("rows", n=len(rows), limit=ROWS)
    cells = 0
    for number, row in rows:
        cells += len(row)
        if len(row) > COLUMNS:
            raise Refusal("columns", n=len(row), limit=COLUMNS, line=number)
        for cell in row:
            if cell is not None and len(cell) > CELL_TEXT:
                raise Refusal("cell_text", line=number, limit=CELL_TEXT)
    if cells > CELLS:
        raise Refusal("cells", limit=CELLS)
