"""From a dossier to the report that every renderer draws."""

from __future__ import annotations

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.content import Cover, Report, Section
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.interfaces.reports.invention import long_notice
from ancrage.interfaces.reports.section import section_makers
from ancrage.interfaces.reports.sections.sources import asked
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.wording import Language
from ancrage.kernel.message import Message

_LABELS = (
    "contents", "unknown", "page", "data_of_chart", "filter", "zoom_in", "zoom_out", "zoom_reset", "evidence", "detail",
    "currency", "exact", "back_to_top", "skip", "rows", "made_with", "map_help",
)  # fmt: skip


def report_of(dossier: Dossier, language: Language) -> Report:
    """The dossier as worded blocks. Sections without a block are absent.

    Raises `CatalogueError` when a sentence is missing from the translation files.
    """
    words, book = Words(language), EvidenceBook()
    sections = []
    for maker in section_makers():
        blocks = maker.build(dossier, words, book)
        if blocks:
            sections.append(Section(maker.key, words.message(Message(maker.title)), blocks))
    notice = long_notice(dossier, words)
    facts = tuple(
        (words.say(f"question.{name}"), text) for name, text in asked(dossier.question, words) if name in _COVER
    )
    cover = Cover(words.say("title"), dossier.product, facts, notice)
    found = {name: words.say(f"label.{name}", version=dossier.code_version) for name in _LABELS}
    return Report(language, dossier.question.on, cover, tuple(sections), {**found, "invented": words.say("invented")})


_COVER = frozenset({"company", "site", "territory", "radius", "on"})
