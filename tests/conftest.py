"""What every test shares: a home of its own, no network but the loopback, loud silences."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ["ANCRAGE_HOME"] = tempfile.mkdtemp(prefix="ancrage-tests-")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

settings.register_profile("ci", derandomize=True, database=None, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")  # the same examples at every run: a new counter-example is found at a desk, not there

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"

_connect = socket.socket.connect


def _connect_to_loopback_only(self: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        pytest.fail(f"a test tried to reach {address[0]}: tests have no network")
    return _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> None:
    """Refuse every connection that leaves this machine."""
    socket.socket.connect = _connect_to_loopback_only  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public data beside the project; tests that read it skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real public data (../shared/data) is not beside this checkout")
    return SHARED_DATA


@pytest.fixture
def home(tmp_path: Path) -> object:
    """An empty home."""
    from ancrage.adapters.home import Home

    return Home.at(tmp_path / "home")


BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window: one for all the tests of a process, since its driver allows no second."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    assert path is not None, "chromium is missing: `make test` installs it"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(BROWSER_FLAGS))
        yield found
        found.close()
