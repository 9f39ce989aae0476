"""What a workbook's own XML says that a fast reader does not: extent, hidden parts, merges, uncalculated formulas.

The extent is checked before the fast reader allocates a rectangle for it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from ancrage.adapters.sheet_limits import CELLS, COLUMNS, ROWS, Refusal

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_BLOCK = 256 * 1024
Place = tuple[int, int]


@dataclass(slots=True)
class Scan:
    """Zero-based places. `flaws` holds `error`, `formula` (no value was ever calculated) or `percent` (shown so), and
    the text; that of a percentage is written from its value."""

    rows: int = 0
    columns: int = 0
    values: int = 0
    formulas: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    flaws: dict[Place, tuple[str, str]] = field(default_factory=dict)

    def extend(self, row: int, column: int) -> None:
        """Count a place that holds a value. Raises `Refusal` when the rectangle of values is over budget."""
        self.values += 1
        if row >= self.rows or column >= self.columns:
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
            if self.columns > COLUMNS:
                raise Refusal("columns", n=self.columns, limit=COLUMNS, line=row + 1)
            if self.rows > ROWS:
                raise Refusal("rows", n=self.rows, limit=ROWS)
            if self.rows * self.columns > CELLS:
                raise Refusal("cells", limit=CELLS)


def parse_xml(archive: zipfile.ZipFile, member: str, start: Callable[[str, dict[str, str]], None],
              end: Callable[[str], None] | None = None, text: Callable[[str], None] | None = None) -> None:  # fmt: skip
    """Feed a member to handlers, names without their prefix. A document type is refused. Raises `Refusal`."""

    def refuse_doctype(*_: object) -> None:
        raise Refusal("entities")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
        parser.buffer_text = True
    try:
        with archive.open(member) as stream:
            while block := stream.read(_BLOCK):
                parser.Parse(block, False)
            parser.Parse(b"", True)
    except KeyError as error:
        raise Refusal("damaged") from error
    except expat.ExpatError as error:
        raise Refusal("damaged") from error


# --- XLSX -----------------------------------------------------------------------------------------------------------


def xlsx_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """The member of each worksheet, by the sheet's name. Raises `Refusal` when the workbook does not say."""
    names = set(archive.namelist())
    workbook = next((n for n in ("xl/workbook.xml", *sorted(names)) if n in names and n.endswith("workbook.xml")), "")
    folder = workbook.rpartition("/")[0]
    relations: dict[str, str] = {}

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            relations[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"

    sheets: dict[str, str] = {}

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            if key in relations:
                sheets[attributes.get("name", "")] = relations[key].removeprefix("/")

    parse_xml(archive, f"{folder}/_rels/workbook.xml.rels".lstrip("/"), relation)
    parse_xml(archive, workbook, sheet)
    return sheets


class _XlsxScanner:
    """Walks one worksheet."""

    def __init__(self, percents: frozenset[str] = frozenset()) -> None:
        self.scan = Scan()
        self._percents = percents
        self._is_percent = False
        self._row = self._column = -1
        self._letters: dict[str, int] = {}
        self._type = self._value = ""
        self._in_value = self._has_formula = self._has_inline = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self._in_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "is":
            self._has_inline = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes["min"]) - 1, min(int(attributes["max"]), COLUMNS)
            self.scan.hidden_columns.extend(range(first, last))
        elif name == "mergeCell":
            corners = [self._place(corner) for corner in attributes.get("ref", "").split(":")]
            self.scan.merges.append((*corners[0], *corners[-1]))

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        if row <= self._row:
            raise Refusal("disordered", line=row + 1)
        self._row, self._column = row, -1
        if attributes.get("hidden") in {"1", "true"}:
            self.scan.hidden_rows.append(row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        row, column = self._row, self._column + 1
        if "r" in attributes:
            row, column = self._place(attributes["r"])
        if row != self._row or column <= self._column:
            raise Refusal("disordered", line=row + 1)
        self._column = column
        self._type, self._value = attributes.get("t", "n"), ""
        self._is_percent = attributes.get("s", "") in self._percents
        self._has_formula = self._has_inline = False

    def _place(self, reference: str) -> Place:
        found = _REFERENCE.fullmatch(reference.replace("$", ""))
        if found is None:
            raise Refusal("damaged")
        letters, digits = found.groups()
        if letters not in self._letters:
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            self._letters[letters] = column - 1
        return int(digits) - 1, self._letters[letters]

    def text(self, data: str) -> None:
        if self._in_value:
            self._value += data

    def end(self, name: str) -> None:
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        place, value = (self._row, self._column), self._value.strip()
        self.scan.formulas += self._has_formula
        if value or self._has_inline:
            self.scan.extend(*place)
            if self._type == "e":
                self.scan.flaws[place] = ("error", value)
            elif self._is_percent and self._type == "n" and not self._has_inline:
                self.scan.flaws[place] = ("percent", "")
        elif self._has_formula and self._type != "str":
            self.scan.extend(*place)
            self.scan.flaws[place] = ("formula", "")


def percent_styles(archive: zipfile.ZipFile, member: str = "xl/styles.xml") -> frozenset[str]:
    """The indexes of the cell styles of an XLSX that show a number as a percentage (ECMA-376, 18.8.30: the formats 9
    and 10, and those whose code has a % outside quotes). Raises `Refusal`."""
    formats, styles = {"9", "10"}, []
    inside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    if member not in archive.namelist():
        return frozenset()
    parse_xml(archive, member, start, end)
    return frozenset(str(index) for index, style in enumerate(styles) if style in formats)


def scan_xlsx(archive: zipfile.ZipFile, member: str, percents: frozenset[str] = frozenset()) -> Scan:
    """The scan of one worksheet, whose styles `percents` show percentages. Raises `Refusal`."""
    scanner = _XlsxScanner(percents)
    try:
        parse_xml(archive, member, scanner.start, scanner.end, scanner.text)
    except (KeyError, ValueError) as error:
        raise Refusal("damaged") from error
    return scanner.scan


# --- ODS ------------------------------------------------------------------------------------------------------------


class _OdsScanner:
    """Walks every table of a content.xml."""

    def __init__(self) -> None:
        self.scans: dict[str, Scan] = {}
        self._scan = Scan()
        self._row = self._column = 0
        self._repeat = 1
        self._columns = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "table" and "name" in plain:
            self._scan = self.scans.setdefault(plain["name"], Scan())
            self._row = self._columns = 0
        elif name == "table-column":
            repeat = int(plain.get("number-columns-repeated", "1"))
            if plain.get("visibility") in {"collapse", "filter"}:
                self._scan.hidden_columns.extend(range(self._columns, min(self._columns + repeat, COLUMNS)))
            self._columns += repeat
        elif name == "table-row":
            self._repeat, self._column = int(plain.get("number-rows-repeated", "1")), 0
            if plain.get("visibility") in {"collapse", "filter"}:
                self._scan.hidden_rows.extend(range(self._row, min(self._row + self._repeat, ROWS)))
        elif name in {"table-cell", "covered-table-cell"}:
            self._cell(plain, attributes)

    def _cell(self, plain: dict[str, str], attributes: dict[str, str]) -> None:
        repeat = int(plain.get("number-columns-repeated", "1"))
        last_row, last_column = self._row + self._repeat - 1, self._column + repeat - 1
        place = (self._row, self._column)
        has_value = "value-type" in plain
        self._scan.formulas += "formula" in plain
        if has_value or "formula" in plain:
            self._scan.extend(last_row, last_column)
        if attributes.get("calcext:value-type") == "error":
            self._scan.flaws[place] = ("error", "#ERR")
        elif "formula" in plain and not has_value:
            self._scan.flaws[place] = ("formula", "")
        elif plain.get("value-type") == "percentage":
            for row in range(self._row, last_row + 1):
                for column in range(self._column, last_column + 1):
                    self._scan.flaws[row, column] = ("percent", "")
        rows, columns = int(plain.get("number-rows-spanned", "1")), int(plain.get("number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            self._scan.merges.append((*place, self._row + rows - 1, self._column + columns - 1))
        self._column += repeat

    def end(self, name: str) -> None:
        if name == "table-row":
            self._row += self._repeat


def scan_ods(archive: zipfile.ZipFile) -> dict[str, Scan]:
    """The scan of every sheet, by name. Raises `Refusal`."""
    scanner = _OdsScanner()
    try:
        parse_xml(archive, "content.xml", scanner.start, scanner.end)
    except (KeyError, ValueError) as error:
        raise Refusal("damaged") from error
    return scanner.scans
