"""Official files to a vintage: whole or not at all, the same bytes for the same content."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import sirene_files as made

from ancrage.adapters import import_engine
from ancrage.adapters.home import Home
from ancrage.adapters.imports import ImportReport, import_register, import_source
from ancrage.interfaces.wording import say
from ancrage.kernel.errors import AncrageError, SourceError, VintageError
from ancrage.kernel.evidence import Vintage
from ancrage.reference.source import source_named
from ancrage.reference.territory import Kind, Point, Precision, load_territory, with_points

DAY = date(2026, 11, 1)
SHAPES: dict[str, Callable[[], tuple[Sequence[str], Sequence[made.Row]]]] = {
    "before-2026": made.before_2026,
    "during-2026": made.during_2026,
    "after-2027": made.after_2027,
    "after-2027-column-kept": lambda: made.after_2027(keeps_column=True),
}


def _rows(home: Home, report: ImportReport) -> list[dict[str, Any]]:
    folder = home.folder(report.vintage)
    return list(pq.read_table(next(folder.glob("*.parquet"))).to_pylist())


def _refusal(home: Home, files: Sequence[Path], **given: Any) -> str:
    """The code of the refusal, once it has words in both languages and left nothing behind."""
    before = sorted((home.root / "vintages").rglob("*"))
    with pytest.raises(SourceError) as refusal:
        import_register(home, files, on=DAY, **given)
    assert say(refusal.value.message, "fr")
    assert say(refusal.value.message, "en")
    assert sorted((home.root / "vintages").rglob("*")) == before
    assert list(home.scratch.iterdir()) == []
    return refusal.value.message.code.removeprefix("sources.")


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_gives_the_same_vintage_as_csv_gzip_zip_and_parquet(home: Home, tmp_path: Path, shape: str) -> None:
    reports = [
        import_register(home, made.write_stock(tmp_path / f"files{suffix}", SHAPES[shape](), suffix), on=DAY)
        for suffix in (".csv", ".csv.gz", ".zip", ".parquet")
    ]
    assert len({report.vintage.sha256 for report in reports}) == 1
    assert {report.rows for report in reports} == {10}
    assert reports[0].dropped == {"abroad": 1, "partial_diffusion": 3}


def test_the_rows_are_sorted_by_department_activity_and_siret(home: Home, tmp_path: Path) -> None:
    rows = _rows(home, import_register(home, made.write_stock(tmp_path / "files", made.during_2026()), on=DAY))
    keys = [(row["department"], row["activity"] or "~", row["siret"]) for row in rows]
    assert keys == sorted(keys)


def test_nothing_of_who_asked_for_discretion_nor_of_a_sole_traders_name_is_stored(home: Home, tmp_path: Path) -> None:
    report = import_register(home, made.write_stock(tmp_path / "files", made.during_2026()), on=DAY)
    rows = _rows(home, report)
    assert not {made.siret(number) for number in (3, 4, 5)} & {row["siret"] for row in rows}
    text = repr(rows).upper()
    assert not [secret for secret in made.SECRETS if secret.upper() in text]


def test_the_order_of_rows_and_of_files_changes_no_byte(home: Home, tmp_path: Path) -> None:
    columns, sites = made.during_2026()
    shuffled = list(sites)
    random.Random(3).shuffle(shuffled)
    first = import_register(home, made.write_stock(tmp_path / "a", (columns, sites)), on=DAY)
    second = import_register(home, made.write_stock(tmp_path / "b", (columns, shuffled))[::-1], on=DAY)
    assert first.vintage == second.vintage


def test_the_number_of_threads_changes_no_byte(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several row groups, so that threads really share the work."""
    rows = [made.site(number, rank) for number in range(1, 1501) for rank in range(1, 101)]
    path = made.write(tmp_path / "StockEtablissement_utf8.csv", *made.during_2026(rows))
    hashes = set()
    for threads in (1, 2, 3):
        monkeypatch.setattr(import_engine, "THREADS", threads)
        hashes.add(import_register(home, [path], on=DAY).vintage.sha256)
    assert len(hashes) == 1


def test_without_the_legal_units_the_register_has_no_name_and_still_its_sites(home: Home, tmp_path: Path) -> None:
    path = made.write(tmp_path / "sites.csv", *made.during_2026())
    rows = _rows(home, import_register(home, [path], on=DAY))
    assert {row["name"] for row in rows} == {None}
    assert len(rows) == 11  # the company whose legal unit alone is in partial diffusion cannot be told


