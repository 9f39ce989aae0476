"""How far a long piece of work is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ancrage.kernel.message import Message


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `total` (None when not known), and what is being done."""

    text: Message
    done: int = 0
    total: int | None = None


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Progress that nobody watches."""
