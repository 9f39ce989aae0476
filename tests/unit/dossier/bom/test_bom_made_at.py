"""The place of manufacture in France: a fact of its own, never guessed, never against the origin that is given."""

from __future__ import annotations

import pytest

from ancrage.dossier.bom.read import read_bom
from ancrage.dossier.bom.sheet import RawSheet
from ancrage.dossier.model import BomReading, OriginBasis
from ancrage.kernel.evidence import Evidence

HEAD = ("Désignation", "Quantité", "Pays d'origine", "Commune de fabrication")


def _read(origin: str | None, place: object) -> BomReading:
    return read_bom(RawSheet.of((HEAD, ("Carter", 1, origin, place))), Evidence("file:x", "bom.read"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Besançon", "commune:25056"),
        ("90000", "commune:90010"),
        ("departement:39", "departement:39"),
        ("73282932000074", "siret:73282932000074"),
    ],
)
def test_a_place_is_read_as_people_write_it(written: str, typed: str) -> None:
    assert _read("FR", written).lines[0].made_at == typed


def test_a_place_in_france_says_that_the_origin_is_france() -> None:
    line = _read(None, "Besançon").lines[0]
    assert line.origin is not None
    assert (line.origin.country, line.origin.basis) == ("FR", OriginBasis.COMPANY_WORD)


def test_a_place_never_corrects_an_origin_that_is_given() -> None:
    reading = _read("CN", "Besançon")
    assert reading.lines[0].made_at is None
    assert reading.lines[0].origin is not None
    assert reading.lines[0].origin.country == "CN"
    assert "bom.made_at.abroad" in {problem.code for problem in reading.problems}


@pytest.mark.parametrize("written", ["27", "Saint-Martin", "Nulle-Part-sur-Rien"])
def test_an_ambiguous_or_unknown_place_is_set_aside_and_said(written: str) -> None:
    reading = _read("FR", written)
    assert reading.lines[0].made_at is None
    assert "bom.made_at.unclear" in {problem.code for problem in reading.problems}