def test_the_geolocated_file_gives_its_points(home: Home, tmp_path: Path) -> None:
    files = made.write_stock(tmp_path / "files", made.during_2026())
    files.append(tmp_path / "geo.csv")
    files[-1].write_text(made.csv_text(tuple(made.POINTS[0]), made.POINTS, delimiter=";"), "utf-8")
    rows = {row["siret"]: row for row in _rows(home, import_register(home, files, on=DAY))}
    assert rows[made.siret(1)]["longitude"] == 2.3107


def test_a_column_that_insee_adds_is_no_trouble_and_one_that_it_renames_is_refused(home: Home, tmp_path: Path) -> None:
    columns, rows = made.during_2026()
    import_register(home, [made.write(tmp_path / "more.csv", (*columns, "nouvelleColonne"), rows)], on=DAY)
    renamed = tuple("tranche" if column == "trancheEffectifsEtablissement" else column for column in columns)
    assert _refusal(home, [made.write(tmp_path / "renamed.csv", renamed, rows)]) == "file.columns"


def _cut(path: Path, size: int) -> Path:
    path.write_bytes(path.read_bytes()[:size])
    return path


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".zip", ".parquet"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_file_is_refused(home: Home, tmp_path: Path, suffix: str, share: float) -> None:
    rows = [made.site(number) for number in range(1, 400)]
    path = made.write(tmp_path / f"sites{suffix}", *made.during_2026(rows))
    code = _refusal(home, [_cut(path, int(path.stat().st_size * share))])
    assert code in {"file.cut", "file.unfinished", "file.row", "file.damaged"}


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_a_flipped_byte_in_an_archive_is_refused(home: Home, tmp_path: Path, place: float) -> None:
    rng = random.Random(7)
    rows = [made.site(number, enseigne1Etablissement=str(rng.random())) for number in range(1, 400)]
    path = made.write(tmp_path / "sites.zip", *made.during_2026(rows))
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 0x10
    path.write_bytes(content)
    assert _refusal(home, [path]) in {"file.cut", "file.row", "file.damaged", "file.members", "file.encoding"}


