"""A place is read without guessing: what could be several is refused with the choices."""

from __future__ import annotations

import pytest

from ancrage.interfaces.wording import LANGUAGES, say
from ancrage.kernel.codes import Siret
from ancrage.kernel.errors import CodeError, PlaceError
from ancrage.reference.place import MOST_CHOICES, Place, PlaceKind, parse_place
from ancrage.reference.territory import Point, Precision, Territory, load_territory

FRANCE: Territory = load_territory()
SIRET = "73282932000074"


def refused(text: str) -> PlaceError:
    with pytest.raises(PlaceError) as error:
        parse_place(text, FRANCE)
    return error.value


@pytest.mark.parametrize(
    ("text", "typed", "communes"),
    [
        ("commune:57463", "commune:57463", 1),
        ("departement:25", "departement:25", 563),
        ("département:25", "departement:25", 563),
        ("department: 2a", "departement:2A", 124),
        ("region:27", "region:27", 3685),
        ("Region:Bretagne", "region:53", 1202),
        ("epci:200039865", "epci:200039865", 46),
        ("postcode:25000", "commune:25056", 1),
        ("25000", "commune:25056", 1),
        ("25 000", "commune:25056", 1),
        ("39500", "postcode:39500", 5),
        ("Besançon", "commune:25056", 1),
        ("besancon", "commune:25056", 1),
        ("Saint-Denis (93)", "commune:93066", 1),
        ("St Denis 974", "commune:97411", 1),
        ("Saint-Denis, La Réunion", "commune:97411", 1),
        ("Metz (Moselle)", "commune:57463", 1),
        ("Corse", "region:94", 360),
        ("Jura", "departement:39", 492),
        ("Metz Métropole", "epci:200039865", 46),
        ("Grand Besançon Métropole", "epci:242500361", 67),
        ("commune:75101", "commune:75056", 1),
        ("Oullins", "commune:69149", 1),
    ],
)
def test_what_has_one_meaning_is_read(text: str, typed: str, communes: int) -> None:
    place = parse_place(text, FRANCE)
    assert place.typed == typed
    assert len(place.area.current) == communes


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("27", ("region:27", "departement:27")),
        ("25", ("departement:25",)),
        ("2A", ("departement:2A",)),
        ("200039865", ("epci:200039865",)),
        ("57463", ("commune:57463",)),
        ("2A004", ("commune:2A004",)),
        ("Saint-Denis", ("commune:11339", "commune:30247", "commune:93066", "commune:97411")),
        ("Bretagne", ("commune:36024", "commune:90019", "region:53")),
    ],
)
def test_what_is_bare_or_ambiguous_is_refused_with_the_choices(text: str, choices: tuple[str, ...]) -> None:
    error = refused(text)
    assert error.message.code == f"territory.place.{'ambiguous' if len(choices) > 1 else 'bare'}"
    assert error.choices == choices


def test_every_choice_reads_back_to_itself() -> None:
    for text in ("27", "Saint-Denis", "Bretagne", "Sainte-Colombe"):
        error = refused(text)
        assert 1 < len(error.choices) <= MOST_CHOICES
        for choice in error.choices:
            assert parse_place(choice, FRANCE).typed == choice


def test_one_name_for_the_same_communes_is_not_ambiguous() -> None:
    assert parse_place("Paris", FRANCE).kind is PlaceKind.COMMUNE  # the commune is the department
    assert parse_place("Mayotte", FRANCE).code == "976"  # the department is the region


def test_accents_count_where_they_tell_places_apart() -> None:
    assert parse_place("Loire", FRANCE).typed == "departement:42"
    assert parse_place("Loiré", FRANCE).typed == "commune:49178"


@pytest.mark.parametrize("text", ["", "  ", "?", "nulle part", "99999", "1", "123456789012", "Metz (Bouches)", "()"])
def test_what_is_not_a_place_is_refused(text: str) -> None:
    assert refused(text).choices == ()


def test_a_misspelt_name_is_refused_with_what_is_close() -> None:
    error = refused("Besanson")
    assert error.message.code == "territory.place.unknown.suggestions"
    assert error.choices[0] == "commune:25056"


@pytest.mark.parametrize("text", ["Genève", "Lausanne", "Turin", "Luxembourg", "Stuttgart"])
def test_a_foreign_town_gets_no_far_fetched_name_and_hears_that_places_are_in_france(text: str) -> None:
    error = refused(text)
    assert (error.message.code, error.choices) == ("territory.place.unknown", ())
    assert "France" in say(error.message, "fr")
    assert "France" in say(error.message, "en")


def test_an_unknown_type_or_code_is_refused() -> None:
    assert refused("pays:FR").message.code == "territory.place.type"
    assert refused("region:99").message.code == "territory.region.unknown"
    assert refused("departement:99").message.code == "territory.department.unknown"
    assert refused("epci:1").message.code == "territory.epci.unknown"
    assert refused("commune:00000").message.code == "territory.commune.unknown"
    assert refused("postcode:00000").message.code == "territory.place.postcode"


def test_a_site_stands_at_its_own_point_in_its_commune() -> None:
    def site_of(siret: Siret) -> tuple[str, Point | None] | None:
        return ("75101", Point(48.861, 2.336)) if siret == SIRET else None

    place = parse_place("732 829 320 00074", FRANCE, site_of)
    assert place == Place(
        PlaceKind.SITE,
        SIRET,
        "Paris",
        FRANCE.area([FRANCE.commune("75056")]),
        Point(48.861, 2.336),
        Precision.EXACT,
    )
    assert parse_place(f"siret:{SIRET}", FRANCE, site_of) == place


def test_a_site_without_a_point_stands_where_its_commune_does() -> None:
    commune = FRANCE.commune("57463")
    place = parse_place(SIRET, FRANCE, lambda _: ("57463", None))
    assert (place.point, place.precision) == (commune.point, commune.precision)


def test_a_site_that_no_register_knows_is_refused() -> None:
    assert refused(SIRET).message.code == "territory.place.site"
    with pytest.raises(PlaceError, match="site"):
        parse_place(SIRET, FRANCE, lambda _: None)
    with pytest.raises(CodeError, match="siret"):
        parse_place("73282932000075", FRANCE, lambda _: ("57463", None))


def test_a_territory_stands_at_its_middle_and_says_it_is_approximate() -> None:
    place = parse_place("departement:25", FRANCE)
    assert place.precision is Precision.AREA
    assert place.point is not None
    assert place.point.lat == pytest.approx(47.2, abs=0.3)
    assert place.point.lon == pytest.approx(6.4, abs=0.3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["27", "25", "Saint-Denis", "Besanson", "nowhere", "99999", "pays:FR", "region:99", "epci:1", SIRET]
)
def test_every_refusal_is_a_sentence_that_says_what_to_write(language: str, text: str) -> None:
    sentence = say(refused(text).message, language)  # type: ignore[arg-type]
    assert text.partition(":")[2] in sentence
    assert sentence.endswith((".", "?"))
