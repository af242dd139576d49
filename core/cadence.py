"""The agreed rhythm against what was held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from statistics import median

DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}


class Rhythm(StrEnum):
    """How the talks keep to what was agreed."""

    ON_TRACK = "on_track"
    DRIFTING = "drifting"
    """The last gaps were clearly longer than agreed."""
    LAPSED = "lapsed"
    """No talk for more than twice the agreed time, and at least three weeks."""


@cache
def agreed_interval(rrule: str | None) -> timedelta | None:
    """Return the time between two occurrences that a rule asks for (RFC 5545 section 3.3.10).

    Several BYDAY weekdays in a weekly rule shorten it. None for a single event or an
    unknown FREQ.
    """
    parts = dict(part.partition("=")[::2] for part in (rrule or "").upper().split(";"))
    days = DAYS.get(parts.get("FREQ", ""))
    if days is None:
        return None
    every = int(parts["INTERVAL"]) if parts.get("INTERVAL", "").isdigit() else 1
    times = len(parts["BYDAY"].split(",")) if days == 7 and parts.get("BYDAY") else 1
    return timedelta(days=days * every / times)


def rhythm(held: Sequence[datetime], agreed: timedelta, now: datetime) -> Rhythm:
    """Judge the starts of held talks, oldest first, against the agreed interval."""
    if not held:
        return Rhythm.ON_TRACK
    if now - held[-1] > max(2 * agreed, timedelta(days=21)):
        return Rhythm.LAPSED
    gaps = [later - earlier for earlier, later in zip(held[-5:], held[-4:], strict=False)]
    typical = timedelta(seconds=median(gap.total_seconds() for gap in gaps)) if gaps else agreed
    drifting = len(gaps) >= 3 and typical > max(1.5 * agreed, timedelta(days=14))
    return Rhythm.DRIFTING if drifting else Rhythm.ON_TRACK
