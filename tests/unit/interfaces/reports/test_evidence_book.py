"""Every figure leads to the whole chain behind it, written once."""

from __future__ import annotations

from datetime import date

from ancrage.interfaces.reports.content import Ref
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.kernel.evidence import Evidence, Vintage

FILE = Evidence("file:abc", "sheets.read_sheet")


def row(number: int) -> Evidence:
    return Evidence("file:abc", "bom.read", place=f"L{number}", inputs=(FILE,))


def test_places_of_one_step_share_an_entry_and_stay_beside_their_figure() -> None:
    book = EvidenceBook()
    assert book.ref(row(4)) == Ref(1, "L4")
    assert book.ref(row(9)) == Ref(1, "L9")
    first, second = book.entries()
    assert (first.step, first.places, first.places_total) == ("bom.read", ("L4", "L9"), 2)
    assert (first.rests_on, second.step) == ((2,), "sheets.read_sheet")


def test_the_chain_is_followed_down_to_its_sources() -> None:
    book = EvidenceBook()
    total = Evidence("computed", "origin.total", inputs=tuple(row(number) for number in range(2, 2202)))
    number = book.ref(total).number
    entries = {entry.number: entry for entry in book.entries()}
    chain, todo = [], [number]
    while todo:
        entry = entries[todo.pop()]
        chain.append(entry.step)
        todo += entry.rests_on
    assert chain == ["origin.total", "bom.read", "sheets.read_sheet"]
    assert entries[2].places_total == 2200


def test_vintages_and_parameters_tell_entries_apart() -> None:
    book = EvidenceBook()
    old, new = (Vintage("sirene", date(2026, month, 1), str(month) * 64) for month in (10, 11))
    numbers = {
        book.ref(Evidence("sirene", "register.read", vintage, parameters=parameters)).number
        for vintage in (old, new)
        for parameters in ((), (("radius_km", 50),))
    }
    assert numbers == {1, 2, 3, 4}


def test_a_sentence_cites_each_entry_once() -> None:
    book = EvidenceBook()
    assert [ref.number for ref in book.refs(row(2), FILE, row(3))] == [1, 2]
