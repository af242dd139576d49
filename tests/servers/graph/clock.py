"""The stand-in's own time: real until somebody sets it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time that events, mails and subscriptions go by.

    Access tokens go by real time, since the client libraries that cache them do.
    """

    def __init__(self) -> None:
        self._set: datetime | None = None

    def now(self) -> datetime:
        return self._set or datetime.now(UTC)

    def set(self, moment: datetime) -> None:
        if moment.utcoffset() is None:
            raise ValueError("the clock needs a time with a zone")
        self._set = moment.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        self.set(self.now() + by)


def stamp(moment: datetime) -> str:
    """Write a time as Graph writes DateTimeOffset: seven fractional digits and Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0Z")


def naive_stamp(moment: datetime) -> str:
    """Write the dateTime of a dateTimeTimeZone: seven digits, no zone."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f0")


NULL_TIME = "0001-01-01T00:00:00Z"
"""How Graph writes "no time"."""
