"""The first pages list the studies and show each dossier, under a strict policy."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client

from ancrage.adapters.store import actions
from ancrage.interfaces.wiring import open_home

PAGE = b"<!doctype html><html lang='fr'><title>D</title><script>let a = 1;</script><p>Dossier</p></html>"


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def study(db: None) -> UUID:
    documents = open_home().documents
    files = {
        name: documents.put(content, name).source.removeprefix("file:")
        for name, content in {"dossier.html": PAGE, "dossier.json": b"{}\n", "requests/01-x.txt": b"Bonjour"}.items()
    }
    return actions.record_study(
        actions.FinishedStudy(
            sha256="c" * 64,
            name="bom.csv",
            size=12,
            title="Vélo <b>électrique</b>",
            question={},
            on=date(2026, 3, 1),
            language="fr",
            invented=True,
            summary={"lines": 3000, "outside_eu": None, "unknown_origin": "1", "with_leads": 2, "to_relocate": 3},
            files=files,
        )
    )


@pytest.mark.django_db
def test_an_empty_home_teaches_how_to_make_a_study(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "ancrage study" in page
    assert 'lang="fr"' in page


def test_a_study_is_listed_escaped_and_marked_as_invented(client: Client, study: UUID) -> None:
    page = client.get("/").content.decode()
    assert "Vélo &lt;b&gt;électrique&lt;/b&gt;" in page
    assert f"/etudes/{study}/" in page
    assert "données inventées" in page
    assert "01/03/2026" in page
    assert "3\u202f000" in page


def test_a_share_that_nobody_knows_is_unknown_and_not_zero(client: Client, study: UUID) -> None:
    for address in ("/", f"/etudes/{study}/"):
        page = client.get(address).content.decode()
        assert "inconnu<" in page
        assert "100,0\u202f%" in page


def test_the_reader_may_choose_english(client: Client, study: UUID) -> None:
    client.post("/langue/", {"language": "en", "next": "/"})
    page = client.get("/").content.decode()
    assert "invented data" in page
    assert "1 Mar 2026" in page


def test_the_dossier_is_shown_with_its_own_script_and_no_other(client: Client, study: UUID) -> None:
    answer = client.get(f"/etudes/{study}/dossier.html")
    assert answer.content == PAGE
    policy = answer.headers["Content-Security-Policy"]
    script = next(iter(re.findall(r"script-src ('[^;]*)", policy)))
    assert script.count("sha256-") == 1
    assert "unsafe-inline" not in script


def test_other_files_are_downloaded(client: Client, study: UUID) -> None:
    answer = client.get(f"/etudes/{study}/dossier.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dossier.json"'
    answer = client.get(f"/etudes/{study}/requests/01-x.txt")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="01-x.txt"'


@pytest.mark.parametrize("name", ["../session.key", "store.sqlite3", "absent.pdf", "requests/../dossier.html"])
def test_nothing_but_the_files_of_the_study_is_served(client: Client, study: UUID, name: str) -> None:
    assert client.get(f"/etudes/{study}/{name}").status_code == 404


@pytest.mark.django_db
def test_an_unknown_study_is_not_found(client: Client) -> None:
    assert client.get(f"/etudes/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_only_read(client: Client, study: UUID, method: str) -> None:
    for address in ("/", f"/etudes/{study}/", f"/etudes/{study}/dossier.html"):
        assert getattr(client, method)(address).status_code == 405


def test_changing_language_needs_its_token(study: UUID) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/langue/", {"language": "en"}).status_code == 403


def test_a_damaged_file_is_never_served(client: Client, study: UUID) -> None:
    path = open_home().root / "documents" / hashlib.sha256(PAGE).hexdigest()
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Dossier", b"Changed"))
    try:
        client.raise_request_exception = False
        assert client.get(f"/etudes/{study}/dossier.html").status_code == 500
    finally:
        path.write_bytes(content)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/etudes/absent", "/langue/"])
def test_every_answer_carries_the_policy(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "object-src 'none'" in policy
