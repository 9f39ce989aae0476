"""What a company's headings mean."""

from __future__ import annotations

from ancrage.adapters.store import models


def remembered_headings(company: str) -> dict[str, str]:
    """Heading as written -> field, as confirmed for a company (its SIRET) before."""
    rows = models.HeadingMemory.objects.filter(company=company).order_by("heading")
    return {row.heading: row.field for row in rows}
