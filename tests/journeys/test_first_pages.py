"""From the list of studies to a dossier, as a person does it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PHONE = {"width": 360, "height": 740}


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in {"serious", "critical"}
    ]


def _overflow(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def test_an_adviser_opens_the_dossier_of_the_demonstration(page: Page, server: str) -> None:
    page.goto(server)
    expect(page.get_by_role("heading", name="Études")).to_be_visible()
    expect(page.get_by_text("données inventées").first).to_be_visible()
    page.get_by_role("link", name="Vélo électrique").click()
    expect(page.get_by_text("le dossier dit ce qui est inventé")).to_be_visible()
    page.get_by_role("link", name="Ouvrir le dossier").click()
    expect(page.get_by_role("heading", name="L'essentiel")).to_be_visible()
    expect(page.get_by_role("heading", name="Sources et preuves")).to_be_attached()
    assert _serious(page) == []


def test_the_pdf_and_the_workbook_are_downloaded(page: Page, server: str, tmp_path: Path) -> None:
    from pypdf import PdfReader

    page.goto(server)
    page.get_by_role("link", name="Vélo électrique").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="dossier.pdf").click()
    waiting.value.save_as(tmp_path / "dossier.pdf")
    reader = PdfReader(tmp_path / "dossier.pdf")
    assert "/MarkInfo" in reader.root_object
    assert all("inventées" in (sheet.extract_text() or "") for sheet in reader.pages)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="dossier.xlsx").click()
    assert waiting.value.suggested_filename == "dossier.xlsx"


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_hold_on_a_laptop_and_on_a_phone_without_barrier(page: Page, server: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(server)
    assert _serious(page) == []
    assert _overflow(page) <= 0
    page.get_by_role("link", name="Vélo électrique").click()
    assert _serious(page) == []
    assert _overflow(page) <= 0
    page.get_by_role("link", name="Ouvrir le dossier").click()
    assert _serious(page) == []
    assert _overflow(page) <= 0


def test_everything_is_reached_by_the_keyboard(page: Page, server: str) -> None:
    page.goto(server)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert any("Vélo électrique" in text for text in reached)
    assert "English" in reached


def test_english_is_one_press_away_and_remembered(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Studies")).to_be_visible()
    page.goto(server)
    expect(page.get_by_role("heading", name="Studies")).to_be_visible()


def test_the_dossier_works_opened_from_disk(page: Page, demonstration_home: Path) -> None:
    path = next((demonstration_home / "dossiers").rglob("dossier.html"))
    page.goto(path.as_uri())
    expect(page.get_by_role("heading", name="L'essentiel")).to_be_visible()
    page.set_viewport_size(PHONE)
    assert _overflow(page) <= 0
