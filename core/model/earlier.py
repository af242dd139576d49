"""What the organizer's copy showed of late: a mail may still bring it into a copy elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.model.series import SeriesId


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The marks of a series' latest texts."""

    NOUN: ClassVar[str] = "earlier_texts"

    series_id: SeriesId
    marks: tuple[tuple[str, datetime], ...] = ()
    """Each text as a hash, with when it was last seen; the newest at the end."""

    @property
    def key(self) -> str:
        """One a series."""
        return self.series_id

    @property
    def belongs_to(self) -> str:
        """The series."""
        return self.series_id
