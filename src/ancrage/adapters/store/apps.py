"""The store as a Django application. Each SQLite connection must answer every setting of RELIABILITY D1."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from ancrage.kernel.errors import StoreError

EXPECTED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
"""Write-ahead log, FULL synchronisation (an acknowledged write survives a power cut), enforced foreign keys."""


class StoreConfig(AppConfig):
    """Registers the store and its connection check."""

    name = "ancrage.adapters.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Check each new connection."""
        connection_created.connect(refuse_unsafe_connection, dispatch_uid="store.pragmas")


def refuse_unsafe_connection(connection: Any, **_: object) -> None:
    """Read back every PRAGMA. Raises `StoreError` when SQLite did not accept one (memory databases of tests aside)."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    with connection.cursor() as cursor:
        for pragma, expected in EXPECTED_PRAGMAS.items():
            value = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if value != expected:
                raise StoreError("home.pragma", pragma=pragma, value=str(value))
