"""The page works opened from disk, asks nothing of anybody, and can be read by everybody."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.assemble import report_of
from ancrage.interfaces.reports.html import html_of
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import Language
from tests.factories import bicycle_lines, dossier

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


class Elements(HTMLParser):
    """Collects the start tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(page)
    return parser.found


def page_of(one: Dossier, language: Language = "fr") -> str:
    return html_of(report_of(one, language), Words(language))


@pytest.fixture(scope="module")
def html(bicycle: Dossier) -> str:
    return page_of(bicycle)


def test_nothing_is_asked_of_another_machine(html: str) -> None:
    for tag, attributes in elements(html):
        for name in ("src", "href", "xlink:href", "action", "data"):
            assert (attributes.get(name) or "#").startswith(("#", "data:")), (tag, attributes)
    assert "@import" not in html
    addresses = re.findall(r"url\(([^)]*)\)", html)
    assert addresses
    assert [one for one in addresses if not one.startswith(("data:font/woff2", "#chart-"))] == []


def test_every_link_leads_somewhere_in_the_page(html: str) -> None:
    found = elements(html)
    identifiers = [attributes["id"] for _, attributes in found if attributes.get("id")]
    assert len(identifiers) == len(set(identifiers))
    targets = {str(attributes["href"])[1:] for tag, attributes in found if tag == "a"}
    assert targets <= set(identifiers)
    assert sum(target.startswith("e") and target[1:].isdigit() for target in targets) >= 5


def test_every_chart_is_an_image_with_words_and_is_followed_by_its_table(html: str) -> None:
    figures = re.findall(r"<figure class=\"chart\".*?</figure>", html, re.DOTALL)
    assert len(figures) == 4
    for figure in figures:
        assert re.search(
            r'<svg[^>]* role="img" aria-labelledby="([^"]+)"[^>]*><title id="\1">[^<]{20,}</title>', figure
        )
        assert figure.index("<svg") < figure.index("<details") < figure.index("<table")


def test_a_hostile_label_is_text_and_nothing_else() -> None:
    lines = (replace(bicycle_lines()[0], label=HOSTILE, supplier=HOSTILE, item=HOSTILE), *bicycle_lines()[1:])
    page = page_of(replace(dossier(lines), product=HOSTILE))
    assert [tag for tag, _ in elements(page)].count("script") == 1
    assert "img" not in [tag for tag, _ in elements(page)]
    assert "&lt;script&gt;" in page


def test_invented_data_are_said_in_each_section_and_each_drawing(html: str) -> None:
    for part in re.findall(r"<section .*?</section>", html, re.DOTALL):
        assert "Données inventées" in part
    for drawing in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        assert "Données inventées" in drawing


def test_real_data_never_say_that_they_are_invented(real_bicycle: Dossier) -> None:
    assert "inventées" not in page_of(real_bicycle).replace("Registre de démonstration (données inventées)", "")


def test_the_page_says_its_language(bicycle: Dossier) -> None:
    assert '<html lang="fr">' in page_of(bicycle)
    assert '<html lang="en">' in page_of(bicycle, "en")


def test_2200_lines_stay_usable(cobot: Dossier) -> None:
    page = page_of(cobot)
    assert len(page.encode()) < 6_000_000
    assert page.count("<tr>") > 2200


@pytest.fixture(scope="module", params=["fr", "en"])
def opened(
    request: pytest.FixtureRequest,
    browser: Browser,
    bicycle: Dossier,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Page]:
    """The page opened from disk; fails when anything else was asked for, or when something broke."""
    path: Path = tmp_path_factory.mktemp("page") / "dossier.html"
    path.write_text(page_of(bicycle, request.param), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    asked: list[str] = []
    broken: list[str] = []
    page.on("request", lambda found: asked.append(found.url))
    page.on("console", lambda said: broken.append(said.text))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(path.as_uri())
    yield page
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert broken == []


def test_axe_finds_nothing_serious(opened: Page) -> None:
    for is_open in (False, True):
        opened.evaluate("open => document.querySelectorAll('details.data').forEach(d => { d.open = open })", is_open)
        found = Axe().run(opened).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}] == []


def test_marks_tell_their_value_and_drawings_zoom_by_mouse_and_keyboard(opened: Page) -> None:
    chart = opened.locator("#chart-zones")
    chart.locator("[data-tip]").first.hover()
    assert opened.locator("#tip").inner_text().strip()
    svg = chart.locator("svg")
    whole = svg.get_attribute("viewBox")
    chart.get_by_role("button").first.click()
    zoomed = svg.get_attribute("viewBox")
    assert zoomed != whole
    chart.locator(".drawing").focus()
    opened.keyboard.press("ArrowRight")
    assert svg.get_attribute("viewBox") != zoomed
    opened.keyboard.press("0")
    assert [float(part) for part in str(svg.get_attribute("viewBox")).split()] == [float(p) for p in str(whole).split()]


def test_a_table_is_filtered_by_words_without_accents(opened: Page) -> None:
    table = opened.locator("#t-lines")
    table.get_by_role("searchbox").fill("etrier hydraulique")
    expect(table.locator(".count")).to_have_text("1")
    assert table.locator("tbody tr:visible").count() == 1
    table.get_by_role("searchbox").fill("")


def test_a_phone_shows_no_sideways_page(browser: Browser, html: str, tmp_path: Path) -> None:
    (tmp_path / "dossier.html").write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto((tmp_path / "dossier.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_each_printed_page_says_that_data_are_invented_and_no_table_is_cut(
    browser: Browser, html: str, tmp_path: Path
) -> None:
    (tmp_path / "dossier.html").write_text(html, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "dossier.html").as_uri())
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert all("Données inventées" in one.extract_text() for one in printed.pages)
    text = " ".join(one.extract_text() for one in printed.pages)
    assert all(line.item is not None and line.item in text for line in bicycle_lines())
    assert "Parts par pays de fabrication" in text
