"""Every request that Google gets from us, and the one table of what its refusals mean."""

from __future__ import annotations

import copy
import json
import random
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

import httplib2  # type: ignore[import-untyped] # no stubs
import requests
from googleapiclient import discovery, discovery_cache
from googleapiclient.errors import Error as ClientError
from googleapiclient.errors import HttpError

from adapters.google.auth import Tokens
from core.errors import (
    AccountDisconnected,
    CursorExpired,
    NotFound,
    OneOnOneError,
    PermissionDenied,
    RateLimited,
    RevisionConflict,
    SuiteError,
    Unavailable,
    UnexpectedResponse,
)

VERSIONS = {"calendar": "v3", "tasks": "v1", "chat": "v1"}
TRIES = 4
LONGEST_WAIT = timedelta(seconds=10)
"""What is longer waits as a job and not in here."""
USAGE_LIMIT_WAIT = timedelta(hours=1)

Json = dict[str, Any]


class AlreadyThere(SuiteError):
    """The id that we chose is taken: by ourselves, since we choose it from the key."""


class BadRequest(UnexpectedResponse):
    """Google understands the request and does not want it."""


class Gone(NotFound):
    """It was there, and is no more; of a listing: the place from which it was to go on."""


@cache
def api(service: str, root: str | None) -> Any:
    """Google's client for one API, the same for all accounts; it sends nothing by itself."""
    text = discovery_cache.get_static_doc(service, VERSIONS[service])
    doc = json.loads(str(text))
    if root is not None:
        doc["rootUrl"] = root.rstrip("/") + "/"
    return _Api(discovery.build_from_document(copy.deepcopy(doc), http=_Nowhere()))


class _Api:
    """An API whose collections are made once: each making writes the texts of all methods anew."""

    def __init__(self, made: Any) -> None:
        self._made = made
        self._collections: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Callable[[], Any]:
        if name not in self._collections:
            self._collections[name] = getattr(self._made, name)()
        found = self._collections[name]
        return lambda: found


class _Nowhere:
    """Requests are carried out with an account's own transport, never with the client's."""

    def request(self, *_: object, **__: object) -> None:
        raise RuntimeError("a Google request was executed without an account")


class Transport:
    """What the client library wants of httplib2, over requests and one session a thread.

    A shared httplib2 hands answers to the wrong caller (googleapis/google-api-python-client,
    docs/thread_safety.md).
    """

    def __init__(self, tokens: Tokens, scope: str, time_out: tuple[float, float]) -> None:
        self._tokens = tokens
        self._scope = scope
        self._time_out = time_out
        self._threads = threading.local()

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> tuple[httplib2.Response, bytes]:
        answer = self._send(method, uri, body, headers or {})
        if answer.status_code == requests.codes.unauthorized:
            answer = self._send(method, uri, body, headers or {})
        head = {name.lower(): value for name, value in answer.headers.items()}
        response = httplib2.Response(head | {"status": str(answer.status_code)})
        response.reason = answer.reason
        return response, answer.content

    def _send(
        self, method: str, uri: str, body: Any, headers: Mapping[str, str]
    ) -> requests.Response:
        token = self._tokens.token(self._scope)
        kept = {name: each for name, each in headers.items() if name != "accept-encoding"}
        answer = self._session().request(
            method,
            uri,
            data=body,
            headers=kept | {"authorization": f"Bearer {token}"},
            timeout=self._time_out,
            allow_redirects=False,
        )
        if answer.status_code == requests.codes.unauthorized:
            self._tokens.forget(self._scope, token)
        return answer

    def _session(self) -> requests.Session:
        if not hasattr(self._threads, "session"):
            self._threads.session = _session()
        session: requests.Session = self._threads.session
        return session

    def close(self) -> None:
        """Close this thread's session."""
        self._session().close()


def _session() -> requests.Session:
    """Proxies and certificates by the environment, sign-in never: a .netrc would replace ours."""
    session = requests.Session()
    session.auth = _as_it_is
    return session


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


