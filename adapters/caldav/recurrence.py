"""When a series takes place: its occurrences with overrides, exclusions and clock changes.

Wall time is computed with and turned into UTC last, so that a weekly 10:00 stays at 10:00.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

from adapters.caldav.ical_resource import Component, Resource
from adapters.caldav.ical_times import wall_time
from adapters.caldav.series_times import Override, Regular
from adapters.caldav.timetable import Timetable, timetable_of
from core.model.calendar import EventStatus, TimeSlot, Window

_ZERO = timedelta(0)
_MARGIN = timedelta(days=1)
"""No clock change moves anything further."""
_LONG_AGO = datetime(1, 1, 3, tzinfo=UTC)
_NEVER = datetime(9980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One taking-place of an event."""

    original_start: datetime | None
    """In UTC; None for an event that does not recur."""
    slot: TimeSlot
    component: Component
    """What describes it: its override, else the master."""
    status: EventStatus
    exception: bool = False
    """Whether it has an override of its own."""


def occurrences(resource: Resource, after: datetime, limit: int) -> list[Found]:
    """Return at most `limit` that end after `after`, by start, the cancelled ones among them."""
    found = _from(timetable_of(resource), after)
    return list(islice((one for one in found if one.slot.end > after), limit))


def within(resource: Resource, window: Window) -> list[Found]:
    """Return what overlaps the window, by start, the cancelled ones among them."""
    found = takewhile(
        lambda one: one.slot.start < window.end, _from(timetable_of(resource), window.start)
    )
    return [one for one in found if one.slot.end > window.start or one.slot.start >= window.start]


def occurrence_at(resource: Resource, original_start: datetime | None) -> Found | None:
    """Return the occurrence of that original start, None where there is none.

    Without an original start: the event that does not recur.
    """
    timetable = timetable_of(resource)
    if original_start is None:
        return None if resource.recurs else next(_from(timetable, _LONG_AGO), None)
    override = timetable.overrides.get(original_start.astimezone(UTC))
    return _exception(override) if override else regular_at(resource, original_start)


def regular_at(resource: Resource, original_start: datetime) -> Found | None:
    """Return what the series says of an original start, whatever an override says."""
    timetable = timetable_of(resource)
    regular = timetable.regular
    if regular is None or not regular.recurs:
        return None
    original = original_start.astimezone(UTC)
    for wall, moment in regular.starts(wall_time(original, regular.start.zone) - _MARGIN):
        if moment >= original:
            speaker = next((o for o in timetable.speaking_on[::-1] if o.original < original), None)
            return _found(regular, speaker, wall, moment) if moment == original else None
    return None


def last_end(resource: Resource) -> datetime | None:
    """Return when the last occurrence ends; None where it goes on without end."""
    timetable = timetable_of(resource)
    regular = timetable.regular
    ends = [o.ends for o in timetable.by_start if o.status is not EventStatus.CANCELLED]
    if regular is not None:
        if regular.endless:
            return None
        speaker = timetable.speaking_on[-1] if timetable.speaking_on else None
        for wall, moment in regular.starts_backwards():
            if moment not in timetable.overrides:
                ends.append(_found(regular, speaker, wall, moment).slot.end)
                break
    return max(ends, default=timetable.first.end)


def _from(timetable: Timetable, after: datetime) -> Iterator[Found]:
    """Yield by start what may end after `after`, from a little earlier on."""
    regular = timetable.regular
    own = [one for one in timetable.by_start if one.ends >= after]
    if regular is None:
        return map(_exception, own)
    speakers = [None, *timetable.speaking_on]
    ends = [*(speaker.original for speaker in timetable.speaking_on), None]
    parts = [
        _regulars(timetable, regular, after, speaker, end)
        for speaker, end in zip(speakers, ends, strict=True)
    ]
    if not own and len(parts) == 1:
        return parts[0]
    return heapq.merge(map(_exception, own), *parts, key=lambda one: one.slot.start)


def _regulars(
    timetable: Timetable,
    regular: Regular,
    after: datetime,
    speaker: Override | None,
    end: datetime | None,
) -> Iterator[Found]:
    """Yield what no override replaces, from one THISANDFUTURE to the next."""
    moved = speaker.moves_later_by or _ZERO if speaker else _ZERO
    length = speaker.ends - speaker.starts if speaker else regular.length
    after = min(after, _NEVER)
    longest = max(length, *regular.lengths.values()) if regular.lengths else length
    since = max(after, _LONG_AGO + longest + abs(moved) + 2 * _MARGIN) - longest - moved - _MARGIN
    since = max(since, speaker.original) if speaker else since
    for wall, moment in regular.starts(wall_time(since, regular.start.zone)):
        if end is not None and moment >= end:
            return
        if moment not in timetable.overrides:
            yield _found(regular, speaker, wall, moment)


def _found(regular: Regular, speaker: Override | None, wall: datetime, moment: datetime) -> Found:
    if speaker is None:
        slot = regular.slot(wall, moved=_ZERO, length=regular.length)
    else:
        length = speaker.ends - speaker.starts
        slot = regular.slot(wall, moved=speaker.moves_later_by or _ZERO, length=length)
    return Found(
        original_start=moment if regular.recurs else None,
        slot=slot,
        component=speaker.component if speaker else regular.component,
        status=speaker.status if speaker else regular.status,
    )


def _exception(override: Override) -> Found:
    return Found(
        original_start=override.original,
        slot=override.slot,
        component=override.component,
        status=override.status,
        exception=True,
    )
