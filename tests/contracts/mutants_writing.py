"""Calendars that write wrongly: each breaks one promise, and a contract must see it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime

from core.errors import NotFound, RevisionConflict
from core.memory.calendar import MemoryCalendar
from core.memory.calendars import Shelf
from core.memory.entries import Entry, Facts
from core.model.calendar import (
    Body,
    CalendarId,
    EventRef,
    IdempotencyKey,
    Response,
    Revision,
)


class KeyIgnored(MemoryCalendar):
    numbers = itertools.count()

    def _uid(self, key: IdempotencyKey) -> str:
        return super()._uid(IdempotencyKey(f"{key} {next(self.numbers)}"))


class KeysMixedUp(MemoryCalendar):
    def _uid(self, key: IdempotencyKey) -> str:
        return super()._uid(IdempotencyKey("always the same"))


class RevisionUnchecked(MemoryCalendar):
    def _expected(self, ref: EventRef, expect: Revision) -> tuple[Shelf, Entry, datetime | None]:
        return super()._expected(ref, Revision(str(self._entry(ref).version)))


class RevisionStale(MemoryCalendar):
    """Hands back the revision from before the write."""

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        super().write_body(ref, body, expect=expect)
        return expect


class SequenceBumped(MemoryCalendar):
    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        return super()._put(verb, shelf, entry, start, replace(facts, sequence=facts.sequence + 1))


class SequenceOfSeriesBumped(MemoryCalendar):
    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        entry.master = replace(entry.master, sequence=entry.master.sequence + 1)
        return super()._put(verb, shelf, entry, start, facts)


class SequenceKept(MemoryCalendar):
    """Moves a meeting without saying that it is a new version of it."""

    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        kept = replace(facts, sequence=entry.master.sequence)
        return super()._put(verb, shelf, entry, start, kept)


class ExceptionsLost(MemoryCalendar):
    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        entry.overrides = {s: f for s, f in entry.overrides.items() if s == start}
        return super()._put(verb, shelf, entry, start, facts)


class ExclusionsLost(MemoryCalendar):
    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        entry.excluded = frozenset()
        return super()._put(verb, shelf, entry, start, facts)


class ExtrasLost(MemoryCalendar):
    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        return super()._put(verb, shelf, entry, start, replace(facts, extras=()))


class AnswersReset(MemoryCalendar):
    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        asked = tuple(replace(p, response=Response.NEEDS_ACTION) for p in facts.participants)
        return super()._put(verb, shelf, entry, start, replace(facts, participants=asked))


class SeriesWritten(MemoryCalendar):
    """Writes to the series what was meant for one occurrence."""

    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        return super()._put(verb, shelf, entry, None, replace(facts, slot=entry.master.slot))


class MovedBack(MemoryCalendar):
    """Puts a moved occurrence back to where the rule had it."""

    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        if start is not None and verb == "write_body":
            facts = replace(facts, slot=entry.fresh(start).slot)
        return super()._put(verb, shelf, entry, start, facts)


class ExceptionKept(MemoryCalendar):
    """Never takes an exception back."""

    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        revision = super()._put(verb, shelf, entry, start, facts)
        if start is not None:
            shelf.entries[entry.uid].overrides.setdefault(start, facts)
        return revision


class TextTrimmed(MemoryCalendar):
    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        lines = (line.strip() for line in body.content.splitlines())
        return super().write_body(ref, Body(content="\n".join(lines)), expect=expect)


class TextCut(MemoryCalendar):
    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        return super().write_body(ref, Body(content=body.content[:8192]), expect=expect)


class TextAscii(MemoryCalendar):
    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        plain = body.content.encode("ascii", "replace").decode()
        return super().write_body(ref, Body(content=plain), expect=expect)


class ReadOnlyIgnored(MemoryCalendar):
    def _writable(self, calendar_id: CalendarId) -> Shelf:
        return self.server.shelf(calendar_id, self.address)


class DeletedComesBack(MemoryCalendar):
    """Answers a write to what is gone with a conflict."""

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        try:
            return super().write_body(ref, body, expect=expect)
        except NotFound as err:
            raise RevisionConflict(str(err)) from err
