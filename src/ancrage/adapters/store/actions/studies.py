"""Record studies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from ancrage.adapters.store import models


@dataclass(frozen=True, slots=True)
class FinishedStudy:
    """A study to record: the file it was made from, its question, and its files by the hash of their content."""

    sha256: str
    name: str
    size: int
    title: str
    question: Mapping[str, object]
    on: date
    language: str
    invented: bool
    summary: Mapping[str, object]
    files: Mapping[str, str]


@transaction.atomic
def record_study(study: FinishedStudy) -> UUID:
    """Record a finished study and the file it was made from. Returns the study's public identifier.

    The same question with the same files is the same study: it is found again, not doubled.
    """
    upload, _ = models.Upload.objects.get_or_create(
        sha256=study.sha256, defaults={"name": study.name[:255], "size": study.size}
    )
    row, _ = models.Study.objects.get_or_create(
        upload=upload,
        question=dict(study.question),
        files=dict(study.files),
        defaults={
            "title": study.title[:255],
            "on": study.on,
            "language": study.language,
            "invented": study.invented,
            "summary": dict(study.summary),
        },
    )
    return row.public_id
