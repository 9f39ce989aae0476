"""The home folder: vintages of public data, and the files that users gave, both known by their hash (RELIABILITY D2).

```text
HOME/                            mode 0700
  store.sqlite3                  what users write (adapters.store)
  vintages/<source>/<sha256>/    read-only Parquet or index files, with manifest.json
  documents/<sha256>             files that users gave
  scratch/                       work in progress, swept
```

A vintage is built aside, synced to disk, hashed, then renamed into place: no reader ever sees half of one, and a crash
leaves at most a folder in `scratch`, which the next sweep removes. The database names a vintage only afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from ancrage.adapters.disk import reason_of
from ancrage.kernel.errors import StoreError, VintageError
from ancrage.kernel.evidence import Evidence, Vintage

_MANIFEST = "manifest.json"
_SWEEP_AFTER_SECONDS = 24 * 3600
_NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "glusterfs"})


class Home:
    """The folder that holds all that one installation knows.

    `Home.at(root)` creates it (mode 0700) or opens it; it raises `StoreError` when the folder is readable by others,
    cannot be written, or stands on a network filesystem, where SQLite's locks cannot be trusted.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.scratch = root / "scratch"
        self.documents = HomeDocuments(root / "documents", self.scratch)
        self._verified: set[str] = set()

    @classmethod
    def at(cls, root: Path) -> Home:
        """Open the home at a folder, creating what is missing."""
        root = root.expanduser().absolute()
        try:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_private(root)
            for name in ("vintages", "documents", "scratch"):
                (root / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StoreError("home.unwritable", path=str(root), reason=reason_of(error)) from error
        if filesystem_of(root) in _NETWORK_FILESYSTEMS:
            raise StoreError("home.network", path=str(root))
        home = cls(root)
        home.sweep()
        return home

    def build(self, source: str, on: date, write: Callable[[Path], None], *, invented: bool = False) -> Vintage:
        """Make a vintage: `write` fills an empty folder, which is then synced, hashed and renamed into place.

        The hash is that of the manifest (name, size and sha-256 of each file), so the same content is the same
        vintage and building it again changes nothing. Whatever `write` raises leaves the home as it was.
        """
        with self.work_folder() as folder:
            write(folder)
            manifest = _manifest_of(folder)
            (folder / _MANIFEST).write_bytes(manifest)
            vintage = Vintage(source, on, hashlib.sha256(manifest).hexdigest(), invented)
            _sync_tree(folder)
            self._switch(folder, self._path(vintage))
        return vintage

    def _switch(self, folder: Path, target: Path) -> None:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        if target.exists():
            return
        for path in folder.rglob("*"):
            if path.is_file():
                path.chmod(0o400)
        folder.rename(target)
        _sync_folder(target.parent)

    def folder(self, vintage: Vintage) -> Path:
        """Where a vintage is. Every byte is checked against its hash, once per process.

        Raises `VintageError` when it is absent or when one byte differs.
        """
        path = self._path(vintage)
        if vintage.sha256 not in self._verified:
            verify_folder(path, vintage)
            self._verified.add(vintage.sha256)
        return path

    def _path(self, vintage: Vintage) -> Path:
        return self.root / "vintages" / vintage.source / vintage.sha256

    @contextmanager
    def work_folder(self) -> Iterator[Path]:
        """An empty folder in the home's scratch, removed afterwards unless it was renamed away."""
        folder = self.scratch / uuid.uuid4().hex
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what crashed work left in the scratch more than a day ago."""
        limit = time.time() - _SWEEP_AFTER_SECONDS
        for path in self.scratch.iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


class HomeDocuments:
    """Files that users gave, kept by the hash of their content (fulfils `ports.Documents`)."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self._folder = folder
        self._scratch = scratch

    def put(self, content: bytes, name: str) -> Evidence:
        """Keep a file; keeping it again changes nothing. Raises `StoreError` when the disk refuses."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self._folder / sha256
        if not target.exists():
            aside = self._scratch / uuid.uuid4().hex
            try:
                with aside.open("xb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                aside.rename(target)
                _sync_folder(self._folder)
            except OSError as error:
                aside.unlink(missing_ok=True)
                raise StoreError("home.unwritable", path=str(target), reason=reason_of(error)) from error
        return Evidence(source=f"file:{sha256}", step="documents.put", place=name)

    def get(self, sha256: str) -> bytes:
        """The content of a kept file. Raises `StoreError` when it is absent or no longer has its hash."""
        try:
            content = (self._folder / sha256).read_bytes()
        except OSError as error:
            raise StoreError("home.document_absent", sha256=sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError("home.document_damaged", sha256=sha256)
        return content


def verify_folder(path: Path, vintage: Vintage) -> None:
    """Check every byte of a vintage. Raises `VintageError` naming what is wrong."""
    try:
        manifest = (path / _MANIFEST).read_bytes()
    except OSError as error:
        raise VintageError("home.vintage_absent", source=vintage.source, sha256=vintage.sha256) from error
    if hashlib.sha256(manifest).hexdigest() != vintage.sha256:
        raise VintageError("home.vintage_damaged", source=vintage.source, sha256=vintage.sha256, file=_MANIFEST)
    expected = {entry["name"]: entry for entry in json.loads(manifest)["files"]}
    present = _names(path)
    for name in sorted(expected.keys() | present):
        entry = expected.get(name)
        if entry is None or name not in present or hash_file(path / name) != entry["sha256"]:
            raise VintageError("home.vintage_damaged", source=vintage.source, sha256=vintage.sha256, file=name)


def hash_file(path: Path) -> str:
    """The sha-256 of a file, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def filesystem_of(path: Path) -> str:
    """The type of the filesystem that holds a path, `unknown` where the system does not say."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "unknown"
    best, kind = "", "unknown"
    for row in mounts.read_text("utf-8").splitlines():
        _, point, found, *_ = row.split(" ")
        point = point.encode().decode("unicode_escape")
        if path.is_relative_to(point) and len(point) > len(best):
            best, kind = point, found
    return kind


def _names(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in files} - {_MANIFEST}


def _manifest_of(folder: Path) -> bytes:
    entries = [
        {"name": name, "bytes": (folder / name).stat().st_size, "sha256": hash_file(folder / name)}
        for name in sorted(_names(folder))
    ]
    return json.dumps({"files": entries}, indent=1, sort_keys=True).encode()


def _make_private(root: Path) -> None:
    mode = stat.S_IMODE(root.stat().st_mode)
    if mode & 0o077:
        if any(root.iterdir()):
            raise StoreError("home.readable", path=str(root), mode=f"{mode:o}")
        root.chmod(0o700)


def _sync_tree(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            _sync_folder(path)
        else:
            with path.open("rb") as stream:
                os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
