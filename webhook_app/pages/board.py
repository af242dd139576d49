"""An agenda as one of its two people sees it: their own drafts, nobody else's, words and signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.access import Right
from core.body import heading
from core.model.agenda import (
    ActionItem,
    Entry,
    ItemState,
    PointState,
    Section,
    SectionKind,
    TalkingPoint,
    Visibility,
    entry_id,
)
from core.model.notes import NoteKind
from core.model.series import Sheet
from core.model.switches import SwitchEntry
from core.questions import HintKind, wording_hints
from core.reasons import sentence
from core.service.notes import shared_notes
from core.service.open_agenda import is_hidden_from
from core.service.rule_book import switches_of
from core.service.settings import person_settings
from webhook_app.pages.guest import Guest, Meeting, app

DECISIONS = ("beschluss:", "entscheidung:", "decision:", "decided:")
"""How a line below a point says that it is a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line below an entry."""

    whole: str
    text: str
    is_decision: bool
    is_kept: bool = False
    """Kept beside the agenda by a program: it stands in no calendar; its author changes it."""


Kept = Mapping[str, tuple[Line, ...]]
"""Shared notes by the entry that they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry with what may be done to it."""

    entry_id: str
    text: str
    is_item: bool
    is_done: bool
    is_parked: bool
    visibility: str
    is_readable: bool
    """False: a confidential point whose words this door does not show."""
    is_mine: bool
    owner: str
    owner_name: str
    due: date | None
    due_text: str
    carried: int
    lines: tuple[Line, ...]
    other_wording: str
    up: str | None
    """Id of the entry behind which it goes by one step up; empty: first; None: it is first."""
    down: str | None
    hints: tuple[str, ...] = ()
    """How one's own draft might be put differently, before anybody else reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with its rows."""

    number: int
    title: str
    kind: SectionKind
    is_mine: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The whole agenda."""

    sheet_id: str
    when: str
    start: str
    """ISO time, empty where no meeting is in the calendar."""
    minutes: int
    reason: str
    parts: tuple[Part, ...]
    notes: tuple[Line, ...] = ()
    """About the meeting as a whole."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in order."""
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def open_points(self) -> tuple[Row, ...]:
        """What is still to talk about."""
        rows = self.rows
        return tuple(r for r in rows if not (r.is_item or r.is_done or r.is_parked))

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything."""
        return not self.rows


def board_of(guest: Guest, meeting: Meeting, sheet: Sheet) -> Board:
    """Return a sheet for this guest."""
    slot = sheet.place.slot if sheet.place else None
    kept = _kept(guest, meeting, sheet)
    parts = tuple(_parts(guest, meeting, sheet, kept))
    return Board(
        sheet_id=sheet.sheet_id,
        when=guest.times.slot(slot) if slot else guest.words["unplaced"],
        start=slot.start.isoformat() if slot else "",
        minutes=int((slot.end - slot.start).total_seconds() // 60) if slot else 30,
        reason=sentence(meeting.series.agenda_reason, guest.person.locale),
        parts=parts,
        notes=kept.get("", ()),
    )


def _kept(guest: Guest, meeting: Meeting, sheet: Sheet) -> Kept:
    """Return shared notes by entry, "" for the meeting; those of a carried point go along."""
    if not guest.may(meeting.pair, Right.READ_NOTES):
        return {}
    secrets = guest.may(meeting.pair, Right.READ_SENSITIVE)
    with app().store.transaction() as tx:
        notes = shared_notes(tx, sheet.series_id, secrets=secrets)
    found: dict[str, tuple[Line, ...]] = {}
    for note in notes:
        if note.entry or note.sheet_id == sheet.sheet_id:
            decided = note.kind is NoteKind.DECISION
            line = Line(whole=note.text, text=note.text, is_decision=decided, is_kept=True)
            found[note.entry] = (*found.get(note.entry, ()), line)
    return found


def _parts(guest: Guest, meeting: Meeting, sheet: Sheet, kept: Kept) -> Iterator[Part]:
    people = (meeting.manager, meeting.report)
    side = meeting.pair.side(guest.address)
    for number, section in enumerate(sheet.agenda.sections):
        yield Part(
            number=number,
            title=heading(section, guest.person.locale, people),
            kind=section.kind,
            is_mine=side is not None and section.kind.value == side.value,
            rows=_rows(guest, meeting, section, kept),
        )


def _rows(guest: Guest, meeting: Meeting, section: Section, kept: Kept) -> tuple[Row, ...]:
    seen = [e for e in section.entries if not is_hidden_from(e, guest.address)]
    names = [entry_id(e) for e in seen]
    rows = []
    for n, entry in enumerate(seen):
        up = None if n == 0 else names[n - 2] if n > 1 else ""
        down = names[n + 1] if n + 1 < len(names) else None
        row = _row(guest, meeting, entry, up, down)
        more = kept.get(row.entry_id, ()) if row.is_readable else ()
        rows.append(replace(row, lines=(*row.lines, *more), hints=_hints(guest, meeting, row)))
    return tuple(rows)


def _hints(guest: Guest, meeting: Meeting, row: Row) -> tuple[str, ...]:
    """Return hints to the author of a draft, where the company lets words be read at all.

    Telling is the manager's habit to notice; who turned tips off sees none.
    """
    if not row.is_mine or row.is_item or row.is_done or row.visibility != Visibility.PRIVATE:
        return ()
    with app().store.transaction() as tx:
        may_read = switches_of(tx.nouns(SwitchEntry)).text_rules
        wanted = may_read and person_settings(tx, guest.address).tips
    leads = guest.address == meeting.manager.address
    found = wording_hints(row.text, guest.person.locale) if wanted else ()
    return tuple(h.text for h in found if leads or h.kind is HintKind.BLAMES)


def _row(guest: Guest, meeting: Meeting, entry: Entry, up: str | None, down: str | None) -> Row:
    item = entry if isinstance(entry, ActionItem) else None
    point = entry if isinstance(entry, TalkingPoint) else None
    hidden = point is not None and point.visibility is Visibility.SENSITIVE
    readable = not hidden or guest.may(meeting.pair, Right.READ_SENSITIVE)
    due = item.due if item else None
    return Row(
        entry_id=entry_id(entry),
        text=entry.text if readable else guest.words["confidential"],
        is_item=item is not None,
        is_done=item.state is not ItemState.OPEN if item else _discussed(entry),
        is_parked=point is not None and point.state is PointState.PARKED,
        visibility=point.visibility.value if point else Visibility.SHARED.value,
        is_readable=readable,
        is_mine=entry.owner == guest.address,
        owner=entry.owner or "",
        owner_name=meeting.name(entry.owner),
        due=due,
        due_text=guest.times.day(due) if due else "",
        carried=point.carried if point else 0,
        lines=tuple(_line(note) for note in entry.notes) if readable else (),
        other_wording=entry.other_wording if readable else "",
        up=up,
        down=down,
    )


def _discussed(entry: Entry) -> bool:
    return isinstance(entry, TalkingPoint) and entry.state is PointState.DISCUSSED


def _line(note: str) -> Line:
    mark = next((m for m in DECISIONS if note.lower().startswith(m)), "")
    return Line(whole=note, text=note[len(mark) :].strip(), is_decision=bool(mark))
