"""Each refusal and each silence of a server is a clear error, and what was there stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from adapters.caldav.refusals import Answer, refusal
from core.errors import (
    AccountDisconnected,
    CursorExpired,
    NotFound,
    OneOnOneError,
    PermissionDenied,
    RateLimited,
    RevisionConflict,
    Unavailable,
    UnexpectedResponse,
)
from core.model.calendar import Body, Cursor
from tests.adapters.caldav.accounts import Behind, behind, ports
from tests.servers.proxy import Proxy
from tests.servers.radicale import RadicaleServer

NEWS = Body(content="agenda")
ERROR = '<?xml version="1.0"?><D:error xmlns:D="DAV:" xmlns:C="urn:c"><{name}/></D:error>'


@pytest.fixture
def ben(proxy: Proxy, radicale: RadicaleServer) -> Behind:
    return behind(proxy, radicale)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, UnexpectedResponse),
        (400, UnexpectedResponse),
        (401, AccountDisconnected),
        (403, PermissionDenied),
        (404, NotFound),
        (405, UnexpectedResponse),
        (409, NotFound),
        (410, NotFound),
        (412, RevisionConflict),
        (415, UnexpectedResponse),
        (423, Unavailable),
        (429, RateLimited),
        (500, Unavailable),
        (502, Unavailable),
        (503, Unavailable),
        (507, Unavailable),
    ],
)
@pytest.mark.server
def test_status_of_a_write_is_an_error_of_ours(
    ben: Behind, status: int, error: type[OneOnOneError]
) -> None:
    event = ben.occurrence(ben.weekly())
    ben.proxy.fault(status=status, methods=frozenset({"PUT"}))

    with pytest.raises(error) as caught:
        ben.port.write_body(event.ref, NEWS, expect=event.revision)

    assert type(caught.value) is error
    assert str(caught.value).endswith(".") or "again" in str(caught.value)
    assert ben.port.get_event(event.ref).body == event.body


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("D:valid-sync-token", CursorExpired),
        ("C:attendee-allowed", PermissionDenied),
        ("C:allowed-attendee-scheduling-object-change", PermissionDenied),
        ("D:need-privileges", PermissionDenied),
        ("C:no-uid-conflict", RevisionConflict),
        ("C:unique-scheduling-object-resource", RevisionConflict),
    ],
)
@pytest.mark.parametrize("status", [403, 409, 412])
def test_named_precondition_says_more_than_the_status(
    name: str, error: type[OneOnOneError], status: int
) -> None:
    body = ERROR.format(name=name).encode()

    found = refusal(Answer(url="", status=status, headers={}, body=body), "ben")

    assert type(found) is error


@pytest.mark.server
def test_wrong_password_says_whose_login_and_not_the_password(
    proxy: Proxy, radicale: RadicaleServer
) -> None:
    account = radicale.couple().ben
    port, _ = ports(account, proxy, password="not this one")

    with pytest.raises(AccountDisconnected) as caught:
        port.list_calendars()

    assert account.login in str(caught.value)
    assert "not this one" not in str(caught.value)
    assert not caught.value.retryable


@pytest.mark.server
def test_server_that_is_down_is_unavailable_and_worth_a_retry(
    proxy: Proxy, radicale: RadicaleServer
) -> None:
    port, _ = ports(radicale.couple().ben, proxy)
    proxy.stop()

    with pytest.raises(Unavailable, match="is the calendar server running") as caught:
        port.list_calendars()

    assert caught.value.retryable


@pytest.mark.server
def test_silent_server_is_unavailable_after_the_time_out(
    proxy: Proxy, radicale: RadicaleServer
) -> None:
    ben = behind(proxy, radicale, time_out=(2.0, 0.3))
    proxy.fault(silent=1.0, times=9)

    with pytest.raises(Unavailable, match="in time"):
        ben.port.changes(ben.calendar_id, None)


@pytest.mark.parametrize(
    "body", [b"", b"<html>login</html>", b"<multistatus", b"\x00\xff", b"<a xmlns='DAV:'/>"]
)
@pytest.mark.server
def test_garbage_instead_of_an_answer_is_unexpected(ben: Behind, body: bytes) -> None:
    ben.proxy.fault(status=207, body=body)

    with pytest.raises(UnexpectedResponse):
        ben.port.changes(ben.calendar_id, None)


@pytest.mark.server
def test_answer_without_a_sync_token_says_what_the_server_cannot(ben: Behind) -> None:
    ben.proxy.fault(status=207, body=b'<multistatus xmlns="DAV:"/>')

    with pytest.raises(UnexpectedResponse, match="6578"):
        ben.port.changes(ben.calendar_id, None)


@pytest.mark.server
def test_answer_that_breaks_off_is_unavailable(ben: Behind) -> None:
    ben.weekly()
    ben.proxy.fault(cut=True, times=9)

    with pytest.raises(Unavailable, match="broke off"):
        ben.port.changes(ben.calendar_id, None)


@pytest.mark.server
def test_read_that_broke_is_asked_once_more(ben: Behind) -> None:
    ben.weekly()
    ben.proxy.fault(done=True)

    page = ben.port.changes(ben.calendar_id, None)

    assert len(page.changed) == 1
    assert ben.proxy.counted() == {"REPORT": 3}


@pytest.mark.server
def test_write_whose_answer_is_lost_is_not_sent_again(ben: Behind) -> None:
    event = ben.occurrence(ben.weekly())
    ben.proxy.fault(done=True, methods=frozenset({"PUT"}))

    with pytest.raises(Unavailable):
        ben.port.write_body(event.ref, NEWS, expect=event.revision)

    assert ben.proxy.counted()["PUT"] == 1
    assert ben.port.get_event(event.ref).body == NEWS


@pytest.mark.server
def test_change_between_our_read_and_our_write_is_a_conflict(ben: Behind) -> None:
    event = ben.occurrence(ben.weekly())
    ben.proxy.fault(status=412, methods=frozenset({"PUT"}))

    with pytest.raises(RevisionConflict):
        ben.port.write_body(event.ref, NEWS, expect=event.revision)


def test_after_a_conflict_we_see_what_the_other_one_saved(ben: Behind, proxy: Proxy) -> None:
    series = ben.weekly()
    ben.port.changes(ben.calendar_id, None)
    seen = ben.occurrence(series)
    other, _ = ports(ben.couple.ben, proxy)
    other.write_body(seen.ref, NEWS, expect=seen.revision)

    with pytest.raises(RevisionConflict):
        ben.port.write_body(seen.ref, Body(content="ours"), expect=seen.revision)

    again = ben.occurrence(series)
    assert again.body == NEWS
    ben.port.write_body(again.ref, Body(content="ours"), expect=again.revision)


@pytest.mark.server
def test_told_to_slow_down_we_know_for_how_long(ben: Behind) -> None:
    ben.proxy.fault(status=429, headers={"Retry-After": "90"})

    with pytest.raises(RateLimited) as caught:
        ben.port.changes(ben.calendar_id, None)

    assert caught.value.retry_after == timedelta(seconds=90)


@pytest.mark.parametrize(("value", "seconds"), [("0", 0), ("120", 120), ("999999999999", 86400)])
def test_retry_after_is_read_as_seconds(value: str, seconds: int) -> None:
    found = refusal(Answer(url="", status=503, headers={"retry-after": value}, body=b""), "ben")

    assert isinstance(found, RateLimited)
    assert found.retry_after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("hours", "low", "high"),
    [(1, 3500, 3600), (-1, 0, 0), (99, 86400, 86400)],
)
def test_retry_after_is_read_as_a_date(hours: int, low: int, high: int) -> None:
    value = format_datetime(datetime.now(UTC) + timedelta(hours=hours), usegmt=True)

    found = refusal(Answer(url="", status=429, headers={"retry-after": value}, body=b""), "ben")

    assert isinstance(found, RateLimited)
    assert found.retry_after is not None
    assert low <= found.retry_after.total_seconds() <= high


@pytest.mark.parametrize("value", ["", "soon", "-1", "Thu, 99 Foo"])
def test_retry_after_that_means_nothing_is_no_error(value: str) -> None:
    found = refusal(Answer(url="", status=429, headers={"retry-after": value}, body=b""), "ben")

    assert isinstance(found, RateLimited)
    assert found.retry_after is None


@pytest.mark.server
def test_real_server_refuses_an_unknown_token(ben: Behind) -> None:
    with pytest.raises(CursorExpired):
        ben.port.changes(ben.calendar_id, Cursor("http://radicale.org/ns/sync/" + "0" * 64))


@pytest.mark.parametrize("cursor", ["", " ", "a b", "token x many", "a b c d"])
@pytest.mark.server
def test_cursor_that_is_none_of_ours_has_expired(ben: Behind, cursor: str) -> None:
    with pytest.raises(CursorExpired):
        ben.port.changes(ben.calendar_id, Cursor(cursor))
