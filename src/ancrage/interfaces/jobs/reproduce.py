"""Write a dossier again from its own `dossier.json`, and compare every byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ancrage.adapters.code_version import code_version
from ancrage.adapters.home import Home, hash_file
from ancrage.dossier.model import Question
from ancrage.interfaces.jobs import register, territory
from ancrage.interfaces.jobs.bom import HowToRead, read_file
from ancrage.interfaces.jobs.progress import Progress, Step
from ancrage.interfaces.jobs.register import Register
from ancrage.interfaces.jobs.study import dossier_of, write_files
from ancrage.interfaces.reports.json_file import Recorded, read_recorded
from ancrage.interfaces.wiring import open_home
from ancrage.kernel.errors import ReproductionError, StoreError, VintageError
from ancrage.kernel.evidence import Vintage
from ancrage.kernel.message import message
from ancrage.reference.source import catalogue_of_sources

STEPS = ("check", "assemble", "compare")


def reproduce_dossier(path: Path, bom: Path | None, out: Path | None, progress: Progress) -> tuple[Path, ...]:
    """Write the dossier again and compare it with the files beside `path`. Returns the files that are the same.

    `bom` replaces the file kept in the home; `out` keeps the new files. Raises `ReproductionError` that names the
    input, the vintage, the code version or the file that differs.
    """
    if out is not None:
        _check_out(path, out)
    home = open_home()
    _tell(progress, "check")
    recorded = read_recorded(path)
    if recorded.code_version != code_version():
        raise ReproductionError("jobs.reproduce.code", recorded=recorded.code_version, found=code_version())
    known = _register(recorded, home)
    question = recorded.question
    with tempfile.TemporaryDirectory(dir=home.scratch) as scratch:
        file = _input(home, question, bom, Path(scratch) / "bom")
        _check_kept(home, question)
        _tell(progress, "assemble")
        how = HowToRead(question.mapping, question.rates, question.sheet)
        reading, _ = read_file(file, question.bom_name, how)
        dossier = dossier_of(question, reading, known, home)
        target = out or Path(scratch) / "out"
        files = write_files(dossier, target, recorded.language).files
        _tell(progress, "compare")
        return tuple(_same(target, path.parent, file.relative_to(target)) for file in files)


def _check_out(path: Path, out: Path) -> None:
    from ancrage.interfaces.reports.replacement import check_folder

    if out.resolve() == path.parent.resolve():
        raise StoreError("report.write.same_folder", path=str(out))
    check_folder(out)


def _same(made: Path, recorded: Path, name: Path) -> Path:
    """The recorded file, when it is the one made again; `name` is its path inside both folders."""
    if not (recorded / name).is_file():
        raise ReproductionError("jobs.reproduce.absent", file=name.as_posix())
    if hash_file(made / name) != hash_file(recorded / name):
        raise ReproductionError("jobs.reproduce.differs", file=name.as_posix())
    return recorded / name


def _input(home: Home, question: Question, bom: Path | None, target: Path) -> Path:
    if bom is not None:
        if (found := hash_file(bom)) != question.bom_sha256:
            raise ReproductionError("jobs.reproduce.input", name=bom.name, recorded=question.bom_sha256, found=found)
        return bom
    try:
        target.write_bytes(home.documents.get(question.bom_sha256))
    except StoreError as error:
        raise ReproductionError(
            "jobs.reproduce.no_input", name=question.bom_name, recorded=question.bom_sha256
        ) from error
    return target


def _check_kept(home: Home, question: Question) -> None:
    for sha256 in (*question.answers, *question.statements):
        try:
            home.documents.get(sha256)
        except StoreError as error:
            raise ReproductionError("jobs.reproduce.no_input", name="", recorded=sha256) from error


def _register(recorded: Recorded, home: Home) -> Register:
    """The register of the dossier, on the territory of the dossier: official points of communes only if it had some."""
    vintage, points = _recorded(recorded, register.TABLE), _recorded(recorded, territory.TABLE)
    if vintage is None:
        raise ReproductionError("jobs.reproduce.no_register")
    for needed in filter(None, (points, vintage)):
        try:
            home.folder(needed)
        except VintageError as error:
            raise _refusal(needed, error) from error
    try:
        return register.reopen_register(home, vintage, points)
    except VintageError as error:
        raise _refusal(vintage, error) from error


def _recorded(recorded: Recorded, table: str) -> Vintage | None:
    catalogue = catalogue_of_sources()
    known = (one for one in recorded.vintages if one.source in catalogue and catalogue[one.source].table == table)
    return next(known, None)


def _refusal(vintage: Vintage, error: VintageError) -> ReproductionError:
    return ReproductionError("jobs.reproduce.vintage", source=vintage.source, sha256=vintage.sha256, why=error.message)


def _tell(progress: Progress, name: str) -> None:
    progress(Step(message(f"jobs.reproduce.{name}_step"), STEPS.index(name), len(STEPS)))
