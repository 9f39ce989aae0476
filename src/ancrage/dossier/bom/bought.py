"""Goods bought by reference: the work that their name holds or suggests is no work to place with a supplier.

`Résistance CMS` is no surface-mount assembly, `Rivet aveugle` no riveting, `Welding helmet` no welding. The rules of
`catalogue/models/bought_goods.csv` say, by customs heading, which processes *named* in the text are left out, and for
which goods the processes *implied* by the lexicon or the matter weigh less. A line that speaks of a drawing is made to
it: no rule holds. Nor does any for the process column, which says what is wanted.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from enum import StrEnum

from ancrage.kernel.errors import CatalogueError
from ancrage.reference.capability import Capabilities
from ancrage.reference.embedded import embedded_bytes

FILE = "models/bought_goods.csv"
ANY = "*"
_TO_DRAWING = re.compile(
    r"\b(?:plans?|dessins?|drawings?|dwg|drg|custom|bespoke|sp[eé]ciale?s?|sur[ -]mesure|[aà] fa[cç]on)\b",
    re.IGNORECASE,
)


class RuleKind(StrEnum):
    """What a rule speaks of: processes named in the text, or implied by the lexicon and the matter."""

    NAMED = "named"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True)
class BoughtGoods:
    """Rules: the kind, headings or chapters (first digits of the customs heading), processes (`*`: all)."""

    rules: tuple[tuple[RuleKind, tuple[str, ...], frozenset[str]], ...]

    def holds(self, kind: RuleKind, heading: str | None, process: str, text: str) -> bool:
        """True when the process is no work to place for goods of this heading (none known: never)."""
        if heading is None or _TO_DRAWING.search(text):
            return False
        return any(
            of == kind and heading.startswith(headings) and (process in processes or ANY in processes)
            for of, headings, processes in self.rules
        )


def load_bought_goods(capabilities: Capabilities) -> BoughtGoods:
    """The embedded rules. Raises `CatalogueError` when one names a kind or a process that does not exist."""
    rows = csv.DictReader(io.StringIO(embedded_bytes(FILE).decode("utf-8"), newline=""))
    return BoughtGoods(tuple(_rule(row, capabilities) for row in rows))


def _rule(row: dict[str, str], capabilities: Capabilities) -> tuple[RuleKind, tuple[str, ...], frozenset[str]]:
    processes = frozenset(row["processes"].split(";"))
    unknown = sorted(process for process in processes - {ANY} if process not in capabilities.entries)
    if unknown or row["rule"] not in set(RuleKind):
        raise CatalogueError("classify.rule_wrong", file=FILE, process=", ".join(unknown) or row["rule"])
    return RuleKind(row["rule"]), tuple(row["headings"].split(";")), processes
