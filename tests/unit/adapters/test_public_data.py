"""Import, download and verify as the doors call them: the store names whole vintages only."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sirene_files as made

from ancrage.adapters.fetch import Limits
from ancrage.adapters.home import Home
from ancrage.adapters.public_data import (
    Download,
    door_of,
    import_file,
    index_of,
    pull,
    source_of,
    sweep_unnamed,
    verify,
)
from ancrage.adapters.search_tantivy import TantivyIndex
from ancrage.adapters.store import queries
from ancrage.kernel.errors import AncrageError, DownloadError, SourceError, UsageError, VintageError
from ancrage.kernel.evidence import Vintage
from ancrage.kernel.ports import Search
from ancrage.reference.source import source_named

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 1)
QUICK = Limits(tries=1, pause=0.0, silence=5.0)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder of official files, and its address on this machine."""
    folder = tmp_path / "mirror"
    made.write_stock(folder, made.during_2026(), ".zip")
    geo = folder / "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.zip"
    made.write(geo, tuple(made.POINTS[0]), made.POINTS)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield folder, f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()
        thread.join()


def test_an_imported_register_is_in_use_with_its_own_index(home: Home, tmp_path: Path) -> None:
    stages: list[str] = []
    files = made.write_stock(tmp_path / "files", made.during_2026())
    report = import_file(home, "sirene", files, ON, progress=stages.append)
    assert queries.current_vintage("sirene") == report.vintage
    index = index_of(report.vintage)
    assert queries.current_vintage("sirene-index") == index
    found = TantivyIndex(home.folder(index)).search(Search(text="mécanique inventée doubs"))
    assert {hit.siret for hit in found} >= {made.siret(1, 2)}
    assert stages == ["read", "judge", "sort", "store", "index"]


def test_nothing_of_who_asked_for_discretion_is_in_any_file_of_the_home(home: Home, tmp_path: Path) -> None:
    import_file(home, "sirene", made.write_stock(tmp_path / "files", made.during_2026()), ON)
    content = b"".join(path.read_bytes() for path in home.root.rglob("*") if path.is_file())
    assert not [secret for secret in made.SECRETS if secret.encode() in content]
    assert made.siret(3).encode() not in content


def test_who_asks_for_discretion_later_is_gone_from_the_next_vintage_and_its_index(home: Home, tmp_path: Path) -> None:
    rows = [made.site(number) for number in range(1, 40)]
    units = made.write(tmp_path / "u.csv", made.UNIT_COLUMNS, [made.unit(number) for number in range(1, 40)])
    import_file(home, "sirene", [made.write(tmp_path / "a.csv", *made.during_2026(rows)), units], ON)
    rows[4] = made.site(5, statutDiffusionEtablissement="P")
    report = import_file(home, "sirene", [made.write(tmp_path / "b.csv", *made.during_2026(rows)), units], ON)
    assert (report.rows, report.dropped) == (38, {"partial_diffusion": 1})
    found = TantivyIndex(home.folder(index_of(report.vintage))).search(Search(limit=100))
    assert made.siret(5) not in {hit.siret for hit in found}


def test_a_bad_file_leaves_the_vintage_in_use_in_its_place(home: Home, tmp_path: Path) -> None:
    rows = [made.site(number) for number in range(1, 60)]
    report = import_file(home, "sirene", made.write(tmp_path / "a.csv", *made.during_2026(rows)), ON)
    for bad in (rows[:50], [*rows[:-1], rows[0]]):
        with pytest.raises(SourceError):
            import_file(home, "sirene", made.write(tmp_path / "b.csv", *made.during_2026(bad)), ON)
        assert queries.current_vintage("sirene") == report.vintage


def test_a_shorter_list_is_taken_when_a_person_says_so(home: Home, tmp_path: Path) -> None:
    rows = [made.site(number) for number in range(1, 60)]
    import_file(home, "sirene", made.write(tmp_path / "a.csv", *made.during_2026(rows)), ON)
    shorter = made.write(tmp_path / "b.csv", *made.during_2026(rows[:20]))
    report = import_file(home, "sirene", shorter, ON, fewer_rows=True)
    assert report.rows == 20
    assert queries.current_vintage("sirene") == report.vintage


