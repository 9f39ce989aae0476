"""A dossier in a few figures: unknown is not zero."""

from __future__ import annotations

from dataclasses import replace

from ancrage.dossier.bom.origin import HomeGround, origin_report
from ancrage.interfaces.reports.in_short import in_short
from tests.factories import dossier


def test_shares_are_those_of_the_origin_report() -> None:
    found = in_short(dossier())
    assert found["lines"] == len(dossier().bom.counting)
    assert isinstance(found["outside_eu"], str)
    assert 0 < float(found["outside_eu"]) <= 1


def test_where_no_origin_is_known_the_share_outside_is_unknown() -> None:
    known = dossier()
    lines = tuple(replace(line, origin=None) for line in known.bom.lines)
    bom = replace(known.bom, lines=lines)
    blind = replace(known, bom=bom, origin=origin_report(bom, HomeGround(known.question.on)))
    assert in_short(blind)["outside_eu"] is None
    assert in_short(blind)["unknown_origin"] == "1"
