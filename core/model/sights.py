"""What a copy of a series shows, as far as its calendar has told us."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from core.model.calendar import (
    Body,
    CalendarEvent,
    EventId,
    EventKind,
    EventRef,
    Revision,
    TimeSlot,
)
from core.model.series import SeriesId

KEPT = 8
"""Coming occurrences that are kept: with a weekly, a list lasts for two months."""
BACK = timedelta(days=16)
"""How far the meeting before may lie back to be kept: two weeks and a bit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """An occurrence that differs from its neighbours only by when it is."""

    event_id: EventId
    original_start: datetime | None
    slot: TimeSlot


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A copy's occurrences around now, good until the calendar tells of a change.

    Kept together with the calendar's cursor: what the changes have not told has not changed.
    """

    NOUN: ClassVar[str] = "sight"

    series_id: SeriesId
    event: EventRef
    """The series, or the single event, in that calendar."""
    stamp: int = 0
    """Grows with each change, so that an older look never replaces a newer one."""
    whole: bool = False
    """False: something has changed that the changes do not show; list the occurrences."""
    series: CalendarEvent | None = None
    """The series itself, as the changes last told it."""
    since: datetime | None = None
    """Occurrences that end after it stand here ..."""
    until: datetime | None = None
    """... and that begin before it; None: to the end."""
    apart: tuple[CalendarEvent, ...] = ()
    alike: CalendarEvent | None = None
    """The first of those that differ only by when they are."""
    plain: tuple[Plain, ...] = ()

    @property
    def key(self) -> str:
        """One a copy."""
        return key_of(self.event)

    @property
    def belongs_to(self) -> str:
        """The series."""
        return self.series_id

    @property
    def occurrences(self) -> tuple[CalendarEvent, ...]:
        """What stands here, by start."""
        like = self.alike
        found = [_filled(like, one) for one in self.plain] if like else []
        return tuple(sorted((*self.apart, *found), key=lambda event: event.slot.start))

    def coming(self, after: datetime) -> tuple[CalendarEvent, ...] | None:
        """Return the known occurrences that end after a time; None where we do not know."""
        if not self.whole or self.since is None or after < self.since:
            return None
        return tuple(e for e in self.occurrences if e.slot.end > after and self._reaches(e))

    def find(self, ref: EventRef) -> CalendarEvent | None:
        """Return one occurrence as it stands here."""
        if not self.whole:
            return None
        return next((e for e in self.occurrences if e.ref == ref), None)

    def _reaches(self, event: CalendarEvent) -> bool:
        return self.until is None or event.slot.start < self.until

    def unknown(self) -> Sight:
        """Return it as one that says nothing any more."""
        return Sight(series_id=self.series_id, event=self.event, stamp=self.stamp + 1,
                     series=self.series)  # fmt: skip

    def listed(
        self, found: Sequence[CalendarEvent], since: datetime, now: datetime, *, complete: bool
    ) -> Sight:
        """Return it with the occurrences that end after `since` as they were just listed."""
        ordered = sorted(found, key=lambda event: event.slot.start)
        coming = [event for event in ordered if event.slot.end > now]
        dropped = coming[KEPT:]
        until = dropped[0].slot.start if dropped else None
        if until is None and not complete and ordered:
            until = ordered[-1].slot.end
        kept = [event for event in ordered if event not in dropped]
        fresh = replace(self, whole=True, since=since, until=until)
        return fresh.holding(kept)

    def holding(self, events: Sequence[CalendarEvent]) -> Sight:
        """Return it with these occurrences."""
        like = next((e for e in events if e.kind is EventKind.OCCURRENCE), None)
        plain, apart = [], []
        for event in events:
            one = Plain(event_id=event.ref.event_id, original_start=event.original_start,
                        slot=event.slot)  # fmt: skip
            if like is not None and _filled(like, one) == event:
                plain.append(one)
            else:
                apart.append(event)
        return replace(
            self, stamp=self.stamp + 1, apart=tuple(apart), alike=like, plain=tuple(plain)
        )

    def forgetting(self, now: datetime) -> Sight:
        """Return it without what is long over."""
        edge = now - BACK
        if self.since is None or self.since >= edge:
            return self
        kept = [event for event in self.occurrences if event.slot.end > edge]
        return replace(self.holding(kept), since=edge)

    def told(self, events: Sequence[CalendarEvent], now: datetime) -> Sight:
        """Return it with occurrences as the calendar has just told them."""
        refs = {event.ref for event in events}
        kept = [event for event in self.occurrences if event.ref not in refs]
        return self.holding([*kept, *events]).forgetting(now)

    def written(self, ref: EventRef, body: Body, revision: Revision) -> Sight:
        """Return it with the body that we have just written."""
        events = [
            replace(e, body=body, revision=revision, kind=_excepted(e.kind)) if e.ref == ref else e
            for e in self.occurrences
        ]
        series = self.series
        if series is not None and series.ref == ref:
            series = replace(series, body=body, revision=revision)
        return replace(self.holding(events), series=series)

    def revised(self, before: Revision | None, revision: Revision) -> Sight:
        """Return it with everything that stood at one revision at another; None: everything."""
        events = [
            replace(e, revision=revision) if before in (None, e.revision) else e
            for e in self.occurrences
        ]
        return self.holding(events)


def key_of(event: EventRef) -> str:
    """Name a copy: it shows neither calendar nor person."""
    return hashlib.sha256(f"{event.calendar_id}\n{event.event_id}".encode()).hexdigest()[:32]


def alike(one: CalendarEvent, other: CalendarEvent) -> bool:
    """Tell whether two readings of an event show the same, whatever their revisions."""
    return replace(one, revision=other.revision, kind=other.kind) == other


def _filled(like: CalendarEvent, one: Plain) -> CalendarEvent:
    ref = EventRef(calendar_id=like.ref.calendar_id, event_id=one.event_id)
    return replace(like, ref=ref, original_start=one.original_start, slot=one.slot)


def _excepted(kind: EventKind) -> EventKind:
    return EventKind.EXCEPTION if kind is EventKind.OCCURRENCE else kind
