"""The territory of a home: who measures a distance uses its official points, cites them, and reproduces with them."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import sirene_files as made

from ancrage.adapters.home import Home
from ancrage.adapters.public_data import import_file
from ancrage.interfaces.jobs import data, reproduce, study, suppliers
from ancrage.interfaces.jobs.progress import silent
from ancrage.interfaces.jobs.register import open_register
from ancrage.kernel.errors import ReproductionError, UsageError
from ancrage.kernel.evidence import Vintage
from ancrage.reference.territory import Point, Precision, load_territory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 1)
MOLESME = Point(47.9633, 4.3818)
"""A commune without a point of its own in the embedded tables."""
BOM = (
    "Référence;Désignation;Quantité;Prix unitaire;Devise;Pays d'origine\n"
    "A1;Carter en fonte usiné;1;120,00;EUR;CN\nA2;Axe inox tourné;2;8,50;EUR;CN\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home that the jobs open, with a register of three sites around Molesme."""
    home = Home.at(tmp_path / "home")
    for job in (data, reproduce, study, suppliers):
        monkeypatch.setattr(job, "open_home", lambda: home)
    sites = [made.site(number, codeCommuneEtablissement="21419") for number in (1, 2, 3)]
    import_file(home, "sirene", made.write(tmp_path / "sites.csv", *made.during_2026(sites)), ON)
    return home


def _with_points(home: Home, folder: Path, point: Point = MOLESME) -> Vintage:
    path = folder / "points.csv"
    path.write_text(f'code_commune_insee,_geopoint\n21419,"{point.lat},{point.lon}"\n', "utf-8")
    return import_file(home, "commune-points", path, ON).vintage


def _study(folder: Path) -> Path:
    bom = folder / "nomenclature.csv"
    bom.write_text(BOM, "utf-8")
    request = study.StudyRequest(
        bom=bom, site="commune:21419", company=None, territory=None, radius_km=150.0, on=ON, language="fr"
    )
    study.run_study(request, folder / "out")
    return folder / "out" / "dossier.json"


def _vintages(dossier: Path) -> dict[str, str]:
    return {one["source"]: one["sha256"] for one in json.loads(dossier.read_text("utf-8"))["vintages"]}


def test_without_official_points_a_home_has_the_embedded_territory(home: Home) -> None:
    ground = open_register(home).ground
    assert (ground.territory, ground.points) == (load_territory(), None)


def test_a_place_stands_at_the_official_point_in_use(home: Home, tmp_path: Path) -> None:
    points = _with_points(home, tmp_path)
    register = open_register(home)
    place = register.place("Molesme")
    assert (place.point, place.precision, register.ground.points) == (MOLESME, Precision.EXACT, points)
    assert load_territory().commune("21419").precision is Precision.DEPARTMENT


def test_an_invented_register_keeps_the_embedded_territory(home: Home, tmp_path: Path) -> None:
    _with_points(home, tmp_path)
    path = made.write(tmp_path / "invented.csv", *made.during_2026([made.site(1)]))
    import_file(home, "demonstration-register", path, ON)
    assert open_register(home, "demonstration-register").ground.points is None


def test_a_search_starts_at_the_official_point_and_cites_it(home: Home, tmp_path: Path) -> None:
    def found() -> tuple[tuple[float, float] | None, set[str]]:
        report = suppliers.find_suppliers_near("usinage", "commune:21419", 50.0, None, 5, on=ON)
        return report.origin_point, {one.source for one in report.evidence.vintages()}

    before, sources = found()
    assert sources == {"sirene"}
    _with_points(home, tmp_path)
    after, sources = found()
    assert sources == {"sirene", "commune-points"}
    assert (before != after, after) == (True, (MOLESME.lon, MOLESME.lat))


def test_a_dossier_lists_the_points_it_used_and_is_made_again_with_them_alone(home: Home, tmp_path: Path) -> None:
    points = _with_points(home, tmp_path)
    dossier = _study(tmp_path)
    assert _vintages(dossier)["commune-points"] == points.sha256
    other = _with_points(home, tmp_path, Point(47.8, 4.3))
    assert other != points
    assert len(reproduce.reproduce_dossier(dossier, None, None, silent)) >= 4
    shutil.rmtree(home.root / "vintages" / "commune-points" / points.sha256)
    home._verified.clear()  # as a new process would
    with pytest.raises(ReproductionError) as refusal:
        reproduce.reproduce_dossier(dossier, None, None, silent)
    assert refusal.value.message.code == "jobs.reproduce.vintage"
    assert dict(refusal.value.message.parameters)["source"] == "commune-points"


def test_a_dossier_without_official_points_is_made_again_without_them(home: Home, tmp_path: Path) -> None:
    dossier = _study(tmp_path)
    assert "commune-points" not in _vintages(dossier)
    _with_points(home, tmp_path)
    assert len(reproduce.reproduce_dossier(dossier, None, None, silent)) >= 4


def test_two_headings_for_one_column_are_a_wrong_call(home: Home, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        data.import_files([tmp_path / "x.csv"], None, ON, silent, meanings={"a": "siret", "b": "siret"})


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_question_is_refused(home: Home, text: str) -> None:
    with pytest.raises(UsageError) as refusal:
        suppliers.find_suppliers_near(text, "commune:21419", 50.0, None, 5, on=ON)
    assert refusal.value.message.code == "suppliers.question.empty"


def test_the_departments_of_the_whole_register_are_known_outside_the_area(home: Home) -> None:
    report = suppliers.find_suppliers_near("usinage", "commune:57463", 20.0, None, 5, on=ON)
    assert (report.reach.establishments, report.reach.covered) == (0, ("21",))
    assert "57" in report.reach.uncovered
