"""Every request that Graph gets from us."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from adapters.outlook.auth import Bearer
from adapters.outlook.lenient import as_condition, below
from adapters.outlook.refusals import AlreadyThere, refusal
from adapters.outlook.sdk import Sdk
from core.errors import (
    AccountDisconnected,
    NotFound,
    OneOnOneError,
    RateLimited,
    Unavailable,
    UnexpectedResponse,
)

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

Json = dict[str, Any]
__all__ = ["AlreadyThere", "Json", "Wire"]

IMMUTABLE = 'IdType="ImmutableId"'
TRIES = 4
LONGEST_WAIT = timedelta(seconds=10)
"""What is longer waits as a job and not in here."""
BATCH = 20
"""Graph takes no more in one batch (learn.microsoft.com/graph/json-batching)."""
ODATA = frozenset({"select", "expand", "filter", "orderby", "top"})
_SAFE = "$:,'()"


class Wire:
    """Carries out requests for one account; raises core's errors only."""

    def __init__(
        self,
        sdk: Sdk,
        tokens: Bearer,
        *,
        graph_root: str,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._sdk = sdk
        self._tokens = tokens
        self._root = graph_root.rstrip("/")
        self._sleep = sleep
        self._one_by_one = False

    @property
    def client(self) -> GraphServiceClient:
        """Builds requests: `client.users.by_user_id(...)…to_get_request_information()`."""
        return self._sdk.client

    def send(
        self,
        request: Any,
        *,
        prefer: tuple[str, ...] = (),
        expect: str | None = None,
        again: bool = True,
        immutable: bool = True,
    ) -> Json:
        """Give the answer; `again` is False where a second try could do it twice.

        Without `immutable` ids are those that Outlook's own programs use.
        """
        preferred = (IMMUTABLE, *prefer) if immutable else prefer
        request.headers.add("Prefer", ", ".join(preferred))
        condition = as_condition(expect) if expect is not None else None
        if condition is not None:
            request.headers.add("If-Match", condition)
        renewed = False
        for tried in range(1, TRIES + 1):
            try:
                return self._once(request)
            except AccountDisconnected:
                if renewed:
                    raise
                renewed = True  # the token may have been withdrawn: try once with a new one
                self._tokens.forget(self._tokens.token())
                request.headers.remove("Authorization")  # the SDK keeps the one it has set
            except Unavailable as err:
                wait = _wait(err, tried)
                if not _may_repeat(err, again) or tried == TRIES or wait > LONGEST_WAIT:
                    raise
                self._sleep(wait.total_seconds())
        raise Unavailable("Microsoft Graph did not answer.")

    def follow(self, link: str, *, prefer: tuple[str, ...] = ()) -> Json:
        """Read a nextLink or deltaLink; one that leads elsewhere is not followed."""
        return self.send(self._raw("GET", below(self._root, link)), prefer=prefer)

    def get(self, path: str, *, prefer: tuple[str, ...] = (), **query: str) -> Json:
        """Read what stands below the root; an option `top` is Graph's `$top`."""
        return self.send(self._raw("GET", self._root + address(path, query)), prefer=prefer)

    def get_theirs(self, path: str, *, prefer: tuple[str, ...] = ()) -> Json:
        """Read by an id that Outlook's own programs have given, which is no immutable one."""
        return self.send(self._raw("GET", self._root + path), prefer=prefer, immutable=False)

    def write(
        self,
        method: str,
        path: str,
        content: Json | None,
        *,
        expect: str | None = None,
        again: bool = True,
        prefer: tuple[str, ...] = (),
    ) -> Json:
        """Send content as it is, where the SDK's models would lose a part of it."""
        request = self._raw(method, self._root + path)
        if content is not None:
            request.headers.add("Content-Type", "application/json")
            request.content = json.dumps(content).encode()
        return self.send(request, prefer=prefer, expect=expect, again=again)

    def pages(self, path: str, *, prefer: tuple[str, ...] = (), **query: str) -> Iterator[Json]:
        """Yield the entries of a list, page after page."""
        answer = self.get(path, prefer=prefer, **query)
        yield from answer.get("value", [])
        while link := answer.get("@odata.nextLink"):
            answer = self.follow(str(link), prefer=prefer)
            yield from answer.get("value", [])

    def read_many(self, paths: Sequence[str], *, prefer: tuple[str, ...] = ()) -> list[Json | None]:
        """Read several, in their order; None: not there. Singly where there are no batches."""
        if self._one_by_one:
            return [self._one(path, prefer) for path in paths]
        found: list[Json | None] = []
        header = {"Prefer": ", ".join((IMMUTABLE, *prefer))}
        for start in range(0, len(paths), BATCH):
            part = paths[start : start + BATCH]
            asked = [
                {"id": str(number), "method": "GET", "url": path, "headers": header}
                for number, path in enumerate(part)
            ]
            try:
                answers = self.batch(asked)
            except (NotFound, UnexpectedResponse):
                self._one_by_one = True
                return self.read_many(paths, prefer=prefer)
            found += [_entry(answers.get(str(number))) for number in range(len(part))]
        return found

    def _one(self, path: str, prefer: tuple[str, ...]) -> Json | None:
        try:
            return self.send(self._raw("GET", self._root + path), prefer=prefer)
        except NotFound:
            return None

    def batch(self, requests: list[Json]) -> dict[str, tuple[int, Json, Mapping[str, str]]]:
        """Send at most twenty reads at once; id -> status, body and headers of each."""
        if len(requests) > BATCH:
            raise ValueError(f"a batch holds at most {BATCH} requests")
        request = self._raw("POST", f"{self._root}/$batch")
        request.headers.add("Content-Type", "application/json")
        request.content = json.dumps({"requests": requests}).encode()
        answers = self.send(request).get("responses", [])
        return {
            str(one["id"]): (int(one["status"]), one.get("body") or {}, one.get("headers") or {})
            for one in answers
        }

    def _raw(self, method: str, url: str) -> Any:
        from kiota_abstractions.method import Method
        from kiota_abstractions.request_information import RequestInformation

        request = RequestInformation()
        request.http_method = Method[method]
        request.url = url
        request.headers.add("Accept", "application/json")
        return request

    def _once(self, request: Any) -> Json:
        import httpx
        from kiota_abstractions.api_error import APIError

        try:
            raw = self._sdk.send(request)
        except APIError as err:
            raise meaning(err, _path(request)) from err
        except httpx.HTTPError as err:
            raise Unavailable("Microsoft Graph did not answer.") from err
        return parsed(raw)

    def close(self) -> None:
        self._sdk.close()


def address(path: str, query: Mapping[str, str]) -> str:
    """Write a path with its options; those that OData knows get their sign."""
    named = {f"${name}" if name in ODATA else name: value for name, value in query.items()}
    return f"{path}?{urlencode(named, quote_via=quote, safe=_SAFE)}" if named else path


def _entry(answer: tuple[int, Json, Mapping[str, str]] | None) -> Json | None:
    if answer is None:
        raise UnexpectedResponse("Graph's batch has left out an answer.")
    status, body, headers = answer
    if status == 404:
        return None
    if status >= 400:
        error = body.get("error") if isinstance(body, dict) else None
        raise refusal(status, str((error or {}).get("code", "")), headers)
    return body


def parsed(raw: bytes) -> Json:
    """Read an answer; an empty one is an empty object."""
    if not raw:
        return {}
    try:
        answer = json.loads(raw)
    except ValueError as err:
        raise UnexpectedResponse("Graph's answer is no JSON.") from err
    if not isinstance(answer, dict):
        raise UnexpectedResponse("Graph's answer is no object.")
    return answer


def _may_repeat(err: Unavailable, again: bool) -> bool:
    """Too many requests means that nothing was done; after anything else nobody knows."""
    return again or isinstance(err, RateLimited)


def _wait(err: Unavailable, tried: int) -> timedelta:
    """What Graph asks for, else a random time that doubles its bound."""
    if isinstance(err, RateLimited) and err.retry_after is not None:
        return err.retry_after
    return timedelta(seconds=random.uniform(0, 2**tried / 2))  # noqa: S311 - no secret


def meaning(err: Any, path: str = "") -> OneOnOneError:
    """What one of Graph's refusals is in our words."""
    status, code = int(err.response_status_code or 0), _code(err)
    return refusal(status, code, dict(err.response_headers or {}), path)


def _path(request: Any) -> str:
    return urlsplit(str(request.url)).path


def _code(err: Any) -> str:
    return str(getattr(getattr(err, "error", None), "code", "") or "")
