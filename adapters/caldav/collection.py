"""One collection on a server: what changed in it, and its entries as bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from adapters.caldav.multistatus import CAL, DAV, Entry, Multistatus, normal_href, read_multistatus
from adapters.caldav.wire import Wire
from core.errors import NotFound, UnexpectedResponse
from core.model.calendar import Revision

BATCH = 100
"""Radicale refuses a REPORT of more than 10,000 events; others have limits of their own."""
XML = "application/xml; charset=utf-8"
ICALENDAR = "text/calendar; charset=utf-8"
SYNC = (
    '<?xml version="1.0" encoding="utf-8"?><sync-collection xmlns="DAV:">'
    "<sync-token>{token}</sync-token><sync-level>1</sync-level>"
    "<prop><getetag/></prop></sync-collection>"
)
MULTIGET = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<prop><getetag/><C:calendar-data/></prop>{hrefs}</C:calendar-multiget>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One entry as the server holds it."""

    href: str
    etag: str | None
    data: bytes

    @property
    def revision(self) -> Revision:
        """Its entity tag; where the server gives none, what its content tells."""
        if self.etag:
            return Revision(self.etag)
        return Revision("content:" + hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a server says has changed."""

    changed: tuple[str, ...]
    """Hrefs."""
    removed: tuple[str, ...]
    token: str
    more: bool


class Collection:
    """A calendar or a task list."""

    def __init__(self, wire: Wire, url: str) -> None:
        self.url = wire.absolute(url if url.endswith("/") else f"{url}/")
        self.path = normal_href(self.url)
        self._wire = wire

    def news(self, token: str) -> News:
        """Return what changed since a token; "" starts over. Raise CursorExpired."""
        # No DAV:limit: some servers then skip the rest for good.
        found = self._report(SYNC.format(token=escape(token)), depth="0")
        if found.token is None:
            raise UnexpectedResponse(
                "The calendar server cannot tell what has changed (RFC 6578 sync-collection)."
            )
        entries = [entry for entry in found.entries if not self._is_itself(entry)]
        return News(
            changed=tuple(entry.href for entry in entries if entry.status < 300),
            removed=tuple(entry.href for entry in entries if entry.status in (404, 410)),
            token=found.token,
            more=any(e.status == 507 and self._is_itself(e) for e in found.entries),
        )

    def fetch(self, hrefs: Sequence[str]) -> Iterator[Held | NotFound | UnexpectedResponse]:
        """Yield entries in the order asked for: what is gone as NotFound, what the server
        cannot hand over as UnexpectedResponse."""
        for start in range(0, len(hrefs), BATCH):
            yield from self._batch(hrefs[start : start + BATCH])

    def get(self, href: str) -> Held:
        """Read one entry now. Raise NotFound."""
        answer = self._wire.ask("GET", self._own(href), headers={"Accept": "text/calendar"})
        return Held(href=normal_href(href), etag=answer.etag, data=answer.body)

    def href_of(self, uid: str) -> str:
        """Return where an entry of ours lies."""
        return normal_href(f"{self.path}{uid}.ics")

    def put(self, href: str, data: bytes, *, expect: Revision | None) -> str | None:
        """Write an entry that is still at `expect`; None: one that is not there yet.

        Return its new entity tag where the server says it. Raise RevisionConflict.
        """
        headers = {"Content-Type": ICALENDAR}
        if expect is None:
            headers["If-None-Match"] = "*"
        elif expect.startswith('"'):
            # A weak tag never matches here (RFC 9110 section 13.1.1).
            headers["If-Match"] = expect
        return self._wire.ask("PUT", self._own(href), data, headers=headers).etag

    def delete(self, href: str) -> None:
        """Remove an entry. Raise NotFound."""
        self._wire.ask("DELETE", self._own(href))

    def _batch(self, hrefs: Sequence[str]) -> Iterator[Held | NotFound | UnexpectedResponse]:
        asked = "".join(f"<href>{escape(href)}</href>" for href in hrefs)
        try:
            found = self._report(MULTIGET.format(hrefs=asked), depth="1")
        except UnexpectedResponse as err:
            if len(hrefs) == 1:
                yield err
                return
            middle = len(hrefs) // 2
            yield from self._batch(hrefs[:middle])
            yield from self._batch(hrefs[middle:])
            return
        entries = {entry.href: entry for entry in found.entries}
        yield from (_held(href, entries.get(href)) for href in hrefs)

    def _report(self, body: str, *, depth: str) -> Multistatus:
        headers = {"Content-Type": XML, "Depth": depth}
        return read_multistatus(self._wire.ask("REPORT", self.url, body.encode(), headers=headers))

    def _own(self, href: str) -> str:
        """Refuse what lies outside: an id is only ever read in its own calendar."""
        path = normal_href(href)
        if not path.startswith(self.path) or ".." in path.split("/"):
            raise NotFound(f"{urlsplit(href).path} is not in this calendar.")
        return path

    def _is_itself(self, entry: Entry) -> bool:
        return entry.href.rstrip("/") == self.path.rstrip("/")


def _held(href: str, entry: Entry | None) -> Held | NotFound | UnexpectedResponse:
    if entry is None or entry.status in (404, 410):
        return NotFound("It is no longer on the calendar server.")
    text = entry.text(f"{CAL}calendar-data")
    if text is None:
        return UnexpectedResponse("The calendar server does not hand this entry over.")
    # XML makes every line end a bare LF (XML 1.0 section 2.11); RFC 5545 wants CRLF.
    data = text.encode().replace(b"\n", b"\r\n")
    return Held(href=href, etag=entry.text(f"{DAV}getetag"), data=data)
