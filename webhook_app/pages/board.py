"""An agenda as one of its two people sees it: headings, entries, and what is only to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.body import heading
from core.model.agenda import SectionKind
from core.model.people import Side
from core.model.series import Sheet
from core.reasons import sentence
from core.service.read_marks import points_to_read, read_mark
from webhook_app.pages.guest import Guest, Meeting, app
from webhook_app.pages.rows import Line, Onlooker, Row, onlooker, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with its rows."""

    number: int
    title: str
    kind: SectionKind
    is_mine: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Whether the manager said that they have read the report's points (SD-21)."""

    when: str
    """Empty: nothing was said."""
    may_say: bool
    """Whether this reader is the manager, and there is something that was not read."""
    may_take_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The whole agenda."""

    sheet_id: str
    when: str
    start: str
    """ISO time, empty where no meeting is in the calendar."""
    minutes: int
    is_on: bool
    """Whether the meeting is going on right now."""
    reason: str
    parts: tuple[Part, ...]
    seen: Seen
    updates: tuple[Row, ...] = ()
    """To be read, not to be talked about: no talking points (SD-59, SD-68)."""
    notes: tuple[Line, ...] = ()
    """About the meeting as a whole."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in order."""
        return (*(row for part in self.parts for row in part.rows), *self.updates)

    @property
    def open_points(self) -> tuple[Row, ...]:
        """What is still to talk about."""
        return tuple(
            r for r in self.rows if not (r.is_item or r.is_done or r.is_parked or r.is_update)
        )

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything."""
        return not self.rows


def board_of(guest: Guest, meeting: Meeting, sheet: Sheet) -> Board:
    """Return a sheet for this guest."""
    slot = sheet.place.slot if sheet.place else None
    looking = onlooker(guest, meeting, sheet)
    updates: list[Row] = []
    parts = tuple(_parts(looking, sheet, updates))
    return Board(
        sheet_id=sheet.sheet_id,
        when=guest.times.slot(slot) if slot else guest.words["unplaced"],
        start=slot.start.isoformat() if slot else "",
        minutes=int((slot.end - slot.start).total_seconds() // 60) if slot else 30,
        is_on=slot is not None and slot.start <= guest.now < slot.end,
        reason=sentence(meeting.series.agenda_reason, guest.person.locale),
        parts=parts,
        seen=_seen(guest, meeting, sheet),
        updates=tuple(updates),
        notes=looking.kept.get("", ()),
    )


def _parts(looking: Onlooker, sheet: Sheet, updates: list[Row]) -> Iterator[Part]:
    """Yield the headings with what is to be talked about; put aside what is only to be read."""
    guest, meeting = looking.guest, looking.meeting
    people = (meeting.manager, meeting.report)
    side = meeting.pair.side(guest.address)
    for number, section in enumerate(sheet.agenda.sections):
        rows = rows_of(looking, section)
        updates += [row for row in rows if row.is_update]
        yield Part(
            number=number,
            title=heading(section, guest.person.locale, people),
            kind=section.kind,
            is_mine=side is not None and section.kind.value == side.value,
            rows=tuple(row for row in rows if not row.is_update),
        )


def _seen(guest: Guest, meeting: Meeting, sheet: Sheet) -> Seen:
    with app().store.transaction() as tx:
        mark = read_mark(tx, sheet)
    to_read = points_to_read(sheet, meeting.pair)
    leads = meeting.pair.side(guest.address) is Side.MANAGER
    fresh = set(to_read) - set(mark.points if mark else ())
    return Seen(
        when=guest.times.moment(mark.at) if mark else "",
        may_say=leads and bool(fresh),
        may_take_back=leads and mark is not None,
    )
