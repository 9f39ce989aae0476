"""Study a bill of materials: read it, assemble its dossier, write the four files, keep all by hash."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ancrage.adapters.code_version import code_version
from ancrage.adapters.home import Home, hash_file
from ancrage.dossier.assemble import Means, assemble
from ancrage.dossier.model import BomReading, Dossier, Question, Status
from ancrage.interfaces.jobs.bom import HowToRead, read_file
from ancrage.interfaces.jobs.progress import Progress, Step, silent
from ancrage.interfaces.jobs.register import (
    Register,
    check_statements,
    embedded_statements,
    open_register,
    region_of,
    regions_made_in,
    statements_of,
)
from ancrage.interfaces.wiring import open_home
from ancrage.interfaces.wording import Language
from ancrage.kernel.codes import parse_siret
from ancrage.kernel.evidence import Evidence
from ancrage.kernel.message import message
from ancrage.reference.demonstration import load_demonstration

if TYPE_CHECKING:
    from ancrage.interfaces.reports.write import Written

STEPS = ("read", "register", "classify", "write", "keep")


@dataclass(frozen=True, slots=True)
class StudyRequest:
    """What a study is asked, as typed. `on` is the only date of the dossier."""

    bom: Path
    site: str
    company: str | None
    territory: str | None
    radius_km: float | None
    on: date
    language: Language
    mapping: Mapping[str, str] = field(default_factory=dict)
    rates: tuple[str, ...] = ()
    sheet: str | None = None
    answers: tuple[Path, ...] = ()
    statements: tuple[Path, ...] = ()
    with_others: bool = False
    register: str | None = None


@dataclass(frozen=True, slots=True)
class StudyResult:
    """What a study made: its reading, and the dossier and its files unless the reading was rejected."""

    reading: BomReading
    dossier: Dossier | None
    files: tuple[Path, ...]
    kept: tuple[Path, ...] = ()
    """Files of the folder that someone else wrote or changed, under the names where they are kept."""


def run_study(request: StudyRequest, out: Path, progress: Progress = silent) -> StudyResult:
    """Study a file and write its dossier to a folder; the file and the dossier are kept in the home.

    Raises `UsageError` or `PlaceError` when the question cannot be understood, `StoreError` when the folder holds files
    that no study wrote; a bad file is a rejected reading.
    """
    from ancrage.interfaces.reports.replacement import check_folder

    check_folder(out)
    home = open_home()
    tell = _teller(progress)
    tell("read")
    company = None if request.company is None else parse_siret(request.company)
    how = HowToRead(request.mapping, request.rates, request.sheet, company)
    reading, meaning = read_file(request.bom, request.bom.name, how)
    if reading.status is Status.REJECTED:
        return StudyResult(reading, None, ())
    check_answers(reading, request.answers)
    check_statements(request.statements)
    kept = {path: _kept(home, path) for path in (request.bom, *request.answers, *request.statements)}
    tell("register")
    register = open_register(home, request.register)
    site = register.place(request.site)
    territory = None if request.territory is None else register.place(request.territory)
    question = Question(
        bom_sha256=kept[request.bom],
        bom_name=request.bom.name,
        company=company,
        site=site.typed,
        territory="" if territory is None else territory.typed,
        radius_km=request.radius_km,
        on=request.on,
        language=request.language,
        sheet=request.sheet,
        mapping=dict(sorted(meaning.items())),
        rates=request.rates,
        answers=tuple(kept[path] for path in request.answers),
        statements=tuple(kept[path] for path in request.statements),
        with_others=request.with_others,
    )
    tell("classify")
    dossier = dossier_of(question, reading, register, home)
    tell("write")
    written = write_files(dossier, out, request.language)
    tell("keep")
    _record(home, dossier, request, {path.relative_to(out).as_posix(): path for path in written.files})
    return StudyResult(dossier.bom, dossier, written.files, written.kept)


def dossier_of(question: Question, reading: BomReading, register: Register, home: Home) -> Dossier:
    """The dossier of a question, from what the home keeps: same question, same vintage, same dossier."""
    from ancrage.dossier.bom.classify import load_classifier
    from ancrage.interfaces.reports.requests_in import with_answers

    site = register.place(question.site)
    territory = register.place(question.territory) if question.territory else None
    around = register.around(site, territory, question.radius_km)
    given = tuple(
        statement
        for sha256 in question.statements
        for statement in statements_of(home.documents.get(sha256), Evidence(f"file:{sha256}", "statement.read"))
    )
    means = Means(
        classifier=load_classifier(),
        register=register.view(around, (*embedded_statements(register.vintage), *given)),
        around=around,
        region=region_of(site, register.ground.territory),
        made_in=regions_made_in(reading, register),
        code_version=code_version(),
        is_invented=load_demonstration().holds(question.bom_sha256),
        points=register.ground.points,
    )
    answers = [(sha256, home.documents.get(sha256)) for sha256 in question.answers]
    return assemble(question, product_name(question.bom_name, reading), with_answers(reading, answers), means)


def check_answers(reading: BomReading, answers: Sequence[Path]) -> None:
    """Refuse a questionnaire under its own name, before anything is kept. Raises `InputError`, `FileRefusedError`."""
    from ancrage.adapters.sheets import read_sheet
    from ancrage.interfaces.reports.requests_in import read_answers

    keys = frozenset(line.key for line in reading.lines)
    for path in answers:
        read_answers(read_sheet(path), keys, Evidence(f"file:{hash_file(path)}", "requests.read_answers"))


def product_name(bom_name: str, reading: BomReading) -> str:
    """What the product is called: its only top assembly's designation, else the file's name without extension."""
    tops = [line for line in reading.lines if line.parent is None]
    if len(tops) == 1 and tops[0].is_assembly:
        return tops[0].label
    return Path(bom_name).stem.replace("_", " ").strip() or bom_name


def write_files(dossier: Dossier, out: Path, language: Language) -> Written:
    """The four files and the origin requests, in a folder."""
    from ancrage.interfaces.reports.write import write_dossier

    return write_dossier(dossier, out, language)


def _kept(home: Home, path: Path) -> str:
    return home.documents.put(path.read_bytes(), path.name).source.removeprefix("file:")


def _record(home: Home, dossier: Dossier, request: StudyRequest, files: Mapping[str, Path]) -> None:
    from ancrage.adapters.store import actions
    from ancrage.interfaces.reports.in_short import in_short
    from ancrage.interfaces.reports.json_file import question_payload

    actions.record_study(
        actions.FinishedStudy(
            sha256=dossier.question.bom_sha256,
            name=dossier.question.bom_name,
            size=request.bom.stat().st_size,
            title=dossier.product,
            question=question_payload(dossier.question),
            on=request.on,
            language=request.language,
            invented=dossier.invented,
            summary=in_short(dossier),
            files={name: _kept(home, path) for name, path in files.items()},
        )
    )


def _teller(progress: Progress) -> Callable[[str], None]:
    def tell(name: str) -> None:
        progress(Step(message(f"jobs.study.{name}"), STEPS.index(name), len(STEPS)))

    return tell
