"""The embedded demonstration: invented, whole, and told apart from real data by what it is."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import subprocess
import sys
import tomllib
from collections import Counter
from decimal import Decimal
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from ancrage.kernel.codes import parse_siren, parse_siret

FOLDER = Path(str(resources.files("ancrage"))) / "catalogue" / "demonstration"
CATALOGUE = FOLDER.parent
ROOT = Path(__file__).parents[3]
BILLS = ("velo_electrique", "chaise_bureau", "moteur", "cobot")


def table(name: str) -> list[dict[str, str]]:
    content = gzip.decompress((FOLDER / name).read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(content)))


def bill(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((FOLDER / "bom" / f"{name}.csv").read_text("utf-8")), delimiter=";"))


@pytest.fixture(scope="module")
def sites() -> list[dict[str, str]]:
    return table("register.csv.gz")


@pytest.fixture(scope="module")
def units() -> list[dict[str, str]]:
    return table("register_legal_units.csv.gz")


@pytest.fixture(scope="module")
def statements() -> list[dict[str, str]]:
    return table("statements.csv.gz")


def test_every_siret_and_siren_starts_with_three_zeros_and_satisfies_luhn(
    sites: list[dict[str, str]], units: list[dict[str, str]]
) -> None:
    assert all(parse_siret(row["siret"]).invented and row["siret"] == row["siren"] + row["nic"] for row in sites)
    assert all(parse_siren(row["siren"]).invented for row in units)
    assert len({row["siret"] for row in sites}) == len(sites)
    assert {row["siren"] for row in sites} == {row["siren"] for row in units}


def test_there_are_about_4000_industrial_sites_and_what_stands_beside_them(sites: list[dict[str, str]]) -> None:
    divisions = Counter(row["activitePrincipaleEtablissement"][:2] for row in sites)
    assert 3800 <= sum(n for division, n in divisions.items() if "10" <= division <= "33") <= 4200
    assert all(divisions[division] >= 20 for division in ("46", "52", "64", "70", "71"))


def test_every_site_stands_in_a_real_commune_of_the_region(sites: list[dict[str, str]]) -> None:
    communes = {row["code"]: row for row in csv.DictReader(
        io.StringIO(gzip.decompress((CATALOGUE / "territory" / "communes.csv.gz").read_bytes()).decode())
    )}  # fmt: skip
    found = {row["codeCommuneEtablissement"] for row in sites}
    assert all(communes[code]["region"] == "27" and communes[code]["current"] == "1" for code in found)
    assert {communes[code]["department"] for code in found} == {"21", "25", "39", "58", "70", "71", "89", "90"}


def test_unknown_headcounts_and_closed_sites_are_there(sites: list[dict[str, str]]) -> None:
    bands = Counter(row["trancheEffectifsEtablissement"] for row in sites)
    assert min(bands[""], bands["NN"], bands["00"], bands["12"]) > 100
    assert any(row["etatAdministratifEtablissement"] == "F" for row in sites)


def test_every_activity_exists_in_naf_rev_2(sites: list[dict[str, str]]) -> None:
    known = {row["code"] for row in csv.DictReader(
        io.StringIO(gzip.decompress((CATALOGUE / "nomenclatures" / "naf_rev2.csv.gz").read_bytes()).decode())
    )}  # fmt: skip
    assert {row["activitePrincipaleEtablissement"] for row in sites} <= known


def test_cars_gather_around_montbeliard_and_spectacles_in_the_haut_jura(sites: list[dict[str, str]]) -> None:
    cars = Counter(
        row["codeCommuneEtablissement"][:2] for row in sites if row["activitePrincipaleEtablissement"][:2] == "29"
    )
    assert cars["25"] + cars["90"] + cars["70"] > sum(cars.values()) / 2
    frames = [row for row in sites if row["activitePrincipaleEtablissement"] == "32.50B"]
    assert sum(row["codeCommuneEtablissement"].startswith("39") for row in frames) > len(frames) / 3


def test_statements_speak_of_sites_of_the_register_in_words_of_the_vocabulary(
    sites: list[dict[str, str]], statements: list[dict[str, str]]
) -> None:
    vocabulary = tomllib.loads((CATALOGUE / "capabilities.toml").read_text("utf-8"))
    ids = {kind: {entry["id"] for entry in vocabulary[kind]} for kind in ("process", "material", "certificate")}
    told = {row["siret"] for row in statements}
    assert told <= {row["siret"] for row in sites}
    assert 300 <= len(told) <= 400
    assert {row["process"] for row in statements} - {""} <= ids["process"]
    assert {word for row in statements for word in row["materials"].split("|")} - {""} <= ids["material"]
    assert {word for row in statements for word in row["certificates"].split("|")} - {""} <= ids["certificate"]
    assert all(re.fullmatch(r"202[456]-\d\d-\d\d", row["on"]) for row in statements)
    assert {row["origin"] for row in statements} == {"firm-claim", "adviser-visit", "certificate-list"}


def test_some_sites_are_said_two_different_things_of_one_process(statements: list[dict[str, str]]) -> None:
    pairs = Counter((row["siret"], row["process"]) for row in statements if row["process"])
    assert sum(count > 1 for count in pairs.values()) >= 5


def test_the_cobot_has_2200_components_of_which_three_are_from_china_and_japan() -> None:
    rows = bill("cobot")
    parents = {index for index, row in enumerate(rows[:-1]) if int(rows[index + 1]["Niveau"]) > int(row["Niveau"])}
    components = [row for index, row in enumerate(rows) if index not in parents]
    assert len(components) == 2200
    assert Counter(row["Pays d'origine"] in {"Chine", "Japon"} for row in components)[True] == 3
    assert all(row["Pays d'origine"] and row["Prix unitaire"] for row in components)
    assert not any(rows[index]["Prix unitaire"] for index in parents)


@pytest.mark.parametrize(
    ("name", "least", "most"), [("velo_electrique", 70, 80), ("chaise_bureau", 40, 50), ("moteur", 45, 55)]
)
def test_the_other_bills_have_unknown_origins_and_prices_in_plain_numbers(name: str, least: int, most: int) -> None:
    rows = bill(name)
    assert least <= len(rows) <= most
    priced = [row for row in rows if row["Prix unitaire"]]
    assert all(Decimal(row["Prix unitaire"].replace(",", ".")) > 0 for row in priced)
    assert any(not row["Pays d'origine"] for row in priced)


@pytest.mark.parametrize("name", BILLS)
def test_references_are_unique_and_levels_go_down_one_at_a_time(name: str) -> None:
    rows = bill(name)
    levels = [int(row["Niveau"]) for row in rows]
    assert levels[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len({row["Référence"] for row in rows}) == len(rows)


def test_the_index_knows_every_file_by_its_hash() -> None:
    index = tomllib.loads((FOLDER / "index.toml").read_text("utf-8"))
    named = {entry["name"]: entry["sha256"] for entry in index["file"]}
    present = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()} - {"index.toml"}
    assert named.keys() == present
    assert all(hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == sha256 for name, sha256 in named.items())


def test_building_it_again_gives_the_same_content(tmp_path: Path) -> None:
    for name in BILLS[:-1]:
        (tmp_path / "bom").mkdir(exist_ok=True)
        (tmp_path / "bom" / f"{name}.csv").write_bytes((FOLDER / "bom" / f"{name}.csv").read_bytes())
    command = [sys.executable, str(ROOT / "tools" / "build_demonstration.py"), "--target", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": "7"})
    for name in ("register.csv.gz", "register_legal_units.csv.gz", "statements.csv.gz"):
        assert gzip.decompress((tmp_path / name).read_bytes()) == gzip.decompress((FOLDER / name).read_bytes())
    assert (tmp_path / "bom" / "cobot.csv").read_bytes() == (FOLDER / "bom" / "cobot.csv").read_bytes()
