"""Record studies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from ancrage.adapters.store import models


@transaction.atomic
def record_study(
    *,
    sha256: str,
    name: str,
    size: int,
    title: str,
    question: Mapping[str, object],
    on: date,
    language: str,
    invented: bool,
    summary: Mapping[str, object],
    files: Mapping[str, str],
) -> UUID:
    """Record a finished study and the file it was made from. Returns the study's public identifier.

    The same question with the same files is the same study: it is found again, not doubled.
    """
    upload, _ = models.Upload.objects.get_or_create(sha256=sha256, defaults={"name": name[:255], "size": size})
    study, _ = models.Study.objects.get_or_create(
        upload=upload,
        question=dict(question),
        files=dict(files),
        defaults={
            "title": title[:255],
            "on": on,
            "language": language,
            "invented": invented,
            "summary": dict(summary),
        },
    )
    return study.public_id
