"""Say what lines are, outside any study."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ancrage.adapters.sheet_limits import FILE_BYTES, MEBIBYTE, Refusal
from ancrage.adapters.sheet_text import decode
from ancrage.dossier.bom.classify import load_classifier
from ancrage.dossier.model import Classification
from ancrage.kernel.errors import FileRefusedError


def classify_texts(texts: Sequence[str], top: int) -> list[Classification]:
    """One classification per text, in their order; `top` candidates of each kind at most."""
    return load_classifier().classify(texts, top=top)


def read_lines(path: Path) -> list[str]:
    """The lines of a text file, one designation each, empty ones included. Raises `FileRefusedError`."""
    if path.stat().st_size > FILE_BYTES:
        raise FileRefusedError("sheets.too_big", limit=FILE_BYTES // MEBIBYTE)
    try:
        text = decode(path.read_bytes(), [])
    except Refusal as refusal:
        raise FileRefusedError(refusal.code, **refusal.parameters) from refusal
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines and not lines[-1] else lines
