"""The user token of the Google add-on at the API's door."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.servers.google import GoogleServer
from tests.servers.google.keys import signed
from tests.webhook_app.cards_app import ANNA, BEN, CLEO
from tests.webhook_app.google_caller import Caller, make_caller, with_settings

OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
LONG_AGO = int(time.time()) - 7200
Forge = Callable[[Any], str]


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    folder: Path = tmp_path_factory.mktemp("google")
    with GoogleServer() as server:
        made = make_caller(server, folder / "data")
        yield made
        made.app.close()


def pairs(caller: Caller, token: str) -> Any:
    head = {"Authorization": f"Bearer {token}"}
    return caller.client.get("/api/v1/pairs", headers=head)


def test_a_genuine_token_is_its_person(caller: Caller) -> None:
    mine = pairs(caller, caller.server.addon.user_token(ANNA.address))
    other = pairs(caller, caller.server.addon.user_token(CLEO.address))

    assert mine.status_code == other.status_code == 200
    assert len(mine.json["items"]) == 1
    assert other.json["items"] == []


def test_it_opens_one_s_own_pages(caller: Caller) -> None:
    head = {"Authorization": f"Bearer {caller.server.addon.user_token(ANNA.address)}"}

    answer: Any = caller.client.post("/pane/open", headers=head)

    assert answer.status_code == 200
    assert caller.client.get(answer.json["url"]).status_code == 200


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (lambda a: a.user_token(ANNA.address, aud="another-client"), "another address"),
        (lambda a: a.user_token(ANNA.address, aud=a.endpoint), "another address"),
        (lambda a: a.user_token(ANNA.address, aud=a.project_number), "another address"),
        (lambda a: a.user_token(ANNA.address, iat=LONG_AGO, exp=LONG_AGO + 60), "too old"),
        (lambda a: a.user_token(ANNA.address, iat=int(time.time()) + 600), "future"),
        (lambda a: a.user_token(ANNA.address, email_verified=False), "nobody for sure"),
        (lambda a: a.user_token(ANNA.address, email=""), "nobody for sure"),
        (lambda a: a.user_token(ANNA.address, iss="https://evil.example.com"), "nobody here"),
        (lambda a: a.system_token(), "another address"),
        (lambda a: a.system_token(aud=a.client_id), "a program's"),
        (lambda a: a.system_token(aud=a.client_id, email=ANNA.address, key=OTHER_KEY),
         "signature"),
        (lambda a: signed({"iss": "chat@system.gserviceaccount.com", "aud": a.client_id}),
         "nobody here"),
        (lambda a: a.user_token(ANNA.address).rpartition(".")[0] + ".AAAA", "signature"),
    ],
)  # fmt: skip
def test_another_token_is_nobody(caller: Caller, forge: Forge, why: str) -> None:
    answer = pairs(caller, forge(caller.server.addon))

    assert answer.status_code == 401
    assert why in answer.json["detail"]


def test_while_no_audience_is_configured_nobody_comes_in(caller: Caller) -> None:
    bare = with_settings(caller, google_addon_client_id="")

    assert pairs(bare, caller.server.addon.user_token(ANNA.address)).status_code == 401


def test_the_audience_is_the_configured_one(caller: Caller) -> None:
    moved = with_settings(caller, google_addon_client_id="another-client")
    addon = caller.server.addon

    assert pairs(moved, addon.user_token(ANNA.address)).status_code == 401
    assert pairs(moved, addon.user_token(ANNA.address, aud="another-client")).status_code == 200


def test_an_outsider_of_the_pilot_is_refused(caller: Caller) -> None:
    pilot = with_settings(caller, google_people=BEN.address)

    assert pairs(pilot, caller.server.addon.user_token(ANNA.address)).status_code == 401


def test_both_suites_set_up_do_not_get_in_each_other_s_way(caller: Caller) -> None:
    both = with_settings(caller, entra_tenant_id="a-tenant", entra_client_id="a-client")

    assert pairs(both, caller.server.addon.user_token(ANNA.address)).status_code == 200
