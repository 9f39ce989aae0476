"""Where a figure comes from.

Every figure carries an `Evidence`: its source, the vintage of that source, the step that made it, the parameters of
that step and the evidence of what it was made from. A report prints the chain behind any figure from this value alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from ancrage.kernel.message import Message, Scalar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Vintage:
    """One dated state of a public source, known by the hash of its content.

    `source` is the identifier in the catalogue of sources; `on` the date the publisher gives to the state, `sha256`
    the hash of the content as kept in the home; `invented` is true for demonstration data.
    """

    source: str
    on: date
    sha256: str
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The chain behind a figure.

    `source` is a catalogue identifier, or `file:` and the sha-256 of a user's file, or `person` for what somebody
    said; `step` names the function that made the figure (`origin.shares`); `place` locates it in the source (a line,
    a cell, a SIRET); `inputs` are the evidence of what it was computed from, in order.
    """

    source: str
    step: str
    vintage: Vintage | None = None
    place: str | None = None
    parameters: tuple[tuple[str, Scalar], ...] = ()
    inputs: tuple[Evidence, ...] = ()

    @property
    def invented(self) -> bool:
        """True when anything in the chain is demonstration data: its readers must be told."""
        return any(link.vintage is not None and link.vintage.invented for link in self.chain())

    def chain(self) -> Iterator[Evidence]:
        """This evidence, then all that it rests on, depth first."""
        yield self
        for link in self.inputs:
            yield from link.chain()

    def vintages(self) -> tuple[Vintage, ...]:
        """The distinct vintages of the chain, by source then hash."""
        found = {link.vintage for link in self.chain() if link.vintage is not None}
        return tuple(sorted(found, key=lambda vintage: (vintage.source, vintage.sha256)))


@dataclass(frozen=True, slots=True)
class Figure(Generic[T]):
    """A value with its unit, its evidence and what it covers.

    `value` is None when unknown: unknown is neither zero nor no. `coverage` is the share (0 to 1) of what the figure
    should rest on that is known, or None where that has no meaning. `note` says a reserve that stands beside it.
    """

    value: T | None
    unit: str
    evidence: Evidence
    coverage: Decimal | None = None
    note: Message | None = None

    @property
    def is_known(self) -> bool:
        """False when the value is unknown."""
        return self.value is not None
