"""One entry of a pretended calendar: a single event or a series with its exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from core.errors import NotFound
from core.memory import recurrence
from core.model.calendar import (
    Body,
    CalendarEvent,
    CalendarId,
    EventId,
    EventKind,
    EventRef,
    EventStatus,
    Participant,
    Response,
    Revision,
    Role,
    TimeSlot,
)

STAMP = "%Y%m%dT%H%M%SZ"
OCCURRENCE_ID = re.compile(r"(?P<uid>.*)#(?P<stamp>\d{8}T\d{6}Z)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one event, series or exception says."""

    title: str
    slot: TimeSlot
    participants: tuple[Participant, ...] = ()
    body: Body = field(default_factory=Body)
    status: EventStatus = EventStatus.CONFIRMED
    sequence: int = 0
    join_url: str | None = None
    private: bool = False
    extras: tuple[str, ...] = ()
    """Alarms, X- properties and whatever else nobody may lose."""


@dataclass(slots=True, kw_only=True)
class Entry:
    """One copy of an event with all its exceptions, as one calendar keeps it."""

    uid: str
    master: Facts
    rrule: str | None = None
    overrides: dict[datetime, Facts] = field(default_factory=dict)
    excluded: frozenset[datetime] = frozenset()
    version: int = 0
    comment: str = ""

    def copy(self) -> Entry:
        """Return the same content as an entry of its own."""
        return replace(self, overrides=dict(self.overrides))

    def facts(self, original_start: datetime | None) -> Facts:
        """Return what stands there; for an occurrence without exception what the rule says."""
        if original_start is None:
            return self.master
        if original_start in self.overrides:
            return self.overrides[original_start]
        if original_start in self.excluded or not self._in_rule(original_start):
            raise NotFound("This occurrence is no longer in the calendar.")
        return self.fresh(original_start)

    def fresh(self, original_start: datetime) -> Facts:
        """Return an occurrence's facts as its series says them."""
        return replace(self.master, slot=recurrence.slot_at(self.master.slot, original_start))

    def put(self, original_start: datetime | None, facts: Facts) -> None:
        """Keep facts; an exception that says what the series says anyway is taken back."""
        if original_start is None:
            self.master = facts
        elif facts == self.fresh(original_start) and self._in_rule(original_start):
            self.overrides.pop(original_start, None)
        else:
            self.overrides[original_start] = facts

    def answer(self, address: str, response: Response, original_start: datetime | None) -> None:
        """Keep somebody's answer, for one occurrence or for all."""
        self.put(original_start, with_answer(self.facts(original_start), address, response))
        if original_start is None:
            self.overrides = {
                start: with_answer(facts, address, response)
                for start, facts in self.overrides.items()
            }

    def starts(self) -> Iterator[datetime]:
        """Yield original starts by the rule, excluded dates left out."""
        if self.rrule is not None:
            yield from (
                start
                for start in recurrence.starts(self.master.slot, self.rrule)
                if start not in self.excluded
            )

    def _in_rule(self, original_start: datetime) -> bool:
        for start in self.starts():
            if start >= original_start:
                return start == original_start
        return False

    @property
    def organizer(self) -> str | None:
        """Address of the one whose event it is; None where nobody is named."""
        named = (p.address for p in self.master.participants if p.role is Role.ORGANIZER)
        return next(named, None)


def with_answer(facts: Facts, address: str, response: Response) -> Facts:
    """Return facts with one person's answer."""
    people = tuple(
        replace(p, response=response) if p.address == address else p for p in facts.participants
    )
    return replace(facts, participants=people)


def occurrence_id(uid: str, original_start: datetime) -> EventId:
    """Return the id of one occurrence."""
    return EventId(f"{uid}#{original_start.astimezone(UTC).strftime(STAMP)}")


def read_id(event_id: EventId) -> tuple[str, datetime | None]:
    """Return UID and, for an occurrence, its original start."""
    found = OCCURRENCE_ID.fullmatch(event_id)
    if found is None:
        return event_id, None
    return found["uid"], datetime.strptime(found["stamp"], STAMP).replace(tzinfo=UTC)


def to_event(
    entry: Entry, calendar_id: CalendarId, original_start: datetime | None = None
) -> CalendarEvent:
    """Return an entry, or one of its occurrences, as the port hands it over."""
    facts = entry.facts(original_start)
    series = EventRef(calendar_id=calendar_id, event_id=EventId(entry.uid))
    event = CalendarEvent(
        ref=series,
        kind=EventKind.SINGLE,
        uid=entry.uid,
        title=facts.title,
        slot=facts.slot,
        status=facts.status,
        participants=facts.participants,
        body=facts.body,
        join_url=facts.join_url,
        private=facts.private,
        comment=entry.comment,
        revision=Revision(str(entry.version)),
    )
    if original_start is not None:
        return _as_occurrence(event, entry, original_start)
    if entry.rrule is None:
        return event
    ends = recurrence.ends(facts.slot, entry.rrule)
    return replace(event, kind=EventKind.SERIES, rrule=entry.rrule, ends=ends)


def _as_occurrence(event: CalendarEvent, entry: Entry, original_start: datetime) -> CalendarEvent:
    is_exception = original_start in entry.overrides
    ref = replace(event.ref, event_id=occurrence_id(entry.uid, original_start))
    return replace(
        event,
        ref=ref,
        series=event.ref,
        original_start=original_start,
        kind=EventKind.EXCEPTION if is_exception else EventKind.OCCURRENCE,
    )


def coming(entry: Entry, after: datetime, limit: int) -> list[datetime]:
    """Return original starts of what ends after a time, at most `limit`, by effective start."""
    length = entry.master.slot.end - entry.master.slot.start
    found: list[tuple[datetime, datetime]] = [
        (facts.slot.start, start)
        for start, facts in entry.overrides.items()
        if facts.slot.end > after
    ]
    regular = 0
    for start in entry.starts():
        if regular >= limit:
            break
        if start not in entry.overrides and start + length > after:
            found.append((start, start))
            regular += 1
    return [start for _, start in sorted(found)[:limit]]
