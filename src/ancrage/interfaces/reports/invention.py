"""What is invented in a dossier that rests on the demonstration: its bill of materials, its register, or both.

Every document says that it holds invented data; its sentence says which, and a drawing says it only of its own data.
"""

from __future__ import annotations

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.words import Words
from ancrage.reference.demonstration import load_demonstration


def has_invented_register(dossier: Dossier) -> bool:
    """True when the establishments proposed do not exist."""
    return dossier.suppliers.register.invented


def has_invented_bom(dossier: Dossier) -> bool:
    """True when the lines, their prices and their suppliers are those of a demonstration product."""
    return dossier.invented and (
        not has_invented_register(dossier) or load_demonstration().holds(dossier.question.bom_sha256)
    )


def long_notice(dossier: Dossier, words: Words) -> str:
    """What is invented, in a sentence; empty when nothing is."""
    if not dossier.invented:
        return ""
    if not has_invented_register(dossier):
        return words.say("invented.long.bom")
    return words.say("invented.long" if has_invented_bom(dossier) else "invented.long.register")


def bom_notice(dossier: Dossier, words: Words) -> str:
    """The words that stand in a drawing of the lines; empty when they are real."""
    return words.say("invented") if has_invented_bom(dossier) else ""


def register_notice(dossier: Dossier, words: Words) -> str:
    """The words that stand in a drawing of the establishments; empty when they are real."""
    return words.say("invented") if has_invented_register(dossier) else ""
