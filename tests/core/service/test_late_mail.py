"""An older text that comes by mail is nobody's edit; what a person does is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.body import BodyForm
from core.memory.store import MemoryStore
from core.model.calendar import (
    Body,
    CalendarEvent,
    CalendarId,
    EventId,
    EventKind,
    EventRef,
    Revision,
    TimeSlot,
)
from core.model.series import ConnectionId, Copy, SeriesId, SheetId, Written
from core.service.copies import Read
from core.service.late_mail import DELAY, keep_marks, mark_of, overtaken

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SERIES = SeriesId("s")
FENCE, END = "▼ 1:1 agenda (write here)", "▲ end of 1:1 agenda"


def written_by_us(*lines: str) -> Body:
    """Our block as it stands in an HTML body."""
    inner = "".join(f"<li><b>{line}</b></li>" for line in lines)
    html = f"<p>{FENCE}</p><ul>{inner}</ul><p>{END}</p>"
    return Body(form=BodyForm.HTML, content=f"<html><body>{html}</body></html>")


def by_mail(*lines: str) -> Body:
    """The same, as Exchange makes it of plain text."""
    inner = "<br>".join((FENCE, *(f"- {line}" for line in lines), END))
    return Body(form=BodyForm.HTML, content=f"<html><body><div>{inner}</div></body></html>")


def read_of(calendar: str, body: Body, *, leading: bool, base: Body | None = None) -> Read:
    ref = EventRef(calendar_id=CalendarId(calendar), event_id=EventId("e"))
    slot = TimeSlot(start=NOW, end=NOW + timedelta(minutes=30), zone="UTC")
    copy = Copy(
        series_id=SERIES,
        connection_id=ConnectionId(calendar),
        event=ref,
        leading=leading,
        whose=None,
    )
    event = CalendarEvent(ref=ref, uid="u", kind=EventKind.SINGLE, title="1:1", slot=slot,
                          participants=(), body=body, revision=Revision("1"))  # fmt: skip
    written = Written(sheet_id=SheetId("t"), event=ref, base=base) if base else None
    return Read(copy=copy, event=event, written=written)


class Stage:
    """A series whose organizer showed one line, and then two."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.now = NOW
        self.theirs: Read | None = None
        with self.store.transaction() as tx:
            for lines in (("Alpha",), ("Alpha", "Omega")):
                keep_marks(tx, SERIES, [written_by_us(*lines)], (), NOW)

    def shows(self, body: Body) -> bool:
        """Tell whether a text in the guest's copy is taken for a late one, and note it."""
        both = written_by_us("Alpha", "Omega")
        guest = read_of("guest", body, leading=False, base=both)
        reads = (read_of("leading", both, leading=True), guest)
        read = overtaken(self.store, SERIES, reads, {guest.copy.event}, self.now)
        with self.store.transaction() as tx:
            keep_marks(tx, SERIES, [both], read, self.now)
        return read[1].late


def test_whatever_form_it_has_a_text_has_one_mark() -> None:
    assert mark_of(by_mail("Alpha")) == mark_of(written_by_us("Alpha"))
    assert mark_of(by_mail("Alpha")) != mark_of(by_mail("Omega"))
    assert mark_of(Body(content="Room 2")) == ""


def test_older_text_by_mail_is_late_once() -> None:
    stage = Stage()

    assert stage.shows(by_mail("Alpha"))
    assert not stage.shows(by_mail("Alpha"))


def test_what_the_organizer_shows_now_is_not_late() -> None:
    assert not Stage().shows(by_mail("Alpha", "Omega"))


def test_text_that_nobody_has_shown_is_a_person_s() -> None:
    assert not Stage().shows(by_mail("Beta"))


def test_line_taken_back_in_the_text_that_we_wrote_is_a_person_s() -> None:
    assert not Stage().shows(written_by_us("Alpha"))


def test_older_text_is_late_for_an_hour() -> None:
    stage = Stage()
    stage.now += DELAY + timedelta(seconds=1)

    assert not stage.shows(by_mail("Alpha"))
