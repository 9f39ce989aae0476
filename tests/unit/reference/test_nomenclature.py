"""The embedded nomenclatures are whole, in two languages, and say what a customs code's activity is."""

from __future__ import annotations

import csv
import gzip
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from ancrage.kernel.codes import ActivityVersion, HsCode, parse_hs
from ancrage.kernel.errors import CatalogueError, CodeError
from ancrage.reference import embedded
from ancrage.reference.nomenclature import (
    Language,
    Nomenclature,
    cn2023,
    hs2022,
    load_nomenclatures,
    nace_of_hs,
    naf_rev2,
)

TREES: tuple[Callable[[], Nomenclature], ...] = (naf_rev2, hs2022)
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def test_naf_rev_2_has_its_five_levels() -> None:
    levels = Counter(item.level for item in naf_rev2().items.values())
    assert levels == {"section": 21, "division": 88, "group": 272, "class": 615, "subclass": 732}


def test_hs_2022_has_its_three_levels() -> None:
    levels = Counter(item.level for item in hs2022().items.values())
    assert levels == {"chapter": 96, "heading": 1228, "subheading": 5612}


@pytest.mark.parametrize("read", TREES)
def test_every_code_has_its_parent_and_is_among_its_children(read: Callable[[], Nomenclature]) -> None:
    tree = read()
    for code, item in tree.items.items():
        assert item.parent is None or tree.exists(item.parent)
        assert code in tree.children(item.parent)


@pytest.mark.parametrize("read", [*TREES, cn2023])
def test_every_code_has_labels_in_both_languages_on_one_clean_line(read: Callable[[], Nomenclature]) -> None:
    for item in read().items.values():
        for label in (item.label_fr, item.label_en, item.text_fr, item.text_en):
            assert label
            assert label == " ".join(label.split())
            assert not set("|@$’\u00a0\n") & set(label), label


def test_a_self_contained_text_starts_from_the_heading() -> None:
    hs = hs2022()
    assert hs.label("940161", "fr") == "rembourrés"
    assert hs.text("940161", "fr").startswith("Sièges")
    assert hs.text("940161", "fr").endswith("> autres sièges, avec bâti en bois > rembourrés")
    for code, item in hs.items.items():
        if item.level == "subheading":
            assert item.text_en.startswith(hs.label(code[:4], "en"))


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("28.15", "Fabrication d'engrenages et d'organes mécaniques de transmission", "gearing"),
        ("25.62B", "Mécanique industrielle", "Machining"),
        ("C", "Industrie manufacturière", "Manufacturing"),
    ],
)
def test_activities_are_called_as_published(code: str, french: str, english: str) -> None:
    assert naf_rev2().label(code, "fr") == french
    assert english in naf_rev2().label(code, "en")


def test_a_sub_class_stands_under_its_section() -> None:
    naf, code, path = naf_rev2(), "25.62B", []
    while (above := naf.parent(code)) is not None:
        path.append(above)
        code = above
    assert path == ["25.62", "25.6", "25", "C"]


