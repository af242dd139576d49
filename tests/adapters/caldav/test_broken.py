"""Entries that nobody can read: named with a sentence, while the rest goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import NotFound, UnexpectedResponse
from core.model.calendar import Body, EventId, EventRef
from tests.adapters.caldav.accounts import Behind, behind
from tests.servers.proxy import Proxy
from tests.servers.radicale import RadicaleServer

pytestmark = pytest.mark.server

EVENT = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Somebody//EN\r
BEGIN:VEVENT\r
UID:{uid}\r
DTSTAMP:20260101T000000Z\r
{lines}SUMMARY:Lunch\r
END:VEVENT\r
END:VCALENDAR\r
"""
ANSWER = """<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">{entries}
<sync-token>http://example.org/sync/2</sync-token></multistatus>"""
ENTRY = """<response><href>{href}</href><propstat><prop><getetag>"1"</getetag>
<C:calendar-data>{data}</C:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat>
</response>"""
GOOD = EVENT.format(uid="good", lines="DTSTART:20311006T090000Z\r\nDTEND:20311006T093000Z\r\n")


@pytest.fixture
def ben(proxy: Proxy, radicale: RadicaleServer) -> Behind:
    return behind(proxy, radicale)


def served(ben: Behind, **entries: str) -> None:
    """Let the server hand out these entries, whatever it would take itself."""
    path = ben.calendar_id.partition("127.0.0.1")[2].partition("/")[2]
    made = "".join(
        ENTRY.format(href=f"/{path}{name}.ics", data=data.replace("&", "&amp;"))
        for name, data in entries.items()
    )
    answer = ANSWER.format(entries=made).encode()
    for _ in range(2):
        ben.proxy.fault(status=207, body=answer)


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "not a calendar at all",
        "BEGIN:VCALENDAR",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        GOOD.replace("END:VEVENT\r\n", ""),
        GOOD.replace("UID:good\r\n", ""),
        GOOD.replace("DTSTART:20311006T090000Z\r\n", ""),
        GOOD.replace("20311006T090000Z", "tomorrow at nine"),
        GOOD.replace("DTSTART:", "DTSTART;TZID=Nowhere/At All:").replace("00Z", "00"),
        GOOD.replace("SUMMARY", "RRULE:FREQ=SOMETIMES\r\nSUMMARY"),
        GOOD.replace("SUMMARY", "RRULE:FREQ=WEEKLY;INTERVAL=0\r\nSUMMARY"),
        GOOD.replace("SUMMARY", "EXDATE:never\r\nSUMMARY"),
        GOOD.replace("SUMMARY", "STATUS:PERHAPS\r\nSUMMARY"),
        GOOD.replace("DTEND:2031", "DTEND:9999999"),
    ],
)
def test_broken_entry_is_named_and_the_rest_goes_on(ben: Behind, broken: str) -> None:
    served(ben, broken=broken, good=GOOD)

    page = ben.port.changes(ben.calendar_id, None)

    assert "good" in [event.uid for event in page.changed]
    for event_id, sentence in page.broken:
        assert event_id.endswith("/broken.ics")
        assert sentence.endswith(".")
    assert len(page.changed) + len(page.broken) == 2


def test_unknown_zone_is_named_in_the_sentence(ben: Behind) -> None:
    zone = GOOD.replace("DTSTART:", "DTSTART;TZID=Nowhere/At All:").replace("00Z", "00")
    served(ben, zone=zone, good=GOOD)

    page = ben.port.changes(ben.calendar_id, None)

    assert len(page.broken) == 1
    assert "Nowhere/At All" in page.broken[0][1]


def test_windows_zone_is_known(ben: Behind) -> None:
    lines = "DTSTART;TZID=W. Europe Standard Time:20311006T090000\r\nDURATION:PT30M\r\n"
    served(ben, windows=EVENT.format(uid="windows", lines=lines))

    event = ben.port.changes(ben.calendar_id, None).changed[0]

    assert event.slot.zone == "Europe/Berlin"


def test_file_that_was_damaged_on_the_server_s_disk_does_not_stop_the_others(
    ben: Behind, radicale: RadicaleServer
) -> None:
    ben.weekly("whole@example.org")
    damaged = ben.weekly("damaged@example.org")
    name = damaged.event_id.rpartition("/")[2]
    found = Path(radicale.folder).rglob(name)
    (stored,) = (path for path in found if ".Radicale.cache" not in path.parts)
    stored.write_text("BEGIN:VCALENDAR\r\nBEGIN:VEV")
    for cached in stored.parent.glob(".Radicale.cache/item/*"):
        cached.unlink()

    page = ben.port.changes(ben.calendar_id, None)

    assert [event.uid for event in page.changed] == ["whole@example.org"]


def test_task_in_a_calendar_and_event_in_a_task_list_are_passed_over(ben: Behind) -> None:
    todo = GOOD.replace("VEVENT", "VTODO").replace("DTEND", "DUE")
    served(ben, todo=todo, good=GOOD)
    page = ben.port.changes(ben.calendar_id, None)
    path = ben.list_id.partition("127.0.0.1")[2].partition("/")[2]
    answer = ANSWER.format(
        entries="".join(
            ENTRY.format(href=f"/{path}{name}.ics", data=data)
            for name, data in (("todo", todo), ("good", GOOD))
        )
    )
    for _ in range(2):
        ben.proxy.fault(status=207, body=answer.encode())
    tasks = ben.tasks.changes(ben.list_id, None)

    assert [event.uid for event in page.changed] == ["good"]
    assert [task.draft.title for task in tasks.changed] == ["Lunch"]
    assert not page.broken
    assert not tasks.broken


def test_broken_event_is_not_written_to(ben: Behind) -> None:
    series = ben.weekly()
    ben.proxy.fault(status=200, headers={"ETag": '"1"'}, body=b"BEGIN:VCALENDAR")

    with pytest.raises(UnexpectedResponse):
        ben.port.get_event(series)

    event = ben.port.get_event(series)
    ben.proxy.forget()
    ben.proxy.fault(status=200, headers={"ETag": event.revision}, body=b"BEGIN:VCALENDAR")
    with pytest.raises(UnexpectedResponse):
        ben.port.write_body(series, Body(content="x"), expect=event.revision)
    assert ben.proxy.counted() == {"GET": 1}


def test_occurrence_that_the_rule_never_had_is_not_found(ben: Behind) -> None:
    series = ben.weekly()
    ref = EventRef(
        calendar_id=series.calendar_id, event_id=EventId(f"{series.event_id}#20310101T030000Z")
    )

    with pytest.raises(NotFound):
        ben.port.get_event(ref)
