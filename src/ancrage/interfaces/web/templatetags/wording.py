"""`{% say "web.title" %}`: a sentence of the translation files, in the language of the request."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template
from django.utils.translation import get_language

from ancrage.interfaces.wording import Language
from ancrage.interfaces.wording import day as worded_day
from ancrage.interfaces.wording import number as worded_number
from ancrage.interfaces.wording import say as worded
from ancrage.kernel.message import Scalar, message

register = template.Library()


def request_language() -> Language:
    """French unless the reader chose English."""
    return "en" if get_language() == "en" else "fr"


@register.simple_tag
def say(code: str, **parameters: Scalar) -> str:
    """The sentence of a code."""
    return worded(message(code, **parameters), request_language())


@register.filter
def day(value: date) -> str:
    """A date as people write it."""
    return worded_day(value, request_language())


@register.filter
def number(value: int | None) -> str:
    """A count as people write it; unknown where there is none."""
    return say("web.unknown") if value is None else worded_number(value, request_language())


@register.filter
def percent(share: str | None) -> str:
    """A share (0 to 1, as text) as a percentage; unknown where there is none."""
    if share is None:
        return say("web.unknown")
    language = request_language()
    sign = "\u202f%" if language == "fr" else "%"
    return worded_number(Decimal(share) * 100, language, 1) + sign
