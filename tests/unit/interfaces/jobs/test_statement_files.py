"""A file that is not one of statements is refused under its own name, with the columns expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from ancrage.interfaces.jobs.register import check_statements, statements_of
from ancrage.interfaces.wording import LANGUAGES, say
from ancrage.kernel.errors import InputError
from ancrage.kernel.evidence import Evidence
from ancrage.reference.statement import COLUMNS
from tests.factories import siret

HEADER = ",".join(COLUMNS)
ROW = f"{siret(1)},milling,1200,steel,iso-9001,,adviser-visit,2025-04-30,"


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as refusal:
        check_statements([path])
    return refusal.value


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
        b"PK\x03\x04\x14\x00\x06\x00",
        bytes(range(256)),
        b"\x00\x00\x00",
        b'siret,"process\nmilling',
        b"a" * 200_000,
        HEADER.replace(",", ";").encode(),
        "Référence;Désignation;Quantité\nA1;Vis;2\n".encode("cp1252"),
    ],
)
def test_a_file_of_another_nature_is_refused_with_its_name_and_the_columns(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "visites.pdf"
    path.write_bytes(content)
    error = refused(path)
    assert error.message.code in {"statement.columns", "statement.unreadable"}
    for language in LANGUAGES:
        said = say(error.message, language)
        assert "visites.pdf" in said
        assert all(column in said for column in COLUMNS)


def test_a_wrong_value_names_the_file_its_line_and_its_column(tmp_path: Path) -> None:
    path = tmp_path / "visites.csv"
    path.write_text(f"{HEADER}\n{ROW}\n{ROW.replace('adviser-visit', 'hearsay')}\n", "utf-8")
    parameters = dict(refused(path).message.parameters)
    assert (parameters["file"], parameters["line"], parameters["column"]) == ("visites.csv", 3, "origin")


def test_a_file_of_statements_is_read_with_or_without_a_byte_order_mark() -> None:
    source = Evidence("file:abc", "statement.read")
    for encoding in ("utf-8", "utf-8-sig"):
        (found,) = statements_of(f"{HEADER}\n{ROW}\n".encode(encoding), source)
        assert found.process == "milling"
