"""Who may call our add-on address."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from core.model.agenda import PointState
from core.model.heard import Heard
from tests.servers.google import GoogleServer
from tests.servers.google.keys import signed
from tests.webhook_app.cards_app import ANNA, BEN, SERIES
from tests.webhook_app.google_caller import (
    Caller,
    agenda_event,
    chat_press,
    make_caller,
    states,
    with_settings,
)


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Caller]:
    with GoogleServer() as server:
        made = make_caller(server, tmp_path / "data")
        yield made
        made.app.close()


OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)

Forge = Callable[[Any], str]


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (lambda a: "garbage", "no token"),
        (lambda a: "a.b.c", "no token"),
        (lambda a: a.system_token(aud="https://evil.example.com/"), "another address"),
        (lambda a: a.system_token(aud=a.endpoint + "?x=1"), "another address"),
        (lambda a: a.system_token(key=OTHER_KEY), "signature"),
        (lambda a: a.system_token(email="service-9@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"),
         "somebody else"),
        (lambda a: a.system_token(email="chat@system.gserviceaccount.com"), "somebody else"),
        (lambda a: a.system_token(email_verified=False), "nobody for sure"),
        (lambda a: a.system_token(iss="https://evil.example.com"), "not Google's"),
        (lambda a: a.system_token(iat=int(time.time()) - 7200, exp=int(time.time()) - 3600),
         "too old"),
        (lambda a: a.system_token(iat=int(time.time()) + 600), "future"),
        (lambda a: a.legacy_chat_token(), "another address"),
        (lambda a: signed({"iss": "chat@system.gserviceaccount.com", "aud": a.project_number}),
         "another address"),
    ],
)  # fmt: skip
def test_a_caller_who_is_not_our_add_on_is_refused(caller: Caller, forge: Forge, why: str) -> None:
    body = caller.server.addon.calendar_event(ANNA.address)

    answer = caller.post(body, token=forge(caller.server.addon), status=401)

    assert why in answer["error"]


def test_the_last_call_is_known_to_doctor_and_a_stranger_s_is_not(caller: Caller) -> None:
    addon = caller.server.addon
    body = addon.calendar_event(ANNA.address)

    def heard() -> dict[str, str]:
        with caller.app.store.transaction() as tx:
            return {one.what: one.refused for one in tx.nouns(Heard)}

    caller.post(body, token="garbage", status=401)
    assert heard() == {}
    caller.post(body, token=addon.system_token(aud=addon.endpoint + "/"), status=401)
    assert "another address" in heard()["google card"]
    caller.post(body)
    assert heard() == {"google card": ""}


def test_a_clock_a_little_ahead_is_no_reason(caller: Caller) -> None:
    token = caller.server.addon.system_token(iat=int(time.time()) + 5)

    caller.post(caller.server.addon.calendar_event(ANNA.address), token=token)


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another-client"}, {"email_verified": False}, {"iss": "https://evil.example.com"}],
)
def test_the_person_is_who_their_own_token_names(caller: Caller, claims: dict[str, Any]) -> None:
    body = agenda_event(caller)
    token = caller.server.addon.user_token(ANNA.address, **claims)
    body["authorizationEventObject"]["userIdToken"] = token

    caller.post(body, status=401)


def test_without_a_user_token_nobody_is_there(caller: Caller) -> None:
    """Organizer and guests stand in the event, and prove nothing."""
    body = agenda_event(caller)
    del body["authorizationEventObject"]["userIdToken"]

    caller.post(body, status=401)


def test_a_forged_chat_event_needs_a_token_too(caller: Caller) -> None:
    body = chat_press(caller, ANNA.address, {"v": "tick", "s": SERIES, "e": "p1", "m": "x"})

    caller.post(body, token="none", status=401)

    assert states(caller)["p1"] is PointState.OPEN


def test_certificates_are_fetched_once_and_forged_keys_fetch_no_more(caller: Caller) -> None:
    body = caller.server.addon.calendar_event(ANNA.address)
    caller.post(body)
    held = dict(caller.client.application.extensions["vieraugen-google-keys"]._held)

    for _ in range(5):
        caller.post(body)
        caller.post(body, token=caller.server.addon.system_token(key=OTHER_KEY), status=401)

    assert caller.client.application.extensions["vieraugen-google-keys"]._held == held


def test_an_installation_without_add_on_lets_nobody_in(caller: Caller) -> None:
    bare = with_settings(caller, google_project_number="")

    answer = bare.post(caller.server.addon.calendar_event(ANNA.address), status=401)

    assert "google_project_number" in answer["error"]


def test_an_outsider_of_the_pilot_is_refused(caller: Caller) -> None:
    pilot = with_settings(caller, google_people=BEN.address)

    pilot.post(caller.server.addon.calendar_event(ANNA.address), status=401)


@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"chat": 7}, {"commonEventObject": []}, {"type": 1}],
)
def test_what_is_no_event_is_refused(caller: Caller, body: Any) -> None:
    head = {"Authorization": f"Bearer {caller.server.addon.system_token()}"}

    answer = caller.client.post("/hooks/google/addon", json=body, headers=head)

    assert answer.status_code in (400, 401)


def test_ten_megabytes_are_not_read(caller: Caller) -> None:
    answer = caller.client.post("/hooks/google/addon", data=b"{" + b" " * 10_000_000)

    assert answer.status_code in (400, 413)
