"""Links as people wrote them, without what gateways and clients wrap around them."""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

URL: Final = re.compile(r"https?://[^\s<>\"]++", re.IGNORECASE)
_TWICE: Final = re.compile(r"([^\s<>()]++)[ ]?[<(](?:https?://|mailto:)?([^\s<>()]++)[>)]")
_AROUND: Final = re.compile(r"[(<]((?:https?://|mailto:)[^\s<>()]++)[)>]")
_SCHEME: Final = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)
_V2: Final = str.maketrans({"-": "%", "_": "/"})
_V3: Final = re.compile(r"/v3/__(.+?)__;", re.DOTALL)


def unwrap(url: str) -> str:
    """Return the address that a link leads to, without Safe Links, URL Defense or google.com/url.

    See https://learn.microsoft.com/defender-office-365/safe-links-about.
    """
    for _ in range(3):
        inner = _unwrapped(url)
        if inner == url:
            break
        url = inner
    return url


def _unwrapped(url: str) -> str:
    if "safelinks" not in url and "urldefense" not in url and "google." not in url:
        return url
    try:
        parts = urlsplit(unescape(url))
    except ValueError:
        return url
    host, query = parts.netloc.lower(), parts.query
    if host.endswith("safelinks.protection.outlook.com"):
        return _first(query, "url") or url
    if host.startswith("www.google.") and parts.path == "/url":
        return _first(query, "q") or _first(query, "url") or url
    if host.startswith("urldefense.") and "/v2/" in parts.path:
        wrapped = _first(query, "u")
        return unquote(wrapped.translate(_V2)) if wrapped else url
    if host.startswith("urldefense.") and (found := _V3.search(url)):
        return found[1]
    return url


def _first(query: str, name: str) -> str:
    try:
        values = parse_qs(query, max_num_fields=50).get(name, [""])
    except ValueError:
        return ""
    return values[0]


def unwrap_all(text: str) -> str:
    """Unwrap every bare link in a text."""
    if "safelinks" in text or "urldefense" in text or "google." in text:
        return URL.sub(lambda found: unwrap(found[0]), text)
    return text


def bare_address(url: str) -> str:
    """Return a link in the shortest form in which two are compared."""
    return unquote(_SCHEME.sub("", unwrap(url).strip())).rstrip("/").casefold()


def plain_links(text: str) -> str:
    """Fold the ways in which converters write a link: `url<url>`, `<url>`, `(url)`."""
    return _AROUND.sub(r"\1", _TWICE.sub(_once, unwrap_all(text)))


def as_typed(text: str) -> str:
    """Return a text with each link once and as somebody typed it, whatever the way added to it."""
    if "http" not in text and "mailto:" not in text:
        return text
    return _TWICE.sub(_once, unwrap_all(text))


def _once(found: re.Match[str]) -> str:
    return found[1] if bare_address(found[1]) == bare_address(found[2]) else found[0]
