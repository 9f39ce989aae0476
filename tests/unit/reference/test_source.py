"""The catalogue of public sources, and how a column is recognised."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from ancrage.interfaces.wording import LANGUAGES, sentences
from ancrage.kernel.errors import UsageError
from ancrage.kernel.table import read_declaration
from ancrage.reference.company import NOTES, REASONS
from ancrage.reference.source import SourceFile, catalogue_of_sources, reduced_heading, source_named


def test_the_first_sources_are_in_the_catalogue_under_their_own_names() -> None:
    known = catalogue_of_sources()
    assert {"sirene", "eurostat-cn-cpa", "cog", "naf2025-correspondence", "demonstration-register"} <= known.keys()
    assert all(source.id == name for name, source in known.items())


def test_every_source_names_itself_in_both_languages_and_makes_a_declared_table() -> None:
    for source in catalogue_of_sources().values():
        assert set(source.title) == set(LANGUAGES)
        assert set(source.order) <= set(read_declaration(source.table).names)


def test_every_address_is_https_on_a_machine_of_the_source() -> None:
    for source in catalogue_of_sources().values():
        for address in source.addresses:
            parts = urlsplit(address)
            assert parts.scheme == "https"
            assert parts.hostname in source.hosts


def test_an_unknown_source_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as refusal:
        source_named("sirène")
    assert "sirene" in dict(refusal.value.message.parameters)["known"]  # type: ignore[operator]


def test_what_completes_a_source_is_a_source_and_never_completes_an_invented_one() -> None:
    known = catalogue_of_sources()
    assert {"commune-points", "naf2025-correspondence"} == set(known["sirene"].uses)
    for source in known.values():
        assert set(source.uses) <= known.keys() - {source.id}
        assert not (source.invented and source.uses)


def test_every_reason_and_note_has_its_words() -> None:
    limits = {name for source in catalogue_of_sources().values() for name in source.limits}
    limits |= {"merged", "activity_converted", "activity_candidates", "activity_unlisted", "activity_2025_only"}
    for language in LANGUAGES:
        words = sentences("sources", language)
        assert {f"reason.{name}" for name in (*REASONS, *NOTES, *limits)} <= words.keys()


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("CN 2022", "CN"),
        ("CPA 2.1", "CPA"),
        ("NAFold-code\n(sous-classe)", "NAFold-code"),
        (" siret ", "siret"),
        ("", ""),
    ],
)
def test_a_heading_is_known_by_its_first_line_without_its_edition(heading: str, name: str) -> None:
    assert reduced_heading(heading) == name


def test_columns_are_found_by_mapping_then_name_then_synonym_and_never_when_two_compete() -> None:
    file = SourceFile("list", ("siret",), ("activity", "name"), synonyms={"activity": ("naf", "ape"), "name": ("nom",)})
    assert file.columns_in(["siret", "ape", "naf", "nom"]) == {"siret": "siret", "activity": "naf", "name": "nom"}
    assert file.columns_in(["siret", "ape", "naf"], {"activity": "ape"})["activity"] == "ape"
    assert "activity" not in file.columns_in(["siret", "naf 2008", "naf 2025"])