def test_importing_the_same_files_again_changes_nothing(home: Home, tmp_path: Path) -> None:
    files = made.write_stock(tmp_path / "files", made.during_2026())
    first, second = (import_file(home, "sirene", files, ON) for _ in range(2))
    assert first.vintage == second.vintage
    assert [row.vintage for row in queries.vintages() if row.vintage.source == "sirene"] == [first.vintage]


def test_the_three_files_come_from_a_mirror_of_this_machine(home: Home, mirror: tuple[Path, str]) -> None:
    _, address = mirror
    told: set[str] = set()
    how = Download(mirror=address, limits=QUICK, told=lambda name, _done, _total: told.add(name))
    report = pull(home, "sirene", ON, how=how)
    assert (report.rows, len(report.files), len(told)) == (10, 3, 3)
    assert list(home.scratch.iterdir()) == []


def test_a_mirror_folder_gives_the_same_vintage_and_may_lack_what_is_not_required(
    home: Home, mirror: tuple[Path, str]
) -> None:
    folder, address = mirror
    online = pull(home, "sirene", ON, how=Download(mirror=address, limits=QUICK))
    offline = pull(home, "sirene", ON, how=Download(mirror=str(folder)))
    assert online.vintage == offline.vintage
    next(folder.glob("Geo*")).unlink()
    assert pull(home, "sirene", ON, how=Download(mirror=str(folder))).rows == 10
    next(folder.glob("StockEtab*")).unlink()
    with pytest.raises(DownloadError):
        pull(home, "sirene", ON, how=Download(mirror=str(folder)))


def test_a_failed_pull_leaves_the_vintage_in_use_and_what_can_be_resumed(home: Home, mirror: tuple[Path, str]) -> None:
    folder, address = mirror
    report = pull(home, "sirene", ON, how=Download(mirror=address, limits=QUICK))
    next(folder.glob("StockUnite*")).unlink()
    with pytest.raises(DownloadError):
        pull(home, "sirene", ON, how=Download(mirror=address, limits=QUICK))
    assert queries.current_vintage("sirene") == report.vintage
    assert [path.name for path in home.scratch.iterdir()] == ["download-sirene"]


def test_a_source_without_address_says_where_to_take_it_by_hand(home: Home) -> None:
    with pytest.raises(UsageError) as refusal:
        pull(home, "naf2025-correspondence", ON)
    assert refusal.value.message.code == "fetch.by_hand"


@pytest.mark.parametrize(
    ("mirror_address", "hosts", "loopback"),
    [
        ("http://127.0.0.1:8080/x", set(), True),
        ("http://localhost/", set(), True),
        ("http://[::1]:80/", set(), True),
        ("https://Miroir.example.org/sirene", {"miroir.example.org"}, False),
        ("https://127.0.0.1.example.org/", {"127.0.0.1.example.org"}, False),
        ("https://localhost@example.org/", {"example.org"}, False),
    ],
)
def test_a_mirror_adds_its_own_machine_and_no_other(mirror_address: str, hosts: set[str], loopback: bool) -> None:
    source = source_named("sirene")
    door = door_of(source, mirror_address)
    assert (door.hosts - set(source.hosts), door.loopback) == (hosts, loopback)


def test_verifying_names_the_vintage_that_lost_a_byte(home: Home, tmp_path: Path) -> None:
    report = import_file(home, "sirene", made.write_stock(tmp_path / "files", made.during_2026()), ON)
    assert [found.error for found in verify(home)] == [None, None]
    path = home.folder(report.vintage) / "establishments.parquet"
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    broken = [found for found in verify(home) if found.error is not None]
    assert [found.vintage for found in broken] == [report.vintage]


