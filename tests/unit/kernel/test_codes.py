"""Codes are parsed once, into the one form the house uses."""

import pytest

from ancrage.kernel import codes
from ancrage.kernel.codes import Activity, ActivityVersion
from ancrage.kernel.errors import CodeError

NAF, NAF25, NACE = ActivityVersion.NAF_REV2, ActivityVersion.NAF_2025, ActivityVersion.NACE_REV2


@pytest.mark.parametrize(
    ("written", "code"),
    [("84.82", "8482"), ("8482 10", "848210"), ("8482.10.10", "848210"), ("0101", "0101"), ("8482101090", "848210")],
)
def test_customs_codes_keep_their_zeros_and_lose_their_dots(written: str, code: str) -> None:
    assert codes.parse_hs(written) == code


@pytest.mark.parametrize("written", ["101", "84821", "abc", "", "0012", "848210101", "٨٤٨٢", "848２"])
def test_a_customs_code_that_lost_a_digit_or_is_not_made_of_ascii_digits_is_refused(written: str) -> None:
    with pytest.raises(CodeError):
        codes.parse_hs(written)


def test_a_lost_leading_zero_is_named_as_such() -> None:
    with pytest.raises(CodeError, match="hs_zero"):
        codes.parse_hs("101")


def test_a_combined_nomenclature_code_gives_its_harmonized_system_code() -> None:
    assert codes.parse_cn("8482 10 10").hs == "848210"
    with pytest.raises(CodeError):
        codes.parse_cn("848210")


def test_cpa_codes_are_dotted_and_give_their_nace_class() -> None:
    assert codes.parse_cpa("281510") == "28.15.10"
    assert codes.parse_cpa("28.15.10").nace == "28.15"


@pytest.mark.parametrize(
    ("written", "version", "code"),
    [
        ("2562B", NAF, "25.62B"),
        ("25.62b", NAF, "25.62B"),
        ("25.62", NACE, "25.62"),
        ("25", NACE, "25"),
        ("256", NACE, "25.6"),
    ],
)
def test_activities_are_dotted_whatever_was_written(written: str, version: ActivityVersion, code: str) -> None:
    assert codes.parse_activity(written, version) == Activity(version, code)


def test_a_letter_belongs_to_french_sub_classes_only() -> None:
    with pytest.raises(CodeError):
        codes.parse_activity("25.62B", NACE)
    with pytest.raises(CodeError):
        codes.parse_activity("25.6B", NAF)


def test_activities_of_two_editions_are_never_compared() -> None:
    with pytest.raises(CodeError, match="activity_versions"):
        Activity(NAF, "25.62B").covers(Activity(NAF25, "25.62B"))


def test_a_class_covers_its_sub_classes() -> None:
    assert Activity(NAF, "25.62").covers(Activity(NAF, "25.62B"))
    assert not Activity(NAF, "25.62B").covers(Activity(NAF, "25.62"))


def test_sirets_follow_luhn() -> None:
    assert codes.parse_siret("732 829 320 00074") == "73282932000074"  # INSEE's own example of the check digit
    with pytest.raises(CodeError):
        codes.parse_siret("73282932000075")
    assert codes.parse_siret("73282932000074").siren == "732829320"


def test_post_offices_follow_the_post_office_rule() -> None:
    assert codes.parse_siret("35600000049837") == "35600000049837"
    with pytest.raises(CodeError):
        codes.parse_siret("35600000049838")


def test_invented_companies_are_told_by_their_siren() -> None:
    assert codes.parse_siren("000000018").invented
    assert not codes.parse_siren("732829320").invented


@pytest.mark.parametrize(("written", "department"), [("57463", "57"), ("2a004", "2A"), ("97411", "974")])
def test_communes_give_their_department_in_corsica_and_overseas(written: str, department: str) -> None:
    assert codes.parse_commune(written).department == department


@pytest.mark.parametrize("written", ["1001", "2C004", "00123", "574630"])
def test_a_commune_code_that_lost_its_zero_is_refused(written: str) -> None:
    with pytest.raises(CodeError):
        codes.parse_commune(written)


@pytest.mark.parametrize("written", ["20", "00", "96", "ABC"])
def test_departments_that_do_not_exist_are_refused(written: str) -> None:
    with pytest.raises(CodeError):
        codes.parse_department(written)
