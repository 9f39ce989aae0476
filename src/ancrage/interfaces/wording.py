"""Words a `Message` in the reader's language, from the translation files of `catalogue/messages`.

One TOML file per area and language (`bom.fr.toml`): a table named after the area, whose keys are the rest of the
code. A value is a sentence with named holes, or a table `{ one = ..., other = ... }` chosen by the parameter `n`
(French: 0 and 1 are singular; English: 1 alone).
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Literal, get_args

from ancrage.kernel.errors import CatalogueError
from ancrage.kernel.message import Message, Scalar
from ancrage.kernel.money import plain
from ancrage.reference.capability import load_capabilities

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

VOCABULARY = "vocabulary"
"""The area whose sentences are the labels of the vocabulary: `vocabulary.milling` says `Fraisage`."""

_NARROW_SPACE = "\u202f"


@cache
def sentences(area: str, language: Language) -> Mapping[str, str | Mapping[str, str]]:
    """The sentences of an area, by the rest of their code. Raises `CatalogueError` when the file is absent or wrong."""
    if area == VOCABULARY:
        return {entry.id: entry.label[language] for entry in load_capabilities().entries.values()}
    path = resources.files("ancrage").joinpath("catalogue", "messages", f"{area}.{language}.toml")
    try:
        found = tomllib.loads(path.read_text("utf-8"))[area]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError("wording.file", file=f"{area}.{language}.toml") from error
    return dict(found)


def say(message: Message, language: Language) -> str:
    """The sentence of a message. Raises `CatalogueError` when the code or one of its holes is not in the files."""
    key = message.code.partition(".")[2]
    sentence = sentences(message.area, language).get(key)
    if sentence is None:
        raise CatalogueError("wording.missing", code=message.code, language=language)
    values = {name: worded(value, language) for name, value in message.parameters}
    if not isinstance(sentence, str):
        sentence = sentence["one" if _is_singular(dict(message.parameters).get("n"), language) else "other"]
    holes = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    if not holes <= set(values):
        raise CatalogueError("wording.hole", code=message.code, language=language)
    return sentence.format_map(values)


def _is_singular(number: Scalar | Message | None, language: Language) -> bool:
    count = abs(Decimal(str(number)))
    return count < 2 if language == "fr" else count == 1


def worded(value: Scalar | Message, language: Language) -> str:
    """A parameter as people of the language write it: numbers, dates and yes or no included."""
    if isinstance(value, Message):
        return say(value, language)
    if isinstance(value, bool):
        return {("fr", True): "oui", ("fr", False): "non", ("en", True): "yes", ("en", False): "no"}[language, value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return number(value, language)
    if isinstance(value, date):
        return day(value, language)
    return value


def number(value: Decimal | int, language: Language, digits: int | None = None) -> str:
    """`12345.6` -> `12 345,6` (French, narrow spaces) or `12,345.6`. `digits` rounds half to even for display."""
    exact = Decimal(value)
    text = plain(exact) if digits is None else format(round(exact, digits), "f")
    sign, whole, fraction = ("-" if text.startswith("-") else ""), *text.lstrip("-").partition(".")[::2]
    grouped = f"{int(whole):,}"
    if language == "fr":
        return sign + grouped.replace(",", _NARROW_SPACE) + (f",{fraction}" if fraction else "")
    return sign + grouped + (f".{fraction}" if fraction else "")


def day(value: date, language: Language) -> str:
    """`2026-11-24` -> `24/11/2026` (French) or `24 Nov 2026`."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{value:%d/%m/%Y}" if language == "fr" else f"{value.day} {months[value.month - 1]} {value.year}"
