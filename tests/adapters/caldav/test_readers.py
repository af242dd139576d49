"""What CalDAV servers tell of who else reads a calendar; the answers follow their sources."""

from __future__ import annotations

import pytest
import responses

from adapters.caldav.readers import CaldavReaders
from adapters.caldav.settings import CaldavSettings
from adapters.caldav.wire import Wire
from core.errors import NotFound, NotSupported
from core.model.calendar import CalendarId, Readers

HOME = "https://dav.example.com/dav/calendars/ben/"
URL = CalendarId(f"{HOME}work/")
NOTHING = "<D:displayname>Work</D:displayname>"
# RFC 3744 section 5.5, as Cyrus answers it (imap/http_dav.c).
ACL = """<D:owner><D:href>/dav/principals/user/ben/</D:href></D:owner><D:acl>
<D:ace><D:principal><D:href>/dav/principals/user/ben/</D:href></D:principal>
  <D:grant><D:privilege><D:all/></D:privilege></D:grant></D:ace>
<D:ace><D:principal><D:href>/dav/principals/user/assistant/</D:href></D:principal>
  <D:grant><D:privilege><D:read/></D:privilege><D:privilege><D:write/></D:privilege></D:grant></D:ace>
<D:ace><D:principal><D:{who}/></D:principal>
  <D:grant><D:privilege><D:{right}/></D:privilege></D:grant></D:ace></D:acl>"""
# sabre/dav, lib/CalDAV/Xml/Property/Invite.php; Nextcloud has the same in its own namespace.
INVITE = """<{ns}:invite><{ns}:user><D:href>mailto:Assistant%40example.com</D:href>
  <{ns}:invite-accepted/><{ns}:access><{ns}:read/></{ns}:access></{ns}:user>
<{ns}:user><D:href>mailto:gone@example.com</D:href><{ns}:invite-declined/></{ns}:user></{ns}:invite>"""
PUBLISHED = "<S:publish-url><D:href>https://dav.example.com/p/x</D:href></S:publish-url>"


def told(props: str) -> Readers:
    """Return what the adapter makes of a server's answer."""
    answer = (
        '<D:multistatus xmlns:D="DAV:" xmlns:S="http://calendarserver.org/ns/"'
        f' xmlns:O="http://owncloud.org/ns"><D:response><D:href>{URL}</D:href><D:propstat>'
        f"<D:prop>{props}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
        "</D:response></D:multistatus>"
    )
    with responses.RequestsMock() as web:
        web.add("PROPFIND", URL, body=answer, status=207, content_type="application/xml")
        return CaldavReaders(Wire(CaldavSettings(home=HOME, login="ben"), "secret")).readers(URL)


def test_f_16_an_access_list_names_who_reads_beside_the_owner() -> None:
    acl = ACL.format(who="authenticated", right="read-free-busy")

    assert told(acl) == Readers(people=("assistant",))


@pytest.mark.parametrize(
    ("who", "everybody", "public"),
    [("authenticated", True, False), ("all", True, True), ("unauthenticated", False, True)],
)
def test_what_everybody_may_read_is_told(who: str, everybody: bool, public: bool) -> None:
    found = told(ACL.format(who=who, right="read"))

    assert (found.everybody, found.public) == (everybody, public)


@pytest.mark.parametrize("ns", ["S", "O"])
def test_whom_a_calendar_is_shared_with_is_told(ns: str) -> None:
    assert told(INVITE.format(ns=ns)) == Readers(people=("assistant@example.com",))


def test_a_published_calendar_is_public() -> None:
    assert told(PUBLISHED) == Readers(public=True)


def test_a_server_that_tells_nothing_is_not_believed_to_be_closed() -> None:
    with pytest.raises(NotSupported):
        told(NOTHING)


def test_a_calendar_that_is_gone_is_not_found() -> None:
    port = CaldavReaders(Wire(CaldavSettings(home=HOME, login="ben"), "secret"))
    with responses.RequestsMock() as web:
        web.add("PROPFIND", URL, status=404)

        with pytest.raises(NotFound):
            port.readers(URL)
