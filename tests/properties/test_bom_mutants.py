"""Damaged files: a fixed seed breaks good files at random; each ends in an outcome or a sentence, quickly.

`ANCRAGE_MUTANTS` says how many (10,000 before a release).
"""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from pathlib import Path

import workbooks as wb
from hostile import BASE, HEAD, ROWS

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.read import read_bom, refused
from ancrage.interfaces.reports.check_report import check_payload, check_text
from ancrage.kernel.errors import FileRefusedError
from ancrage.kernel.evidence import Evidence

MUTANTS = int(os.environ.get("ANCRAGE_MUTANTS", "120"))
SOURCE = Evidence("file:mutant", "bom.read")
TYPED = [
    HEAD,
    ("V6", "Vis", 10, 0.12, "EUR", "ACME", "FR", "731815"),
    ("R1", "Roulement", 2, 14.5, "EUR", None, None, None),
]
SEEDS = (
    ("csv", BASE.encode()),
    ("csv", BASE.encode("utf-16")),
    ("xlsx", wb.xlsx(TYPED)),
    ("ods", wb.ods(wb.ods_rows(TYPED))),
)
TOKENS = (
    b'"',
    b";",
    b"\0",
    b"\r",
    b"\xff",
    b"9" * 40,
    b"<",
    b"&",
    b"1e999",
    b"'",
    b"=",
    b"\xc3",
    b"</row>",
    b'r="XFD1"',
)


def _broken(content: bytes, chance: random.Random) -> bytes:
    raw = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(raw) + 1)
        act = chance.randrange(5)
        if act == 0:
            del raw[place : place + chance.randint(1, 40)]
        elif act == 1:
            raw[place:place] = chance.choice(TOKENS)
        elif act == 2 and place < len(raw):
            raw[place] ^= 1 << chance.randrange(8)
        elif act == 3:
            raw[place:place] = raw[place : place + chance.randint(1, 200)]
        else:
            del raw[len(raw) - chance.randint(0, len(raw) // 8) :]
    return bytes(raw)


def _broken_inside(content: bytes, chance: random.Random) -> bytes:
    """Break the members of a container and close it well, so that the reader goes further in."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w") as changed:
        victim = chance.choice(archive.namelist())
        for name in archive.namelist():
            member = archive.read(name)
            changed.writestr(name, _broken(member, chance) if name == victim and member else member)
    return buffer.getvalue()


def test_a_damaged_file_ends_in_an_outcome_or_a_sentence(tmp_path: Path) -> None:
    chance = random.Random(20_261_124)
    slowest = 0.0
    for index in range(MUTANTS):
        kind, seed = SEEDS[index % len(SEEDS)]
        is_inside = kind != "csv" and chance.random() < 0.7
        path = tmp_path / f"mutant.{kind}"
        path.write_bytes(_broken_inside(seed, chance) if is_inside else _broken(seed, chance))
        start = time.monotonic()
        try:
            reading = read_bom(read_sheet(path), SOURCE)
        except FileRefusedError as error:
            reading = refused(error.message, SOURCE)
        slowest = max(slowest, time.monotonic() - start)
        payload = check_payload(reading)
        assert check_text(reading, "fr")
        assert payload["status"] != "rejected" or (payload["totals"] == {} and payload["problems"])
    assert slowest < 10


def test_the_good_files_are_read_before_they_are_broken(tmp_path: Path) -> None:
    """The control: the seeds are sound."""
    for index, (kind, content) in enumerate(SEEDS):
        path = tmp_path / f"{index}.{kind}"
        path.write_bytes(content)
        assert len(read_bom(read_sheet(path), SOURCE).lines) in {len(ROWS), len(TYPED) - 1}
