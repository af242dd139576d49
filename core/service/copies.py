"""Read every reachable copy of an occurrence, and merge them into the agenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz.fuzz import ratio

from core.body import Copy as BodyCopy
from core.body import Exposure, MergeResult, merge_copies, without_magic_word
from core.errors import NotFound
from core.model.agenda import Agenda
from core.model.calendar import Body, CalendarEvent, EventRef
from core.model.series import Copy, Place, Sheet, Written
from core.occurrences import next_held, place_of, same_occurrence
from core.ports import CalendarPort
from core.service.services import Circle, Services

LOOK_AHEAD = 16
"""Occurrences to look through for the next one that takes place."""
LOOKS = (1, 4, LOOK_AHEAD)
"""The first few are mostly known already, so they are looked through first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One copy of one occurrence as its calendar has it now."""

    copy: Copy
    event: CalendarEvent
    written: Written | None
    late: bool = False
    """A mail has brought an older text of the organizer's."""

    @property
    def name(self) -> str:
        """Name of the copy in a merge."""
        return self.event.ref.calendar_id


def port_of(services: Services, copy: Copy) -> CalendarPort:
    """Return the calendar port through which a copy is reached."""
    with services.store.transaction() as tx:
        connection = tx.connection(copy.connection_id)
    if connection is None:
        raise NotFound(f"connection {copy.connection_id} is gone")
    return services.suite_of(connection).calendar


def next_event(
    services: Services, circle: Circle, leading: Copy, now: datetime
) -> tuple[CalendarEvent | None, Sequence[CalendarEvent]]:
    """Return the occurrence that holds the agenda now, and all that were looked at."""
    after = _both_there(circle, now)
    if after is None:
        return None, ()
    port, coming = port_of(services, leading), tuple[CalendarEvent, ...]()
    for limit in LOOKS:
        coming = tuple(port.occurrences(leading.event, after, limit))
        there = [e for e in coming if not circle.rests_on(local_day(e))]
        event = next_held(there, now, circle.pair.addresses)
        if event is not None or len(coming) < limit:
            return event, coming
    return None, coming


def local_day(event: CalendarEvent) -> date:
    """Return the day on which an event begins, where its series lives."""
    return event.slot.start.astimezone(ZoneInfo(event.slot.zone)).date()


def _both_there(circle: Circle, now: datetime) -> datetime | None:
    """Return from when on to look for occurrences: now, or the end of a leave."""
    day = circle.back_after(now.date())
    if day is None or day == now.date():
        return None if day is None else now
    return datetime.combine(day - timedelta(days=1), time(12), UTC)


def read_at(
    services: Services,
    circle: Circle,
    place: Place,
    known: Mapping[str, CalendarEvent],
    written: Sequence[Written],
) -> tuple[Read, ...]:
    """Read every copy of one occurrence; `known` are those already read, by calendar.

    A copy in which the occurrence does not stand (not delivered yet, deleted by its owner)
    is left out.
    """
    found = []
    for copy in circle.read:
        event = known.get(copy.event.calendar_id) or _event_at(services, copy, place)
        if event is not None:
            mine = next((w for w in written if w.event == event.ref), None)
            found.append(Read(copy=copy, event=event, written=mine))
    return tuple(found)


def _event_at(services: Services, copy: Copy, place: Place) -> CalendarEvent | None:
    port = port_of(services, copy)
    for limit in LOOKS:
        try:
            near = port.occurrences(copy.event, place.slot.end - timedelta(minutes=1), limit)
        except NotFound:
            return None
        found = next((e for e in near if same_occurrence(place_of(e), place)), None)
        if found is not None or len(near) < limit:
            return found
    return None


def read_written(
    services: Services, circle: Circle, written: Sequence[Written]
) -> tuple[Read, ...]:
    """Read again the copies that we once wrote or saw; what is gone is left out."""
    found = []
    for mine in written:
        copy = next((c for c in circle.read if c.event.calendar_id == mine.event.calendar_id), None)
        if copy is None:
            continue
        try:
            event = port_of(services, copy).get_event(mine.event)
        except NotFound:
            continue
        found.append(Read(copy=copy, event=event, written=mine))
    return tuple(found)


def merge_reads(
    services: Services, circle: Circle, sheet: Sheet, reads: Sequence[Read], now: datetime
) -> MergeResult:
    """Merge what stands in the copies into the sheet's agenda."""
    zone = reads[0].event.slot.zone
    return merge_copies(
        [_body_copy(circle, read) for read in reads],
        ours=sheet.agenda,
        people=(circle.manager, circle.report),
        now=now,
        zone=zone,
        locale=circle.locale,
        other_locale=circle.other_locale,
        link=services.link_of(circle.pair),
        exposure=Exposure(circle.exposure),
    )


def _body_copy(circle: Circle, read: Read) -> BodyCopy:
    base, base_agenda = likely_base(read.written, read.event.body)
    return BodyCopy(
        name=read.name,
        base_agenda=base_agenda,
        base_body=base,
        theirs=read.event.body,
        copy_of=circle.person(read.copy.whose),
    )


def likely_base(written: Written | None, theirs: Body) -> tuple[Body | None, Agenda | None]:
    """Return the base to read a body against, with its agenda.

    After a write that may or may not have arrived there are two candidates: the one that
    the body is nearer to.
    """
    if written is None:
        return None, None
    if written.pending is None:
        return written.base, written.base_agenda
    arrived = written.base is None or _nearness(written.pending, theirs) >= _nearness(
        written.base, theirs
    )
    if arrived and (written.base is not None or _nearness(written.pending, theirs) > 50):
        return written.pending, written.pending_agenda
    return written.base, written.base_agenda


def _nearness(one: Body, other: Body) -> float:
    return 100.0 if one.content == other.content else ratio(one.content, other.content)


def seen(sheet: Sheet, read: Read, agenda: Agenda) -> Written:
    """Note what a copy shows now as the base of its next reading."""
    return Written(
        sheet_id=sheet.sheet_id,
        event=read.event.ref,
        base=read.event.body,
        base_agenda=agenda,
        original=_original(read),
    )


def about_to_write(base: Written, body: Body, agenda: Agenda | None) -> Written:
    """Note what a write is about to leave in a copy, before it happens."""
    return replace(base, pending=body, pending_agenda=agenda)


def still_pending(note: Written, read: Read) -> Written:
    """Keep what the organizer's host may have brought into a copy since we looked there."""
    known = read.written
    if known is None or known.pending is None or known.base != read.event.body:
        return note
    return about_to_write(note, known.pending, known.pending_agenda or note.base_agenda)


def arrived(written: Written) -> Written:
    """Note that the pending write stands in the copy."""
    return replace(
        written,
        base=written.pending,
        base_agenda=written.pending_agenda,
        pending=None,
        pending_agenda=None,
    )


def _original(read: Read) -> Body | None:
    if read.written is not None and read.written.original is not None:
        return read.written.original
    return without_magic_word(read.event.body)


def refs(reads: Sequence[Read]) -> set[EventRef]:
    """Return where these copies live."""
    return {read.event.ref for read in reads}
