"""An import in a process of its own, to be killed: `python import_to_kill.py FILE... [--in-place SHA256]`.

Prints each stage as it starts, then `done` and the hash of the vintage. `--in-place` is the control: the same import
without the atomic switch, the vintage's folder written where readers look for it and named before it is whole.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ancrage.adapters import home as home_module
from ancrage.interfaces.wiring import open_home
from ancrage.kernel.evidence import Vintage

ON = date(2026, 11, 1)


def write_in_place(sha256: str) -> None:
    """Take the atomic switch away."""

    def build(
        self: home_module.Home, source: str, on: date, write: Callable[[Path], None], *, invented: bool = False
    ) -> Vintage:
        folder = self.root / "vintages" / source / sha256
        folder.mkdir(parents=True, exist_ok=True)
        write(folder)
        manifest = home_module._manifest_of(folder)
        (folder / "manifest.json").write_bytes(manifest)
        return Vintage(source, on, hashlib.sha256(manifest).hexdigest(), invented)

    home_module.Home.build = build  # type: ignore[method-assign]


def main(arguments: list[str]) -> None:
    """Import the files into the home of the environment."""
    if "--in-place" in arguments:
        place = arguments.index("--in-place")
        write_in_place(arguments[place + 1])
        arguments = arguments[:place]
    home = open_home()
    from ancrage.adapters.public_data import import_file

    report = import_file(home, "sirene", [Path(name) for name in arguments], ON, progress=_say)
    _say(f"done {report.vintage.sha256}")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
