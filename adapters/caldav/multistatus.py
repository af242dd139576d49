"""Answers of 207: hrefs with their entity tags and calendar data (RFC 4918 section 13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from adapters.caldav.refusals import Answer
from core.errors import UnexpectedResponse

DAV = "{DAV:}"
CAL = "{urn:ietf:params:xml:ns:caldav}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the server says of one href."""

    href: str
    status: int
    props: tuple[Element, ...] = ()
    """What it has; what it has not is left out."""

    def prop(self, tag: str) -> Element | None:
        """Return one property."""
        return next((prop for prop in self.props if prop.tag == tag), None)

    def text(self, tag: str) -> str | None:
        """Return a property's text."""
        found = self.prop(tag)
        return None if found is None else found.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Multistatus:
    """All entries of one answer."""

    entries: tuple[Entry, ...]
    token: str | None
    """RFC 6578: where reading changes goes on."""


def read_multistatus(answer: Answer) -> Multistatus:
    """Read an answer. Raise UnexpectedResponse where it is none."""
    try:
        root = ElementTree.fromstring(answer.body)  # noqa: S314 - expat refuses entity bombs
    except ElementTree.ParseError as err:
        raise UnexpectedResponse("The calendar server's answer is not readable XML.") from err
    if root.tag != f"{DAV}multistatus":
        raise UnexpectedResponse("The calendar server answered something else than we asked for.")
    entries = tuple(_entry(response) for response in root.iterfind(f"{DAV}response"))
    return Multistatus(entries=entries, token=root.findtext(f"{DAV}sync-token"))


def normal_href(href: str) -> str:
    """Return a path in the one form in which we compare: absolute URLs and %40 or @ alike."""
    segments = urlsplit(href.strip()).path.split("/")
    return "/".join(quote(unquote_to_bytes(s), safe="@:!$&'()*+,;=~") for s in segments)


def _entry(response: Element) -> Entry:
    href = response.findtext(f"{DAV}href")
    if not href:
        raise UnexpectedResponse("The calendar server names an entry without its address.")
    own = response.findtext(f"{DAV}status")
    props = tuple(_props(response))
    status = _code(own) if own else 200
    return Entry(href=normal_href(href), status=status, props=props)


def _props(response: Element) -> Iterator[Element]:
    for propstat in response.iterfind(f"{DAV}propstat"):
        if _code(propstat.findtext(f"{DAV}status") or "HTTP/1.1 200 OK") == 200:
            yield from propstat.find(f"{DAV}prop") or ()


def _code(status: str) -> int:
    words = status.split()
    if len(words) < 2 or not words[1].isdecimal():
        raise UnexpectedResponse(f"The calendar server answered a status {status!r}.")
    return int(words[1])
