"""Puts the files of a study in the place of those of an earlier one, without losing what anyone else wrote.

The folder holds the list of what was written there, with the SHA-256 of each file. A listed file whose bytes are still
those may be replaced or removed. Any other file stays; under a name that is needed, it is kept beside, under another.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ancrage.interfaces.reports.json_file import is_dossier
from ancrage.kernel.errors import StoreError

FILES = ("dossier.html", "dossier.pdf", "dossier.xlsx", "dossier.json")
REQUESTS = "requests"
LIST = ".written.json"
_FORMAT = "ancrage-written"


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is to happen to the files that are there: paths inside the folder, `/` between names."""

    removed: tuple[str, ...]
    """Written by an earlier study, unchanged since, no longer wanted."""
    kept: Mapping[str, str]
    """Not ours, or changed since, under a name that is needed: the path under which it is kept."""


def list_of(contents: Mapping[str, bytes]) -> bytes:
    """The list of files to write beside them: the same files give the same bytes."""
    files = {path: _sha256(content) for path, content in contents.items()}
    text = json.dumps({"format": _FORMAT, "files": files}, indent=2, sort_keys=True, ensure_ascii=False)
    return text.encode("utf-8") + b"\n"


def check_folder(out: Path) -> None:
    """Raises `StoreError` when the folder holds a file called like one of a dossier's that no study wrote, or when
    `requests` is not a folder: nothing may then be written."""
    known = _listed(out) is not None or is_dossier(out / "dossier.json")
    for name in FILES:
        path = out / name
        if os.path.lexists(path) and (path.is_dir() or not known):
            raise StoreError("report.write.foreign", path=str(out), file=name)
    if os.path.lexists(out / REQUESTS) and not (out / REQUESTS).is_dir():
        raise StoreError("report.write.foreign", path=str(out), file=REQUESTS)


def plan(out: Path, contents: Mapping[str, bytes], word: str) -> Replacement:
    """What putting `contents` in the folder does to the files that are there; `word` marks the names of kept ones."""
    listed = _listed(out)
    kept: dict[str, str] = {}
    for path, content in contents.items():
        if _is_lost(out, path, content, listed):
            kept[path] = _free_name(out, path, word)
    before = listed or {}
    removed = [path for path in _requests_of(out) if path not in contents and _is_ours(out / path, before.get(path))]
    return Replacement(tuple(removed), kept)


def _is_lost(out: Path, path: str, content: bytes, listed: Mapping[str, str] | None) -> bool:
    """True when writing there would lose what is there. Without a list, the four files of a dossier are a study's."""
    place = out / path
    if not os.path.lexists(place) or (listed is None and path in FILES):
        return False
    return not (_is_ours(place, (listed or {}).get(path)) or _is_ours(place, _sha256(content)))


def _is_ours(place: Path, sha256: str | None) -> bool:
    if sha256 is None or place.is_symlink() or not place.is_file():
        return False
    return _sha256(place.read_bytes()) == sha256


def _free_name(out: Path, path: str, word: str) -> str:
    place, number = Path(path), 1
    while True:
        mark = word if number == 1 else f"{word} {number}"
        name = place.with_name(f"{place.stem} ({mark}){place.suffix}")
        if not os.path.lexists(out / name):
            return name.as_posix()
        number += 1


def _requests_of(out: Path) -> Iterator[str]:
    for place in sorted((out / REQUESTS).rglob("*")):
        if not place.is_dir():
            yield place.relative_to(out).as_posix()


def put(aside: Path, out: Path, contents: Mapping[str, bytes], planned: Replacement) -> None:
    """Move the files made aside to their places, as planned. Raises `OSError`; no file of anyone else is then lost."""
    for path, name in planned.kept.items():
        (out / path).rename(out / name)
    for path in contents:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (aside / path).replace(out / path)
    for path in planned.removed:
        (out / path).unlink()
        _remove_if_empty((out / path).parent, out)
    (aside / LIST).replace(out / LIST)


def _remove_if_empty(folder: Path, out: Path) -> None:
    while folder != out and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _listed(out: Path) -> Mapping[str, str] | None:
    """The list of an earlier study; None when there is none that can be read: no file is then known as ours."""
    try:
        raw = json.loads((out / LIST).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    files = raw.get("files") if isinstance(raw, dict) and raw.get("format") == _FORMAT else None
    return files if isinstance(files, dict) else None


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
