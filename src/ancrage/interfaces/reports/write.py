"""Writes a dossier: the four files and the origin requests, made aside and then put in place together."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from ancrage.dossier.model import Dossier
from ancrage.interfaces.reports.assemble import report_of
from ancrage.interfaces.reports.html import html_of
from ancrage.interfaces.reports.json_file import json_of
from ancrage.interfaces.reports.pdf import pdf_of
from ancrage.interfaces.reports.requests_out import requests_of
from ancrage.interfaces.reports.words import Words
from ancrage.interfaces.reports.xlsx import xlsx_of
from ancrage.interfaces.wording import Language
from ancrage.kernel.errors import StoreError

FILES = ("dossier.html", "dossier.pdf", "dossier.xlsx", "dossier.json")
REQUESTS = "requests"


def dossier_bytes(dossier: Dossier, language: Language) -> dict[str, bytes]:
    """The four files by name. The same dossier gives the same bytes, whatever the machine, the day or the folder."""
    words, report = Words(language), report_of(dossier, language)
    with ThreadPoolExecutor(max_workers=1) as beside:  # Typst works outside the interpreter: two processors, two files
        pdf = beside.submit(pdf_of, report, words)
        page, book, record = html_of(report, words), xlsx_of(report, words), json_of(dossier, words)
        return dict(zip(FILES, (page.encode("utf-8"), pdf.result(), book, record), strict=True))


def write_dossier(dossier: Dossier, out: Path, language: Language) -> tuple[Path, ...]:
    """Write the four files and the folder `requests`; return the paths of the files, then of the requests.

    Nothing half-written is ever seen: each file is made aside, then renamed; requests of an earlier study are replaced.
    Raises `StoreError` when the folder cannot be written.
    """
    files = dossier_bytes(dossier, language)
    requests = requests_of(dossier)
    with _placed(out) as aside:
        for name, content in {**files, **requests}.items():
            _write(aside / name, content, is_lasting=name in files)
        _replace(aside, out, bool(requests))
    return tuple(out / name for name in (*files, *requests))


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


def _replace(aside: Path, out: Path, with_requests: bool) -> None:
    if (out / REQUESTS).exists():
        (out / REQUESTS).rename(aside / "requests-before")
    if with_requests:
        (aside / REQUESTS).rename(out / REQUESTS)
    for name in FILES:
        (aside / name).replace(out / name)
