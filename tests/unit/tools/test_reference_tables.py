"""The scripts that rebuild the embedded tables: clean labels, careful points, borders without gaps, same bytes."""

from __future__ import annotations

import gzip
import importlib
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[3] / "tools"
EMBEDDED = TOOLS.parent / "src" / "ancrage" / "catalogue" / "nomenclatures"


def tool(name: str) -> ModuleType:
    if str(TOOLS) not in sys.path:
        sys.path.append(str(TOOLS))
    return importlib.import_module(f"reference_tables.{name}")


@pytest.mark.parametrize(
    ("published", "plain"),
    [
        ("d'un poids n'excédant pas 80|kg", "d'un poids n'excédant pas 80 kg"),
        ("ceux du n$o|9402", "ceux du n° 9402"),
        ("des n$o$s$ 8425 à 8430", "des nos 8425 à 8430"),
        ("20|g/m$2", "20 g/m²"),
        ("Fe@2O@3", "Fe2O3"),
        ("teneur en azote|!x!|6,38", "teneur en azote × 6,38"),
        ("l’acier\n\n  poli\u00a0", "l'acier poli"),
    ],
)
def test_labels_lose_their_typesetting_marks(published: str, plain: str) -> None:
    assert tool("text").goods(published) == plain


def test_titles_in_capitals_become_sentences() -> None:
    sentence_case = tool("text").sentence_case
    assert sentence_case("NAVIGATION AÉRIENNE OU SPATIALE") == "Navigation aérienne ou spatiale"
    assert sentence_case("Cuir et ouvrages") == "Cuir et ouvrages"


def test_rows_are_sorted_and_give_the_same_bytes(tmp_path: Path) -> None:
    write_csv = tool("writing").write_csv
    rows = [("02", "b"), ("01", "é")]
    first = write_csv(tmp_path / "one", "t.csv.gz", ("code", "label"), rows)
    again = write_csv(tmp_path / "two", "t.csv.gz", ("code", "label"), rows[::-1])
    content = (tmp_path / "one" / "t.csv.gz").read_bytes()
    assert content == (tmp_path / "two" / "t.csv.gz").read_bytes()
    assert first == again
    assert gzip.decompress(content).decode() == "code,label\n01,é\n02,b\n"


@pytest.mark.parametrize("rows", [[("01", "a"), ("01", "a")], [("01",)]])
def test_a_doubled_or_narrow_row_is_refused(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match=r"^t\.csv: "):
        tool("writing").write_csv(tmp_path, "t.csv", ("code", "label"), rows)
    assert not (tmp_path / "t.csv").exists()


def commune(code: str, name: str, group: str, population: int = 800, seat: str = "") -> object:
    return tool("points").Named(code, name, "27", "25", group, population, seat)


def place(key: int, name: str, lat: float, lon: float, *others: str, population: int = 800) -> object:
    return tool("points").Place(key, name, others, "27", (lat, lon), population)


GROUND = [("1", "Ornans", 47.10, 6.14), ("2", "Scey", 47.06, 6.10), ("3", "Amancey", 47.04, 6.07)]
COMMUNES = [(code, name, "A") for code, name, _, _ in GROUND]
PLACES = [(int(code), name, lat, lon) for code, name, lat, lon in GROUND]


def located(more_communes: list[object], more_places: list[object]) -> dict[str, tuple[float, float]]:
    communes = [*(commune(*row) for row in COMMUNES), *more_communes]
    places = [*(place(*row) for row in PLACES), *more_places]
    found: dict[str, tuple[float, float]] = tool("points").locate(communes, places)
    return found


def test_a_homonym_goes_to_the_commune_whose_neighbours_are_there() -> None:
    far = [("5", "Lure", "B"), ("6", "Vy", "B"), ("7", "Roye", "B")]
    points = [place(5, "Lure", 47.68, 6.49), place(6, "Vy", 47.65, 6.52), place(7, "Roye", 47.67, 6.53)]
    villers = [commune("8", "Villers", "A"), commune("9", "Villers", "B")]
    found = located(
        [*(commune(*row) for row in far), *villers],
        [*points, place(8, "Villers", 47.66, 6.50), place(9, "Villers", 47.08, 6.11)],
    )
    assert found["8"] == (47.08, 6.11)
    assert found["9"] == (47.66, 6.50)


