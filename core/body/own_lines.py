"""Our own lines below the entries: the way to the rest of the agenda, and how much is there."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from core.body.headings import ALL
from core.body.links import URL, as_typed

_LINKS: Final = "|".join(
    re.escape(text.rstrip(":")) for words in ALL for text in (words.more, words.elsewhere)
)
_REST: Final = re.compile(
    r"(?P<sign>…|\.\.\.|\?)?\s?(?:und \d+ weitere|and \d+ more)\b\s*:?\s*", re.IGNORECASE
)
_LINK: Final = re.compile(rf"(?:{_LINKS})(?:\s*:\s*/\s*(?:{_LINKS}))?\s*(?::|$)\s*", re.IGNORECASE)
_BOXES: Final = frozenset("[☐☑☒✔✓✅")
_FIRST: Final = frozenset("….? uUaA") | {
    letter
    for words in ALL
    for text in (words.more, words.elsewhere)
    for letter in (text[0], text[0].lower())
}
"""What a line of ours begins with: asked of every line, so that few are looked at closely."""
_GOES_ON: Final = re.compile(r"[/?#&=%_-]\S*")
"""What gateways hang onto an address."""


def own_rest(text: str, link: str | None) -> str | None:
    """Return what somebody typed beside our words in a line of ours; None: it is no such line.

    `link`: the way to the agenda; with another host behind our words it is a person's line.
    None: whatever way is ours.
    """
    if text[:1] not in _FIRST:
        return _before_link(text, link) if link and link in text else None
    found = _REST.match(text)
    if found is not None:
        rest = text[found.end() :]
        # Some clients take the scheme away; an address that was ours before is ours too.
        as_ours = link if link and link.partition("://")[2] in rest else None
        behind = _behind_link(rest, as_ours)
        return behind if found["sign"] or not behind else None
    found = _LINK.match(text)
    if found is None:
        return _before_link(text, link) if link and link in text else None
    rest = text[found.end() :]
    behind = _behind_link(rest, link)
    return None if behind == rest != "" else behind


def _before_link(text: str, link: str) -> str | None:
    """Return what was typed around our words and the way; a line with a box is a person's."""
    found = _LINK.search(text)
    if found is None or not text.startswith(link, found.end()) or not _BOXES.isdisjoint(text):
        return None
    return f"{text[: found.start()]}{_behind_link(text[found.end() :], link)}".strip()


def _behind_link(text: str, link: str | None) -> str:
    """Return what stands behind the address with which a text begins."""
    rest = as_typed(text)
    for address in (link, link.partition("://")[2]) if link else ():
        at = rest.casefold().find(address.casefold()) if address else -1
        if at >= 0:
            before, behind = rest[:at].rstrip("<( "), rest[at + len(address) :]
            on = _GOES_ON.match(behind)
            return f"{before} {behind[on.end() if on else 0 :].lstrip('>) ')}".strip()
    rest = rest.lstrip("<( ")
    found = URL.match(rest)
    if found is None or (link and _host(found[0]) != _host(link)):
        return text
    return rest[found.end() :].lstrip(">) ")


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.casefold()
    except ValueError:
        return url
