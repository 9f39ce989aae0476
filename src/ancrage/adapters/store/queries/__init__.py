"""Reads of the store. Each returns plain values, never a model."""

from ancrage.adapters.store.queries.headings import remembered_headings
from ancrage.adapters.store.queries.studies import StudyRow, studies, study
from ancrage.adapters.store.queries.vintages import VintageRow, current_vintage, vintages

__all__ = ["StudyRow", "VintageRow", "current_vintage", "remembered_headings", "studies", "study", "vintages"]