class Wire:
    """Carries out requests for one account and scope; raises core's errors only."""

    def __init__(
        self, transport: Transport, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._transport = transport
        self._sleep = sleep

    def send(self, request: Any, *, expect: str | None = None, again: bool = True) -> Json:
        """Give the answer; `again` is False where a second try could do it twice."""
        if expect is not None:
            request.headers["If-Match"] = expect
        for tried in range(1, TRIES + 1):
            try:
                return self._once(request)
            except Unavailable as err:
                wait = _wait(err, tried)
                if not _may_repeat(err, again) or tried == TRIES or wait > LONGEST_WAIT:
                    raise
                self._sleep(wait.total_seconds())
        raise AssertionError("the last try either answers or raises")

    def _once(self, request: Any) -> Json:
        try:
            answer = request.execute(http=self._transport)
        except HttpError as err:
            raise meaning(err) from err
        except requests.RequestException as err:
            raise Unavailable("Google did not answer.") from err
        except (ClientError, ValueError) as err:
            raise UnexpectedResponse("Google's answer is no JSON.") from err
        return answer if isinstance(answer, dict) else {}

    def close(self) -> None:
        self._transport.close()


def _may_repeat(err: Unavailable, again: bool) -> bool:
    """Too many requests means that nothing was done; after anything else nobody knows."""
    return again or isinstance(err, RateLimited)


def _wait(err: Unavailable, tried: int) -> timedelta:
    """What Google asks for, else a random time that doubles its bound."""
    if isinstance(err, RateLimited) and err.retry_after is not None:
        return err.retry_after
    return timedelta(seconds=random.uniform(0, 2**tried / 2))  # noqa: S311 - no secret


def meaning(err: HttpError) -> OneOnOneError:
    """What one of Google's refusals is in our words."""
    status, reason = int(err.resp.status), _reason(err)
    match status:
        case 401:
            return AccountDisconnected("Google no longer accepts our sign-in for this account.")
        case 403:
            return _forbidden(err, reason)
        case 404:
            return NotFound("Google has no such thing, or not for this account.")
        case 409:
            return AlreadyThere("Google has this id already.")
        case 410 if reason in ("fullSyncRequired", "updatedMinTooLongAgo"):
            return CursorExpired("Google has forgotten where we were: start over.")
        case 410:
            return Gone("It has been deleted.")
        case 400:
            return BadRequest(f"Google refused the request ({_said(status, reason)}).")
        case 412:
            return RevisionConflict("It has changed since we read it.")
        case 429:
            return RateLimited("Google asks us to slow down.", retry_after=_retry_after(err))
        case _ if status >= requests.codes.server_error:
            return Unavailable(f"Google is in trouble ({status}).")
        case _:
            return UnexpectedResponse(f"Google refused the request ({_said(status, reason)}).")


def _said(status: int, reason: str) -> str:
    return f"{status} {reason}".strip()


def _forbidden(err: HttpError, reason: str) -> OneOnOneError:
    if reason in RATES:
        return RateLimited("Google asks us to slow down.", retry_after=_retry_after(err))
    if reason in ("quotaExceeded", "dailyLimitExceeded"):
        text = "Google's usage limit is reached; it takes hours until it takes writes again."
        return RateLimited(text, retry_after=USAGE_LIMIT_WAIT)
    return PermissionDenied(DENIED.get(reason, f"Google does not allow this ({reason or 403})."))


RATES = ("rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED")
DENIED = {
    "forbiddenForNonOrganizer": "Only the organizer's calendar can change this event.",
    "insufficientPermissions": "The account is connected without a scope that this needs:"
    " `vieraugen doctor --suite google` names it.",
    "accessNotConfigured": "The API is switched off: enable it in the Google Cloud project.",
    "notACalendarUser": "Google Calendar is switched off for this account, or it is suspended:"
    " switch it on in the Admin console, or take it out with `vieraugen disconnect`.",
}


def _reason(err: HttpError) -> str:
    """Calendar and Tasks name it in `errors`, Chat in `details` or only as a status."""
    try:
        error = json.loads(err.content)["error"]
        for each in [*error.get("errors", []), *error.get("details", [])]:
            if "reason" in each:
                return str(each["reason"])
        return str(error.get("status", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def _retry_after(err: HttpError) -> timedelta | None:
    seconds = str(err.resp.get("retry-after", ""))
    return timedelta(seconds=int(seconds)) if seconds.isdigit() else None