def _text(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _stock(rows: Sequence[made.Row] = made.SITES) -> str:
    return made.csv_text(*made.during_2026(rows))


def _archive(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in members.items():
            container.writestr(name, text)
    return path


_BAD_FILES: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "nothing": ("file.empty", lambda p: _text(p, b"")),
    "an error page": ("file.page", lambda p: _text(p, "<!DOCTYPE html><html>404</html>")),
    "an image": ("file.kind", lambda p: _text(p, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
    "another table": ("file.columns", lambda p: _text(p, "a,b\n1,2\n")),
    "a heading twice": ("file.headings", lambda p: _text(p, _stock().replace("nic,", "siren,", 1))),
    "an empty heading": ("file.headings", lambda p: _text(p, _stock().replace("nic,", ",", 1))),
    "latin-1": (
        "file.encoding",
        lambda p: _text(p, _stock([made.site(1, enseigne1Etablissement="é")]).encode("latin-1")),
    ),
    "a short line": ("file.row", lambda p: _text(p, _stock() + "000000018,00012\n")),
    "a long line": ("file.row", lambda p: _text(p, _stock() + "x," * 80 + "\n")),
    "an empty line of commas": ("rows.doubtful", lambda p: _text(p, _stock() + "," * 53 + "\n")),
    "latin-1 far below": (
        "file.row",
        lambda p: _text(
            p, (_stock([made.site(1)] * 3000) + _stock([made.site(2, enseigne1Etablissement="é")])).encode("latin-1")
        ),
    ),
    "an open quote": ("file.row", lambda p: _text(p, _stock().replace("BESANCON", '"BESANCON', 1))),
    "no last line end": ("file.unfinished", lambda p: _text(p, _stock().rstrip("\n"))),
    "headings alone": ("rows.none", lambda p: _text(p, _stock([]))),
    "two tables in a zip": ("file.members", lambda p: _archive(p, {"a.csv": _stock(), "b.csv": _stock()})),
    "no table in a zip": ("file.members", lambda p: _archive(p, {"readme.txt": "rien"})),
    "a bomb": (
        "file.bomb",
        lambda p: _archive(p, {"a.csv": _stock() + _stock([made.site(1, enseigne1Etablissement="A" * 8000)] * 10_000)}),
    ),
    "a row twice": ("rows.repeated", lambda p: _text(p, _stock([*made.SITES, made.SITES[0]]))),
    "wrong numbers": ("rows.doubtful", lambda p: _text(p, _stock([*made.SITES, made.site(1) | {"siret": "1"}]))),
    "another nomenclature": (
        "rows.doubtful",
        lambda p: _text(p, _stock([made.site(1, nomenclatureActivitePrincipaleEtablissement="NAF2040")])),
    ),
    "other bands": ("rows.doubtful", lambda p: _text(p, _stock([made.site(1, trancheEffectifsEtablissement="1-9")]))),
}


@pytest.mark.parametrize("case", _BAD_FILES)
def test_a_bad_file_is_refused_with_its_reason_and_changes_nothing(home: Home, tmp_path: Path, case: str) -> None:
    expected, write = _BAD_FILES[case]
    assert _refusal(home, [write(tmp_path / "file")]) in {
        expected,
        "file.damaged" if expected == "file.row" else expected,
    }


def test_a_units_file_that_lost_its_rows_is_refused(home: Home, tmp_path: Path) -> None:
    files = made.write_stock(tmp_path / "files", made.during_2026())
    made.write(files[1], made.UNIT_COLUMNS, made.UNITS[:3])
    assert _refusal(home, files) == "rows.doubtful"


def test_a_legal_unit_that_stands_twice_does_not_double_its_sites_in_silence(home: Home, tmp_path: Path) -> None:
    files = made.write_stock(tmp_path / "files", made.during_2026())
    made.write(files[1], made.UNIT_COLUMNS, [*made.UNITS, made.UNITS[0]])
    assert _refusal(home, files) == "rows.repeated"


def test_the_same_file_twice_no_file_and_an_absent_file_are_refused(home: Home, tmp_path: Path) -> None:
    path = made.write(tmp_path / "sites.csv", *made.during_2026())
    units = made.write(tmp_path / "units.csv", made.UNIT_COLUMNS, made.UNITS)
    assert _refusal(home, [path, path]) == "file.twice"
    assert _refusal(home, [units]) == "file.missing"
    assert _refusal(home, []) == "file.missing"
    assert _refusal(home, [tmp_path / "absent.csv"]) == "file.absent"


def test_a_file_that_lost_a_tenth_of_the_rows_in_use_is_refused(home: Home, tmp_path: Path) -> None:
    path = made.write(tmp_path / "sites.csv", *made.during_2026([made.site(number) for number in range(1, 90)]))
    assert _refusal(home, [path], former_rows=100) == "rows.shortfall"
    assert import_register(home, [path], on=DAY, former_rows=98).rows == 89


def test_a_demonstration_register_with_one_real_number_is_refused(home: Home, tmp_path: Path) -> None:
    real = made.write(tmp_path / "real.csv", *made.during_2026())
    invented = made.write(tmp_path / "invented.csv", *made.during_2026([made.site(1)]))
    assert _refusal(home, [real], source="demonstration-register") == "rows.doubtful"
    assert import_register(home, [invented], on=DAY, source="demonstration-register").vintage.invented


def test_the_report_says_what_was_read_left_out_noted_and_from_which_bytes(home: Home, tmp_path: Path) -> None:
    files = made.write_stock(tmp_path / "files", made.during_2026())
    stages: list[str] = []
    report = import_register(home, files, on=DAY, progress=stages.append)
    assert (report.read, report.rows, report.vintage.on) == (14, 10, DAY)
    assert report.notes == {"no_activity": 2, "sole_trader": 1}
    assert [file.bytes for file in report.files] == [path.stat().st_size for path in files]
    assert stages == ["read", "judge", "sort", "store"]


def test_one_flipped_byte_in_a_vintage_is_refused_every_time(home: Home, tmp_path: Path) -> None:
    report = import_register(home, [made.write(tmp_path / "sites.csv", *made.during_2026())], on=DAY)
    path = home.folder(report.vintage) / "establishments.parquet"
    whole = path.read_bytes()
    path.chmod(0o600)
    rng = random.Random(11)
    for _ in range(100):
        place = rng.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << rng.randrange(8))]) + whole[place + 1 :])
        with pytest.raises(VintageError):
            Home.at(home.root).folder(report.vintage)
    path.write_bytes(whole)
    assert Home.at(home.root).folder(report.vintage) == path.parent


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("etablissements_metz_2022.parquet", (17_091, 17_091, {})),
        ("etablissements_sirene_titulaires_2022.parquet", (8_264, 8_264, {})),
        ("bitd_etablissements_2026.csv", (462, 311, {"no_siret": 151})),
    ],
)
def test_the_real_extracts_are_imported_row_for_row(
    home: Home, shared_data: Path, name: str, counts: tuple[int, int, dict[str, int]]
) -> None:
    report = import_register(home, [shared_data / "entreprises" / name], on=DAY, source="establishment-list")
    assert (report.read, report.rows, report.dropped) == counts


