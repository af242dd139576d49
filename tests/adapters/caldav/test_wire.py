"""The one way to a server: who signs, what is never sent, several threads at once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters.caldav.auth import kinds_offered
from adapters.caldav.collection import Collection
from adapters.caldav.multistatus import normal_href, read_multistatus
from adapters.caldav.refusals import Answer
from adapters.caldav.settings import AuthKind, CaldavSettings, read_settings
from adapters.caldav.wire import Wire
from adapters.registry import build
from core.errors import AccountDisconnected, InvalidInput, NotFound, UnexpectedResponse
from core.model.calendar import Body, CalendarId, EventId, EventRef
from tests.adapters.caldav.accounts import Behind, behind
from tests.servers import ROOT
from tests.servers.digest import DigestServer
from tests.servers.proxy import Proxy
from tests.servers.radicale import RadicaleServer


@pytest.fixture
def ben(proxy: Proxy, radicale: RadicaleServer) -> Behind:
    return behind(proxy, radicale)


def settings_for(proxy: Proxy, auth: AuthKind, login: str = "ben") -> CaldavSettings:
    return CaldavSettings(home=proxy.url, login=login, auth=auth, time_out=(2.0, 5.0))


@pytest.mark.server
def test_basic_sends_login_and_password_as_utf_8(proxy: Proxy) -> None:
    proxy.fault(status=204)

    Wire(settings_for(proxy, AuthKind.BASIC, "bän"), "pässwörd€").ask("OPTIONS", "/")

    assert proxy.asked[0].headers["Authorization"] == "Basic YsOkbjpww6Rzc3fDtnJk4oKs"


@pytest.mark.server
def test_bearer_sends_the_token(proxy: Proxy) -> None:
    proxy.fault(status=204)

    Wire(settings_for(proxy, AuthKind.BEARER), "a.b.c").ask("OPTIONS", "/")

    assert proxy.asked[0].headers["Authorization"] == "Bearer a.b.c"


@pytest.mark.server
def test_digest_proves_the_password_without_sending_it() -> None:
    server = DigestServer("ben", "secret")
    settings = CaldavSettings(home=server.url, login="ben", auth=AuthKind.DIGEST)
    try:
        assert Wire(settings, "secret").ask("REPORT", "/", b"<x/>").body == b"welcome"
        with pytest.raises(AccountDisconnected):
            Wire(settings, "wrong").ask("REPORT", "/")
        assert not any("secret" in header for header in server.heard)
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ('Basic realm="x"', (AuthKind.BASIC,)),
        ('Digest realm="x", nonce="y"', (AuthKind.DIGEST,)),
        ('Basic realm="x", Digest nonce="y"', (AuthKind.DIGEST, AuthKind.BASIC)),
        ("Negotiate", ()),
        ("", ()),
    ],
)
def test_offer_of_a_server_is_read(header: str, kinds: tuple[AuthKind, ...]) -> None:
    assert kinds_offered(header) == kinds


@pytest.mark.server
def test_secret_is_in_no_representation(proxy: Proxy) -> None:
    wire = Wire(settings_for(proxy, AuthKind.BEARER), "hunter2")

    assert "hunter2" not in repr(wire) + repr(wire.settings) + str(wire.settings.to_dict())


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/cal/",
        "//example.org/cal/",
        "https://127.0.0.1/cal/",
        "http://127.0.0.1/",
    ],
)
@pytest.mark.server
def test_no_request_leaves_the_account_s_server(proxy: Proxy, url: str) -> None:
    wire = Wire(settings_for(proxy, AuthKind.BASIC), "secret")

    with pytest.raises(UnexpectedResponse, match="is not the server"):
        wire.ask("GET", url)


@pytest.mark.server
def test_compression_is_not_asked_for_because_it_changes_etags(proxy: Proxy) -> None:
    proxy.fault(status=204)

    Wire(settings_for(proxy, AuthKind.BASIC), "secret").ask("OPTIONS", "/")

    assert proxy.asked[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.server
def test_redirect_is_not_followed_with_the_password(proxy: Proxy) -> None:
    proxy.fault(status=302, headers={"Location": "/elsewhere"})

    with pytest.raises(UnexpectedResponse, match="/elsewhere"):
        Wire(settings_for(proxy, AuthKind.BASIC), "secret").ask("GET", "/")

    assert len(proxy.asked) == 1


@pytest.mark.parametrize(
    "href",
    ["/other/x.ics", "http://example.org/x.ics", "{own}../x.ics", "{own}%2E%2e/x.ics", "{own}.."],
)
@pytest.mark.server
def test_id_is_only_read_in_its_own_calendar(ben: Behind, href: str) -> None:
    own = "/" + ben.calendar_id.split("/", 3)[3]
    ref = EventRef(calendar_id=ben.calendar_id, event_id=EventId(href.format(own=own)))

    with pytest.raises(NotFound):
        ben.port.get_event(ref)

    assert not ben.proxy.asked


@pytest.mark.server
def test_calendar_of_another_server_is_refused(ben: Behind) -> None:
    with pytest.raises(UnexpectedResponse):
        ben.port.changes(CalendarId("http://example.org/cal/"), None)


@pytest.mark.server
def test_many_threads_share_one_account_without_mixing_answers(ben: Behind) -> None:
    refs = [ben.weekly(f"{number}@example.org") for number in range(8)]

    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(ben.port.get_event, refs * 10))

    assert [event.ref for event in read] == refs * 10
    assert [event.uid for event in read] == [f"{number}@example.org" for number in range(8)] * 10


@pytest.mark.server
def test_names_with_umlauts_blanks_and_hashes_are_found(ben: Behind) -> None:
    person = ben.couple.ben.address
    ben.weekly()
    data = ben.clients.raw(person, "weekly@example.org")
    other = data.replace(b"weekly@example.org", b"other@example.org")
    assert ben.clients.put_raw(person, "%C3%9Cber%20uns%20%2350%25.ics", other).status < 300

    page = ben.port.changes(ben.calendar_id, None)
    event = next(event for event in page.changed if event.uid == "other@example.org")
    occurrence = ben.port.occurrences(event.ref, ben.host.at(0), 1)[0]

    ben.port.write_body(occurrence.ref, Body(content="found"), expect=occurrence.revision)
    assert ben.port.get_event(occurrence.ref).body.content == "found"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a%40b/c.ics", "/a@b/c.ics"),
        ("http://h/a/%c3%9c.ics", "/a/%C3%9C.ics"),
        ("/a/x y.ics", "/a/x%20y.ics"),
    ],
)
def test_one_place_has_one_name(one: str, other: str) -> None:
    assert normal_href(one) == normal_href(other)


def test_slash_inside_a_name_stays_inside_it() -> None:
    assert normal_href("/a/b%2Fc.ics") == "/a/b%2Fc.ics"


@pytest.mark.parametrize(
    "body",
    [
        b'<multistatus xmlns="DAV:"><response/></multistatus>',
        (
            b'<a:multistatus xmlns:a="DAV:"><a:response><a:href>/</a:href><a:status>k</a:status>'
            b"</a:response></a:multistatus>"
        ),
    ],
)
def test_entry_without_address_or_status_is_unexpected(body: bytes) -> None:
    with pytest.raises(UnexpectedResponse):
        read_multistatus(Answer(url="", status=207, headers={}, body=body))


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"home": "http://h/"},
        {"home": "http://h/", "login": "b", "auth": "magic"},
        {"home": "http://h/", "login": "b", "time_out": "soon"},
    ],
)
def test_settings_that_are_not_ours_are_refused(kept: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        read_settings(kept)


def test_registry_knows_the_suite_and_names_those_it_has() -> None:
    settings = CaldavSettings(home="http://127.0.0.1/", login="ben")

    assert build("caldav", settings.to_dict(), "secret").name == "caldav"
    with pytest.raises(InvalidInput, match="caldav"):
        build("carrier pigeon", {}, "")


def test_collection_is_named_with_a_slash_at_its_end() -> None:
    wire = Wire(CaldavSettings(home="http://127.0.0.1/ben/", login="ben"), "secret")

    assert Collection(wire, "http://127.0.0.1/ben/cal").url == "http://127.0.0.1/ben/cal/"


def test_loading_the_adapter_loads_no_http_library() -> None:
    heavy = ("requests", "urllib3", "niquests", "caldav", "icalendar", "lxml", "http.client")
    program = (
        "import sys; import adapters.registry, adapters.caldav;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=30
    )

    assert done.stdout.strip() == "[]", done.stderr
