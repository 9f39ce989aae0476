"""Name vintages."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from ancrage.adapters.store import models
from ancrage.kernel.evidence import Vintage


@transaction.atomic
def publish_vintage(vintage: Vintage, rows: int, detail: Mapping[str, object]) -> None:
    """Name a vintage that is whole in the home, and put it in use in place of the source's former one.

    Doing it again changes nothing but which vintage is in use.
    """
    models.Vintage.objects.filter(source=vintage.source, in_use=True).update(in_use=False)
    models.Vintage.objects.update_or_create(
        source=vintage.source,
        sha256=vintage.sha256,
        defaults={"in_use": True},
        create_defaults={
            "on": vintage.on,
            "invented": vintage.invented,
            "rows": rows,
            "detail": dict(detail),
            "in_use": True,
        },
    )