def test_the_real_defence_sites_keep_their_french_activity_text_and_find_their_commune(
    home: Home, shared_data: Path
) -> None:
    path = shared_data / "entreprises" / "bitd_etablissements_2026.csv"
    rows = _rows(home, import_register(home, [path], on=DAY, source="establishment-list"))
    assert all(row["statement"] for row in rows)
    assert sum(row["activity"] is not None for row in rows) == 137
    assert sum(row["commune"] is None for row in rows) <= 3
    assert sum(not row["active"] for row in rows) == 1


def test_the_official_cn_to_cpa_file_gives_its_pairs(home: Home, shared_data: Path) -> None:
    path = shared_data / "nomenclatures" / "eurostat" / "CN2022_CPA21.csv.gz"
    report = import_register(home, [path], on=DAY, source="eurostat-cn-cpa")
    rows = _rows(home, report)
    assert report.rows == 9_698
    assert {"cn": "84821010", "cpa": "28.15.10", "hs": "848210", "nace": "28.15"} in rows


def test_the_table_of_naf_2025_keeps_every_pair_once(home: Home, tmp_path: Path) -> None:
    """Invented extract in the shape of INSEE's table, headings on two lines."""
    text = (
        'Ordre,"NAFold-code\n(sous-classe)","NAFold-intitulé\n(2008)","NAFnew-code\n(2025)",NAFnew-intitulé\n'
        "1,63.11Z,Traitement,63.10Y,Infrastructure\n2,63.11Z,Traitement,60.39Y,Diffusion\n"
        "3,63.11Z,Traitement,60.39Y,Diffusion\n4,2562B,Mécanique,25.53Y,Usinage\n"
    )
    report = import_register(home, [_text(tmp_path / "naf.csv", text)], on=DAY, source="naf2025-correspondence")
    pairs = [(row["naf_rev2"], row["naf_2025"]) for row in _rows(home, report)]
    assert pairs == [("25.62B", "25.53Y"), ("63.11Z", "60.39Y"), ("63.11Z", "63.10Y")]


def test_a_workbook_is_read_from_its_row_of_headings_on(home: Home, tmp_path: Path) -> None:
    """Invented extract in the shape of INSEE's workbook: a title, an empty row, headings on two lines."""
    import xlsxwriter

    path = tmp_path / "Correspondances_NAFrev2-NAF2025.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Table")
        sheet.write_row(0, 0, ["Table de correspondance (extrait inventé)"])
        sheet.write_row(2, 0, ["Rang", "NAFold-code\n(sous-classe)", "", "NAFnew-code\n(sous-classe)", ""])
        sheet.write_row(3, 0, [1, "63.11Z", "x", "63.10Y", "y"])
        sheet.write_row(4, 0, [2, "25.62B", "", "25.53Y"])
    report = import_register(home, [path], on=DAY, source="naf2025-correspondence")
    assert [(row["naf_rev2"], row["naf_2025"]) for row in _rows(home, report)] == [
        ("25.62B", "25.53Y"),
        ("63.11Z", "63.10Y"),
    ]
    assert report.files[0].name == path.name
    with pytest.raises(SourceError):
        import_register(home, [path], on=DAY, source="cog")


_POINTS = (
    ("21419", "MOLESME", "21330", "MOLESME", "", "47.9632,4.3817"),
    ("21419", "MOLESME", "21330", "MOLESME", "VAU", "47.9634,4.3819"),
    ("2A004", "AJACCIO", "20000", "AJACCIO", "", "41.93, 8.70"),
    ("99138", "MONACO", "98000", "MONACO", "", "43.7384,7.4246"),
    ("55138", "CULEY", "55000", "CULEY", "", ""),
)
"""Rows in the shape of La Poste's base of postcodes; coordinates rounded, the hamlet invented."""


