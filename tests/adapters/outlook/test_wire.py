"""Requests to Graph: retries, refusals, links, batches, one loop for many threads."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest

from adapters.outlook.wire import AlreadyThere, refusal
from core.errors import (
    AccountDisconnected,
    CursorExpired,
    InvalidInput,
    NotFound,
    PermissionDenied,
    RateLimited,
    RevisionConflict,
    Unavailable,
    UnexpectedResponse,
)
from tests.adapters.outlook.conftest import ANNA, BEN


def calendar(wire, user=BEN):
    return wire.client.users.by_user_id(user).calendar.to_get_request_information()


def new_event(wire):
    from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
    from msgraph.generated.models.event import Event

    when = DateTimeTimeZone(date_time="2026-12-01T09:00:00", time_zone="UTC")
    event = Event(subject="x", start=when, end=when, transaction_id="t-1")
    return wire.client.users.by_user_id(BEN).events.to_post_request_information(event)


def test_every_request_asks_for_immutable_ids(graph, wire):
    wire.send(calendar(wire), prefer=('outlook.timezone="UTC"',))

    asked = graph.calls[-1].headers["prefer"]
    assert set(asked.split(", ")) == {'IdType="ImmutableId"', 'outlook.timezone="UTC"'}


def test_decimal_wait_is_waited(graph, wire, waits):
    graph.faults.add("throttle", times=2, retry_after="2.128")

    assert wire.send(calendar(wire))["name"] == "Calendar"
    assert waits == [2.128, 2.128]


def test_long_wait_is_left_to_the_jobs(graph, wire, waits):
    graph.faults.add("throttle", retry_after="120")

    with pytest.raises(RateLimited) as slow:
        wire.send(calendar(wire))
    assert (slow.value.retry_after, waits) == (timedelta(seconds=120), [])


def test_trouble_is_tried_again_a_few_times(graph, wire, waits):
    graph.faults.add("unavailable", times=3)
    assert wire.send(calendar(wire))

    graph.faults.add("unavailable", times=4)
    with pytest.raises(Unavailable):
        wire.send(calendar(wire))
    assert len(waits) == 6


def test_creation_whose_answer_was_lost_is_not_repeated(graph, wire, waits):
    graph.faults.add("lost_answer", method="POST")

    with pytest.raises(Unavailable):
        wire.send(new_event(wire), again=False)

    assert [call.method for call in graph.calls if call.path.endswith("/events")] == ["POST"]
    assert len(graph.state.tenant.mailbox(BEN).items) == 1
    with pytest.raises(AlreadyThere):
        wire.send(new_event(wire), again=False)


def test_throttled_creation_is_repeated_since_nothing_was_done(graph, wire, waits):
    graph.faults.add("throttle", method="POST")

    assert wire.send(new_event(wire), again=False)["subject"] == "x"


def test_withdrawn_token_is_replaced_once(graph, wire):
    wire.send(calendar(wire))
    graph.tokens.rotate()
    graph.tokens.forget_old_keys()

    assert wire.send(calendar(wire))["name"] == "Calendar"


def test_app_without_rights_is_denied(graph, wire):
    graph.tokens.app_roles = ("Mail.Send",)

    with pytest.raises(PermissionDenied):
        wire.send(calendar(wire))


def test_garbage_and_silence_are_told_apart(graph, wire, waits):
    graph.faults.add("garbage")
    with pytest.raises(UnexpectedResponse):
        wire.send(calendar(wire))

    graph.faults.add("timeout", seconds=3, times=4)
    with pytest.raises(Unavailable):
        wire.send(calendar(wire), again=False)


def test_error_page_instead_of_json_is_unavailable(graph, wire):
    graph.faults.add("error", status=502, times=4, code="")

    with pytest.raises(Unavailable):
        wire.send(calendar(wire))


def test_stale_version_is_a_conflict(graph, wire):
    from msgraph.generated.models.event import Event

    uid = graph.ui.create_event(BEN, [ANNA], subject="x", start=datetime(2026, 12, 1, 9, 0))
    events = wire.client.users.by_user_id(BEN).events
    request = events.by_event_id(graph.event_id(BEN, uid)).to_patch_request_information(
        Event(subject="y")
    )

    with pytest.raises(RevisionConflict):
        wire.send(request, expect='W/"old"')
    assert graph.calls[-1].body == {"@odata.type": "#microsoft.graph.event", "subject": "y"}


def test_link_to_another_address_is_not_followed(graph, wire):
    first = wire.follow(f"{graph.root}/users/{BEN}/calendars")

    assert first["value"][0]["name"] == "Calendar"
    for link in ("https://graph.example.org/v1.0/users", graph.root + ".example.org/users"):
        with pytest.raises(UnexpectedResponse):
            wire.follow(link)


def test_batch_gives_each_answer_by_its_id(graph, wire):
    asked = [
        {"id": "1", "method": "GET", "url": f"/users/{BEN}/calendar"},
        {"id": "2", "method": "GET", "url": f"/users/{BEN}/events/none"},
    ]

    done = wire.batch(asked)

    assert {number: answer[0] for number, answer in done.items()} == {"1": 200, "2": 404}
    with pytest.raises(ValueError, match="at most 20"):
        wire.batch([{"id": str(number)} for number in range(21)])


def test_many_threads_share_one_loop_and_never_more_than_four_places(graph, wire):
    graph.faults.slow = 0.1
    names = []

    def ask():
        names.append(wire.send(calendar(wire))["name"])

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert names == ["Calendar"] * 10
    assert graph.state.throttle.peak <= 4
    assert {call.status for call in graph.calls} == {200}


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, "ErrorOccurrenceCrossingBoundary", InvalidInput),
        (400, "RequestBodyRead", UnexpectedResponse),
        (400, "SyncStateInvalid", CursorExpired),
        (401, "InvalidAuthenticationToken", AccountDisconnected),
        (403, "ErrorAccessDenied", PermissionDenied),
        (404, "ErrorItemNotFound", NotFound),
        (404, "MailboxNotEnabledForRESTAPI", PermissionDenied),
        (404, "ErrorInvalidUser", NotFound),
        (409, "ErrorDuplicateTransactionId", AlreadyThere),
        (410, "", CursorExpired),
        (412, "ErrorIrresolvableConflict", RevisionConflict),
        (429, "ApplicationThrottled", RateLimited),
        (500, "", Unavailable),
        (504, "UnknownError", Unavailable),
        (302, "", UnexpectedResponse),
    ],
)
def test_each_refusal_has_its_meaning(status, code, expected):
    assert type(refusal(status, code, {})) is expected


@pytest.mark.parametrize(
    ("text", "seconds"), [("2.128", 2.128), ("3", 3), ("-1", 0), ("soon", None), ("", None)]
)
def test_wait_is_read_as_a_number(text, seconds):
    error = refusal(429, "", {"Retry-After": text})

    assert isinstance(error, RateLimited)
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert error.retry_after == expected


def test_importing_the_adapter_loads_no_sdk():
    code = (
        "import sys, adapters.outlook, adapters.outlook.wire; "
        "sys.exit(any(name.startswith(('msgraph', 'kiota', 'httpx')) for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
