"""How many requests a pass costs, and which: counted by a proxy before a real server."""

from __future__ import annotations

import pytest

from core.model.calendar import Body, IdempotencyKey, Window
from core.model.tasks import TaskDraft
from tests.adapters.caldav.accounts import Behind, behind, ports
from tests.servers.proxy import Proxy
from tests.servers.radicale import RadicaleServer

pytestmark = pytest.mark.server


@pytest.fixture
def ben(proxy: Proxy, radicale: RadicaleServer) -> Behind:
    return behind(proxy, radicale)


def test_pass_without_a_change_is_one_request(ben: Behind) -> None:
    ben.weekly()
    cursor = ben.port.changes(ben.calendar_id, None).cursor
    ben.proxy.forget()

    ben.port.changes(ben.calendar_id, cursor)

    assert ben.proxy.counted() == {"REPORT": 1}


def test_pass_without_a_change_is_one_request_in_a_new_process_too(
    ben: Behind, proxy: Proxy
) -> None:
    ben.weekly()
    cursor = ben.port.changes(ben.calendar_id, None).cursor
    fresh, _ = ports(ben.couple.ben, proxy)
    proxy.forget()

    fresh.changes(ben.calendar_id, cursor)

    assert proxy.counted() == {"REPORT": 1}


def test_one_changed_event_is_two_requests_and_its_occurrences_none_more(ben: Behind) -> None:
    series = ben.weekly()
    cursor = ben.port.changes(ben.calendar_id, None).cursor
    ben.clients.edit_body(ben.couple.ben.address, "weekly@example.org", None, "typed")
    ben.proxy.forget()

    page = ben.port.changes(ben.calendar_id, cursor)
    coming = ben.port.occurrences(series, ben.host.at(0), 5)

    assert ben.proxy.counted() == {"REPORT": 2}
    assert len(page.changed) == 1
    assert {event.body.content for event in coming} == {"typed"}


def test_first_pass_fetches_a_hundred_events_a_request(ben: Behind) -> None:
    for number in range(101):
        ben.weekly(f"{number}@example.org")
    ben.proxy.forget()

    page = ben.port.changes(ben.calendar_id, None)

    assert len(page.changed) == 101
    assert ben.proxy.counted() == {"REPORT": 3}


def test_write_reads_the_event_and_puts_it_under_its_etag(ben: Behind) -> None:
    series = ben.weekly()
    event = ben.occurrence(series)

    ben.port.write_body(event.ref, Body(content="agenda"), expect=event.revision)

    assert [asked.method for asked in ben.proxy.asked] == ["GET", "PUT"]
    assert ben.proxy.asked[1].headers["If-Match"] == event.revision


def test_write_of_what_stands_there_puts_nothing(ben: Behind) -> None:
    series = ben.weekly()
    event = ben.occurrence(series)

    revision = ben.port.write_body(event.ref, event.body, expect=event.revision)

    assert revision == event.revision
    assert ben.proxy.counted() == {"GET": 1}


def test_series_of_another_look_is_read_again(ben: Behind) -> None:
    series = ben.weekly()

    ben.port.occurrences(series, ben.host.at(0), 1)
    ben.proxy.forget()
    ben.port.occurrences(series, ben.host.at(0), 1)

    assert ben.proxy.counted() == {"GET": 1}


def test_event_is_always_read_from_the_server_and_not_from_memory(ben: Behind) -> None:
    series = ben.weekly()
    ben.port.changes(ben.calendar_id, None)
    ben.clients.edit_body(ben.couple.ben.address, "weekly@example.org", None, "typed since")

    assert ben.port.get_event(series).body.content == "typed since"


def test_window_asks_for_what_changed_only(ben: Behind) -> None:
    ben.weekly()
    window = Window(start=ben.host.at(0), end=ben.host.at(3))
    first = list(ben.port.list_occurrences(ben.calendar_id, window))
    ben.proxy.forget()

    again = list(ben.port.list_occurrences(ben.calendar_id, window))

    assert [event.identity for event in again] == [event.identity for event in first]
    assert len(first) == 3
    assert not ben.proxy.asked


def test_task_is_created_with_three_requests_and_looked_up_with_one(ben: Behind) -> None:
    draft, key = TaskDraft(title="Budget"), IdempotencyKey("one")

    ben.tasks.create_task(ben.list_id, draft, key=key)
    assert ben.proxy.counted() == {"GET": 2, "PUT": 1}
    ben.proxy.forget()
    ben.tasks.create_task(ben.list_id, draft, key=key)
    assert ben.proxy.counted() == {"GET": 1}


def test_nothing_is_asked_for_before_it_is_used(ben: Behind) -> None:
    assert not ben.proxy.asked
    assert ben.port.features
    assert not ben.proxy.asked
