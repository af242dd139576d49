"""Graph's JSON as our values: ids, zones, rules, bodies, odd rows, and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr

from adapters.outlook import AppCertificate, AppSecret, Consent, OutlookSettings, models
from adapters.outlook.delta import Rows, ViewCursor, view_cursor
from adapters.outlook.kept import read_secret, read_settings, secret_text, settings_text
from adapters.outlook.mapping import from_draft, to_event, to_slot, to_times
from adapters.outlook.occurrences import Placing
from adapters.outlook.quirks import (
    due_day,
    join_links,
    original_day,
    plain_text,
    series_uid,
    zone_name,
)
from adapters.outlook.recurrence import from_rrule, series_end, to_rrule
from adapters.outlook.task_mapping import to_task
from core.errors import CursorExpired, InvalidInput, UnexpectedResponse
from core.model.calendar import CalendarId, Cursor, EventDraft, Participant, Role, TimeSlot
from core.model.tasks import TaskListId

GOID = "040000008200E00074C5B7101A82E008{day}79B1BD8EFB71DA01000000000000000010000000AB"
CALENDAR, BEN = CalendarId("outlook:ben@example.com"), "ben@example.com"
SLOT = TimeSlot(
    start=datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
    end=datetime(2026, 11, 30, 9, 30, tzinfo=UTC),
    zone="Europe/Berlin",
)


def row(**changes):
    return {
        "@odata.etag": 'W/"1"',
        "id": "AAMkOne=",
        "type": "exception",
        "seriesMasterId": "AAMkSeries=",
        "iCalUId": GOID.format(day="07EA0B1E"),
        "start": {"dateTime": "2026-12-01T15:00:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2026-12-01T15:30:00.0000000", "timeZone": "UTC"},
        "originalStartTimeZone": "W. Europe Standard Time",
        "body": {"contentType": "html", "content": "<p>x</p>"},
    } | changes


def test_occurrences_of_a_series_share_its_uid():
    assert series_uid(GOID.format(day="07E80309")) == GOID.format(day="00000000")
    assert series_uid(GOID.format(day="07E80309").lower()) == GOID.format(day="00000000")


@pytest.mark.parametrize("uid", ["abc_R20261201@google.com", "7f3a", "", "04000000"])
def test_uid_of_another_suite_stays_as_it_came(uid):
    assert series_uid(uid) == uid


def test_original_day_stands_in_either_id():
    assert original_day("OID.AAMk.2026-11-30", "") == date(2026, 11, 30)
    assert original_day("", GOID.format(day="07EA0B1E")) == date(2026, 11, 30)
    assert original_day("", GOID.format(day="00000000")) is None
    assert original_day("", "some@google.com") is None


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Europe/Paris", "Europe/Paris"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("UTC", "UTC"),
        ("tzone://Microsoft/Custom", None),
        ("Customized Time Zone", None),
        ("", None),
        ("../etc/passwd", None),
    ],
)
def test_zone_is_known_by_windows_name_or_its_own(theirs, ours):
    assert zone_name(theirs) == ours


def test_teams_links_are_known_in_all_their_shapes():
    plain = '<a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting_Ab%40thread.v2/0?c=1">'
    safe = (
        '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft'
        '.com%2Fl%2Fmeetup-join%2F19%253ameeting_Ab%2540thread.v2%2F0%3Fc%3D1&amp;data=05">'
    )
    new = '<a href="https://teams.microsoft.com/meet/4123456789?p=Xy">'

    assert join_links(plain) == join_links(safe) == {"19:meeting_ab@thread.v2"}
    assert join_links(new) == {"4123456789"}
    assert join_links("<p>https://teams.microsoft.com/meetingOptions</p>") == frozenset()


def test_exception_is_named_by_its_day_and_its_series_time():
    event = to_event(row(), CALENDAR, BEN, clock=(time(10, 0), "Europe/Berlin"))

    assert event.original_start == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def test_series_in_a_zone_without_a_name_asks_each_exception_itself():
    alone = row(originalStart="2026-11-30T09:00:00Z")
    nameless = {"originalStartTimeZone": "tzone://Microsoft/Custom"}
    series = row(type="seriesMaster", seriesMasterId=None, **nameless)
    known = {"AAMkOne=": alone, "AAMkSeries=": series}
    asked = []

    def read(event_id):
        asked.append(event_id)
        return known[event_id]

    placing = Placing(read, CALENDAR, BEN)
    placing.learn([row(type="occurrence", **nameless)])
    event = placing.event(row())

    assert event.original_start == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert asked == ["AAMkSeries=", "AAMkOne="]
    assert event.slot.zone == "Europe/Berlin"


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "unheardOf"},
        {"iCalUId": None},
        {"start": {"dateTime": "soon", "timeZone": "UTC"}},
        {"start": {"dateTime": "2026-12-01T15:00:00", "timeZone": "Nowhere"}},
        {"body": {"contentType": "rtf", "content": ""}},
        {"attendees": [{"type": "spectator", "emailAddress": {"address": "a@example.com"}}]},
        {"iCalUId": "foreign@example.org"},
        {"recurrence": {"pattern": {"type": "hebrew"}, "range": {"type": "noEnd"}}},
    ],
)
def test_row_that_cannot_be_read_is_an_error_and_no_guess(changes):
    with pytest.raises(UnexpectedResponse):
        to_event(row(**changes), CALENDAR, BEN, clock=(time(10, 0), "UTC"))


def test_slot_comes_back_as_it_went():
    for slot in (SLOT, replace(SLOT, zone="UTC"), replace(SLOT, all_day=True)):
        times = to_times(slot)
        assert to_slot(times | {"originalStartTimeZone": slot.zone}) == slot


def test_draft_is_known_to_the_client_library():
    people = (
        Participant(address=BEN, role=Role.ORGANIZER),
        Participant(address="anna@example.com", role=Role.OPTIONAL),
        Participant(address="room@example.com", role=Role.RESOURCE),
    )
    draft = EventDraft(title="1:1", slot=SLOT, participants=people, rrule="FREQ=WEEKLY;COUNT=3")

    content = from_draft(draft, "key", "transaction")

    assert models.event(content).recurrence.range.number_of_occurrences == 3
    assert [each["type"] for each in content["attendees"]] == ["optional", "resource"]
    with pytest.raises(ValueError, match="does not know"):
        models.event(content | {"agenda": "x"})


RULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;COUNT=5",
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU",
    "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261221T225959Z",
    "FREQ=MONTHLY;BYMONTHDAY=30;COUNT=3",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU;BYSETPOS=1",
    "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=MO;BYSETPOS=-1",
]


@pytest.mark.parametrize("rule", RULES)
def test_rule_comes_back_as_the_same_days(rule):
    recurrence = from_rrule(rule, SLOT)

    again = to_rrule(recurrence, SLOT)

    starts = [rrulestr(text, dtstart=SLOT.start) for text in (rule, again)]
    assert [d for d, _ in zip(starts[0], range(40))] == [d for d, _ in zip(starts[1], range(40))]  # noqa: B905


@pytest.mark.parametrize(
    ("rule", "same"),
    [("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO"), ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=30"),
     ("FREQ=MONTHLY;BYDAY=-1MO", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1")],
)  # fmt: skip
def test_short_rule_means_its_first_day(rule, same):
    assert from_rrule(rule, SLOT) == from_rrule(same, SLOT)


@pytest.mark.parametrize(
    "rule",
    ["", "FREQ=HOURLY", "FREQ=WEEKLY;BYHOUR=9", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=DAILY;BYDAY=MO",
     "FREQ=MONTHLY;BYDAY=1MO,3MO", "FREQ=MONTHLY;BYDAY=5MO", "FREQ=WEEKLY;INTERVAL=x",
     "FREQ=MONTHLY;BYDAY=MO"],
)  # fmt: skip
def test_rule_that_outlook_has_no_pattern_for_is_refused(rule):
    with pytest.raises(InvalidInput):
        from_rrule(rule, SLOT)


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ("FREQ=WEEKLY", None),
        ("FREQ=WEEKLY;COUNT=3", datetime(2026, 12, 14, 9, 30, tzinfo=UTC)),
        ("FREQ=WEEKLY;UNTIL=20261223T000000Z", datetime(2026, 12, 21, 9, 30, tzinfo=UTC)),
        ("FREQ=WEEKLY;UNTIL=20261221T085959Z", datetime(2026, 12, 14, 9, 30, tzinfo=UTC)),
        ("FREQ=WEEKLY;UNTIL=20270405", datetime(2027, 4, 5, 8, 30, tzinfo=UTC)),
    ],
)
def test_end_of_a_series_is_that_of_its_last_occurrence(rule, last):
    assert series_end(from_rrule(rule, SLOT), SLOT) == last


def test_last_word_on_an_event_counts_and_what_a_row_leaves_out_touches_its_series():
    rows = Rows()
    single = row(type="singleInstance", seriesMasterId=None, id="S")
    sparse = row(id="O", seriesMasterId="T", type="occurrence")

    rows.take([single | {"subject": "old"}, row(), sparse, single | {"subject": "new"}])
    rows.take([{"id": "gone", "@removed": {"reason": "deleted"}}])

    assert rows.whole["S"]["subject"] == "new"
    assert (set(rows.apart), rows.touched, rows.gone) == ({"AAMkOne="}, {"T"}, {"gone"})


def test_cursor_comes_back_and_a_foreign_one_has_expired():
    cursor = ViewCursor(link="https://graph.example.com/x", until="2026-12-01T00:00:00+00:00")

    assert view_cursor(cursor.text()) == cursor
    for foreign in ("", "{}", "[]", "https://x", '{"link": "x", "until": "soon"}',
                    '{"link": "x", "until": "2026-12-01"}'):  # fmt: skip
        with pytest.raises(CursorExpired):
            view_cursor(Cursor(foreign))


def test_due_day_is_the_nearest_midnight_s():
    assert due_day(datetime(2026, 12, 1)) == date(2026, 12, 1)
    assert due_day(datetime(2026, 11, 30, 23)) == date(2026, 12, 1)
    assert due_day(datetime(2026, 12, 1, 5)) == date(2026, 12, 1)


def test_task_of_an_unknown_status_is_an_error_and_html_notes_are_read():
    item = {"id": "T", "@odata.etag": "1", "title": "x", "status": "notStarted",
            "body": {"contentType": "html", "content": "<p>a &amp; b</p><p>c</p>"}}  # fmt: skip

    assert to_task(item, TaskListId("L"), []).draft.notes == "a & b\nc"
    assert plain_text("<style>p {}</style>a<br>b") == "a\nb"
    with pytest.raises(UnexpectedResponse):
        to_task(item | {"status": "inLimbo"}, TaskListId("L"), [])


def test_settings_and_secrets_come_back_as_they_went():
    settings = OutlookSettings(
        tenant_id="t", client_id="c", graph_root="http://127.0.0.1:1/v1.0", ca_file="ca.pem",
        authority="https://127.0.0.1:2/t", time_out=(1.0, 2.0), push_secret=b"p",
    )  # fmt: skip
    app = AppSecret(secret="s")

    assert read_settings(settings_text(settings, BEN), b"p") == (settings, BEN)
    for one in (
        app,
        AppCertificate(private_key="k", certificate="c"),
        Consent(refresh_token="r"),
        Consent(refresh_token="r", client=app),
    ):
        assert read_secret(secret_text(one, b"p")) == (one, b"p")


@pytest.mark.parametrize("text", ["", "s3cret", "{}", '{"kind": "magic"}', '{"kind": "secret"}'])
def test_unreadable_secret_is_refused_without_quoting_it(text):
    with pytest.raises(InvalidInput) as refused:
        read_secret(text)

    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("changes", [{"tenant_id": ""}, {"account": ""}, {"time_out": "soon"}])
def test_incomplete_settings_are_refused(changes):
    kept = {"account": BEN, "tenant_id": "t", "client_id": "c"}

    with pytest.raises(InvalidInput):
        read_settings(kept | changes)
    assert read_settings(kept)[0].history == timedelta(days=35)
