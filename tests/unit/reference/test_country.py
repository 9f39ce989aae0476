"""Countries as people write them, and what they belonged to on a day."""

from __future__ import annotations

from datetime import date

import pytest

from ancrage.kernel.errors import CodeError
from ancrage.reference.country import Neighbourhood, country, find_country, load_countries

TODAY = date(2026, 11, 24)


def test_every_country_of_iso_3166_is_there_with_kosovo() -> None:
    known = load_countries()
    assert len(known) == 250
    assert all(len(found.iso2) == 2 and len(found.iso3) == 3 for found in known.values())
    assert len({found.iso3 for found in known.values()}) == 250
    assert {code for code, found in known.items() if not found.numeric} == {"XK"}
    assert all(len(found.numeric) == 3 for code, found in known.items() if code != "XK")


def test_every_code_and_name_finds_its_country() -> None:
    for code, known in load_countries().items():
        for text in (code, known.iso3, known.name_fr, known.name_en, *known.aliases):
            found = find_country(text)
            assert found is not None, text
            assert found.iso2 == code, text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NA", "NA"),
        ("Namibie", "NA"),
        ("UK", "GB"),
        ("Royaume Uni", "GB"),
        ("Angleterre", "GB"),
        ("EL", "GR"),
        ("XK", "XK"),
        ("XKX", "XK"),
        ("RPC", "CN"),
        ("P.R. China", "CN"),
        ("CN - Chine", "CN"),
        ("Chine (Shenzhen)", "CN"),
        ("MADE IN CHINA", "CN"),
        ("Fabriqué aux Pays-Bas", "NL"),
        ("Hollande", "NL"),
        ("la Suisse", "CH"),
        ("L’Allemagne", "DE"),
        ("Origine : Italie", "IT"),
        ("ETATS-UNIS", "US"),
        ("U.S.A.", "US"),
        ("corée du sud", "KR"),
        ("Korea, Republic of", "KR"),
        ("République tchèque", "CZ"),
        ("Tchequie", "CZ"),
        ("Taïwan", "TW"),
        ("Hong Kong, Chine", "HK"),
        ("Côte d’Ivoire", "CI"),
        ("Turkey", "TR"),
        ("  France ", "FR"),
        ("fra", "FR"),
    ],
)
def test_what_people_write_is_understood(text: str, code: str) -> None:
    found = find_country(text)
    assert found is not None
    assert found.iso2 == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "N/A",
        "n.a.",
        "N.A.",
        "na",
        "no",
        "No",
        "inconnu",
        "Europe",
        "UE",
        "Corée",
        "Chine / Vietnam",
        "FR, DE",
        "12",
    ],
)
def test_what_names_no_country_or_several_is_unknown(text: str) -> None:
    assert find_country(text) is None


def test_a_country_is_called_in_both_languages() -> None:
    assert country("DE").name("fr") == "Allemagne"
    assert country("DE").name("en") == "Germany"


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(CodeError, match=r"country\.unknown\(code=ZZ\)"):
        country("ZZ")


@pytest.mark.parametrize(
    ("on", "members"),
    [
        (date(1957, 12, 31), 0),
        (date(1958, 1, 1), 6),
        (date(1973, 1, 1), 9),
        (date(1981, 1, 1), 10),
        (date(1986, 1, 1), 12),
        (date(1995, 1, 1), 15),
        (date(2004, 4, 30), 15),
        (date(2004, 5, 1), 25),
        (date(2007, 1, 1), 27),
        (date(2013, 7, 1), 28),
        (date(2020, 1, 31), 28),
        (date(2020, 2, 1), 27),
        (TODAY, 27),
    ],
)
def test_the_union_has_as_many_members_as_history_says(on: date, members: int) -> None:
    states = [c for c in load_countries().values() if c.is_eu(on) and c.part_of is None and c.iso2 != "GL"]
    assert len(states) == members


@pytest.mark.parametrize(
    ("on", "parties"),
    [
        (date(1993, 12, 31), 0),
        (date(1995, 5, 1), 18),
        (date(2004, 5, 1), 28),
        (date(2014, 4, 12), 31),
        (date(2020, 2, 1), 30),
        (TODAY, 30),
    ],
)
def test_the_economic_area_has_as_many_parties_as_history_says(on: date, parties: int) -> None:
    assert sum(c.is_eea(on) and c.part_of is None for c in load_countries().values()) == parties


def test_the_united_kingdom_left_with_a_transition() -> None:
    kingdom = country("GB")
    assert kingdom.is_eu(date(2020, 1, 31))
    assert not kingdom.is_eu(date(2020, 2, 1))
    assert kingdom.transition_to == date(2020, 12, 31)
    assert [c.iso2 for c in load_countries().values() if c.transition_to] == ["GB"]


def test_greenland_left_and_mayotte_joined() -> None:
    assert country("GL").is_eu(date(1985, 1, 31))
    assert not country("GL").is_eu(date(1985, 2, 1))
    assert not country("YT").is_eu(date(2013, 12, 31))
    assert country("YT").is_eu(date(2014, 1, 1))


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [
        ("FR", TODAY, Neighbourhood.FRANCE),
        ("RE", TODAY, Neighbourhood.FRANCE),
        ("DE", TODAY, Neighbourhood.EU),
        ("AX", TODAY, Neighbourhood.EU),
        ("NO", TODAY, Neighbourhood.EEA_UK),
        ("GB", TODAY, Neighbourhood.EEA_UK),
        ("GB", date(2019, 1, 1), Neighbourhood.EU),
        ("CH", TODAY, Neighbourhood.WORLD),
        ("CN", TODAY, Neighbourhood.WORLD),
        ("NC", TODAY, Neighbourhood.WORLD),
        ("HR", date(2013, 6, 30), Neighbourhood.WORLD),
    ],
)
def test_a_country_is_in_one_neighbourhood_on_a_day(code: str, on: date, expected: Neighbourhood) -> None:
    assert country(code).neighbourhood(on) is expected
