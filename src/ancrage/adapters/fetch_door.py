"""Which machines a download may speak to, checked on the address and again on the connection that is really opened.

A name on the list may resolve to an inside machine, today or at the next redirect (rebinding): the connection goes to
the very numeric address that was checked, while TLS still verifies the name.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from ancrage.kernel.errors import DownloadError

Resolver = Callable[[str, int], Sequence[str]]
"""A host and a port to numeric addresses."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_ALLOWED_TEXT = re.compile(r"[!-\[\]-~]+")  # printable ASCII without space nor backslash
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST = 2048


@dataclass(frozen=True, slots=True)
class Door:
    """The hosts that may be spoken to, by exact name. `loopback` adds this machine, in plain HTTP, on any port: for a
    mirror that the user runs there."""

    hosts: frozenset[str]
    loopback: bool = False

    def admit(self, address: str) -> httpx.URL:
        """The address, checked. Raises `DownloadError` when it is not HTTPS to a host of the list."""
        if len(address) > _LONGEST or not _ALLOWED_TEXT.fullmatch(address):
            raise DownloadError("fetch.address", address=_shown(address))
        try:
            parts = urlsplit(address)
            host, port, user = (parts.hostname or ""), parts.port, parts.username or parts.password
        except ValueError as error:
            raise DownloadError("fetch.address", address=_shown(address)) from error
        if user is not None or not host or not re.fullmatch(r"[a-z0-9.:-]+", host):
            raise DownloadError("fetch.address", address=_shown(address))
        if self.loopback and host in _LOOPBACK and parts.scheme in {"http", "https"}:
            return httpx.URL(address)
        if parts.scheme != "https" or port not in {None, 443}:
            raise DownloadError("fetch.plain", address=_shown(address))
        if host not in self.hosts:
            raise DownloadError("fetch.host", host=host, allowed=", ".join(sorted(self.hosts)))
        url = httpx.URL(address)
        if url.host != host:
            raise DownloadError("fetch.address", address=_shown(address))
        return url

    def admit_numeric(self, host: str, found: Iterable[str]) -> list[str]:
        """The numeric addresses of a host, all of them public (or of this machine, where that is allowed).

        Raises `DownloadError` as soon as one is not: a name with an inside address is not to be trusted.
        """
        numeric = list(found)
        is_here = self.loopback and host in _LOOPBACK
        for text in numeric:
            if not (is_loopback(text) if is_here else is_public(text)):
                raise DownloadError("fetch.inside", host=host, address=text)
        if not numeric:
            raise DownloadError("fetch.unresolved", host=host)
        return numeric


def is_public(text: str) -> bool:
    """True for a numeric address of the open Internet; addresses carried inside IPv6 ones are looked at too."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if carried is None and address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(str(carried))
        if address.scope_id is not None or address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_loopback(text: str) -> bool:
    """True for a numeric address of this machine."""
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses that the system gives for a host. Raises `DownloadError` when it gives none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise DownloadError("fetch.unresolved", host=host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to checked numeric addresses only."""

    def __init__(
        self, door: Door, resolver: Resolver = resolve, backend: httpcore.NetworkBackend | None = None
    ) -> None:
        self._door = door
        self._resolver = resolver
        self._backend = backend or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check every address, connect to the first that answers."""
        addresses = self._door.admit_numeric(host, self._resolver(host, port))
        for address in addresses[:-1]:
            try:
                return self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._backend.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)


class GuardedTransport(httpx.BaseTransport):
    """httpx over guarded connections: no proxy of the environment, no HTTP/2, certificates verified."""

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), max_connections=2, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; its body comes as a stream."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Any:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _shown(address: str) -> str:
    """An address as it may be shown: printable, short, without what stands before an `@`."""
    text = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in address)
    return re.sub(r"//[^/@]*@", "//", text)[:200]
