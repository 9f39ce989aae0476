"""A real server on the loopback, a real home with the demonstration, a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

BIN = Path(sys.executable).parent


@pytest.fixture(scope="session")
def demonstration_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home made by `ancrage demo`, as on a machine where nothing was done before."""
    home = tmp_path_factory.mktemp("journey") / "home"
    environment = {**os.environ, "ANCRAGE_HOME": str(home)}
    done = subprocess.run(
        [BIN / "ancrage", "demo"], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("dossier.") >= 4
    return home


@pytest.fixture(scope="session")
def server(demonstration_home: Path) -> Iterator[str]:
    """The address of the workbench, served by the very command that users run."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "ANCRAGE_HOME": str(demonstration_home)}
    process = subprocess.Popen([BIN / "ancrage", "serve", "--port", str(port)], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not answer within a minute")


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page on the workbench; fails when anything was asked of another machine, or when the policy was broken."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    found = context.new_page()
    outside: list[str] = []
    broken: list[str] = []
    found.on("request", lambda request: outside.append(request.url) if not _is_ours(request.url, server) else None)
    found.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    found.on("pageerror", lambda error: broken.append(str(error)))
    yield found
    context.close()
    assert outside == []
    assert broken == []


def _is_ours(url: str, server: str) -> bool:
    return url.startswith((server, "data:", "blob:", "about:", "file:"))
