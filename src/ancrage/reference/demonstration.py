"""The embedded demonstration: invented files, known by their hash, so that whatever derives from them says so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

FOLDER = "demonstration"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The day of the demonstration, and the hash of each of its files by name."""

    on: date
    files: Mapping[str, str]

    def holds(self, sha256: str) -> bool:
        """True for a file that is one of the demonstration's."""
        return sha256 in self.files.values()


@cache
def load_demonstration() -> Demonstration:
    """What the package embeds."""
    path = resources.files("ancrage").joinpath("catalogue", FOLDER, "index.toml")
    raw = tomllib.loads(path.read_text("utf-8"))
    return Demonstration(raw["on"], {entry["name"]: entry["sha256"] for entry in raw["file"]})


def demonstration_bytes(name: str) -> bytes:
    """A file of the demonstration, as it was published (`register.csv.gz` stays compressed)."""
    path = resources.files("ancrage").joinpath("catalogue", FOLDER, *name.split("/"))
    return path.read_bytes()