def test_a_cn_code_refines_a_harmonized_system_code_and_keeps_its_unit() -> None:
    cn = cn2023()
    assert cn.children("848240") == ("84824000",)
    assert cn.item("87120030").unit == "p/st"
    orphans = {item.parent for item in cn.items.values() if not hs2022().exists(str(item.parent))}
    assert {str(code)[:2] for code in orphans} <= {"98", "99"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_that_does_not_exist_is_refused_by_name(language: Language) -> None:
    with pytest.raises(CodeError) as refused:
        hs2022().label("770110", language)
    assert refused.value.message.code == "nomenclature.unknown"
    assert dict(refused.value.message.parameters)["code"] == "770110"


def test_the_three_nomenclatures_are_at_hand() -> None:
    nomenclatures = load_nomenclatures()
    assert nomenclatures.naf.exists("24.51")
    assert nomenclatures.hs.exists("8482")
    assert nomenclatures.cn.exists("84821010")


@pytest.mark.parametrize(
    ("hs", "nace"),
    [
        ("848240", "28.15"),
        ("8482", "28.15"),
        ("850131", "27.11"),
        ("871200", "30.92"),
        ("871410", "30.91"),
        ("940110", "30.30"),
        ("940120", "29.32"),
        ("940131", "31.09"),
        ("73181568"[:6], "25.94"),
        ("854231", "26.11"),
    ],
)
def test_the_class_whose_output_a_product_is(hs: str, nace: str) -> None:
    found = nace_of_hs(parse_hs(hs))
    assert found.version is ActivityVersion.NACE_REV2
    assert found.code == nace


def test_every_code_of_the_harmonized_system_has_an_existing_class() -> None:
    naf = naf_rev2()
    for code, item in hs2022().items.items():
        if item.level != "chapter":
            assert naf.item(nace_of_hs(HsCode(code)).code).level == "class"


def test_a_six_digit_code_of_another_edition_has_the_class_of_its_heading() -> None:
    assert not hs2022().exists("851770")  # parts of telephones, until HS 2017
    assert nace_of_hs(HsCode("851770")).code == nace_of_hs(HsCode("8517")).code


def test_a_chapter_has_no_single_class_and_an_unknown_heading_none() -> None:
    with pytest.raises(CodeError, match=r"nomenclature\.hs\.chapter"):
        nace_of_hs(HsCode("84"))
    with pytest.raises(CodeError, match=r"nomenclature\.hs\.heading"):
        nace_of_hs(HsCode("7701"))


def test_classes_agree_with_the_official_correspondence_on_97_percent_of_six_digit_codes(shared_data: Path) -> None:
    """Eurostat, CN 2022 to CPA 2.1. A class of CPA ending in 00 that gathers NACE classes (03.00, 31.00) is strict:
    it agrees with none."""
    official = _official_classes(shared_data / "nomenclatures" / "eurostat" / "CN2022_CPA21.csv.gz")
    agreed = sum(nace_of_hs(HsCode(code)).code in classes for code, classes in official.items())
    assert len(official) == 5612
    assert agreed / len(official) >= 0.97, f"{agreed} of {len(official)}"  # 0.984


def test_where_cpa_gathers_classes_ours_is_one_of_them(shared_data: Path) -> None:
    official = _official_classes(shared_data / "nomenclatures" / "eurostat" / "CN2022_CPA21.csv.gz")
    divisions = {code: {nace[:2] for nace in classes} for code, classes in official.items()}
    off = [code for code in official if nace_of_hs(HsCode(code)).division not in divisions[code]]
    assert off == []


def _official_classes(path: Path) -> dict[str, set[str]]:
    if not path.is_file():
        pytest.skip(f"{path.name} is not among the shared data")
    classes: dict[str, set[str]] = defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            classes[row["CN 2022"][:6]].add(row["CPA 2.1"][:5])
    return classes


def test_english_class_labels_are_eurostats(shared_data: Path) -> None:
    path = shared_data / "nomenclatures" / "eurostat" / "NACE.csv.gz"
    if not path.is_file():
        pytest.skip(f"{path.name} is not among the shared data")
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        official = {row["NACE Rev. 2"]: row["Name"].strip().casefold() for row in csv.DictReader(file)}
    naf = naf_rev2()
    known = {code for code in naf.items if len(code) < 6}
    assert known == official.keys()
    same = sum(naf.label(code, "en").casefold() == name for code, name in official.items())
    assert same / len(official) > 0.97  # Eurostat itself wrote "Renting" and "Rental" in two editions of the list


def test_the_harmonized_system_is_read_in_a_blink() -> None:
    hs2022.cache_clear()
    start = time.process_time()
    hs2022()
    assert time.process_time() - start < 0.06 * 4  # 0.04 s measured; the margin is for a loaded machine


def test_a_damaged_table_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "catalogue" / "nomenclatures"
    folder.mkdir(parents=True)
    whole = gzip.compress(b"code,level\n01,chapter\n")
    (folder / "other.csv.gz").write_bytes(whole)
    (folder / "cut.csv.gz").write_bytes(whole[:-6])
    monkeypatch.setattr(embedded.resources, "files", lambda _: tmp_path)
    with pytest.raises(CatalogueError, match=r"columns\(table=nomenclatures/other"):
        next(embedded.embedded_rows("nomenclatures/other.csv.gz", ("code",)), None)
    for name in ("cut", "absent"):
        with pytest.raises(CatalogueError, match=rf"unreadable\(table=nomenclatures/{name}"):
            embedded.embedded_rows(f"nomenclatures/{name}.csv.gz", ("code", "level"))
