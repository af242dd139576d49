"""Who else can read a CalDAV calendar, where the server tells.

By access control lists (RFC 3744: Cyrus, DAViCal, SOGo), by invitations to shared calendars and
by the address under which one is published (sabre, Nextcloud, Apple). Radicale tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from adapters.caldav.multistatus import DAV, Entry, normal_href, read_multistatus
from adapters.caldav.wire import Wire
from core.errors import NotFound, NotSupported
from core.model.calendar import CalendarId, Readers
from core.model.people import normal_address

SERVER: Final = "{http://calendarserver.org/ns/}"
CLOUD: Final = "{http://owncloud.org/ns}"
ASKED = b"""<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:S="http://calendarserver.org/ns/" xmlns:O="http://owncloud.org/ns">
<prop><acl/><owner/><current-user-principal/><S:invite/><O:invite/><S:publish-url/></prop>
</propfind>"""
READING: Final = frozenset({"read", "all"})
OWN: Final = ("owner", "current-user-principal")
WIDE: Final = frozenset({"authenticated", "all"})


class CaldavReaders:
    """ReaderPort by one PROPFIND."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readers(self, calendar_id: CalendarId) -> Readers:
        """Ask the server what it tells."""
        headers = {"Content-Type": "application/xml; charset=utf-8", "Depth": "0"}
        answer = self._wire.ask("PROPFIND", calendar_id, ASKED, headers=headers)
        entry = next(iter(read_multistatus(answer).entries), None)
        if entry is None:
            raise NotFound("This account has no such calendar.")
        return to_readers(entry)


def to_readers(entry: Entry) -> Readers:
    """Return who reads by what is said. Raise NotSupported where nothing is."""
    acl, published = entry.prop(f"{DAV}acl"), entry.prop(f"{SERVER}publish-url")
    invites = [i for ns in (SERVER, CLOUD) if (i := entry.prop(f"{ns}invite")) is not None]
    if acl is None and published is None and not invites:
        raise NotSupported("This calendar server does not tell who else reads a calendar.")
    own = {
        _name(href) for tag in ("owner", "current-user-principal") for href in _hrefs(entry, tag)
    }
    people = {_name(href) for invite in invites for href in _invited(invite)}
    wide: set[str] = set()
    for principal in _principals(acl):
        kind = principal.tag.removeprefix(DAV)
        if kind == "href":
            people.add(_name(principal.text or ""))
        elif kind in (*WIDE, "unauthenticated"):
            wide.add(kind)
    return Readers(
        people=tuple(sorted(people - own - {""})),
        everybody=bool(wide & WIDE),
        public=published is not None or bool(wide & {"all", "unauthenticated"}),
    )


def _principals(acl: Element | None) -> Iterator[Element]:
    """Yield the principals that an access control list lets read."""
    for ace in acl.iterfind(f"{DAV}ace") if acl is not None else ():
        granted = {e.tag.removeprefix(DAV) for e in ace.iterfind(f"{DAV}grant/{DAV}privilege/*")}
        if granted & READING:
            yield from ace.iterfind(f"{DAV}principal/*")


def _invited(invite: Element) -> Iterator[str]:
    """Yield whom a calendar is shared with: who declined does not read."""
    for ns in (SERVER, CLOUD):
        for user in invite.iterfind(f"{ns}user"):
            href = user.findtext(f"{DAV}href")
            if href and user.find(f"{ns}invite-declined") is None:
                yield href


def _hrefs(entry: Entry, tag: str) -> Iterator[str]:
    found = entry.prop(f"{DAV}{tag}")
    yield from (
        href.text or "" for href in (found.iterfind(f"{DAV}href") if found is not None else ())
    )


def _name(href: str) -> str:
    """Return an address, or the last part of a principal's path."""
    if href.lower().startswith("mailto:"):
        return normal_address(unquote(href[7:]))
    return unquote(normal_href(urlsplit(href).path).rstrip("/").rpartition("/")[2])
