"""Production sites are told apart from what stands beside them, and an unknown headcount is not zero."""

from __future__ import annotations

import pytest

from ancrage.dossier.suppliers.sites import KINDS, SiteKind, kind_of_activity, kind_of_site
from ancrage.interfaces.wording import LANGUAGES, say
from ancrage.kernel.message import Message


@pytest.mark.parametrize(
    ("activity", "kind"),
    [
        ("25.62B", SiteKind.PRODUCTION),
        ("10.51C", SiteKind.PRODUCTION),
        ("33.12Z", SiteKind.PRODUCTION),
        ("70.10Z", SiteKind.HEAD_OFFICE),
        ("64.20Z", SiteKind.HOLDING),
        ("46.69B", SiteKind.WHOLESALE),
        ("47.52B", SiteKind.RETAIL),
        ("45.20A", SiteKind.RETAIL),
        ("71.12B", SiteKind.ENGINEERING),
        ("72.19Z", SiteKind.ENGINEERING),
        ("74.10Z", SiteKind.ENGINEERING),
        ("52.10B", SiteKind.LOGISTICS),
        ("49.41A", SiteKind.LOGISTICS),
        ("43.21A", SiteKind.CONSTRUCTION),
        ("62.01Z", SiteKind.OTHER),
        (None, SiteKind.UNKNOWN_ACTIVITY),
    ],
)
def test_the_activity_of_a_site_says_what_it_is(activity: str | None, kind: SiteKind) -> None:
    assert kind_of_activity(activity) is kind


def test_an_activity_that_does_what_is_asked_is_production_whatever_it_is() -> None:
    assert kind_of_activity("71.20B") is SiteKind.OTHER
    assert kind_of_activity("71.20B", wanted=("71.20B",)) is SiteKind.PRODUCTION


def test_only_band_00_or_the_word_of_the_register_says_that_nobody_works_there() -> None:
    assert kind_of_site("25.62B", "00", None) is SiteKind.NO_EMPLOYEE
    assert kind_of_site("25.62B", None, False) is SiteKind.NOT_EMPLOYER
    assert kind_of_site("25.62B", None, None) is SiteKind.PRODUCTION
    assert kind_of_site("25.62B", None, True) is SiteKind.PRODUCTION
    assert kind_of_site("25.62B", "01", False) is SiteKind.PRODUCTION


def test_a_wholesaler_without_employees_is_a_wholesaler() -> None:
    assert kind_of_site("46.69B", "00", False) is SiteKind.WHOLESALE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_name_in_both_languages(language: str, kind: SiteKind) -> None:
    assert say(Message(f"suppliers.kind.{kind.value}"), language)  # type: ignore[arg-type]
