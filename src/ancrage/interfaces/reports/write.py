"""Writes a dossier: the four files and the origin requests, made aside and then put in place together."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.assemble import report_of
from ancrage.interfaces.reports.html import html_of
from ancrage.interfaces.reports.json_file import json_of
from ancrage.interfaces.reports.pdf import pdf_of
from ancrage.interfaces.reports.replacement import FILES, LIST, check_folder, list_of, plan, put
from ancrage.interfaces.reports.requests_out import requests_of
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.reports.xlsx import xlsx_of
from ancrage.interfaces.wording import Language
from ancrage.kernel.errors import StoreError


def dossier_bytes(dossier: Dossier, language: Language) -> dict[str, bytes]:
    """The four files by name. The same dossier gives the same bytes, whatever the machine, the day or the folder."""
    words, report = Words(language), report_of(dossier, language)
    with ThreadPoolExecutor(max_workers=1) as beside:  # Typst works outside the interpreter: two processors, two files
        pdf = beside.submit(pdf_of, report, words)
        page, book, record = html_of(report, words), xlsx_of(report, words), json_of(dossier, words)
        return dict(zip(FILES, (page.encode("utf-8"), pdf.result(), book, record), strict=True))


@dataclass(frozen=True, slots=True)
class Written:
    """The four files, then the requests; and where files that someone else wrote or changed there are now kept."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_dossier(dossier: Dossier, out: Path, language: Language) -> Written:
    """Write the four files and the folder `requests`.

    Nothing half-written is ever seen: each file is made aside, then renamed. Files of an earlier study are replaced
    when nobody changed them since; any other file stays, under another name when its own is needed. Raises `StoreError`
    when the folder cannot be written, or holds a file called like one of these that no study wrote.
    """
    check_folder(out)
    contents = {**dossier_bytes(dossier, language), **requests_of(dossier)}
    with _placed(out) as aside:
        for name, content in {**contents, LIST: list_of(contents)}.items():
            _write(aside / name, content, is_lasting=name in FILES)
        planned = plan(out, contents, Words(language).say("write.kept_word"))
        put(aside, out, contents, planned)
    return Written(tuple(out / name for name in contents), tuple(out / name for name in planned.kept.values()))


def kept_text(kept: tuple[Path, ...], language: Language) -> str:
    """The sentence that says where such files are kept."""
    return Words(language).say("write.kept", n=len(kept), files=", ".join(map(str, kept)))


@contextmanager
def _placed(out: Path) -> Iterator[Path]:
    """A folder aside, in the same file system, that is gone at the end; turns failures of the disk into one error."""
    aside: Path | None = None
    try:
        out.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".dossier-", dir=out))
        yield aside
    except OSError as error:
        raise StoreError("report.write.failed", path=str(out), reason=error.strerror or type(error).__name__) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def _write(path: Path, content: bytes, *, is_lasting: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(content)
        if is_lasting:
            stream.flush()
            os.fsync(stream.fileno())
