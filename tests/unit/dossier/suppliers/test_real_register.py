"""Supplier discovery on the real extract of Metz: leads only, told apart from shops and offices, nothing lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ancrage.dossier.suppliers.ground import Around, Ground, survey
from ancrage.dossier.suppliers.report import RegisterView, find_suppliers
from ancrage.dossier.suppliers.sites import KINDS
from ancrage.kernel.verdict import Ability
from ancrage.reference.company import BANDS
from tests.factories import REAL_REGISTER
from tests.supplier_ground import options

METZ = (6.1757, 49.1193)


@pytest.fixture(scope="module")
def metz(shared_data: Path) -> pa.Table:
    rows = pq.read_table(shared_data / "entreprises" / "etablissements_metz_2022.parquet").to_pylist()

    def activity(code: str | None) -> str | None:
        return None if not code or len(code) != 5 else f"{code[:2]}.{code[2:]}"

    return pa.table(
        {
            "siret": pa.array([row["siret"] for row in rows], pa.string()),
            "siren": pa.array([row["siret"][:9] for row in rows], pa.string()),
            "name": pa.array([row["raisonsociale"] for row in rows], pa.string()),
            "activity": pa.array([activity(row["codenaf"]) for row in rows], pa.string()),
            "band": pa.array([row["trancheeffectif"] if row["trancheeffectif"] in BANDS else None for row in rows]),
            "employer": pa.nulls(len(rows), pa.bool_()),
            "commune": pa.array([row["codecommune"] for row in rows], pa.string()),
            "longitude": pa.array([row["lon"] for row in rows], pa.float64()),
            "latitude": pa.array([row["lat"] for row in rows], pa.float64()),
            "point_basis": pa.nulls(len(rows), pa.string()),
            "active": pa.array([True] * len(rows)),
        }
    )


@pytest.fixture(scope="module")
def ground(metz: pa.Table) -> Ground:
    return survey(metz, Around(METZ, 80.0))


def test_every_establishment_is_in_the_circle_or_counted_as_not_placed(metz: pa.Table, ground: Ground) -> None:
    far = 1  # coordinates of the north of France on a site of Metz
    assert len(ground.sirets) + ground.outside + far == metz.num_rows
    assert ground.outside == metz.column("longitude").null_count


def test_industry_is_a_small_part_of_a_town(ground: Ground) -> None:
    kinds = Counter(KINDS[kind].value for kind in ground.kind.tolist())
    assert 100 < kinds["production"] < 500
    assert kinds["wholesale"] > 200
    assert kinds["holding"] > 50


@pytest.mark.parametrize("question", ["usinage aluminium 5 axes", "bobinage moteur", "ébénisterie", "imprimerie"])
def test_a_question_about_metz_finds_leads_and_nothing_more(metz: pa.Table, question: str) -> None:
    report = find_suppliers(question, RegisterView(metz, REAL_REGISTER), Around(METZ, 80.0), options())
    (shortlist,) = report.shortlists
    assert shortlist.found > 0
    assert {match.verdict.ability for match in shortlist.matches} <= {Ability.LEAD, Ability.UNLIKELY}
    assert all(report.establishments[str(match.siret)].kind == "production" for match in shortlist.matches)
    assert not report.evidence.invented


def test_a_trade_that_is_not_in_the_town_gives_no_lead(metz: pa.Table) -> None:
    report = find_suppliers("chaudronnerie inox", RegisterView(metz, REAL_REGISTER), Around(METZ, 80.0), options())
    assert report.shortlists[0].found == 0
    assert report.coverage.uncovered == ("question",)


def test_an_unknown_headcount_in_metz_is_a_lead_like_another(metz: pa.Table) -> None:
    report = find_suppliers("usinage", RegisterView(metz, REAL_REGISTER), Around(METZ, 80.0), options(top=500))
    bands = Counter(report.establishments[str(match.siret)].band for match in report.shortlists[0].matches)
    assert bands[None] > 0
    assert bands["00"] == 0
