"""The stand-in, driven by Google's own client library."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import google.auth.transport.requests
import httplib2
import pytest
import requests
from google.oauth2 import service_account
from googleapiclient import discovery
from googleapiclient.errors import HttpError

from tests.servers.google import GoogleServer
from tests.servers.google.schema import document

CALENDAR = "https://www.googleapis.com/auth/calendar"
TASKS = "https://www.googleapis.com/auth/tasks"
OWNED = f"{CALENDAR}.events.owned"
POSTING = "https://www.googleapis.com/auth/chat.messages.create"
BOT = "https://www.googleapis.com/auth/chat.bot"
SPACES = "https://www.googleapis.com/auth/chat.spaces.create"
BEN, ANNA, CARA = "ben@example.com", "anna@example.com", "cara@example.com"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday morning."""

Api = Callable[..., Any]


class RequestsHttp:
    """What the client library wants of httplib2, over one requests session."""

    def __init__(self, session: requests.Session) -> None:
        self.session = session

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: dict[str, str] | None = None,
        **_: Any,
    ) -> tuple[httplib2.Response, bytes]:
        kept = {k: v for k, v in (headers or {}).items() if k.lower() != "accept-encoding"}
        answer = self.session.request(method, uri, data=body, headers=kept, timeout=5)
        head = {k.lower(): v for k, v in answer.headers.items()} | {
            "status": str(answer.status_code)
        }
        response = httplib2.Response(head)
        response.reason = answer.reason
        return response, answer.content

    def close(self) -> None:
        self.session.close()


@pytest.fixture
def unchecked_server() -> Iterator[GoogleServer]:
    """For tests that break the API's description on purpose."""
    with GoogleServer() as server:
        server.clock.set(NOW)
        for address, name in ((BEN, "Ben"), (ANNA, "Anna"), (CARA, "Cara")):
            server.add_user(address, name)
        yield server
    alive = [each for each in threading.enumerate() if each.name == "google-push"]
    assert not alive


@pytest.fixture
def server(unchecked_server: GoogleServer) -> Iterator[GoogleServer]:
    yield unchecked_server
    unchecked_server.check()


@pytest.fixture
def api(unchecked_server: GoogleServer) -> Iterator[Api]:
    """`api("calendar", user)` is the client library's service for that person."""
    server = unchecked_server
    opened: list[RequestsHttp] = []
    key_file = server.service_account(CALENDAR, OWNED, TASKS, SPACES, POSTING)
    scopes = {"calendar": [CALENDAR], "tasks": [TASKS], "chat": [SPACES]}

    def build(service: str, user: str | None, *, scope: str | None = None) -> Any:
        wanted = [scope] if scope else (scopes[service] if user else [BOT])
        credentials = service_account.Credentials.from_service_account_info(
            key_file, scopes=wanted, subject=user
        )
        session = google.auth.transport.requests.AuthorizedSession(credentials)
        opened.append(RequestsHttp(session))
        doc = copy.deepcopy(document(service)) | {"rootUrl": server.url}
        return discovery.build_from_document(doc, http=opened[-1])

    yield build
    for each in opened:
        each.close()


@pytest.fixture
def weekly(unchecked_server: GoogleServer) -> str:
    """Ben's weekly 1:1 with Anna on Tuesdays at 10:00 in Berlin, since September."""
    return unchecked_server.ui.create(
        BEN,
        "Ben / Anna",
        datetime(2026, 9, 1, 8, 0, tzinfo=UTC),
        guests=[ANNA],
        recurrence="FREQ=WEEKLY;BYDAY=TU",
        description="Please keep this slot free.",
        more={"conferenceData": {"createRequest": {"requestId": "r1"}}},
        notify=False,
    )


@pytest.fixture
def tomorrow(weekly: str) -> str:
    """The id of its occurrence on 24 November."""
    return f"{weekly}_20261124T090000Z"


def refusal(request: Any) -> HttpError:
    """The error that a request ends with."""
    with pytest.raises(HttpError) as caught:
        request.execute()
    return caught.value


def reason(request: Any) -> tuple[int, str]:
    err = refusal(request)
    return err.resp.status, err.error_details[0]["reason"]
