"""Keep what the copies of a series show in step with what their calendars tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.model.calendar import CalendarEvent, EventKind, EventRef
from core.model.earlier import Earlier
from core.model.series import Copy, SeriesId
from core.model.sights import BACK, Sight, alike, key_of
from core.ports import CalendarFeature
from core.store import Transaction


def sight_at(tx: Transaction, event: EventRef) -> Sight | None:
    """Return what is known of a copy."""
    return tx.noun(Sight, key_of(event))


def forget_sight(tx: Transaction, event: EventRef) -> None:
    """Forget a copy that is no more."""
    tx.remove_noun(Sight, key_of(event))


def forget_looks(tx: Transaction, series_id: SeriesId) -> None:
    """Forget what the copies of a series showed, and the hashes of what they once did."""
    for sight in tx.nouns(Sight, series_id):
        tx.remove_noun(Sight, sight.key)
    tx.remove_noun(Earlier, series_id)


def overlook(tx: Transaction, event: EventRef) -> None:
    """Note that something of a copy has changed that nobody has told: look at it anew."""
    known = sight_at(tx, event)
    if known is not None:
        tx.put_noun(known.unknown())


def series_told(
    tx: Transaction,
    copy: Copy,
    series: CalendarEvent,
    exceptions: Sequence[CalendarEvent],
    now: datetime,
    *,
    fresh: bool,
    features: CalendarFeature,
) -> None:
    """Take in a series, or a single event, that a listing of changes names.

    Where it is as it was and exceptions come along, they are what has changed; where nothing
    comes along, or the listing started over, something has that only a look can show.
    """
    before = sight_at(tx, copy.event) or Sight(series_id=copy.series_id, event=copy.event)
    if series.kind is EventKind.SINGLE:
        sight = before.listed([series], now - BACK, now, complete=True)
        tx.put_noun(_with_series(sight, copy, series))
        return
    same = before.series is not None and alike(before.series, series)
    if fresh or not same or not exceptions or not before.whole:
        tx.put_noun(_with_series(before.unknown(), copy, series))
        return
    old = before.series.revision if before.series else None
    after = before.revised(old, series.revision).told(exceptions, now)
    tx.put_noun(_with_series(_one_revision(after, exceptions, features), copy, series))


def _with_series(sight: Sight, copy: Copy, series: CalendarEvent) -> Sight:
    return replace(sight, series_id=copy.series_id, series=series)


def occurrences_told(
    tx: Transaction,
    copy: Copy,
    told: Sequence[CalendarEvent],
    now: datetime,
    *,
    features: CalendarFeature,
) -> tuple[CalendarEvent, ...]:
    """Take in occurrences that came without their series; return those that are news."""
    before = sight_at(tx, copy.event) or Sight(series_id=copy.series_id, event=copy.event)
    if not before.whole:
        tx.put_noun(before.unknown())
        return tuple(told)
    known = {event.ref: event for event in before.occurrences}
    moved = [e for e in told if e.ref not in known or known[e.ref] != e]
    if moved:
        tx.put_noun(_one_revision(before.told(told, now), told, features))
    return tuple(e for e in moved if e.ref not in known or not alike(known[e.ref], e))


def _one_revision(sight: Sight, told: Sequence[CalendarEvent], features: CalendarFeature) -> Sight:
    if CalendarFeature.ONE_REVISION not in features:
        return sight
    return sight.revised(None, told[-1].revision)
