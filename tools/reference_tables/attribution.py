"""ATTRIBUTION.toml: for each embedded table, whose data it is, under which licence, and what exactly was embedded."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from reference_tables.packages import Packages
from reference_tables.writing import Written

FACTS = Path(__file__).parent.parent / "facts" / "sources.toml"
_HEADER = """\
# The public data embedded in this catalogue, one table per file. Written by tools/build_reference.py.
# `sha256` is the hash of the content, uncompressed where the file is gzipped.
"""


def write_attribution(packages: Packages, catalogue: Path, tables: Sequence[Written]) -> None:
    """Raises `ValueError` when a table has no source in `facts/sources.toml`, or a source no table."""
    sources = tomllib.loads(FACTS.read_text("utf-8"))
    if sources.keys() != {table.path for table in tables}:
        raise ValueError(f"tables and sources differ: {sources.keys() ^ {table.path for table in tables}}")
    ordered = sorted(tables, key=lambda table: table.path)
    text = "\n".join([_HEADER, *(line for table in ordered for line in _lines(packages, table, sources[table.path]))])
    (catalogue / "ATTRIBUTION.toml").write_text(text, "utf-8")


def _lines(packages: Packages, table: Written, source: dict[str, object]) -> Iterator[str]:
    yield f"[{_quoted(table.path)}]"
    for key in ("title", "publisher", "licence", "address", "vintage", "changes"):
        yield f"{key} = {_quoted(str(source[key]))}"
    carriers = [str(package) for package in source.get("packages", [])]  # type: ignore[attr-defined]
    yield f"packages = [{', '.join(_quoted(f'{name} {packages.version(name)}') for name in carriers)}]"
    yield f"rows = {table.rows}"
    yield f"sha256 = {_quoted(table.sha256)}"
    yield ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
