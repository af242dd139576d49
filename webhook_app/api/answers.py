"""What the API answers about pairs, series, agendas and notes, as values."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from core.access import Right, Role, may
from core.model.agenda import ActionItem, Agenda, Entry, TalkingPoint, entry_id
from core.model.notes import PrivateNote, SharedNote
from core.model.people import Pair, Person
from core.model.series import Series, Sheet
from core.reasons import sentence
from core.refs import pair_ref
from core.seen_by import seen_by
from core.store import Transaction
from webhook_app.api.contract import Answer, Ask


class PersonOut(Answer):
    """Somebody."""

    address: str
    name: str


class PairOut(Answer):
    """Two people who hold 1:1s."""

    id: str
    report: PersonOut
    manager: PersonOut
    roles_confirmed: bool
    role: Role
    ended: datetime | None


class SeriesOut(Answer):
    """A recurring meeting that may hold an agenda."""

    id: str
    pair: str
    title: str
    state: str
    why: str
    start: datetime
    zone: str
    rrule: str | None


class EntryOut(Answer):
    """A talking point or an action item."""

    id: str
    kind: Literal["point", "action_item"]
    text: str
    owner: str | None
    state: str
    visibility: str
    lines: list[str]
    carried: int
    due: date | None
    other_wording: str
    etag: str


class SectionOut(Answer):
    """A heading with its entries."""

    kind: str
    title: str
    owner: str | None
    entries: list[EntryOut]


class AgendaOut(Answer):
    """One meeting's agenda as its reader may see it."""

    series: str
    number: int
    state: str
    start: datetime | None
    end: datetime | None
    sections: list[SectionOut]


class OccurrenceOut(Answer):
    """One meeting of a series that had, or has, an agenda."""

    series: str
    number: int
    state: str
    start: datetime | None
    end: datetime | None
    points: int
    action_items: int


class NoteOut(Answer):
    """A note; a private one is shown to its author alone."""

    id: str
    series: str
    entry: str
    kind: Literal["note", "decision", "private"]
    text: str
    author: str
    at: datetime
    changed_at: datetime
    etag: str


def person_out(tx: Transaction, address: str) -> PersonOut:
    """Show somebody."""
    known = tx.person(address) or Person(address=address)
    return PersonOut(address=address, name=known.name)


def pair_out(tx: Transaction, pair: Pair, role: Role) -> PairOut:
    """Show a pair."""
    return PairOut(
        id=pair_ref(pair.pair_id),
        report=person_out(tx, pair.report),
        manager=person_out(tx, pair.manager),
        roles_confirmed=pair.roles_confirmed,
        role=role,
        ended=pair.ended,
    )


def series_out(series: Series, locale: str) -> SeriesOut:
    """Show a series."""
    return SeriesOut(
        id=series.series_id,
        pair=pair_ref(series.pair_id) if series.pair_id else "",
        title=series.title,
        state=series.state.value,
        why=sentence(series.agenda_reason, locale),
        start=series.slot.start,
        zone=series.slot.zone,
        rrule=series.rrule,
    )


def entry_out(entry: Entry) -> EntryOut:
    """Show an entry that its reader may see."""
    point = entry if isinstance(entry, TalkingPoint) else None
    return EntryOut(
        id=entry_id(entry),
        kind="point" if point else "action_item",
        text=entry.text,
        owner=entry.owner,
        state=entry.state.value,
        visibility=point.visibility.value if point else "shared",
        lines=list(entry.notes),
        carried=point.carried if point else 0,
        due=entry.due if isinstance(entry, ActionItem) else None,
        other_wording=entry.other_wording,
        etag=etag_of(entry),
    )


def visible(ask: Ask, agenda: Agenda) -> Agenda:
    """Return what the asker may see of an agenda."""
    return seen_by(agenda, ask.reader, secrets=may(ask.role, Right.READ_SENSITIVE))


def agenda_out(ask: Ask, sheet: Sheet) -> AgendaOut:
    """Show an agenda to who asks."""
    sections = [
        SectionOut(
            kind=section.kind.value,
            title=section.title,
            owner=section.owner,
            entries=[entry_out(entry) for entry in section.entries],
        )
        for section in visible(ask, sheet.agenda).sections
    ]
    return AgendaOut(
        series=sheet.series_id,
        number=sheet.number,
        state=sheet.state.value,
        start=sheet.place.slot.start if sheet.place else None,
        end=sheet.place.slot.end if sheet.place else None,
        sections=sections,
    )


def occurrence_out(ask: Ask, sheet: Sheet) -> OccurrenceOut:
    """Show where a meeting stands, with counts."""
    agenda = visible(ask, sheet.agenda)
    return OccurrenceOut(
        series=sheet.series_id,
        number=sheet.number,
        state=sheet.state.value,
        start=sheet.place.slot.start if sheet.place else None,
        end=sheet.place.slot.end if sheet.place else None,
        points=len(agenda.points),
        action_items=len(agenda.action_items),
    )


def note_out(note: SharedNote | PrivateNote) -> NoteOut:
    """Show a note to who may read it."""
    return NoteOut(
        id=note.note_id,
        series=note.series_id,
        entry=note.entry,
        kind=note.kind.value if isinstance(note, SharedNote) else "private",
        text=note.text,
        author=note.author,
        at=note.at,
        changed_at=note.changed_at,
        etag=etag_of(note),
    )


def etag_of(value: object) -> str:
    """Return what changes whenever a value does, and is the same before and after it was kept."""
    kind: Any = type(value)
    return hashlib.sha256(_adapter(kind).dump_json(value)).hexdigest()[:24]


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
