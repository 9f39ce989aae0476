"""The files of a public source as the importing child sees them: what each is, its headings, its bytes as a stream.

A file is known by its content, never by its name. CSV may be plain, or the one CSV member of a ZIP, or in gzip: packed
bytes are streamed through a pipe, so nothing is unpacked on disk and what a container declares is not believed. So are
lines that end in CR CR LF, as some programs write on Windows: the engine's strict reader would refuse them.
Imported by the child, so standard library only.
"""

from __future__ import annotations

import csv
import gzip
import io
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

HEAD_BYTES = 256 * 1024
UNPACKED_BYTES = 64 * 1024**3
RATIO = 200
RATIO_FREE = 64 * 1024**2
MEMBERS = 1_000
COLUMNS = 500
_BLOCK = 1024 * 1024
_ENCRYPTED = 0x1
_DOUBLED_END = b"\r\r\n"

Scalar = str | int


class Refusal(Exception):  # noqa: N818  # the child's word; the parent turns it into SourceError
    """The file cannot be read whole. `code` is a message of the area `sources`."""

    def __init__(self, code: str, /, **parameters: Scalar) -> None:
        super().__init__(code)
        self.code = f"sources.{code}"
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file recognised: `kind` is csv or parquet; `packing` is how the CSV is wrapped (empty, zip, gzip, lines)."""

    path: Path
    kind: str
    packing: str = ""
    member: str = ""
    delimiter: str = ","
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call it to the user."""
        return self.path.name


def recognise(path: Path) -> RawFile:
    """What a file is, with the headings of a CSV. Raises `Refusal` for anything else than CSV, ZIP, gzip, Parquet."""
    with path.open("rb") as stream:
        magic = stream.read(16)
    if magic.startswith(b"PAR1"):
        return RawFile(path, "parquet")
    if magic.startswith(b"PK\x03\x04"):
        member = _csv_member(path)
        return _with_headings(RawFile(path, "csv", "zip", member))
    if magic.startswith(b"\x1f\x8b"):
        return _with_headings(RawFile(path, "csv", "gzip"))
    if magic.lstrip().startswith(b"<"):
        raise Refusal("file.page", file=path.name)
    if b"\0" in magic or not magic:
        raise Refusal("file.kind" if magic else "file.empty", file=path.name)
    return _with_headings(RawFile(path, "csv"))


def _csv_member(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as container:
            members = container.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise Refusal("file.cut", file=path.name) from error
    tables = [member for member in members if member.filename.lower().endswith(".csv")]
    if len(tables) != 1 or len(members) > MEMBERS or tables[0].flag_bits & _ENCRYPTED:
        raise Refusal("file.members", file=path.name, n=len(tables))
    return tables[0].filename


def _with_headings(raw: RawFile) -> RawFile:
    with opened(raw) as stream:
        head = _read(stream, HEAD_BYTES, raw)
    text = _decoded(head.replace(_DOUBLED_END, b"\n"), raw)
    found = {delimiter: _headings(text, delimiter) for delimiter in ",;\t"}
    delimiter = max(found, key=lambda key: len(found[key]))
    columns = found[delimiter]
    if not 1 <= len(columns) <= COLUMNS or "" in columns or len(set(columns)) != len(columns):
        raise Refusal("file.headings", file=raw.name)
    packing = raw.packing or ("lines" if _DOUBLED_END in head else "")
    return RawFile(raw.path, raw.kind, packing, raw.member, delimiter, columns)


def _decoded(head: bytes, raw: RawFile) -> str:
    whole = head[: head.rfind(b"\n") + 1] or head  # the head may stop in the middle of a character
    try:
        return whole.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("file.encoding", file=raw.name) from error


def _headings(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), ()))
    except csv.Error:
        return ()


@contextmanager
def opened(raw: RawFile) -> Iterator[BinaryIO]:
    """The bytes of a CSV, unpacked."""
    try:
        if raw.packing == "zip":
            with zipfile.ZipFile(raw.path) as container, container.open(raw.member) as member:
                yield member  # type: ignore[misc]  # a binary stream in all but name
        elif raw.packing == "gzip":
            with gzip.open(raw.path, "rb") as stream:
                yield stream  # type: ignore[misc]
        else:
            with raw.path.open("rb") as plain:
                yield plain
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, gzip.BadGzipFile, RuntimeError) as error:
        raise Refusal("file.cut", file=raw.name) from error


def _read(stream: BinaryIO, size: int, raw: RawFile) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    if not parts:
        raise Refusal("file.empty", file=raw.name)
    return b"".join(parts)


class Feed:
    """Streams a packed CSV into a named pipe, in a thread; `check` says afterwards whether all of it went through."""

    def __init__(self, raw: RawFile, pipe: Path) -> None:
        self._raw = raw
        self._pipe = pipe
        self._refusal: Refusal | None = None
        self._is_whole = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise the `Refusal` that stopped the stream, if any. To be called once the reader has seen its end."""
        self._thread.join(timeout=60)
        if self._refusal is not None:
            raise self._refusal
        if not self._is_whole:
            raise Refusal("file.unread", file=self._raw.name)

    def cause(self, seen: Refusal) -> Refusal:
        """Why the reader failed: the stream's own refusal when it has one, else what the reader saw."""
        self._thread.join(timeout=5)
        return self._refusal or seen

    def _run(self) -> None:
        try:
            with self._pipe.open("wb") as sink, opened(self._raw) as stream:
                self._copy(stream, sink)
        except Refusal as refusal:
            self._refusal = refusal
        except BrokenPipeError:
            self._is_whole = False  # the reader left: it says why

    def _blocks(self, stream: BinaryIO) -> Iterator[bytes]:
        held = b""
        while block := stream.read(_BLOCK):
            whole = held + block
            text = whole.rstrip(b"\r") if self._raw.packing == "lines" else whole
            held = whole[len(text) :]
            yield text.replace(_DOUBLED_END, b"\n") if self._raw.packing == "lines" else text
        if held:
            yield held

    def _copy(self, stream: BinaryIO, sink: BinaryIO) -> None:
        packed = max(1, self._raw.path.stat().st_size)
        size, last = 0, b""
        for block in self._blocks(stream):
            size += len(block)
            if size > UNPACKED_BYTES or (size > RATIO_FREE and size > RATIO * packed):
                raise Refusal("file.bomb", file=self._raw.name)
            sink.write(block)
            last = block[-1:]
        if last != b"\n":
            raise Refusal("file.unfinished", file=self._raw.name)
        self._is_whole = True


def refuse_unfinished(raw: RawFile) -> None:
    """A plain CSV must end with an end of line: one that does not was cut. Raises `Refusal`."""
    with raw.path.open("rb") as stream:
        stream.seek(-1, io.SEEK_END)
        if stream.read(1) != b"\n":
            raise Refusal("file.unfinished", file=raw.name)
