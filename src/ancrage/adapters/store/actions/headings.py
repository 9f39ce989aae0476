"""Remember headings."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from ancrage.adapters.store import models


@transaction.atomic
def remember_headings(company: str, mapping: Mapping[str, str]) -> None:
    """Keep what a company's headings mean, as a person confirmed it; a later word replaces an earlier one."""
    for heading, field in mapping.items():
        models.HeadingMemory.objects.update_or_create(company=company, heading=heading[:255], defaults={"field": field})
