"""From a file on disk to a reading of it, the same for every door."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from ancrage.adapters.sheets import read_sheet
from ancrage.dossier.bom.read import read_bom, refused
from ancrage.dossier.model import BomReading
from ancrage.kernel.errors import FileRefusedError
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.money import Rate

_BLOCK = 1024 * 1024


def read_file(
    path: Path, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None, rates: Sequence[Rate] = ()
) -> BomReading:
    """Read a bill of materials or a purchases file. A file that cannot be opened as a sheet is a rejected reading.

    Raises `UsageError` when `mapping` names a heading or a field that does not exist.
    """
    try:
        raw = read_sheet(path, sheet=sheet)
    except FileRefusedError as error:
        return refused(error.message, Evidence("file:", "bom.read"))
    return read_bom(raw, Evidence(f"file:{_sha256(path)}", "bom.read", place=path.name), mapping=mapping, rates=rates)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
