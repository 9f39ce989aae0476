"""Writes to the store. Each is one transaction."""

from ancrage.adapters.store.actions.headings import remember_headings
from ancrage.adapters.store.actions.studies import FinishedStudy, record_study
from ancrage.adapters.store.actions.vintages import publish_vintage

__all__ = ["FinishedStudy", "publish_vintage", "record_study", "remember_headings"]