def _old_points(path: Path) -> Path:
    head = "Code_commune_INSEE;Nom_commune;Code_postal;Libellé_d_acheminement;Ligne_5;coordonnees_gps\n"
    return _text(path, head + "".join(";".join(row) + "\n" for row in _POINTS * 9))


def _new_points(path: Path) -> Path:
    head = "code_commune_insee,nom_de_la_commune,code_postal,libelle_d_acheminement,ligne_5,_geopoint\n"
    return _text(path, head + "".join(",".join((*row[:5], f'"{row[5]}"')) + "\n" for row in _POINTS * 9))


def _points_in_two_columns(path: Path) -> Path:
    head = "#Code_commune_INSEE,Nom_de_la_commune,Code_postal,latitude,longitude\n"
    pairs = [(*row[:3], *(row[5].split(",") if row[5] else ("", ""))) for row in _POINTS * 9]
    return _text(path, head + "".join(",".join(row) + "\n" for row in pairs))


def test_the_official_points_are_the_same_whatever_the_edition_of_the_file(home: Home, tmp_path: Path) -> None:
    """A fifth of these rows has no point, where the official file has one in a hundred."""
    source = replace(source_named("commune-points"), limits={})
    files = [_old_points(tmp_path / "a"), _new_points(tmp_path / "b"), _points_in_two_columns(tmp_path / "c")]
    reports = [import_source(home, source, [path], on=DAY) for path in files]
    assert len({report.vintage for report in reports}) == 1
    assert _rows(home, reports[0]) == [
        {"commune": "21419", "longitude": 4.3818, "latitude": 47.9633, "points": 2},
        {"commune": "2A004", "longitude": 8.7, "latitude": 41.93, "points": 1},
    ]
    assert reports[0].dropped == {"abroad": 9, "merged": 25, "no_point": 9}


def test_a_base_of_postcodes_without_points_or_with_wrong_ones_is_refused(home: Home, tmp_path: Path) -> None:
    plain = "#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libelle;Ligne_5\n21419;MOLESME;21330;MOLESME;\n"
    head = "code_commune_insee,_geopoint\n"
    swapped = head + '21419,"4.38,47.96"\n'
    lost = head + "".join(f'{code},"47.9,4.3"\n' for code in range(21001, 21011)) + "21419,\n"
    assert _refusal(home, [_text(tmp_path / "a", plain)], source="commune-points") == "file.columns"
    assert _refusal(home, [_text(tmp_path / "b", swapped)], source="commune-points") == "rows.none"
    assert _refusal(home, [_text(tmp_path / "c", swapped + lost.partition("\n")[2])], source="commune-points") == (
        "rows.doubtful"
    )
    assert _refusal(home, [_text(tmp_path / "d", lost)], source="commune-points") == "rows.doubtful"


def test_the_real_base_of_postcodes_gives_one_point_per_commune(home: Home, shared_data: Path) -> None:
    path = shared_data / "territoires" / "laposte_hexasmal_2019.parquet"
    report = import_register(home, [path], on=DAY, source="commune-points")
    assert (report.read, report.rows) == (39_201, 35_921)
    assert report.dropped == {"abroad": 1, "merged": 3_011, "no_point": 268}
    official = {row["commune"]: Point(row["latitude"], row["longitude"]) for row in _rows(home, report)}
    placed = with_points(load_territory(), official).communes.values()
    current = [one for one in placed if one.kind is Kind.COMMUNE]
    assert sum(one.precision is Precision.EXACT for one in current) > 34_800
    assert sum(one.kind is Kind.DISTRICT and one.precision is Precision.EXACT for one in placed) == 45


def _table(home: Home, path: Path, source: str) -> Vintage:
    return import_source(home, replace(source_named(source), limits={}), [path], on=DAY).vintage


def _correspondence(home: Home, path: Path) -> Vintage:
    """Invented extract in the shape of INSEE's table: 25.53Y has one answer, 70.10Y has two."""
    text = "NAFold-code,NAFnew-code\n25.62B,25.53Y\n70.10Z,70.10Y\n64.20Z,70.10Y\n"
    return _table(home, _text(path, text), "naf2025-correspondence")


