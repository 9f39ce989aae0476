"""The unpacked packages: where their data files are, and which version they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Packages:
    """The folder that `fetch_reference_packages.sh` filled: `pypi/<name>` and `npm/<name>`."""

    folder: Path

    def path(self, package: str, inner: str) -> Path:
        """A data file of a package. Raises `FileNotFoundError`, naming the script that fetches it."""
        for registry in ("pypi", "npm"):
            found = self.folder / registry / package / inner
            if found.is_file():
                return found
        raise FileNotFoundError(
            f"{package}: {inner} is not under {self.folder}; run tools/fetch_reference_packages.sh {self.folder}"
        )

    def json(self, package: str, inner: str) -> Any:
        """A JSON data file."""
        return json.loads(self.path(package, inner).read_text("utf-8"))

    def version(self, package: str) -> str:
        """The version the package says it is."""
        manifest = self.folder / "npm" / package / "package.json"
        if manifest.is_file():
            return str(json.loads(manifest.read_text("utf-8"))["version"])
        return next(self._metadata_versions(package))

    def _metadata_versions(self, package: str) -> Iterator[str]:
        for metadata in sorted((self.folder / "pypi" / package).glob("*.dist-info/METADATA")):
            for line in metadata.read_text("utf-8").splitlines():
                if line.startswith("Version: "):
                    yield line.removeprefix("Version: ")
