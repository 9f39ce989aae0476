"""The first look at a file: what it is by its content, never by its name, and whether its container is sane.

Everything is counted on the bytes that really come out, by streaming: what a container declares is not believed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Literal

from ancrage.adapters.sheet_limits import (
    MEBIBYTE,
    MEMBERS,
    NAME_LENGTH,
    RATIO,
    RATIO_FREE,
    UNPACKED_BYTES,
    Refusal,
)

Kind = Literal["text", "xlsx", "ods"]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "bitmap"),
    (b"RIFF", "image"),
    (b"{\\rtf", "word"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"PAR1", "binary"),
    (b"SQLite format 3", "binary"),
    (b"\x7fELF", "binary"),
    (b"MZ\x90", "binary"),
    (b"ISO-10303-21", "cad"),
    (b"AC10", "cad"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|svg|head|body)", re.IGNORECASE)
_DTD = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)
_STREAM = 256 * 1024


def recognise(content: bytes) -> Kind:
    """What the file is. Raises `Refusal` for anything that is not a sheet, or not a sane one."""
    if content.startswith(_ZIP):
        return _recognise_zip(content)
    if content.startswith(_OLE):
        raise Refusal(_ole_reason(content))
    for magic, reason in _MAGIC:
        if content.startswith(magic) and (reason != "bitmap" or b"\0" in content[:32]):
            raise Refusal("image" if reason == "bitmap" else reason)
    if _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:512]):
        raise Refusal("markup")
    return "text"


def _ole_reason(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted"
    if "WordDocument".encode("utf-16-le") in content:
        return "word"
    return "old_excel"


def _recognise_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(members)
            kind = _kind_of_zip({member.filename for member in members}, archive)
            _unpack(archive, members, len(content))
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OverflowError, ValueError) as error:
        raise Refusal("damaged") from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBERS:
        raise Refusal("members", n=len(members), limit=MEMBERS)
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        if _is_escaping(name) or (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise Refusal("traversal")
        if member.flag_bits & 0x1:
            raise Refusal("encrypted")
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refusal("method")
        if name.lower() in seen:
            raise Refusal("damaged")
        seen.add(name.lower())


def _is_escaping(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\0" in name or len(name) > NAME_LENGTH


def _kind_of_zip(names: set[str], archive: zipfile.ZipFile) -> Kind:
    if "xl/workbook.bin" in names:
        raise Refusal("binary_excel")
    if "word/document.xml" in names:
        raise Refusal("word")
    if "ppt/presentation.xml" in names:
        raise Refusal("slides")
    if "[Content_Types].xml" in names and any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as member:
            mimetype = member.read(100).decode("ascii", "replace").strip()
        if mimetype.startswith("application/vnd.oasis.opendocument.spreadsheet"):
            return "ods"
        raise Refusal("word")
    if "Index/Document.iwa" in names or any(name.startswith("Index/") for name in names):
        raise Refusal("numbers_app")
    raise Refusal("archive")


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], packed: int) -> None:
    """Stream every member: count what really comes out, check its sum, refuse any DTD or entity."""
    total = 0
    for member in members:
        tail = b""
        is_xml = member.filename.endswith((".xml", ".rels", ".vml"))
        with archive.open(member) as stream:
            while block := stream.read(_STREAM):
                total += len(block)
                if total > UNPACKED_BYTES:
                    raise Refusal("bomb", limit=UNPACKED_BYTES // MEBIBYTE)
                if total > RATIO_FREE and total > RATIO * packed:
                    raise Refusal("ratio", limit=RATIO)
                if is_xml and _DTD.search(tail + block):
                    raise Refusal("entities")
                tail = block[-32:]
        if member.filename == "META-INF/manifest.xml" and b"encryption-data" in archive.read(member)[:MEBIBYTE]:
            raise Refusal("encrypted")
