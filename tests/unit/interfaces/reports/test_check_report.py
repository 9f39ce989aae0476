"""The account of a reading, for programs and for people."""

from __future__ import annotations

import json
from decimal import Decimal

from ancrage.dossier.bom.read import read_bom, refused
from ancrage.dossier.bom.sheet import RawSheet
from ancrage.interfaces.reports.check_report import check_json, check_payload, check_text
from ancrage.kernel.errors import FileRefusedError
from ancrage.kernel.evidence import Evidence

SOURCE = Evidence("file:x", "bom.read")
ROWS = (("Désignation", "Quantité", "Prix unitaire (EUR)"), ("Vis", 1000, Decimal("0.1966200")), ("Écrou", "deux", 1))


def test_the_payload_has_plain_totals_and_named_problems() -> None:
    payload = check_payload(read_bom(RawSheet.of(ROWS), SOURCE), "en")
    assert payload["status"] == "accepted_with_warnings"
    assert payload["lines"] == 2
    assert payload["totals"] == {"EUR": "196.62"}
    assert payload["coverage"] == {"price": 0.5, "origin": 0.0, "supplier": 0.0, "hs": 0.0}
    assert payload["problems_total"] == len(payload["problems"])
    assert payload["problems"][0] == {
        "severity": "warning",
        "line": 3,
        "column": "Quantité",
        "code": "bom.number.unreadable",
        "message": "“deux” is not a readable number: the value stays unknown.",
    }


def test_large_and_small_totals_have_no_exponent() -> None:
    for quantity, price, total in ((10**9, 10**9, "1" + "0" * 18), (1, Decimal("1E-9"), "0.000000001")):
        rows = (ROWS[0], ("Vis", quantity, price))
        assert check_payload(read_bom(RawSheet.of(rows), SOURCE))["totals"] == {"EUR": total}


def test_the_json_is_one_object() -> None:
    found = json.loads(check_json(read_bom(RawSheet.of(ROWS), SOURCE)))
    assert set(found) >= {"status", "lines", "totals", "coverage", "problems", "problems_total"}


def test_the_text_says_the_same_facts() -> None:
    french = check_text(read_bom(RawSheet.of(ROWS), SOURCE), "fr")
    assert "Total : 196,62 EUR" in french
    assert "Avertissement (ligne 3, colonne « Quantité ») : « deux » n'est pas un nombre lisible" in french
    assert "connu pour 50,0 %" in french


def test_a_refused_file_is_a_rejected_reading_with_its_sentence() -> None:
    error = FileRefusedError("sheets.open_quote", line=12)
    payload = check_payload(refused(error.message, SOURCE))
    assert (payload["status"], payload["lines"], payload["totals"]) == ("rejected", 0, {})
    assert payload["problems"][0]["line"] == 12
    assert "ligne 12" in payload["problems"][0]["message"]


def test_a_text_of_the_file_never_drives_the_terminal() -> None:
    escape = "\x1b]0;title\x07"
    rows = (("Désignation", "Quantité", f"Inconnu{escape}", "Devise"), (f"Vis{escape}", f"1{escape}", "x", "EUR"))
    text = check_text(read_bom(RawSheet.of(rows), SOURCE), "fr")
    assert "Inconnu\ufffd]0;title" in text
    assert not set(text) & {"\x1b", "\x07"}
