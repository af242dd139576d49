"""Who the pair is, and which new series goes on where an old one stopped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz.fuzz import token_set_ratio

from core.model.people import Pair, pair_id
from core.model.series import Series, SeriesState

SAME_TITLE = 60
"""Share of common words, in percent, from which two titles count as alike."""

LONG_GAP = timedelta(days=150)
"""A series that starts later than this after the old one ended is a new beginning."""


def pair_of(humans: Sequence[str], organizer: str, known: Pair | None) -> Pair:
    """Return the pair of two people: as known, else the organizer counts as manager."""
    if known is not None:
        return known
    one, other = humans
    manager = organizer if organizer in humans else one
    report = other if manager == one else one
    return Pair(pair_id=pair_id(one, other), manager=manager, report=report)


def with_manager(pair: Pair, manager: str) -> Pair:
    """Say who manages whom."""
    return Pair(
        pair_id=pair.pair_id, manager=manager, report=pair.other(manager), roles_confirmed=True
    )


def replaced_series(new: Series, others: Iterable[Series], now: datetime) -> Series | None:
    """Return the series that `new` takes the place of, if surely one does.

    It belongs to the same two people, had a yes, has ended (or ends as the new one starts),
    and looks like it: a similar title, or the same weekday and time of day. Two that fit
    equally well are no answer: then a person decides.
    """
    fitting = [
        (_likeness(new, old), old)
        for old in others
        if old.series_id != new.series_id and _may_follow(new, old, now)
    ]
    good = sorted((p for p in fitting if p[0] > 0), key=lambda p: (-p[0], p[1].series_id))
    if not good or (len(good) > 1 and good[0][0] == good[1][0]):
        return None
    return good[0][1]


def _may_follow(new: Series, old: Series, now: datetime) -> bool:
    if old.pair_id is None or old.pair_id != new.pair_id:
        return False
    if old.state is SeriesState.ENDED:
        return new.slot.start - (old.ends or now) < LONG_GAP
    return old.state is SeriesState.ENABLED and old.ends is not None and old.ends <= new.slot.start


def _likeness(new: Series, old: Series) -> int:
    """0: nothing in common; more where title, weekday and time of day agree."""
    titles = token_set_ratio(new.title.casefold(), old.title.casefold()) >= SAME_TITLE
    return 2 * titles + _same_pattern(new, old)


def _same_pattern(new: Series, old: Series) -> bool:
    def pattern(series: Series) -> tuple[int, int, int]:
        local = series.slot.start.astimezone(ZoneInfo(series.slot.zone))
        return (local.weekday(), local.hour, local.minute)

    return pattern(new) == pattern(old)
