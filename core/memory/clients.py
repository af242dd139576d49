"""What people do in their own calendar clients, on the pretended server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.memory.calendars import MemoryCalendars, Shelf
from core.memory.entries import Entry, Facts
from core.model.calendar import (
    Body,
    BodyForm,
    CalendarId,
    EventDraft,
    EventId,
    EventRef,
    EventStatus,
    Response,
    TimeSlot,
)


class MemoryClients:
    """Everybody's client. An event is named by person, UID and, for one occurrence, its start."""

    def __init__(self, server: MemoryCalendars) -> None:
        self.server = server

    def add(
        self,
        person: str,
        draft: EventDraft,
        uid: str,
        *,
        calendar_id: CalendarId | None = None,
        extras: tuple[str, ...] = (),
    ) -> EventRef:
        """Make an event or series in the person's own calendar, or in the one named."""
        shelf = self.server.shelf(calendar_id or self.server.open_calendar(person))
        facts = Facts(
            title=draft.title,
            slot=draft.slot,
            participants=draft.participants,
            body=draft.body,
            extras=extras,
        )
        self.server.store(shelf, Entry(uid=uid, master=facts, rrule=draft.rrule))
        return EventRef(calendar_id=shelf.calendar_id, event_id=EventId(uid))

    def body(self, person: str, uid: str, original_start: datetime | None = None) -> str:
        """Read an event's body."""
        return self._facts(person, uid, original_start).body.content

    def edit_body(
        self,
        person: str,
        uid: str,
        original_start: datetime | None,
        edit: str | Callable[[str], str],
        *,
        form: BodyForm | None = None,
    ) -> None:
        """Type a new body, or change the one that stands there."""
        before = self._facts(person, uid, original_start).body
        content = edit if isinstance(edit, str) else edit(before.content)
        body = Body(form=form or before.form, content=content)
        self._change(person, uid, original_start, lambda facts: replace(facts, body=body))

    def move(self, person: str, uid: str, original_start: datetime | None, slot: TimeSlot) -> None:
        """Put an occurrence, a single event or a whole series to another time."""
        self._change(
            person,
            uid,
            original_start,
            lambda facts: replace(facts, slot=slot, sequence=facts.sequence + 1),
        )

    def retitle(self, person: str, uid: str, original_start: datetime | None, title: str) -> None:
        """Give it another title."""
        self._change(person, uid, original_start, lambda facts: replace(facts, title=title))

    def cancel(
        self, person: str, uid: str, original_start: datetime, *, visible: bool = False
    ) -> None:
        """Cancel one occurrence: it vanishes, or stays to be seen as cancelled."""
        if visible:
            self._change(
                person,
                uid,
                original_start,
                lambda facts: replace(
                    facts, status=EventStatus.CANCELLED, sequence=facts.sequence + 1
                ),
            )
            return
        shelf, entry = self._own(person, uid)
        entry.overrides.pop(original_start, None)
        entry.excluded |= {original_start.astimezone(UTC)}
        self.server.store(shelf, entry)

    def answer(
        self,
        person: str,
        uid: str,
        response: Response,
        original_start: datetime | None = None,
    ) -> None:
        """Accept or decline one occurrence or all of them; the organizer hears it."""
        shelf, entry = self._own(person, uid)
        self.server.answered(
            shelf, entry, lambda copy: copy.answer(person, response, original_start)
        )

    def comment(
        self, person: str, uid: str, text: str, original_start: datetime | None = None
    ) -> None:
        """Write a comment beside one's answer; one's own calendar shows it beside one's name."""

        def said(facts: Facts) -> Facts:
            people = facts.participants
            named = (replace(p, comment=text) if p.address == person else p for p in people)
            return replace(facts, participants=tuple(named))

        self._change(person, uid, original_start, said)

    def decline(self, person: str, uid: str, original_start: datetime | None = None) -> None:
        """Say that the person won't come."""
        self.answer(person, uid, Response.DECLINED, original_start)

    def delete(self, person: str, uid: str) -> None:
        """Delete an event with all its occurrences."""
        shelf = self.server.shelf_with(person, uid)
        if shelf.entries[uid].organizer not in (person, None):
            self.decline(person, uid)
        self.server.remove(shelf, uid)

    def end_series(self, person: str, uid: str, until: datetime) -> None:
        """Let a series end before a time, as clients do when they split it."""
        shelf, entry = self._own(person, uid)
        rest = [p for p in (entry.rrule or "").split(";") if p[:5] not in ("UNTIL", "COUNT")]
        last = until.astimezone(UTC) - timedelta(seconds=1)
        entry.rrule = ";".join([*rest, f"UNTIL={last:%Y%m%dT%H%M%SZ}"])
        entry.overrides = {s: f for s, f in entry.overrides.items() if s < until}
        self.server.store(shelf, entry)

    def replace_series(
        self, person: str, uid: str, draft: EventDraft, new_uid: str, *, keep_past: bool = False
    ) -> EventRef:
        """Put a new series with another UID in the place of an old one."""
        shelf = self.server.shelf_with(person, uid)
        extras = shelf.entries[uid].master.extras
        if keep_past:
            self.end_series(person, uid, draft.slot.start)
        else:
            self.delete(person, uid)
        return self.add(person, draft, new_uid, calendar_id=shelf.calendar_id, extras=extras)

    def sequence(self, person: str, uid: str, original_start: datetime | None = None) -> int:
        """Return SEQUENCE: which revision of the meeting itself it is."""
        return self._facts(person, uid, original_start).sequence

    def extras(
        self, person: str, uid: str, original_start: datetime | None = None
    ) -> tuple[str, ...]:
        """Return the lines that belong to nobody's port: alarms, X- properties."""
        return self._facts(person, uid, original_start).extras

    def exceptions(self, person: str, uid: str) -> set[datetime]:
        """Return the original starts of a series' exceptions."""
        return set(self.server.shelf_with(person, uid).entries[uid].overrides)

    def break_event(self, person: str, uid: str, sentence: str) -> None:
        """Let an entry become unreadable."""
        shelf = self.server.shelf_with(person, uid)
        shelf.unreadable[uid] = sentence
        self.server.touch(shelf, uid)

    def _facts(self, person: str, uid: str, original_start: datetime | None) -> Facts:
        return self.server.shelf_with(person, uid).entries[uid].facts(original_start)

    def _own(self, person: str, uid: str) -> tuple[Shelf, Entry]:
        shelf = self.server.shelf_with(person, uid)
        return shelf, shelf.entries[uid].copy()

    def _change(
        self,
        person: str,
        uid: str,
        original_start: datetime | None,
        change: Callable[[Facts], Facts],
    ) -> None:
        shelf, entry = self._own(person, uid)
        entry.put(original_start, change(entry.facts(original_start)))
        self.server.store(shelf, entry)
