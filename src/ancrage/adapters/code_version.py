"""Which code made a figure: the version of the package and a hash of all that it ships, tables and arrays included."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import ancrage

_LEFT_OUT = frozenset({"__pycache__"})


@cache
def code_version() -> str:
    """`0.1.0+5f2a9c01d3e4`: two installations that give the same text run the same code on the same tables."""
    root = Path(ancrage.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and not _LEFT_OUT & set(path.parts) and path.suffix != ".pyc":
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{ancrage.__version__}+{digest.hexdigest()[:12]}"
