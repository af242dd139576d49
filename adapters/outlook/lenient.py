"""What an answer of Graph, or of what stands in for it, may leave out or write otherwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from core.errors import UnexpectedResponse
from core.model.calendar import Revision

Json = Mapping[str, Any]
PUBLIC: Final = frozenset({"graph.microsoft.com"})
"""Whose links a gateway may hand on as they are: they are followed at the gateway."""
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
VERSION: Final = "/v1.0/"
OURS: Final = "seen:"
"""Begins a revision that we have made of what was read: nobody else can compare it."""
TELLING: Final = (
    *("id", "subject", "title", "body", "start", "end", "status", "dueDateTime", "isCancelled"),
    "lastModifiedDateTime",
)
"""What lists and single readings say alike."""


def revision_of(item: Json) -> Revision:
    """Return its ETag or its change key; where it has neither, what it says."""
    tag = item.get("@odata.etag")
    if tag:
        return Revision(str(tag))
    if item.get("changeKey"):
        return Revision(f'W/"{item["changeKey"]}"')
    said = {name: item.get(name) for name in TELLING}
    text = json.dumps(said, sort_keys=True, default=str)
    return Revision(OURS + hashlib.sha256(text.encode()).hexdigest()[:32])


def as_condition(expect: str) -> str | None:
    """Return what If-Match says; None where only reading again can tell."""
    return None if expect.startswith(OURS) else expect


def kind_of(item: Json) -> str:
    """Return an event's type, which its other properties say as well."""
    if item.get("type"):
        return str(item["type"])
    if item.get("seriesMasterId"):
        return "occurrence"
    return "seriesMaster" if item.get("recurrence") else "singleInstance"


def moment(text: str, zone: str = "UTC") -> datetime:
    """Read a time in UTC; `zone` is where it is, if it does not say so itself."""
    read = datetime.fromisoformat(text)
    aware = read if read.tzinfo is not None else read.replace(tzinfo=ZoneInfo(zone))
    return aware.astimezone(UTC)


def below(root: str, link: str) -> str:
    """Return a link of an answer as an address below the root: only there a token is sent.

    A link may be relative, and behind a gateway it may name Graph itself.
    """
    where, home = urlsplit(urljoin(f"{root}/", link)), urlsplit(root)
    same = (where.hostname, where.port) == (home.hostname, home.port) or (
        {where.hostname, home.hostname} <= LOOPBACK and where.port == home.port
    )
    if not same and where.hostname not in PUBLIC:
        raise UnexpectedResponse("Graph's answer links to another address.")
    start = f"{home.path}/" if where.path.startswith(f"{home.path}/") else VERSION
    head, found, rest = where.path.partition(start)
    if head or not found:
        raise UnexpectedResponse("Graph's answer links to another address.")
    return f"{root}/{rest}" + (f"?{where.query}" if where.query else "")