def test_a_register_takes_the_official_points_in_use(home: Home, tmp_path: Path) -> None:
    files = [made.write(tmp_path / "s.csv", *made.during_2026([made.site(1, codeCommuneEtablissement="21419")]))]
    before = import_register(home, files, on=DAY)
    assert [row["point_basis"] for row in _rows(home, before)] == ["approximate"]
    points = _table(home, _new_points(tmp_path / "p.csv"), "commune-points")
    after = import_source(home, source_named("sirene"), files, on=DAY, using=[points])
    (row,) = _rows(home, after)
    assert (row["longitude"], row["latitude"], row["point_basis"]) == (4.3818, 47.9633, "commune")
    assert after.used == (points,)
    assert after.detail()["used"] == [
        {"source": "commune-points", "on": DAY.isoformat(), "sha256": points.sha256},
    ]


@pytest.mark.parametrize("shape", ["after-2027", "after-2027-column-kept"])
def test_after_the_switch_an_activity_with_one_answer_is_filled_and_no_other(
    home: Home, tmp_path: Path, shape: str
) -> None:
    files = made.write_stock(tmp_path / "files", SHAPES[shape]())
    alone = import_register(home, files, on=DAY)
    assert {row["activity"] for row in _rows(home, alone) if row["activity_2025"]} == {None}
    assert alone.notes["activity_2025_only"] == 7
    table = _correspondence(home, tmp_path / "naf.csv")
    report = import_source(home, source_named("sirene"), files, on=DAY, using=[table])
    rows = _rows(home, report)
    filled = {row["activity_2025"]: row["activity"] for row in rows if row["activity_2025"]}
    assert filled == {"25.53Y": "25.62B", "70.10Y": None}
    assert report.notes == {
        "activity_candidates": 1, "activity_converted": 6, "no_activity": alone.notes["no_activity"],
        "sole_trader": 1,
    }  # fmt: skip
    assert [one["sha256"] for one in report.detail()["used"]] == [table.sha256]  # type: ignore[attr-defined]


def test_before_the_switch_the_table_changes_no_byte(home: Home, tmp_path: Path) -> None:
    files = made.write_stock(tmp_path / "files", made.during_2026())
    table = _correspondence(home, tmp_path / "naf.csv")
    alone = import_register(home, files, on=DAY)
    report = import_source(home, source_named("sirene"), files, on=DAY, using=[table])
    assert report.vintage == alone.vintage


def test_a_damaged_table_that_would_complete_a_register_stops_its_import(home: Home, tmp_path: Path) -> None:
    files = made.write_stock(tmp_path / "files", made.after_2027())
    table = _correspondence(home, tmp_path / "naf.csv")
    path = home.folder(table) / "activity_editions.parquet"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(VintageError):
        import_source(Home.at(home.root), source_named("sirene"), files, on=DAY, using=[table])


def test_the_official_communes_keep_delegated_ones_beside_theirs(home: Home, tmp_path: Path) -> None:
    """Invented extract in the shape of INSEE's file."""
    text = (
        "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n"
        "COM,25056,27,25,25D,251,0,BESANCON,Besançon,Besançon,2599,\n"
        "COM,2A004,94,2A,20R,2A1,1,AJACCIO,Ajaccio,Ajaccio,2A99,\n"
        "COMD,01015,,,,,1,ARBIGNIEU,Arbignieu,Arbignieu,,01015\n"
    )
    rows = _rows(home, import_register(home, [_text(tmp_path / "cog.csv", text)], on=DAY, source="cog"))
    assert [(row["code"], row["kind"], row["department"]) for row in rows] == [
        ("01015", "COMD", "01"),
        ("25056", "COM", "25"),
        ("2A004", "COM", "2A"),
    ]


def test_a_list_takes_a_mapping_and_refuses_one_that_names_nothing(home: Home, tmp_path: Path) -> None:
    source = source_named("establishment-list")
    path = _text(tmp_path / "list.csv", f"Code;Ce qu'il fait\n{made.siret(1)};Fonderie\n{made.siret(2)};\n")
    report = import_source(home, source, [path], on=DAY, mapping={"siret": "Code", "statement": "Ce qu'il fait"})
    assert [row["statement"] for row in _rows(home, report)] == ["Fonderie", None]
    for mapping in ({"siret": "Nom"}, {"siret": "Code", "colour": "Code"}):
        with pytest.raises(AncrageError):
            import_source(home, source, [path], on=DAY, mapping=mapping)
