"""What the classifier is trained on: its files and their hashes, so that a stale model is seen."""

from __future__ import annotations

import hashlib
from pathlib import Path

CATALOGUE = Path(__file__).parents[2] / "src" / "ancrage" / "catalogue"
RECORD = CATALOGUE / "models" / "trained_on.toml"
_INPUTS = (
    "lexicon/*.csv",
    "models/abbreviations.csv",
    "models/material_rules.csv",
    "models/minor_words.txt",
    "models/shapes.csv",
    "nomenclatures/*",
)


def trained_on() -> str:
    """The record: one line `"file" = "sha256"` for each input, in order."""
    files = sorted({path for pattern in _INPUTS for path in CATALOGUE.glob(pattern)})
    rows = [f'"{path.relative_to(CATALOGUE).as_posix()}" = "{_hash(path)}"' for path in files]
    return "\n".join(["# What line_classifier.npz was trained on; written by tools/train_classifier.py.", *rows, ""])


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
