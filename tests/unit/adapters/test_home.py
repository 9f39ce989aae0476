"""The home holds vintages and files by their hash; nothing half-written is ever seen."""

from datetime import date
from pathlib import Path

import pytest

from ancrage.adapters.home import Home
from ancrage.kernel.errors import StoreError, VintageError

ON = date(2026, 1, 1)


def _write(folder: Path) -> None:
    (folder / "part").mkdir()
    (folder / "part" / "a.txt").write_text("one")
    (folder / "b.bin").write_bytes(bytes(range(256)) * 100)


def test_the_home_is_private(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "new")
    assert home.root.stat().st_mode & 0o777 == 0o700


def test_a_home_that_others_can_read_is_refused_when_it_holds_something(tmp_path: Path) -> None:
    root = tmp_path / "open"
    root.mkdir(mode=0o755)
    root.chmod(0o755)
    (root / "x").write_text("y")
    with pytest.raises(StoreError, match="readable"):
        Home.at(root)


def test_the_same_content_is_the_same_vintage(home: Home) -> None:
    first = home.build("source", ON, _write)
    assert home.build("source", ON, _write) == first
    assert home.folder(first).joinpath("part", "a.txt").read_text() == "one"
    assert not list(home.scratch.iterdir())


def test_a_build_that_fails_leaves_nothing(home: Home) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise RuntimeError("cut")

    with pytest.raises(RuntimeError):
        home.build("source", ON, fail)
    assert not list(home.scratch.iterdir())
    assert not list((home.root / "vintages").iterdir())


@pytest.mark.parametrize("position", range(0, 25_600, 2_560))
def test_one_flipped_bit_is_refused(home: Home, position: int) -> None:
    vintage = home.build("source", ON, _write)
    path = home.root / "vintages" / "source" / vintage.sha256 / "b.bin"
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    with pytest.raises(VintageError, match=r"damaged.*b\.bin"):
        Home.at(home.root).folder(vintage)


def test_a_file_too_many_is_refused(home: Home) -> None:
    vintage = home.build("source", ON, _write)
    (home.root / "vintages" / "source" / vintage.sha256 / "extra").write_text("x")
    with pytest.raises(VintageError, match="extra"):
        home.folder(vintage)


def test_an_absent_vintage_is_an_error(home: Home) -> None:
    vintage = Home.at(home.root.parent / "other").build("source", ON, _write)
    with pytest.raises(VintageError, match="absent"):
        home.folder(vintage)


def test_files_are_kept_by_their_hash_and_checked_when_read(home: Home) -> None:
    evidence = home.documents.put(b"content", "bom.csv")
    sha256 = evidence.source.removeprefix("file:")
    assert home.documents.put(b"content", "again.csv").source == evidence.source
    assert home.documents.get(sha256) == b"content"
    (home.root / "documents" / sha256).write_bytes(b"changed")
    with pytest.raises(StoreError, match="damaged"):
        home.documents.get(sha256)
