"""What a section of the dossier is: a module of `reports/sections`, or of another package, with a value `SECTION`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.content import Block
from ancrage.interfaces.reports.evidence_book import EvidenceBook
from ancrage.interfaces.reports.words import Words
from ancrage.kernel.errors import CatalogueError
from ancrage.kernel.registry import things

Build = Callable[[Dossier, Words, EvidenceBook], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class SectionMaker:
    """A section: `key` is its module's name and that of its title (`<title>`, a message code), `order` its rank.

    A section that has nothing to say makes no block and is absent.
    """

    key: str
    order: int
    title: str
    build: Build


def section_makers() -> tuple[SectionMaker, ...]:
    """Every section, in order. Raises `CatalogueError` when one is not a `SectionMaker`."""
    found = things("sections", "SECTION")
    for name, value in found.items():
        if not isinstance(value, SectionMaker):
            raise CatalogueError("kernel.registry.thing", kind="sections", name=name, attribute="SECTION")
    makers = [value for value in found.values() if isinstance(value, SectionMaker)]
    return tuple(sorted(makers, key=lambda maker: (maker.order, maker.key)))
