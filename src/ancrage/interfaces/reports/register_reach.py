"""The warning that a register does not cover where one looks."""

from __future__ import annotations

from collections.abc import Iterator

from ancrage.dossier.model import SupplierReport
from ancrage.dossier.suppliers.reach import reach_warning
from ancrage.interfaces.reports.content import Callout, Ref, Tone
from ancrage.interfaces.reports.words import Words
from ancrage.kernel.message import Message


def reach_callout(suppliers: SupplierReport, words: Words, refs: tuple[Ref, ...]) -> Iterator[Callout]:
    """One warning, or none when the register covers every department of the area."""
    warning = reach_warning(suppliers)
    if warning is not None:
        yield Callout(Tone.WARNING, words.message(Message("suppliers.reach.title")), words.message(warning), refs)
