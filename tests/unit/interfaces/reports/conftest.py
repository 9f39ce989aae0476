"""A dossier of each kind, made once."""

from __future__ import annotations

import pytest

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.assemble import report_of
from ancrage.interfaces.reports.content import Report
from tests.factories import dossier as make_dossier
from tests.factories import large_dossier


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
