"""Half-open ranges of dates: from the first day included to the last day excluded; no end means still running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """The days d with start <= d < end; `start` or `end` None for an open side."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)
