"""The words of a dossier, as people receive them: any change of a sentence shows here."""

from __future__ import annotations

from pathlib import Path

import pytest

from ancrage.interfaces.reports.assemble import report_of
from ancrage.interfaces.reports.content import Callout, Facts, Heading, ListBlock, Paragraph, Report
from ancrage.interfaces.reports.requests_out import requests_of
from ancrage.interfaces.wording import Language
from tests.factories import dossier

HERE = Path(__file__).parent


def worded(report: Report) -> str:
    """The running text of a report: titles, paragraphs, figures, lists and callouts, one a line."""
    lines = [report.cover.product, report.cover.notice]
    for section in report.sections:
        lines += ["", f"# {section.title}"]
        for block in section.blocks:
            match block:
                case Heading():
                    lines.append(f"## {block.text}")
                case Paragraph():
                    lines.append(block.text)
                case Callout():
                    lines.append(f"[{block.tone}] {block.title}. {block.text}")
                case Facts():
                    lines += [f"{fact.label} = {fact.text} ({fact.detail})" for fact in block.facts]
                case ListBlock():
                    lines += [f"- {item.lead} {item.text}" for item in block.items]
                case _:
                    lines.append(f"<{block.title}>")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_running_text_is_the_one_that_was_read_over(language: Language) -> None:
    found = worded(report_of(dossier(language=language), language))
    assert found == (HERE / f"bicycle.{language}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["demande-origine.fr.txt", "origin-request.en.txt"])
def test_the_letter_is_the_one_that_was_read_over(name: str) -> None:
    found = requests_of(dossier())[f"requests/001-jinhuo-e-drive/{name}"].decode("utf-8")
    assert found == (HERE / name).read_text("utf-8")
