"""Deviations of servers, each met: on the server itself where it runs here, else replayed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.caldav.cursors import read_cursor
from adapters.caldav.quirks import COARSE_TOKENS, FULL_LIST, MAILS_TEXT, QUIRKS, found_on_connect
from core.errors import CursorExpired, PermissionDenied, UnexpectedResponse
from core.model.calendar import Body, Cursor, IdempotencyKey, Window
from tests.adapters.caldav.accounts import Behind, behind
from tests.contracts.caldav_hosts import caldav_host
from tests.servers.cyrus import CyrusServer
from tests.servers.proxy import Proxy
from tests.servers.radicale import RadicaleServer
from tests.servers.xandikos import XandikosServer

pytestmark = pytest.mark.server

WEEKLY = "weekly@example.org"
LIST = '<multistatus xmlns="DAV:">{entries}<sync-token>{token}</sync-token></multistatus>'
ENTRY = (
    '<response><href>{href}</href><propstat><prop><getetag>"1"</getetag></prop>'
    "<status>HTTP/1.1 200 OK</status></propstat></response>"
)


@pytest.fixture
def ben(proxy: Proxy, radicale: RadicaleServer) -> Behind:
    return behind(proxy, radicale)


@pytest.fixture
def cyrus_proxy(cyrus: CyrusServer) -> Iterator[Proxy]:
    before = Proxy(cyrus.port)
    yield before
    before.stop()


def replay(ben: Behind, token: str, *hrefs: str) -> None:
    """Let the next REPORT be answered with a list of hrefs."""
    entries = "".join(ENTRY.format(href=href) for href in hrefs)
    ben.proxy.fault(status=207, body=LIST.format(entries=entries, token=token).encode())


def test_each_quirk_has_a_name_of_its_own_a_link_and_two_sentences() -> None:
    assert len({quirk.name for quirk in QUIRKS}) == len(QUIRKS)
    for quirk in QUIRKS:
        assert quirk.link.startswith("https://")
        assert quirk.what.endswith(".")
        assert quirk.we.endswith(".")


@pytest.mark.parametrize(
    ("headers", "quirks"),
    [
        ({"server": "Apache", "x-davical-version": "DAViCal/1.1.12"}, {FULL_LIST}),
        ({"server": "SOGo/5.8"}, {FULL_LIST, COARSE_TOKENS}),
        ({"www-authenticate": 'Basic realm="SOGo"'}, {FULL_LIST, COARSE_TOKENS}),
        ({"server": "Cyrus-HTTP/3.6.1"}, {MAILS_TEXT}),
        ({"server": "WSGIServer"}, set()),
    ],
)
def test_server_is_known_by_what_it_says_of_itself(
    headers: dict[str, str], quirks: set[str]
) -> None:
    assert found_on_connect(headers) == quirks


def test_report_limit_whole_calendar_of_more_than_ten_thousand_events_is_read(
    tmp_path: Path,
) -> None:
    server = RadicaleServer(tmp_path, extra="[reporting]\nmax_expand_occurrence = 30\n", couples=1)
    proxy = Proxy(server.port)
    try:
        ben = behind(proxy, server)
        for number in range(40):
            ben.weekly(f"{number}@example.org")

        page = ben.port.changes(ben.calendar_id, None)

        assert len(page.changed) == 40
        assert [asked.status for asked in proxy.asked] == [207, 400, 207, 207]
    finally:
        proxy.stop()
        server.stop()


def test_report_limit_single_entry_that_is_refused_is_named(ben: Behind) -> None:
    series = ben.weekly()
    replay(ben, "t", series.event_id)
    ben.proxy.fault(status=400)

    page = ben.port.changes(ben.calendar_id, None)

    assert [event_id for event_id, _ in page.broken] == [series.event_id]


def test_expand_fails_override_without_its_series_does_not_stop_a_window(ben: Behind) -> None:
    person = ben.couple.ben.address
    ben.weekly()
    ben.clients.edit_body(person, WEEKLY, ben.host.at(1), "only this one")
    both = ben.clients.raw(person, WEEKLY).decode()
    first, _, rest = both.partition("BEGIN:VEVENT")
    events = [part.partition("END:VEVENT")[0] for part in rest.split("BEGIN:VEVENT")]
    orphan = next(event for event in events if "RECURRENCE-ID" in event)
    data = f"{first}BEGIN:VEVENT{orphan}END:VEVENT\r\nEND:VCALENDAR\r\n"
    other = data.replace(WEEKLY, "orphan@example.org").encode()
    assert ben.clients.put_raw(person, "orphan.ics", other).status < 300

    window = Window(start=ben.host.at(0), end=ben.host.at(3))
    found = list(ben.port.list_occurrences(ben.calendar_id, window))

    assert [event.uid for event in found].count("orphan@example.org") == 1
    assert [event.uid for event in found].count(WEEKLY) == 3


def test_attendee_allowed_refused_text_is_no_conflict(xandikos: XandikosServer) -> None:
    host = caldav_host(xandikos)
    host.weekly()
    copy = host.found(host.anna, WEEKLY)
    port = host.ports[host.anna]
    theirs = port.occurrences(copy.ref, host.at(0), 1)[0]

    with pytest.raises(PermissionDenied, match="only the organizer"):
        port.write_body(theirs.ref, Body(content="Anna's"), expect=theirs.revision)


@pytest.mark.parametrize("server", ["radicale", "xandikos", "cyrus"])
def test_token_errors_are_all_an_expired_cursor(
    server: str, request: pytest.FixtureRequest
) -> None:
    host = caldav_host(request.getfixturevalue(server))

    with pytest.raises(CursorExpired):
        host.port.changes(host.calendar_id, Cursor("http://example.org/no-such-token"))


def test_no_etag_after_put_is_read_once_more(cyrus_proxy: Proxy, cyrus: CyrusServer) -> None:
    ben = behind(cyrus_proxy, cyrus)
    event = ben.occurrence(ben.weekly())

    revision = ben.port.write_body(event.ref, Body(content="agenda"), expect=event.revision)

    assert [asked.method for asked in cyrus_proxy.asked] == ["GET", "PUT", "GET"]
    assert ben.port.get_event(event.ref).revision == revision


def test_no_etag_after_put_somebody_s_edit_in_between_is_not_taken_for_ours(
    ben: Behind,
) -> None:
    series = ben.weekly()
    event = ben.occurrence(series)
    person = ben.couple.ben.address
    ben.proxy.before_answer = lambda method: (
        ben.clients.edit_body(person, WEEKLY, ben.host.at(0), "typed in between")
        if method == "PUT"
        else None
    )
    ben.proxy.drop_headers = frozenset({"etag"})
    ben.proxy.dropped_for = frozenset({"PUT"})

    revision = ben.port.write_body(event.ref, Body(content="agenda"), expect=event.revision)

    assert revision != ben.port.get_event(event.ref).revision
    assert ben.port.get_event(event.ref).body.content == "typed in between"


def test_missing_from_multiget_counts_as_removed(ben: Behind) -> None:
    series = ben.weekly()
    cursor = ben.port.changes(ben.calendar_id, None).cursor
    replay(ben, "http://radicale.org/ns/sync/next", series.event_id)
    replay(ben, "")

    page = ben.port.changes(ben.calendar_id, cursor)

    assert page.removed == (series.event_id,)


def test_missing_from_multiget_at_the_first_look_is_named(ben: Behind) -> None:
    series = ben.weekly()
    replay(ben, "t", series.event_id)
    replay(ben, "")

    page = ben.port.changes(ben.calendar_id, None)

    assert [event_id for event_id, _ in page.broken] == [series.event_id]
    assert not page.removed


def test_blind_create_an_entry_that_is_there_is_never_overwritten(ben: Behind) -> None:
    made = ben.port.create_event(ben.calendar_id, ben.host.draft(), key=IdempotencyKey("k"))
    ben.clients.edit_body(ben.couple.ben.address, made.uid, None, "typed since")
    ben.proxy.forget()

    again = ben.port.create_event(ben.calendar_id, ben.host.draft(), key=IdempotencyKey("k"))

    assert again.body.content == "typed since"
    assert ben.proxy.counted() == {"GET": 1}


def test_full_list_in_answer_to_a_cursor_is_an_expired_cursor(
    proxy: Proxy, radicale: RadicaleServer
) -> None:
    ben = behind(proxy, radicale, quirks=frozenset({FULL_LIST}))
    refs = [ben.weekly(f"{number}@example.org") for number in range(3)]
    first = ben.port.changes(ben.calendar_id, None)
    assert ben.port.changes(ben.calendar_id, first.cursor).changed == ()
    replay(ben, "t2", *(ref.event_id for ref in refs))

    with pytest.raises(CursorExpired, match="whole list"):
        ben.port.changes(ben.calendar_id, first.cursor)


def test_full_list_where_starting_over_is_asked_for_is_none(
    proxy: Proxy, radicale: RadicaleServer
) -> None:
    ben = behind(proxy, radicale, quirks=frozenset({FULL_LIST}))
    ben.weekly()

    assert len(ben.port.changes(ben.calendar_id, None).changed) == 1


def test_coarse_tokens_are_asked_for_one_pass_back(proxy: Proxy, radicale: RadicaleServer) -> None:
    ben = behind(proxy, radicale, quirks=frozenset({COARSE_TOKENS}))
    replay(ben, "t1")
    first = ben.port.changes(ben.calendar_id, None)
    for token in ("t2", "t3"):
        replay(ben, token)
    second = ben.port.changes(ben.calendar_id, first.cursor)
    ben.port.changes(ben.calendar_id, second.cursor)

    asked = [request.body.decode() for request in proxy.asked]
    assert "<sync-token>t1</sync-token>" in asked[1]
    assert "<sync-token>t1</sync-token>" in asked[2]
    mark = read_cursor(second.cursor)
    assert (mark.token, mark.before) == ("t2", "t1")


def test_cut_list_goes_on_where_it_stopped(ben: Behind) -> None:
    series = ben.weekly()
    itself = ben.calendar_id.partition("127.0.0.1")[2].partition("/")[2]
    entries = ENTRY.format(href=series.event_id) + (
        f"<response><href>/{itself}</href><status>HTTP/1.1 507 Insufficient Storage</status>"
        "</response>"
    )
    ben.proxy.fault(status=207, body=LIST.format(entries=entries, token="t1").encode())

    page = ben.port.changes(ben.calendar_id, None)

    assert page.more
    assert len(page.changed) == 1
    assert page.cursor == "t1"


def test_master_must_change_with_its_override(ben: Behind) -> None:
    event = ben.occurrence(ben.weekly())
    ben.port.write_body(event.ref, Body(content="agenda"), expect=event.revision)

    data = ben.clients.raw(ben.couple.ben.address, WEEKLY).decode()

    assert data.count("LAST-MODIFIED") == 2


def test_server_without_etags_is_guarded_by_content(ben: Behind) -> None:
    series = ben.weekly()
    ben.proxy.drop_headers = frozenset({"etag"})
    event = ben.port.get_event(series)
    assert event.revision.startswith("content:")

    ben.port.write_body(series, Body(content="agenda"), expect=event.revision)

    assert "If-Match" not in ben.proxy.asked[-2].headers
    assert ben.clients.body(ben.couple.ben.address, WEEKLY) == "agenda"


def test_list_that_cannot_be_read_is_no_empty_list(ben: Behind) -> None:
    ben.proxy.fault(status=207, body=b"<multistatus xmlns='DAV:'><response>")

    with pytest.raises(UnexpectedResponse):
        ben.port.changes(ben.calendar_id, None)
