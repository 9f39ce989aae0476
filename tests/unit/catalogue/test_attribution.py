"""Every embedded reference table is described, whole, and exactly the one that was described."""

from __future__ import annotations

import gzip
import hashlib
import json
import tomllib
from importlib import resources

import pytest

CATALOGUE = resources.files("ancrage").joinpath("catalogue")
SOURCES = tomllib.loads(CATALOGUE.joinpath("ATTRIBUTION.toml").read_text("utf-8"))


def content(path: str) -> bytes:
    raw = CATALOGUE.joinpath(*path.split("/")).read_bytes()
    return gzip.decompress(raw) if path.endswith(".gz") else raw


@pytest.mark.parametrize("path", sorted(SOURCES))
def test_a_table_is_the_one_that_its_source_describes(path: str) -> None:
    source = SOURCES[path]
    assert hashlib.sha256(content(path)).hexdigest() == source["sha256"]
    assert all(source[key] for key in ("title", "publisher", "licence", "vintage", "changes"))
    assert source["address"].startswith("https://")
    if "csv" in path:
        assert content(path).count(b"\n") == source["rows"] + 1


def test_every_table_of_the_reference_folders_has_its_source() -> None:
    found = {
        f"{folder}/{entry.name}"
        for folder in ("nomenclatures", "territory")
        for entry in CATALOGUE.joinpath(folder).iterdir()
    }
    assert found | {"countries.csv"} == set(SOURCES)


@pytest.mark.parametrize("path", [path for path in sorted(SOURCES) if path.endswith(".gz")])
def test_a_gzipped_table_holds_no_time_so_that_it_can_be_rebuilt_to_the_same_bytes(path: str) -> None:
    head = CATALOGUE.joinpath(*path.split("/")).read_bytes()[:10]
    assert head[4:8] == bytes(4)


def test_outlines_are_small_closed_and_in_metropolitan_france() -> None:
    outline = json.loads(content("territory/departments_outline.json"))
    assert len(outline["features"]) == 96
    assert len(content("territory/departments_outline.json")) < 80_000
    for feature in outline["features"]:
        assert feature["id"] == feature["properties"]["code"]
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert len(ring) >= 4
                assert all(-5.5 < lon < 9.7 and 41.3 < lat < 51.2 for lon, lat in ring)
