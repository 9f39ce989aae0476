"""Workbooks made by hand for the tests, so that every odd byte is ours."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="BOM" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_BOOK_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
)
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_ODS = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="BOM">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def raw_xlsx(sheet: str | bytes, extra: Mapping[str, bytes | str] | None = None, **changed: str) -> bytes:
    """A workbook of one sheet given as XML; `extra` members; `book`, `rels` and `types` replace the usual parts."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": changed.get("types", _TYPES),
        "_rels/.rels": _RELS,
        "xl/workbook.xml": changed.get("book", _BOOK),
        "xl/_rels/workbook.xml.rels": changed.get("rels", _BOOK_RELS),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped({**members, **(extra or {})})


def letter(index: int) -> str:
    """0 -> A."""
    return chr(65 + index)


def xml_rows(rows: Sequence[Sequence[object]], *, with_places: bool = True, prefix: str = "") -> str:
    """Rows as SpreadsheetML with inline strings; a pair (kind, text) is written as a raw cell body."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            _xml_cell(value, f"{letter(i)}{number}" if with_places else "", prefix) for i, value in enumerate(row)
        )
        place = f' r="{number}"' if with_places else ""
        lines.append(f"<{prefix}row{place}>{cells}</{prefix}row>")
    return "".join(lines)


def _xml_cell(value: object, place: str, prefix: str) -> str:
    at = f' r="{place}"' if place else ""
    if value is None:
        return "" if place else f"<{prefix}c/>"
    if isinstance(value, tuple):
        attributes, body = value
        return f"<{prefix}c{at}{attributes}>{body}</{prefix}c>"
    if isinstance(value, bool):
        return f'<{prefix}c{at} t="b"><{prefix}v>{int(value)}</{prefix}v></{prefix}c>'
    if isinstance(value, str):
        text = f"<{prefix}is><{prefix}t>{escape(value)}</{prefix}t></{prefix}is>"
        return f'<{prefix}c{at} t="inlineStr">{text}</{prefix}c>'
    return f"<{prefix}c{at}><{prefix}v>{value}</{prefix}v></{prefix}c>"


def xlsx(
    rows: Sequence[Sequence[object]], before: str = "", after: str = "", extra: Mapping[str, bytes | str] | None = None
) -> bytes:
    """A workbook of one sheet."""
    return raw_xlsx(SHEET.format(before=before, rows=xml_rows(rows), after=after), extra)


def books(sheets: Sequence[tuple[str, str, Sequence[Sequence[object]]]]) -> bytes:
    """A workbook of several sheets: name, state (`visible`, `hidden`, `veryHidden`), rows."""
    tags = "".join(
        f'<sheet name="{name}" sheetId="{i}" state="{state}" r:id="rId{i}"/>'
        for i, (name, state, _) in enumerate(sheets, 1)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    rels = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(sheets) + 1)
    )
    start, end = _BOOK.partition("<sheets>")[0], "</workbook>"
    others = {
        f"xl/worksheets/sheet{i}.xml": SHEET.format(before="", rows=xml_rows(rows), after="")
        for i, (_, _, rows) in enumerate(sheets, 1)
    }
    first = others.pop("xl/worksheets/sheet1.xml")
    return raw_xlsx(
        first,
        others,
        book=f"{start}<sheets>{tags}</sheets>{end}",
        rels=_BOOK_RELS.partition("<Relationship ")[0] + rels + "</Relationships>",
    )


def ods_rows(rows: Sequence[Sequence[object]]) -> str:
    """Rows as OpenDocument; a string that starts with `<table:` is raw."""
    return "".join(f"<table:table-row>{''.join(_ods_cell(v) for v in row)}</table:table-row>" for row in rows)


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str) and value.startswith("<table:"):
        return value
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def ods(rows: str, manifest: str = "", head: str = "") -> bytes:
    """An OpenDocument spreadsheet of one sheet, its rows given as XML."""
    content = _ODS.replace("<office:body>", head + "<office:body>").format(rows=rows)
    listed = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{manifest}</manifest:file-entry></manifest:manifest>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": listed,
        }
    )
