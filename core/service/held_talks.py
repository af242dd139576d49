"""When two people last talked: counted from what was held, not from what was planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.cadence import Rhythm, agreed_interval, rhythm
from core.held import Verdict, days_since, judge, moment_of, talks_outside
from core.model.meetings import Meeting, MeetingState
from core.model.people import Pair
from core.model.suggestions import Tap
from core.service.settings import pair_settings
from core.store import Transaction


def verdicts(tx: Transaction, pair: Pair, now: datetime) -> Sequence[tuple[Meeting, Verdict]]:
    """Return a pair's meetings, oldest first, each with what became of it and what shows it."""
    taps, zone = tx.nouns(Tap, pair.pair_id), _zone(tx, pair)
    found = [(m, judge(m, taps, pair, zone, now)) for m in tx.nouns(Meeting, pair.pair_id)]
    return sorted(found, key=lambda pair_of: pair_of[0].start)


def held_starts(tx: Transaction, pair: Pair, now: datetime) -> tuple[datetime, ...]:
    """Return when the two talked, oldest first: in the calendar, or elsewhere as both say."""
    known = verdicts(tx, pair, now)
    held = [m.start for m, verdict in known if verdict.state is MeetingState.HELD]
    days = talks_outside(tx.nouns(Tap, pair.pair_id), pair, [m.start.date() for m, _ in known])
    held += [moment_of(day, now) for day in days]
    return tuple(sorted(start for start in held if start <= now))


def last_held(tx: Transaction, pair: Pair, now: datetime) -> int | None:
    """Return how many days ago the two last talked; None: never yet."""
    return days_since(held_starts(tx, pair, now), now)


def rhythm_of(tx: Transaction, pair: Pair, now: datetime) -> Rhythm | None:
    """Judge what was held against what was agreed; None where no rhythm is known."""
    days = pair_settings(tx, pair.pair_id).agreed_days
    rules = (agreed_interval(series.rrule) for series in tx.series_of(pair.pair_id))
    agreed = next((interval for interval in rules if interval is not None), None)
    if days:
        agreed = timedelta(days=days)
    return rhythm(held_starts(tx, pair, now), agreed, now) if agreed else None


def _zone(tx: Transaction, pair: Pair) -> str:
    person = tx.person(pair.report)
    return person.zone if person else "UTC"
