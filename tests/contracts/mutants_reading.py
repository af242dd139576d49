"""Calendars that read wrongly: each breaks one promise, and a contract must see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.memory.calendar import MemoryCalendar
from core.memory.calendars import MemoryCalendars, Shelf
from core.memory.entries import Entry
from core.model.calendar import (
    CalendarEvent,
    CalendarId,
    Cursor,
    EventKind,
    EventRef,
    EventStatus,
    Response,
    Role,
    Window,
)
from core.ports import ChangePage


class _EventsChanged(MemoryCalendar):
    """Hands every event through `wrong`."""

    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        raise NotImplementedError

    def get_event(self, ref: EventRef) -> CalendarEvent:
        return self.wrong(super().get_event(ref))

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        return [self.wrong(event) for event in super().occurrences(series, after, limit)]

    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        page = super().changes(calendar_id, since)
        return replace(page, changed=tuple(self.wrong(event) for event in page.changed))


class RoomsAndThirdPeopleDropped(_EventsChanged):
    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        return replace(event, participants=event.participants[:2])


class AllDayLost(_EventsChanged):
    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        return replace(event, slot=replace(event.slot, all_day=False))


class ZoneLost(_EventsChanged):
    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        return replace(event, slot=replace(event.slot, zone="UTC"))


class CancelledUnseen(_EventsChanged):
    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        return replace(event, status=EventStatus.CONFIRMED)


class ExceptionsUnmarked(_EventsChanged):
    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        same = event.kind is EventKind.EXCEPTION
        return replace(event, kind=EventKind.OCCURRENCE) if same else event


class NamedByWhereItStands(_EventsChanged):
    """Takes the time it was moved to for the original start."""

    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        if event.original_start is None:
            return event
        return replace(event, original_start=event.slot.start)


class SeriesForgotten(_EventsChanged):
    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        return replace(event, series=None)


class EndsForgotten(_EventsChanged):
    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        return replace(event, ends=None)


class AnswersUnread(_EventsChanged):
    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        return replace(
            event,
            participants=tuple(
                p if p.role is Role.ORGANIZER else replace(p, response=Response.NEEDS_ACTION)
                for p in event.participants
            ),
        )


class HourKeptInUtc(_EventsChanged):
    """Repeats a series every 168 hours, whatever the clocks do."""

    def wrong(self, event: CalendarEvent) -> CalendarEvent:
        first = self._entry(event.ref).master.slot
        start = event.slot.start
        fixed = start.replace(hour=first.start.hour, minute=first.start.minute)
        moved = replace(event.slot, start=fixed, end=fixed + (event.slot.end - start))
        return replace(event, slot=moved)


class LimitIgnored(MemoryCalendar):
    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        return super().occurrences(series, after, limit + 1)


class Unsorted(MemoryCalendar):
    """Sorts by original start."""

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        found = super().occurrences(series, after, limit)
        return sorted(found, key=lambda event: event.original_start or event.slot.start)


class OverOnesCome(MemoryCalendar):
    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        return super().occurrences(series, after - timedelta(seconds=1), limit)


class LastingOnesMissing(MemoryCalendar):
    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        found = super().occurrences(series, after, limit + 1)
        return [event for event in found if event.slot.start >= after][:limit]


class WindowClosed(MemoryCalendar):
    """Takes in what touches the window's edges."""

    def list_occurrences(self, calendar_id: CalendarId, window: Window) -> Iterator[CalendarEvent]:
        wide = timedelta(seconds=1)
        wider = Window(start=window.start - wide, end=window.end + wide)
        yield from super().list_occurrences(calendar_id, wider)


class CursorStandsStill(MemoryCalendar):
    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        page = super().changes(calendar_id, since)
        return page if since is None else replace(page, cursor=since)


class ChangesPassedOver(MemoryCalendar):
    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        page = super().changes(calendar_id, since)
        return page if since is None else replace(page, changed=page.changed[1:])


class RemovalsPassedOver(MemoryCalendar):
    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        return replace(super().changes(calendar_id, since), removed=())


class BrokenPassedOver(MemoryCalendar):
    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        return replace(super().changes(calendar_id, since), broken=())


class OldCursorTaken(MemoryCalendar):
    def _number(self, shelf: Shelf, since: Cursor | None) -> int:
        return int(since or 0)


class CopiesNotDelivered(MemoryCalendars):
    def _deliver(self, entry: Entry, *, only_known: bool = False) -> None:
        known = all(entry.uid in shelf.entries for shelf in self.shelves.values())
        if not known:
            super()._deliver(entry, only_known=only_known)


class AttendeeOverwritesOrganizer(MemoryCalendars):
    def store(self, shelf: Shelf, entry: Entry) -> None:
        super().store(shelf, entry)
        for other in self.shelves.values():
            if other is not shelf and entry.uid in other.entries:
                self._keep(other, entry.copy())
