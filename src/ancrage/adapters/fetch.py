"""Download a file of a public source: resumable, bounded, only from the machines of the list.

An interrupted download goes on where it stopped (Range, If-Range) as long as the publisher says that the file is the
same one (a strong ETag, or the date of its last change); else it starts again. Nothing is given back before its size
is the announced one and its hash is known.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from ancrage.adapters.fetch_door import Door, GuardedBackend, GuardedTransport
from ancrage.adapters.home import hash_file
from ancrage.kernel.errors import DownloadError

Told = Callable[[int, int | None], None]
"""Told the bytes at hand and the total, None while it is not known."""

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_BROKEN = (
    httpx.TransportError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
)
_TRUSTED_AGE = timedelta(seconds=60)
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may cost. `seconds` bounds one whole download, `silence` one wait for the network; `tries` are
    the breaks in a row without a byte gained that are borne; `pause` seconds, doubled each time, stand between them."""

    bytes: int = 16 * 1024**3
    redirects: int = 5
    seconds: float = 6 * 3600.0
    silence: float = 30.0
    tries: int = 4
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A downloaded file: where it is, its size, its hash, and the address that finally gave it."""

    path: Path
    bytes: int
    sha256: str
    address: str


@dataclass(slots=True)
class _State:
    """What is known of the file: its validator (empty when it has none that can be trusted) and its size."""

    validator: str = ""
    total: int | None = None


class _Restart(Exception):  # noqa: N818  # not an error: the file changed meanwhile
    pass


class _Broken(Exception):  # noqa: N818  # the network stopped: to be tried again
    pass


def fetch(  # noqa: PLR0913  # keywords alone after the target
    address: str,
    target: Path,
    door: Door,
    *,
    limits: Limits | None = None,
    sha256: str | None = None,
    told: Told | None = None,
    backend: GuardedBackend | None = None,
) -> Fetched:
    """Download a file to `target`, whose folder keeps what is needed to resume after an interruption.

    `sha256`, when known beforehand, must be that of the file. Raises `DownloadError` with what to do; a part that can
    be resumed stays, one that cannot is removed.
    """
    bounds = limits or Limits()
    with _client(backend or GuardedBackend(door), bounds) as client:
        download = _Download(client, door, bounds, address, target, told or _silent)
        final = download.run()
    part = download.part
    found = hash_file(part)
    if sha256 is not None and found != sha256:
        download.forget()
        raise DownloadError("fetch.hash", address=address, expected=sha256, found=found)
    size = part.stat().st_size
    part.replace(target)
    download.state_file.unlink(missing_ok=True)
    return Fetched(target, size, found, final)


@contextmanager
def _client(backend: GuardedBackend, limits: Limits) -> Iterator[httpx.Client]:
    headers = {"User-Agent": "ancrage", "Accept": "*/*", "Accept-Encoding": "identity"}
    transport = GuardedTransport(backend)
    with httpx.Client(transport=transport, headers=headers, timeout=limits.silence, follow_redirects=False) as client:
        yield client


class _Download:
    """One download, from its first request to its last byte."""

    def __init__(  # noqa: PLR0913, PLR0917  # private, called once
        self, client: httpx.Client, door: Door, limits: Limits, address: str, target: Path, told: Told
    ) -> None:
        self._client = client
        self._door = door
        self._limits = limits
        self._address = address
        self._told = told
        self._deadline = time.monotonic() + limits.seconds
        self.part = target.with_name(target.name + ".part")
        self.state_file = target.with_name(target.name + ".state")
        self._state = self._remembered()

    def run(self) -> str:
        """The address that gave the file. Raises `DownloadError`."""
        if self._state.validator and self._size() == self._state.total:
            return self._address
        fruitless = 0
        while True:
            before = self._size()
            try:
                return self._attempt()
            except _Restart:
                self.forget()
                fruitless += 1
            except _Broken as broken:
                fruitless = fruitless + 1 if self._size() <= before else 1
                if fruitless > self._limits.tries:
                    raise DownloadError("fetch.broken", address=self._address) from broken
                time.sleep(self._limits.pause * 2 ** (fruitless - 1))
            if fruitless > self._limits.tries:
                raise DownloadError("fetch.unstable", address=self._address)
            self._refuse_late()

    def _attempt(self) -> str:
        url = self._door.admit(self._address)
        for _ in range(self._limits.redirects + 1):
            try:
                with self._client.stream("GET", url, headers=self._range()) as answer:
                    if answer.status_code not in _REDIRECTS:
                        self._receive(answer)
                        return str(url)
                    url = self._door.admit(urljoin(str(url), answer.headers.get("location", "")))
            except _BROKEN as error:
                raise _Broken from error
        raise DownloadError("fetch.redirects", address=self._address, limit=self._limits.redirects)

    def _range(self) -> dict[str, str]:
        size = self._size()
        if not size or not self._state.validator:
            return {}
        return {"Range": f"bytes={size}-", "If-Range": self._state.validator}

    def _receive(self, answer: httpx.Response) -> None:
        status = answer.status_code
        if status in _LATER:
            raise _Broken(str(status))
        if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise _Restart
        if status not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
            raise DownloadError("fetch.status", address=self._address, status=status)
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise DownloadError("fetch.encoded", address=self._address)
        if status == httpx.codes.PARTIAL_CONTENT:
            self._check_continuation(answer)
        else:
            self._begin(answer)
        self._copy(answer)

    def _begin(self, answer: httpx.Response) -> None:
        if "text/html" in answer.headers.get("content-type", ""):
            raise DownloadError("fetch.page", address=self._address)
        self.forget()
        length = answer.headers.get("content-length", "")
        self._state = _State(_validator(answer), int(length) if length.isascii() and length.isdigit() else None)
        if self._state.total is not None and self._state.total > self._limits.bytes:
            raise DownloadError("fetch.too_big", address=self._address, limit=self._limits.bytes)
        words = {"address": self._address, "validator": self._state.validator, "total": self._state.total}
        self.state_file.write_text(json.dumps(words), "utf-8")

    def _check_continuation(self, answer: httpx.Response) -> None:
        found = _CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
        is_same = _validator(answer) in {"", self._state.validator}
        if found is None or int(found[1]) != self._size() or not is_same:
            raise _Restart
        if self._state.total is not None and int(found[3]) != self._state.total:
            raise _Restart

    def _copy(self, answer: httpx.Response) -> None:
        size = self._size()
        with self.part.open("ab") as sink:
            for block in answer.iter_raw():
                if size == 0 and block.lstrip()[:1] == b"<":
                    raise DownloadError("fetch.page", address=self._address)
                size += len(block)
                if size > min(self._limits.bytes, self._state.total or self._limits.bytes):
                    self._abandon(sink.close)
                sink.write(block)
                self._told(size, self._state.total)
                self._refuse_late()
            sink.flush()
            os.fsync(sink.fileno())
        if self._state.total is not None and size < self._state.total:
            raise _Broken("short")

    def _abandon(self, close: Callable[[], None]) -> None:
        close()
        self.forget()
        raise DownloadError("fetch.too_big", address=self._address, limit=self._limits.bytes)

    def _refuse_late(self) -> None:
        if time.monotonic() > self._deadline:
            raise DownloadError("fetch.late", address=self._address, seconds=int(self._limits.seconds))

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _remembered(self) -> _State:
        """What an earlier run left; a state that cannot be read, or of another address, is worth nothing."""
        try:
            words = json.loads(self.state_file.read_text("utf-8"))
            if words["address"] == self._address:
                return _State(str(words["validator"]), words["total"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        self.forget()
        return _State()

    def forget(self) -> None:
        """Remove the part and its state."""
        self.part.unlink(missing_ok=True)
        self.state_file.unlink(missing_ok=True)
        self._state = _State()


def _validator(answer: httpx.Response) -> str:
    """What proves later that the file is the same: a strong ETag, or a date of change that is a minute old at least.

    RFC 9110, 8.8.2.2 and 13.1.5: a weak ETag, or a date too near that of the answer, proves nothing for a range.
    """
    etag: str = answer.headers.get("etag", "")
    if etag:
        return etag if etag.startswith('"') else ""
    changed: str = answer.headers.get("last-modified", "")
    try:
        age = parsedate_to_datetime(answer.headers.get("date", "")) - parsedate_to_datetime(changed)
    except (ValueError, TypeError):
        return ""
    return changed if age >= _TRUSTED_AGE else ""


def file_name(address: str) -> str:
    """The last step of an address's path."""
    return urlsplit(address).path.rpartition("/")[2]


def _silent(_: int, __: int | None) -> None:
    return None
