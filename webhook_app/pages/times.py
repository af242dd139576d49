"""Days and times in words, in a person's language and zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime, format_time

from core.model.calendar import TimeSlot

DASH = "\u2060–\u2060"
"""Between two times, on one line."""


def zone_of(name: str) -> ZoneInfo:
    """Return a zone; UTC where nobody knows the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Says when something is."""

    locale: str
    zone: str

    @property
    def _babel(self) -> str:
        return "de" if self.locale.startswith("de") else "en_GB"

    def slot(self, slot: TimeSlot) -> str:
        """Return "Freitag, 27. November 2026, 10:00–10:30"."""
        start, end = (t.astimezone(zone_of(self.zone)) for t in (slot.start, slot.end))
        day = format_date(start, "full", locale=self._babel)
        return f"{day}, {self.time(start)}{DASH}{self.time(end)}"

    def moment(self, at: datetime) -> str:
        """Return "Fr., 27. Nov., 10:00"."""
        pattern = "EEE, d. MMM, HH:mm" if self._babel == "de" else "EEE d MMM, HH:mm"
        local = at.astimezone(zone_of(self.zone))
        return format_datetime(local, pattern, locale=self._babel)

    def day(self, day: date) -> str:
        """Return the weekday and day: Fr., 12.06."""
        pattern = "EEE, d. MMMM" if self._babel == "de" else "EEE d MMMM"
        return format_date(day, pattern, locale=self._babel)

    def time(self, at: datetime) -> str:
        """Return the time of day."""
        return format_time(at.astimezone(zone_of(self.zone)), "HH:mm", locale=self._babel)
