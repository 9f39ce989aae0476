"""Lines that are not to be classified: empty, without meaning, or not goods (transport, labour, a lump sum)."""

from __future__ import annotations

from functools import cache

from ancrage.dossier.bom.experts import Reading
from ancrage.dossier.bom.text import stems_of
from ancrage.kernel.message import Message, message
from ancrage.reference.embedded import embedded_bytes

FILE = "models/not_goods.txt"


@cache
def _not_goods() -> frozenset[tuple[str, ...]]:
    lines = embedded_bytes(FILE).decode("utf-8").splitlines()
    return frozenset(stems for line in lines if (stems := stems_of(line)))


def refusal_of(text: str, reading: Reading) -> Message | None:
    """Why a line gets no answer, or None when it may have one."""
    if not text.strip():
        return message("classify.empty")
    if _is_not_goods(reading):
        return message("classify.not_goods", text=text.strip())
    return None if reading.says_something else message("classify.meaningless", text=text.strip())


def _is_not_goods(reading: Reading) -> bool:
    """True when the line begins with an entry of two words or more, or is one: `divers` alone, not `divers joints`."""
    words = [position for position in reading.positions if not position.token.is_hint]
    stems = tuple(position.token.stem for position in words)
    telling = tuple(position.token.stem for position in words if not position.is_minor)
    starts = (stems[:size] for size in range(2, min(len(stems), 4) + 1))
    return stems in _not_goods() or telling in _not_goods() or any(start in _not_goods() for start in starts)
