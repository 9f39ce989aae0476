"""The only place that chooses engine, store and home."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ancrage.interfaces.settings import Settings, current_settings
from ancrage.kernel.errors import StoreError

if TYPE_CHECKING:
    from ancrage.adapters.home import Home
    from ancrage.kernel.ports import SearchIndex, Warehouse

_SETTINGS_MODULE = "ancrage.interfaces.web.settings"


def open_home() -> Home:
    """The home of the current settings, its database brought to the present schema."""
    home = _home_at(current_settings().home)
    prepare_store()
    return home


@cache
def _home_at(root: Path) -> Home:
    from ancrage.adapters.home import Home

    return Home.at(root)


@cache
def prepare_store() -> None:
    """Start Django and bring the database to the present schema, once per process."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS_MODULE)
    if not apps.ready:
        django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        _make_private(Path(str(connection.settings_dict["NAME"])))


def _make_private(database: Path) -> None:
    """The database is its owner's alone (mode 0600), as the folder that holds it; a database in memory has no file."""
    if database.is_file():
        database.chmod(0o600)


def open_warehouse(home: Home) -> Warehouse:
    """The engine of large tables: DuckDB, embedded."""
    from ancrage.adapters.warehouse_duckdb import DuckWarehouse

    return DuckWarehouse(home)


def open_index(folder: Path) -> SearchIndex:
    """The search index of a vintage."""
    from ancrage.adapters.search_tantivy import TantivyIndex

    return TantivyIndex(folder)


def session_key(settings: Settings) -> str:
    """The key that signs sessions: the setting's, else the home's own, made once (mode 0600).

    Raises `StoreError` when the home's key file can be read by others.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = _home_at(settings.home).root / "session.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            raise StoreError("home.secret", path=str(path)) from None
        return path.read_text("ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        key = secrets.token_urlsafe(64)
        stream.write(key)
    return key
