"""Tells production sites from what stands beside them in a register: head offices, holdings, wholesalers, engineering
offices, logistics, shops, sites without employees.

What a site is comes from its own activity (NAF rev. 2), never from that of its company. A headcount that is unknown is
not zero: only band `00`, or the register's own word that the site is not an employer, says that nobody works there,
and the two are told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class SiteKind(StrEnum):
    """What a site is. Only `PRODUCTION` is proposed by default; the others are counted, and shown on demand."""

    PRODUCTION = "production"
    HEAD_OFFICE = "head-office"
    HOLDING = "holding"
    WHOLESALE = "wholesale"
    RETAIL = "retail"
    ENGINEERING = "engineering"
    LOGISTICS = "logistics"
    CONSTRUCTION = "construction"
    OTHER = "other"
    UNKNOWN_ACTIVITY = "unknown-activity"
    NO_EMPLOYEE = "no-employee"
    NOT_EMPLOYER = "not-employer"


KINDS: tuple[SiteKind, ...] = tuple(SiteKind)

_BY_PREFIX: tuple[tuple[str, SiteKind], ...] = (
    ("70.10", SiteKind.HEAD_OFFICE),
    ("64.2", SiteKind.HOLDING),
    ("66.30", SiteKind.HOLDING),
    ("46", SiteKind.WHOLESALE),
    ("45", SiteKind.RETAIL),
    ("47", SiteKind.RETAIL),
    ("71.12", SiteKind.ENGINEERING),
    ("71.11", SiteKind.ENGINEERING),
    ("72", SiteKind.ENGINEERING),
    ("74.1", SiteKind.ENGINEERING),
    ("49", SiteKind.LOGISTICS),
    ("50", SiteKind.LOGISTICS),
    ("51", SiteKind.LOGISTICS),
    ("52", SiteKind.LOGISTICS),
    ("53", SiteKind.LOGISTICS),
    ("41", SiteKind.CONSTRUCTION),
    ("42", SiteKind.CONSTRUCTION),
    ("43", SiteKind.CONSTRUCTION),
)


def kind_of_activity(activity: str | None, wanted: Sequence[str] = ()) -> SiteKind:
    """What an activity makes of a site. An activity that is `wanted`, because it does the process that is asked (a
    testing laboratory for a test), is production whatever it is."""
    if activity is None:
        return SiteKind.UNKNOWN_ACTIVITY
    if "10" <= activity[:2] <= "33" or activity in wanted:
        return SiteKind.PRODUCTION
    return next((kind for prefix, kind in _BY_PREFIX if activity.startswith(prefix)), SiteKind.OTHER)


def kind_of_site(activity: str | None, band: str | None, employer: bool | None, wanted: Sequence[str] = ()) -> SiteKind:
    """What a site is: its activity first, then whether somebody works there."""
    kind = kind_of_activity(activity, wanted)
    if kind is not SiteKind.PRODUCTION:
        return kind
    if band == "00":
        return SiteKind.NO_EMPLOYEE
    if band is None and employer is False:
        return SiteKind.NOT_EMPLOYER
    return SiteKind.PRODUCTION
