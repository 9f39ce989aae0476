"""A dossier of each kind, made once, and a browser without a window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.assemble import report_of
from ancrage.interfaces.reports.content import Report
from tests.factories import dossier as make_dossier
from tests.factories import large_dossier

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="session")
def bicycle() -> Dossier:
    """The electric bicycle, on invented data."""
    return make_dossier()


@pytest.fixture(scope="session")
def real_bicycle() -> Dossier:
    """The same, said to rest on the real register."""
    return make_dossier(invented=False)


@pytest.fixture(scope="session")
def cobot() -> Dossier:
    """2,200 lines, three from China and Japan."""
    return large_dossier()


@pytest.fixture(scope="session")
def report(bicycle: Dossier) -> Report:
    """The bicycle's report in French."""
    return report_of(bicycle, "fr")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = shutil.which("chromium")
    assert path is not None, "chromium is missing: `make test` installs it"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield found
        found.close()