def test_a_hamlet_of_the_same_name_elsewhere_is_not_taken_for_the_commune() -> None:
    assert "4" not in located([commune("4", "Flagey", "A")], [place(4, "Flagey", 48.5, 4.0)])
    assert "4" in located([commune("4", "Flagey", "A")], [place(4, "Flagey", 47.05, 6.12)])


def test_a_town_of_the_same_population_is_taken_even_far_from_its_group() -> None:
    town = commune("4", "Pontarlier", "A", 17500)
    assert located([town], [place(4, "Pontarlier", 46.9, 6.55, population=18800)])["4"] == (46.9, 6.55)


def test_two_places_equally_close_leave_the_commune_unlocated() -> None:
    twins = [place(4, "Flagey", 47.05, 6.12), place(5, "Flagey", 47.07, 6.12)]
    assert "4" not in located([commune("4", "Flagey", "A")], twins)


def test_other_names_and_the_seat_of_a_merged_commune_are_tried_last() -> None:
    assert "4" in located([commune("4", "Cléron", "A")], [place(4, "Cleron-le-Bas", 47.08, 6.06, "Cléron")])
    assert "4" in located([commune("4", "Val-de-Loue", "A", 800, "Flagey")], [place(4, "Flagey", 47.05, 6.12)])


def test_neighbours_keep_the_same_border_after_simplification() -> None:
    outline = tool("outline")
    left = ((0.0, 0.0), (1.0, 0.0), (1.005, 0.5), (1.0, 1.0), (0.0, 1.0))
    right = ((1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.003, 0.3))
    shapes = outline._stitched({"L": [[left]], "R": [[right]]})
    (stitched_left,), (stitched_right,) = shapes["L"][0], shapes["R"][0]
    border = [(1.0, 0.0), (1.003, 0.3), (1.005, 0.5), (1.0, 1.0)]
    assert list(stitched_left[1:5]) == border
    assert set(border) <= set(stitched_right)
    nodes = outline._nodes(iter([stitched_left, stitched_right]))
    assert nodes == {(1.0, 0.0), (1.0, 1.0)}
    edges = [
        {frozenset(edge) for edge in pairwise(ring)}
        for ring in (outline._simplified_ring(r, nodes) for r in (stitched_left, stitched_right))
    ]
    assert edges[0] & edges[1] == {frozenset(((1.0, 0.0), (1.0, 1.0)))}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A catalogue that holds the HS and NAF tables alone."""
    (tmp_path / "nomenclatures").mkdir()
    for name in ("hs2022.csv.gz", "naf_rev2.csv.gz"):
        (tmp_path / "nomenclatures" / name).write_bytes((EMBEDDED / name).read_bytes())
    return tmp_path


def test_the_facts_cover_the_whole_harmonized_system_and_are_what_is_embedded(catalogue: Path) -> None:
    tool("hs_nace").write_hs_nace(None, catalogue)
    assert (catalogue / "nomenclatures" / "hs_nace.csv").read_bytes() == (EMBEDDED / "hs_nace.csv").read_bytes()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ("8482,8483,28.15\n", "headings without a class"),
        ("0101,9706,99.98\n", "is not a NACE class"),
        ("0101,9706,28.15\n848240,848240,28.15\n", "already its heading's class"),
        ("7701,7702,28.15\n", "not a range"),
    ],
)
def test_wrong_facts_are_refused(monkeypatch: pytest.MonkeyPatch, catalogue: Path, facts: str, reason: str) -> None:
    hs_nace = tool("hs_nace")
    (catalogue / "facts.csv").write_text("first,last,nace\n" + facts, "utf-8")
    monkeypatch.setattr(hs_nace, "FACTS", catalogue / "facts.csv")
    with pytest.raises(ValueError, match=reason):
        hs_nace.write_hs_nace(None, catalogue)
    assert not (catalogue / "nomenclatures" / "hs_nace.csv").exists()
