"""The reader's words: sentences of the area `report`, and figures as the language writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ancrage.interfaces.reports import labels
from ancrage.interfaces.wording import Language, day, number, say
from ancrage.kernel.message import Message, Scalar
from ancrage.kernel.money import Money
from ancrage.kernel.quantity import Quantity

_THIN = "\u202f"
_HARD = "\u00a0"
_OWN_SOURCES = frozenset({"person", "computed", "demonstration-statements"})
_SIGNS: dict[str, str] = {"EUR": "€", "GBP": "£", "USD": "$US", "CHF": "CHF", "JPY": "JPY", "CNY": "CNY"}


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a dossier says, in one language."""

    language: Language

    def say(self, code: str, /, **parameters: Scalar | Message) -> str:
        """A sentence of the area `report`."""
        return self.message(Message(f"report.{code}", tuple(parameters.items())))

    def message(self, text: Message) -> str:
        """A message of any area."""
        return _worded(text, self.language)

    def number(self, value: Decimal | int, digits: int | None = None) -> str:
        """A number, rounded for reading when `digits` is given."""
        return number(value, self.language, digits)

    def percent(self, share: Decimal | float, digits: int | None = None) -> str:
        """A share (0 to 1) as a percentage: whole from 10 % up, with one decimal below; `< 0,1 %` rather than zero."""
        value = Decimal(str(share)) * 100
        sign = f"{_HARD}%" if self.language == "fr" else "%"
        if 0 < value < Decimal("0.1"):
            return f"<{_HARD}{self.number(Decimal('0.1'))}{sign}"
        if digits is None:
            digits = 0 if value == 0 or value >= 10 else 1
        if value < 100 and round(value, digits) == 100:
            return (
                f">{_HARD}{self.number(Decimal('99.9'))}{sign}"
                if value > Decimal("99.9")
                else f"{self.number(value, 1)}{sign}"
            )
        return f"{self.number(value, digits)}{sign}"

    def amount(self, money: Money) -> str:
        """An amount rounded to its minor unit, with its currency."""
        return self._with_currency(number(money.rounded().amount, self.language, _minor(money)), money.currency)

    def round_amount(self, money: Money) -> str:
        """An amount without its cents from 100 up: for sentences and big figures."""
        digits = 0 if abs(money.amount) >= 100 else _minor(money)
        return self._with_currency(number(money.amount, self.language, digits), money.currency)

    def _with_currency(self, text: str, currency: str) -> str:
        sign = _SIGNS.get(currency, currency)
        return f"{text}{_HARD}{sign}" if self.language == "fr" or len(sign) > 1 else f"{sign}{text}"

    def day(self, value: date) -> str:
        """A date."""
        return day(value, self.language)

    def quantity(self, value: Quantity) -> str:
        """A quantity and its unit; pieces are not named."""
        text = self.number(value.value)
        return text if value.unit == "piece" else f"{text}{_HARD}{value.unit}"

    def country(self, code: str) -> str:
        """A country's name."""
        return labels.country_label(code, self.language)

    def hs(self, code: str) -> str:
        """A customs code's label."""
        return labels.hs_label(code, self.language)

    def hs_own(self, code: str) -> str:
        """The shortest label of a customs code that can be understood."""
        return labels.hs_own_label(code, self.language)

    def activity(self, code: str) -> str:
        """An activity's label."""
        return labels.activity_label(code, self.language)

    def capability(self, identifier: str) -> str:
        """A process' or a material's label."""
        return labels.capability_label(identifier, self.language)

    def source(self, identifier: str) -> str:
        """The title of a source, public or not."""
        found = labels.source_of(identifier)
        if found is not None:
            return found.title[self.language]
        if identifier.startswith("file:"):
            return self.say("source.file", sha256=identifier.removeprefix("file:"))
        if identifier.startswith("model:"):
            return self.say("source.model", name=identifier.removeprefix("model:"))
        return self.say(f"source.{identifier}") if identifier in _OWN_SOURCES else identifier

    def pair(self, left: str, right: str) -> str:
        """`left : right` as the language punctuates it."""
        return typeset(f"{left} : {right}", "fr") if self.language == "fr" else f"{left}: {right}"

    def listed(self, texts: list[str]) -> str:
        """`a, b et c`."""
        if len(texts) < 2:
            return "".join(texts)
        return f"{', '.join(texts[:-1])} {self.say('and')} {texts[-1]}"


@lru_cache(maxsize=50_000)
def _worded(text: Message, language: Language) -> str:
    return typeset(say(text, language), language)


def _minor(money: Money) -> int:
    exponent = money.rounded().amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def typeset(text: str, language: Language) -> str:
    """French spaces that do not break: thin before `;`, `!`, `?`, full before `:` and `%`, inside quotation marks."""
    if language != "fr":
        return text
    text = re.sub(r" (?=[;!?])", _THIN, text)
    text = re.sub(r" (?=[:%»])", _HARD, text)
    return re.sub(r"« ", f"«{_HARD}", text)
