"""Studies made in this home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ancrage.adapters.store import models


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study: `files` maps each file of its dossier to the sha-256 of its content in the home's documents."""

    public_id: UUID
    title: str
    on: date
    language: str
    invented: bool
    summary: Mapping[str, object]
    files: Mapping[str, str]
    made_at: datetime


def studies() -> list[StudyRow]:
    """All the studies, the most recent first."""
    return [_value(row) for row in models.Study.objects.all()]


def study(public_id: UUID) -> StudyRow | None:
    """One study, or None."""
    row = models.Study.objects.filter(public_id=public_id).first()
    return None if row is None else _value(row)


def _value(row: models.Study) -> StudyRow:
    return StudyRow(row.public_id, row.title, row.on, row.language, row.invented, row.summary, row.files, row.made_at)
