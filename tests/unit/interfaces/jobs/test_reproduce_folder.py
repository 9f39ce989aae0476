"""A dossier made again never takes the place of another file, and what differs is named by its path."""

from __future__ import annotations

from pathlib import Path

import pytest

from ancrage.interfaces.jobs.progress import silent
from ancrage.interfaces.jobs.reproduce import _same, reproduce_dossier
from ancrage.kernel.errors import ReproductionError, StoreError


def test_a_dossier_is_not_made_again_over_itself(tmp_path: Path) -> None:
    (tmp_path / "dossier.json").write_text('{"format": "ancrage-dossier"}')
    with pytest.raises(StoreError, match=r"report\.write\.same_folder"):
        reproduce_dossier(tmp_path / "dossier.json", None, tmp_path / "." / "", silent)


def test_a_dossier_is_not_made_again_over_a_file_that_no_study_wrote(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "dossier.pdf").write_bytes(b"mine")
    with pytest.raises(StoreError, match=r"report\.write\.foreign"):
        reproduce_dossier(tmp_path / "dossier.json", None, out, silent)
    assert [path.read_bytes() for path in out.iterdir()] == [b"mine"]


@pytest.mark.parametrize(("content", "code"), [(None, "absent"), (b"other", "differs")])
def test_a_request_that_differs_is_named_with_its_folder(content: bytes | None, code: str, tmp_path: Path) -> None:
    name = Path("requests") / "001-supplier" / "demande-origine.fr.txt"
    for folder, what in (("made", b"letter"), ("recorded", content)):
        if what is not None:
            (tmp_path / folder / name).parent.mkdir(parents=True)
            (tmp_path / folder / name).write_bytes(what)
    with pytest.raises(ReproductionError) as refused:
        _same(tmp_path / "made", tmp_path / "recorded", name)
    assert refused.value.message.code == f"jobs.reproduce.{code}"
    assert dict(refused.value.message.parameters)["file"] == "requests/001-supplier/demande-origine.fr.txt"
