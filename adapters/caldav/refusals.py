"""What a server's refusal means: one table from HTTP to core.errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

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

MAX_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said."""

    url: str
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def etag(self) -> str | None:
        """The entity tag, where one came."""
        return self.headers.get("etag")


def refusal(answer: Answer, login: str) -> OneOnOneError:
    """Return the error that an answer of 300 or more stands for."""
    named = preconditions(answer.body)
    if "valid-sync-token" in named:
        return CursorExpired("The server no longer knows how far we had read: reading starts over.")
    if "attendee-allowed" in named or "allowed-attendee-scheduling-object-change" in named:
        return PermissionDenied(
            "The server lets only the organizer change this event: the text stays as it is."
        )
    if "no-uid-conflict" in named or "unique-scheduling-object-resource" in named:
        return RevisionConflict("The server has this event at another place already.")
    if "need-privileges" in named:
        return PermissionDenied(f"{login} may not change this calendar: it is read-only.")
    return _by_status(answer, login)


def preconditions(body: bytes) -> set[str]:
    """Return the names in a DAV:error body (RFC 4918 section 16)."""
    if b"error" not in body[:1000]:
        return set()
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - expat refuses entity bombs
    except ElementTree.ParseError:
        return set()
    if root.tag != "{DAV:}error":
        return set()
    return {element.tag.rpartition("}")[2] for element in root.iter()}


def _by_status(answer: Answer, login: str) -> OneOnOneError:
    status = answer.status
    match status:
        case 401:
            return AccountDisconnected(
                f"The calendar server refuses the login of {login}: connect again with a "
                "valid password or app password."
            )
        case 403:
            return PermissionDenied(f"The calendar server does not allow {login} to do that.")
        case 404 | 410:
            return NotFound("It is no longer on the calendar server.")
        case 409:
            return NotFound("The calendar itself is no longer on the server.")
        case 412:
            return RevisionConflict("It was changed on the calendar server since it was read.")
        case 423:
            return Unavailable("The calendar server has locked it: it will be tried again.")
        case 429:
            return _limited(answer)
        case 503 if "retry-after" in answer.headers:
            return _limited(answer)
        case 507:
            return Unavailable("The calendar server has no more space for this account.")
        case _ if status >= 500:
            return Unavailable(f"The calendar server failed ({status}): it will be tried again.")
        case _ if 300 <= status < 400:
            to = answer.headers.get("location", "another address")
            return UnexpectedResponse(f"The calendar server sends us to {to}: connect again.")
        case _:
            return UnexpectedResponse(f"The calendar server did not take our request ({status}).")


def _limited(answer: Answer) -> RateLimited:
    wait = _retry_after(answer.headers.get("retry-after", ""))
    return RateLimited("The calendar server asks us to slow down.", retry_after=wait)


def _retry_after(value: str) -> timedelta | None:
    """Read seconds or a date (RFC 9110 section 10.2.3)."""
    if value.strip().isdecimal():
        return min(timedelta(seconds=int(value.strip()[:9])), MAX_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    wait = moment - datetime.now(UTC)
    return min(max(wait, timedelta()), MAX_WAIT)
