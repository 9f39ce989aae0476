"""What exists, found the same way for ours and for others'.

An entry point of the group `ancrage.<kind>` names a package; each module of that package that has the attribute of
the kind is one thing (one source, one indicator). Our own package is declared in the same way in `pyproject.toml`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from importlib.metadata import entry_points
from types import ModuleType

from ancrage.kernel.errors import CatalogueError


def modules(kind: str) -> Iterator[ModuleType]:
    """Every module of every package registered for a kind, by name; one whose name starts with `_` is not a thing."""
    for entry in sorted(entry_points(group=f"ancrage.{kind}"), key=lambda entry: entry.value):
        package = entry.load()
        names = sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))
        for name in names:
            yield importlib.import_module(f"{package.__name__}.{name}")


def things(kind: str, attribute: str) -> dict[str, object]:
    """The value of `attribute` in every module of a kind, by the module's name. Two things of one name are refused."""
    found: dict[str, object] = {}
    for module in modules(kind):
        name = module.__name__.rpartition(".")[2].replace("_", "-")
        if name in found or not hasattr(module, attribute):
            raise CatalogueError("kernel.registry.thing", kind=kind, name=name, attribute=attribute)
        found[name] = getattr(module, attribute)
    return found