def test_the_source_of_a_file_is_told_by_its_columns(home: Home, tmp_path: Path, shared_data: Path) -> None:
    assert source_of(home, made.write_stock(tmp_path / "files", made.during_2026(), ".zip")) == "sirene"
    assert source_of(home, [shared_data / "entreprises" / "etablissements_metz_2022.parquet"]) == "establishment-list"
    assert source_of(home, [shared_data / "nomenclatures" / "eurostat" / "CN2022_CPA21.csv.gz"]) == "eurostat-cn-cpa"
    assert source_of(home, [shared_data / "territoires" / "laposte_hexasmal_2019.parquet"]) == "commune-points"
    strange = tmp_path / "x.csv"
    strange.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(UsageError):
        source_of(home, [strange])
    with pytest.raises(UsageError):
        source_of(home, [tmp_path / "table.xlsx"])
    with pytest.raises(AncrageError):
        source_of(home, [tmp_path / "absent.csv"])


def test_a_list_with_points_is_not_taken_for_the_base_of_postcodes(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "membres.csv"
    path.write_text(f"SIRET,nom,Code_commune_INSEE,lat,lon,naf\n{made.siret(1)},X,25056,47.2,6.0,25.62B\n", "utf-8")
    assert source_of(home, [path]) == "establishment-list"


def test_a_mapping_lets_a_list_be_told_and_imported(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "membres.csv"
    path.write_text(f"Identifiant,Ce qu'il fait\n{made.siret(1)},Fonderie\n", "utf-8")
    with pytest.raises(UsageError):
        source_of(home, [path])
    mapping = {"siret": "Identifiant", "statement": "Ce qu'il fait"}
    assert source_of(home, [path], mapping) == "establishment-list"
    assert import_file(home, "establishment-list", path, ON, mapping=mapping).rows == 1


def test_the_tables_in_use_complete_a_register_and_are_named_in_the_store(home: Home, tmp_path: Path) -> None:
    points, table = tmp_path / "points.csv", tmp_path / "naf.csv"
    points.write_text('code_commune_insee,_geopoint\n21419,"47.9633,4.3818"\n', "utf-8")
    table.write_text("NAFold-code,NAFnew-code\n25.62B,25.53Y\n", "utf-8")
    used = [import_file(home, source_of(home, [path]), path, ON).vintage for path in (points, table)]
    sites = [made.site(1, codeCommuneEtablissement="21419")]
    report = import_file(home, "sirene", made.write(tmp_path / "s.csv", *made.after_2027(sites)), ON)
    (row,) = pq.read_table(home.folder(report.vintage) / "establishments.parquet").to_pylist()
    assert (row["point_basis"], row["activity"], row["activity_2025"]) == ("commune", "25.62B", "25.53Y")
    (named,) = (row for row in queries.vintages() if row.vintage == report.vintage)
    assert [one["sha256"] for one in named.detail["used"]] == [one.sha256 for one in used]  # type: ignore[attr-defined]
    assert named.detail["notes"] == {"activity_converted": 1}


def test_an_invented_register_is_not_completed_by_real_tables(home: Home, tmp_path: Path) -> None:
    points = tmp_path / "points.csv"
    points.write_text('code_commune_insee,_geopoint\n21419,"47.9633,4.3818"\n', "utf-8")
    import_file(home, "commune-points", points, ON)
    sites = [made.site(1, codeCommuneEtablissement="21419")]
    report = import_file(home, "demonstration-register", made.write(tmp_path / "s.csv", *made.during_2026(sites)), ON)
    assert report.used == ()


def test_what_a_crash_left_unnamed_goes_after_a_day_and_what_is_named_stays(home: Home, tmp_path: Path) -> None:
    report = import_file(home, "sirene", made.write_stock(tmp_path / "files", made.during_2026()), ON)
    left = home.build("sirene-index", ON, lambda folder: (folder / "x").write_bytes(b"x") and None)
    sweep_unnamed(home)
    assert home.folder(left)
    two_days_ago = time.time() - 48 * 3600
    for folder in (home.root / "vintages").glob("*/*"):
        os.utime(folder, (two_days_ago, two_days_ago))
    sweep_unnamed(home)
    again = Home.at(home.root)
    assert again.folder(report.vintage)
    assert again.folder(index_of(report.vintage))
    with pytest.raises(VintageError):
        again.folder(left)


def test_a_register_without_index_is_said(home: Home) -> None:
    with pytest.raises(VintageError):
        index_of(Vintage("sirene", ON, "0" * 64))
