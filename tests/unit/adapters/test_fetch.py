"""Downloads against a server of this machine that cuts, changes, lies and never ends; and hostile addresses."""

from __future__ import annotations

import contextlib
import hashlib
import random
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore
import pytest

from ancrage.adapters.fetch import Fetched, Limits, fetch
from ancrage.adapters.fetch_door import Door, GuardedBackend, is_public
from ancrage.interfaces.wording import say
from ancrage.kernel.errors import DownloadError

CONTENT = b"siren,siret\n" + random.Random(5).randbytes(1_500_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
HERE = Door(frozenset(), loopback=True)
QUICK = Limits(bytes=20_000_000, silence=5.0, tries=4, pause=0.0)

Behaviour = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request and the means to answer it."""

    handler: BaseHTTPRequestHandler
    number: int
    first: int | None

    def head(self, status: int, **headers: str) -> None:
        self.handler.send_response_only(status)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def body(self, content: bytes) -> None:
        self.handler.wfile.write(content)

    def whole(self, content: bytes = CONTENT, etag: str = '"v1"', sent: int | None = None, **headers: str) -> None:
        """The file, or its end when asked for; `sent` cuts the connection after that many bytes."""
        conditional = self.handler.headers.get("If-Range")
        if self.first is not None and conditional in {None, etag}:
            part, last = content[self.first :], len(content) - 1
            span = f"bytes {self.first}-{last}/{len(content)}"
            self.head(206, ETag=etag, Content_Range=span, Content_Length=str(len(part)), **headers)
        else:
            part = content
            self.head(200, ETag=etag, Content_Length=str(len(part)), **headers)
        self.body(part if sent is None else part[:sent])


@dataclass
class Server:
    """A scripted server: `behaviour` answers each request; `ranges` are the first bytes asked for, in order."""

    behaviour: Behaviour = lambda exchange: exchange.whole()
    ranges: list[int | None] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    script = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            first = int(found[1]) if found else None
            script.ranges.append(first)
            script.paths.append(self.path)
            with contextlib.suppress(ConnectionError):
                script.behaviour(Exchange(self, len(script.ranges), first))
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        script.address = f"http://127.0.0.1:{http.server_address[1]}/file.csv"
        yield script
        http.shutdown()
        thread.join()


def _get(server: Server, folder: Path, **given: Any) -> Fetched:
    return fetch(
        server.address, folder / "file.csv", given.pop("door", HERE), limits=given.pop("limits", QUICK), **given
    )


def _refusal(server: Server, folder: Path, **given: Any) -> str:
    with pytest.raises(DownloadError) as refusal:
        _get(server, folder, **given)
    assert not (folder / "file.csv").exists()
    assert say(refusal.value.message, "fr")
    assert say(refusal.value.message, "en")
    return refusal.value.message.code.removeprefix("fetch.")


def test_a_whole_file_comes_with_its_hash_and_leaves_nothing_else(server: Server, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    found = _get(server, tmp_path, told=lambda done, total: told.append((done, total)), sha256=SHA256)
    assert (found.sha256, found.bytes, found.path.read_bytes()) == (SHA256, len(CONTENT), CONTENT)
    assert [path.name for path in tmp_path.iterdir()] == ["file.csv"]
    assert told[-1] == (len(CONTENT), len(CONTENT))


@pytest.mark.parametrize("seed", range(5))
def test_cuts_at_random_places_are_resumed_where_they_happened(server: Server, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    server.behaviour = lambda exchange: exchange.whole(sent=rng.randint(1, 400_000) if exchange.number < 4 else None)
    assert _get(server, tmp_path).sha256 == SHA256
    assert server.ranges[0] is None
    assert None not in server.ranges[1:]
    assert server.ranges[1:] == sorted(server.ranges[1:])


def test_an_interrupted_command_goes_on_in_the_next_one(server: Server, tmp_path: Path) -> None:
    server.behaviour = lambda exchange: exchange.whole(sent=500_000 if exchange.number == 1 else 0)
    assert _refusal(server, tmp_path) == "broken"
    server.behaviour = lambda exchange: exchange.whole()
    assert _get(server, tmp_path).sha256 == SHA256
    assert server.ranges[-1] == 500_000


def test_a_file_that_changed_meanwhile_is_taken_again_from_its_start(server: Server, tmp_path: Path) -> None:
    other = CONTENT[::-1]

    def behave(exchange: Exchange) -> None:
        if exchange.number == 1:
            exchange.whole(sent=300_000)
        else:
            exchange.whole(other, etag='"v2"')

    server.behaviour = behave
    assert _get(server, tmp_path).path.read_bytes() == other


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": '"v2"', "Content_Range": "bytes 300000-{last}/{size}"},
        {"ETag": '"v1"', "Content_Range": "bytes 300001-{last}/{size}"},
        {"ETag": '"v1"', "Content_Range": "bytes 300000-{last}/999"},
        {"ETag": '"v1"'},
    ],
    ids=["another ETag", "another place", "another size", "no place"],
)
def test_a_continuation_that_does_not_fit_is_never_appended(
    server: Server, tmp_path: Path, headers: dict[str, str]
) -> None:
    def behave(exchange: Exchange) -> None:
        if exchange.number == 1:
            exchange.whole(sent=300_000)
        elif exchange.first is not None:
            words = {name: text.format(last=len(CONTENT) - 1, size=len(CONTENT)) for name, text in headers.items()}
            exchange.head(206, Content_Length=str(len(CONTENT) - 300_000), **words)
            exchange.body(CONTENT[300_000:])
        else:
            exchange.whole()

    server.behaviour = behave
    assert _get(server, tmp_path).sha256 == SHA256
    assert server.ranges == [None, 300_000, None]


@pytest.mark.parametrize("etag", ['W/"v1"', ""])
def test_without_a_strong_etag_nothing_is_resumed(server: Server, tmp_path: Path, etag: str) -> None:
    server.behaviour = lambda exchange: exchange.whole(etag=etag, sent=300_000 if exchange.number == 1 else None)
    assert _get(server, tmp_path).sha256 == SHA256
    assert server.ranges == [None, None]


def test_a_date_of_change_that_is_old_enough_allows_to_resume(server: Server, tmp_path: Path) -> None:
    dates = {"Last_Modified": "Sun, 01 Nov 2026 08:00:00 GMT", "Date": "Tue, 24 Nov 2026 08:00:00 GMT"}

    def behave(exchange: Exchange) -> None:
        if exchange.first is None:
            exchange.head(200, Content_Length=str(len(CONTENT)), **dates)
            exchange.body(CONTENT[:300_000])
        else:
            span = f"bytes {exchange.first}-{len(CONTENT) - 1}/{len(CONTENT)}"
            exchange.head(206, Content_Length=str(len(CONTENT) - exchange.first), Content_Range=span, **dates)
            exchange.body(CONTENT[exchange.first :])

    server.behaviour = behave
    assert _get(server, tmp_path).sha256 == SHA256
    assert server.ranges == [None, 300_000]


def test_a_server_that_ignores_ranges_still_gives_the_file(server: Server, tmp_path: Path) -> None:
    def behave(exchange: Exchange) -> None:
        exchange.first = None
        exchange.whole(sent=300_000 if exchange.number == 1 else None)

    server.behaviour = behave
    assert _get(server, tmp_path).sha256 == SHA256


def test_a_range_that_cannot_be_satisfied_starts_again(server: Server, tmp_path: Path) -> None:
    def behave(exchange: Exchange) -> None:
        if exchange.first is not None:
            exchange.head(416, Content_Range=f"bytes */{len(CONTENT)}")
        else:
            exchange.whole(sent=300_000 if exchange.number == 1 else None)

    server.behaviour = behave
    assert _get(server, tmp_path).sha256 == SHA256


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_an_error_that_may_pass_is_tried_again_a_few_times(server: Server, tmp_path: Path, status: int) -> None:
    def behave(exchange: Exchange) -> None:
        if exchange.number <= 2:
            exchange.head(status)
        else:
            exchange.whole()

    server.behaviour = behave
    assert _get(server, tmp_path).sha256 == SHA256
    server.behaviour = lambda exchange: exchange.head(status)
    (tmp_path / "file.csv").unlink()
    server.ranges.clear()
    assert _refusal(server, tmp_path) == "broken"
    assert len(server.ranges) == QUICK.tries + 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 204, 304])
def test_an_error_that_will_not_pass_is_said_at_once(server: Server, tmp_path: Path, status: int) -> None:
    server.behaviour = lambda exchange: exchange.head(status)
    assert _refusal(server, tmp_path) == "status"
    assert len(server.ranges) == 1


def test_a_web_page_is_not_a_file_whatever_it_calls_itself(server: Server, tmp_path: Path) -> None:
    page = b"\n  <!doctype html><html>Maintenance</html>"
    server.behaviour = lambda exchange: exchange.whole(page, Content_Type="text/html; charset=utf-8")
    assert _refusal(server, tmp_path) == "page"
    server.behaviour = lambda exchange: exchange.whole(page, Content_Type="text/csv")
    assert _refusal(server, tmp_path) == "page"


def _without_end(exchange: Exchange) -> None:
    exchange.head(200, Content_Type="text/csv")
    while True:
        exchange.body(b"0" * 65_536)


def test_a_body_without_end_stops_at_the_limit_and_nothing_is_kept(server: Server, tmp_path: Path) -> None:
    server.behaviour = _without_end
    assert _refusal(server, tmp_path) == "too_big"
    assert list(tmp_path.iterdir()) == []


def test_a_size_beyond_the_limit_is_refused_before_the_first_byte(server: Server, tmp_path: Path) -> None:
    server.behaviour = lambda exchange: exchange.head(200, Content_Length=str(QUICK.bytes + 1))
    assert _refusal(server, tmp_path) == "too_big"


def test_more_bytes_than_announced_are_not_taken(server: Server, tmp_path: Path) -> None:
    def behave(exchange: Exchange) -> None:
        exchange.head(200, Content_Length="1000", ETag='"v1"')
        exchange.body(CONTENT[:5000])

    server.behaviour = behave
    assert _get(server, tmp_path).bytes == 1000


def test_a_server_that_drips_is_left_when_the_time_is_over(server: Server, tmp_path: Path) -> None:
    stop = threading.Event()

    def behave(exchange: Exchange) -> None:
        exchange.head(200, Content_Length="1000000", ETag='"v1"')
        while not stop.wait(0.05):
            exchange.body(b"0")

    server.behaviour = behave
    assert _refusal(server, tmp_path, limits=Limits(seconds=0.5, silence=5.0, pause=0.0)) == "late"
    stop.set()


def test_a_server_that_says_nothing_is_left_after_the_silence_allowed(server: Server, tmp_path: Path) -> None:
    stop = threading.Event()
    server.behaviour = lambda _: stop.wait(30) and None
    assert _refusal(server, tmp_path, limits=Limits(silence=0.2, tries=1, pause=0.0)) == "broken"
    stop.set()


def test_a_body_packed_on_the_fly_is_refused(server: Server, tmp_path: Path) -> None:
    server.behaviour = lambda exchange: exchange.whole(Content_Encoding="gzip")
    assert _refusal(server, tmp_path) == "encoded"


def test_another_file_than_the_one_expected_is_not_kept(server: Server, tmp_path: Path) -> None:
    assert _refusal(server, tmp_path, sha256="0" * 64) == "hash"
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_on_the_list_is_followed_and_a_loop_is_not(server: Server, tmp_path: Path) -> None:
    def behave(exchange: Exchange) -> None:
        if exchange.handler.path == "/file.csv":
            exchange.head(302, Location="/elsewhere.csv")
        else:
            exchange.whole()

    server.behaviour = behave
    found = _get(server, tmp_path)
    assert found.address.endswith("/elsewhere.csv")
    (tmp_path / "file.csv").unlink()
    server.behaviour = lambda exchange: exchange.head(302, Location="/file.csv")
    server.paths.clear()
    assert _refusal(server, tmp_path) == "redirects"
    assert len(server.paths) == QUICK.redirects + 1


@pytest.mark.parametrize(
    "location",
    [
        "https://example.org/x.csv",
        "http://example.org/",
        "file:///etc/passwd",
        "//169.254.169.254/latest",
        "",
        "gopher://x/",
    ],
)
def test_a_redirect_off_the_list_is_refused_without_a_connection(server: Server, tmp_path: Path, location: str) -> None:
    asked: list[str] = []

    def resolver(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    server.behaviour = lambda exchange: exchange.head(302, Location=location)
    code = _refusal(server, tmp_path, backend=GuardedBackend(HERE, resolver))
    assert code in {"host", "plain", "address", "redirects"}
    assert set(asked) == {"127.0.0.1"}


def test_a_state_left_by_another_address_or_damaged_is_not_used(server: Server, tmp_path: Path) -> None:
    for state in ('{"address": "https://example.org/", "validator": "\\"v1\\"", "total": 5}', "{", "[]", "\x00"):
        (tmp_path / "file.csv.part").write_bytes(b"wrong")
        (tmp_path / "file.csv.state").write_text(state, "utf-8")
        assert _get(server, tmp_path).sha256 == SHA256
    assert set(server.ranges) == {None}


# --- hostile addresses ----------------------------------------------------------------------------------------------

LISTED = Door(frozenset({"files.data.gouv.fr"}))

HOSTILE_ADDRESSES = [
    "http://files.data.gouv.fr/x",
    "ftp://files.data.gouv.fr/x",
    "file:///etc/passwd",
    "gopher://files.data.gouv.fr/",
    "data:text/csv,siren",
    "javascript:alert(1)",
    "",
    "https://",
    "https:///x",
    "//files.data.gouv.fr/x",
    "files.data.gouv.fr/x",
    "https://files.data.gouv.fr:8443/x",
    "https://files.data.gouv.fr:99999/x",
    "https://files.data.gouv.fr:x/",
    "https://user@files.data.gouv.fr/x",
    "https://user:secret@files.data.gouv.fr/x",
    "https://files.data.gouv.fr@example.org/x",
    "https://example.org/files.data.gouv.fr",
    "https://example.org#@files.data.gouv.fr/",
    "https://example.org?@files.data.gouv.fr/",
    "https://example.org\\@files.data.gouv.fr/",
    "https://files.data.gouv.fr\\.example.org/",
    "https://files.data.gouv.fr.example.org/x",
    "https://xfiles.data.gouv.fr/x",
    "https://data.gouv.fr/x",
    "https://files.data.gouv.fr./x",
    "https://files%2edata.gouv.fr/x",
    "https://files.data.gouv.fr%00.example.org/",
    "https://files.data.gouv.fr\r\nHost: example.org/",
    "https://files.data.gouv.fr /x",
    "https://ﬁles.data.gouv.fr/x",
    "https://files。data。gouv。fr/x",
    "https://fiⅼes.data.gouv.fr/x",
    "https://127.0.0.1/x",
    "https://localhost/x",
    "https://[::1]/x",
    "https://0/x",
    "https://0.0.0.0/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://0177.0.0.1/x",
    "https://127.1/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/x",
    "https://192.168.1.1/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://[fe80::1%25eth0]/x",
    "https://metadata.google.internal/",
    "https://files.data.gouv.fr" + "/x" * 2000,
    "https://files.data.gouv.fr/\x00",
    "HTTPS://EXAMPLE.ORG/x",
]

HOSTILE_ANSWERS = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::1", "100::1", "not-an-address", "", "127.0.0.1.example.org",
]  # fmt: skip


class _NoConnection(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self.opened: list[str] = []

    def connect_tcp(self, host: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
        self.opened.append(host)
        raise httpcore.ConnectError("no network in tests")


def _attempt(address: str, answers: Callable[[], Sequence[str]], folder: Path) -> tuple[str, list[str]]:
    sink = _NoConnection()
    backend = GuardedBackend(LISTED, lambda _host, _port: answers(), sink)
    with pytest.raises(DownloadError) as refusal:
        fetch(address, folder / "x", LISTED, limits=QUICK, backend=backend)
    assert say(refusal.value.message, "fr")
    return refusal.value.message.code.removeprefix("fetch."), sink.opened


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_a_hostile_address_opens_no_connection(address: str, tmp_path: Path) -> None:
    code, opened = _attempt(address, lambda: ["93.184.216.34"], tmp_path)
    assert code in {"address", "plain", "host"}
    assert opened == []


@pytest.mark.parametrize("answer", HOSTILE_ANSWERS)
def test_a_listed_name_that_resolves_inside_opens_no_connection(answer: str, tmp_path: Path) -> None:
    assert not is_public(answer)
    for answers in ([answer], ["93.184.216.34", answer], [answer, "93.184.216.34"]):
        code, opened = _attempt("https://files.data.gouv.fr/x", lambda found=answers: found, tmp_path)  # type: ignore[misc]
        assert code == "inside"
        assert opened == []


def test_the_control_without_the_check_of_numbers_does_open_the_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Door, "admit_numeric", lambda _self, _host, found: list(found))
    _, opened = _attempt("https://files.data.gouv.fr/x", lambda: ["169.254.169.254"], tmp_path)
    assert "169.254.169.254" in opened


def test_a_name_that_turns_inside_between_two_connections_is_caught_at_the_second(tmp_path: Path) -> None:
    turns = iter([["93.184.216.34"], ["127.0.0.1"]])
    code, opened = _attempt("https://files.data.gouv.fr/x", lambda: next(turns), tmp_path)
    assert (code, opened) == ("inside", ["93.184.216.34"])


def test_the_connection_goes_to_the_number_that_was_checked_not_to_the_name(tmp_path: Path) -> None:
    _, opened = _attempt("https://files.data.gouv.fr/x", lambda: ["93.184.216.34", "1.1.1.1"], tmp_path)
    assert set(opened) == {"93.184.216.34", "1.1.1.1"}


def test_a_name_without_address_is_said(tmp_path: Path) -> None:
    assert _attempt("https://files.data.gouv.fr/x", list, tmp_path) == ("unresolved", [])


def test_this_machine_is_spoken_to_only_when_the_user_named_it(server: Server, tmp_path: Path) -> None:
    assert _refusal(server, tmp_path, door=LISTED) == "plain"
    assert server.ranges == []


def test_secrets_of_an_address_are_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(DownloadError) as refusal:
        LISTED.admit("https://user:secret@files.data.gouv.fr/x")
    assert "secret" not in str(refusal.value)
