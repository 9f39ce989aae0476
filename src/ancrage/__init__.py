"""Ancrage: from a line of a bill of materials to the policy of a Region, with the source of every figure."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__: str = version("ancrage")
