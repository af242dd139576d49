"""Writes through the calendar port on Google: bodies, new events and moves."""

from datetime import timedelta

import pytest

from core.errors import (
    InvalidInput,
    PermissionDenied,
    RevisionConflict,
)
from core.model.calendar import (
    Body,
    BodyForm,
    CalendarId,
    EventDraft,
    IdempotencyKey,
    Participant,
    Revision,
    TimeSlot,
)
from core.ports import Suite
from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, NOW, Connect, ref

CALENDAR = CalendarId(BEN)
AGENDA = Body(content="Agenda\n• Hiring plan")


def write(suite: Suite, event_id: str, body: Body = AGENDA, *, user: str = BEN) -> Revision:
    place = ref(user, event_id)
    return suite.calendar.write_body(place, body, expect=suite.calendar.get_event(place).revision)


def test_agenda_is_in_both_copies_without_mail(
    server: GoogleServer, connect: Connect, tomorrow: str
) -> None:
    revision = write(connect(BEN), tomorrow)

    assert server.ui.see(ANNA, tomorrow)["description"] == AGENDA.content
    assert connect(BEN).calendar.get_event(ref(BEN, tomorrow)).revision == revision
    assert server.mails.sent == []


def test_write_touches_nothing_but_the_description(
    server: GoogleServer, connect: Connect, weekly: str, tomorrow: str
) -> None:
    meet = {"conferenceData": {"createRequest": {"requestId": "r"}}}
    server.ui.change(BEN, weekly, meet)
    before = server.ui.see(BEN, tomorrow)
    write(connect(BEN), tomorrow)
    after = server.ui.see(BEN, tomorrow)

    names = {name for name in before | after if before.get(name) != after.get(name)}
    assert names == {"description", "etag", "updated"}
    assert after["conferenceData"]["conferenceId"]


def test_write_on_a_stale_revision_conflicts(
    server: GoogleServer, connect: Connect, tomorrow: str
) -> None:
    calendar = connect(BEN).calendar
    old = calendar.get_event(ref(BEN, tomorrow)).revision
    server.ui.edit(BEN, tomorrow, lambda markup: markup + "<br>x")
    with pytest.raises(RevisionConflict):
        calendar.write_body(ref(BEN, tomorrow), AGENDA, expect=old)

    assert server.ui.see(BEN, tomorrow)["description"].endswith("<br>x")


def test_guest_may_not_write(connect: Connect, tomorrow: str) -> None:
    with pytest.raises(PermissionDenied, match="organizer"):
        write(connect(ANNA), tomorrow, user=ANNA)


def test_text_beyond_googles_limit_is_not_sent(
    server: GoogleServer, connect: Connect, tomorrow: str
) -> None:
    with pytest.raises(InvalidInput, match="8192"):
        write(connect(BEN), tomorrow, Body(content="x" * 8193))

    assert server.calls.count("*.patch") == 0


def test_join_block_is_not_taken_away(
    server: GoogleServer, connect: Connect, tomorrow: str
) -> None:
    block = "-::~:~::~:~::-\nJoin: https://meet.example.com/abc\n-::~:~::~:~::-"
    server.ui.change(BEN, tomorrow, {"description": f"Hello\n{block}"})
    suite = connect(BEN)
    with pytest.raises(InvalidInput, match="online meeting"):
        write(suite, tomorrow)
    write(suite, tomorrow, Body(content=f"Agenda\n{block}"))

    assert server.ui.see(BEN, tomorrow)["description"].startswith("Agenda")


@pytest.mark.parametrize(
    ("description", "form"),
    [
        ("plain\ntext", BodyForm.TEXT),
        ("Join <https://example.org/x> or <mailto:a@example.org>", BodyForm.TEXT),
        ("one<br>two", BodyForm.HTML),
        ("R&amp;D", BodyForm.HTML),
        ("a < b and b > c", BodyForm.TEXT),
    ],
)
def test_form_of_a_description_is_recognised(
    server: GoogleServer, connect: Connect, tomorrow: str, description: str, form: BodyForm
) -> None:
    server.ui.change(BEN, tomorrow, {"description": description})
    body = connect(BEN).calendar.get_event(ref(BEN, tomorrow)).body

    assert (body.form, body.content) == (form, description)


def test_same_key_makes_one_event(server: GoogleServer, connect: Connect) -> None:
    slot = TimeSlot(start=NOW, end=NOW + timedelta(minutes=30), zone="Europe/Berlin")
    draft = EventDraft(title="1:1", slot=slot, rrule="FREQ=WEEKLY", body=AGENDA)
    calendar = connect(BEN).calendar
    server.faults.lose_answer("calendar.events.insert")
    once = calendar.create_event(CALENDAR, draft, key=IdempotencyKey("k1"))
    twice = calendar.create_event(CALENDAR, draft, key=IdempotencyKey("k1"))

    assert once == twice
    assert (once.slot, once.body, once.rrule) == (slot, AGENDA, "FREQ=WEEKLY")
    assert len(calendar.changes(CALENDAR, None).changed) == 1


def test_guest_is_in_the_made_event(server: GoogleServer, connect: Connect) -> None:
    slot = TimeSlot(start=NOW, end=NOW + timedelta(minutes=30), zone="Europe/Berlin")
    draft = EventDraft(
        title="1:1",
        slot=slot,
        participants=(Participant(address=BEN), Participant(address=ANNA)),
        online_meeting=True,
    )
    made = connect(BEN).calendar.create_event(CALENDAR, draft, key=IdempotencyKey("k2"))
    invited = server.mails.caused_by_api.copy()
    server.mails.sent.clear()

    assert [mail.to for mail in invited] == [ANNA]
    assert made.join_url is not None
    assert connect(ANNA).calendar.get_event(ref(ANNA, made.ref.event_id)).uid == made.uid


def test_moved_occurrence_tells_its_guest(
    server: GoogleServer, connect: Connect, tomorrow: str
) -> None:
    calendar = connect(BEN).calendar
    event = calendar.get_event(ref(BEN, tomorrow))
    day = timedelta(days=1)
    slot = TimeSlot(start=event.slot.start + day, end=event.slot.end + day, zone=event.slot.zone)
    calendar.reschedule(event.ref, slot, expect=event.revision)
    told = [mail.to for mail in server.mails.caused_by_api]
    server.mails.sent.clear()

    moved = calendar.get_event(event.ref)
    assert (moved.slot, moved.original_start) == (slot, event.original_start)
    assert told == [ANNA]


def test_write_after_a_lost_answer_is_a_conflict_and_not_a_second_write(
    server: GoogleServer, connect: Connect, tomorrow: str
) -> None:
    server.faults.lose_answer("calendar.events.patch")
    with pytest.raises(RevisionConflict):
        write(connect(BEN), tomorrow)

    assert server.ui.see(BEN, tomorrow)["description"] == AGENDA.content
