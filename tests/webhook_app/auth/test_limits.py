"""Who may ask how often: by person or token, strangers by address, and nobody by hearsay."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from core.errors import InvalidInput
from tests.core.builders import ANNA, BEN
from tests.webhook_app.world import World, Worlds
from webhook_app.auth.limits import API, FAILED, STRANGERS, Limits
from webhook_app.auth.remote import parse_proxies

ME = "/api/v1/series"


def stopped() -> Limits:
    """Return limits whose clock stands still."""
    return Limits(clock=lambda: 0.0)


def statuses(client: FlaskClient, count: int, path: str = ME, **how: object) -> list[int]:
    return [client.get(path, **how).status_code for _ in range(count)]  # type: ignore[arg-type]


def far(address: str, forwarded: str = "") -> dict[str, object]:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return {"environ_base": {"REMOTE_ADDR": address}, "headers": headers}


def test_a_person_has_one_measure_wherever_they_are(worlds: Worlds) -> None:
    world = worlds(limits=stopped())
    first, second, ben = world.browser(ANNA), world.browser(ANNA), world.browser(BEN)

    assert set(statuses(first, API.burst, **far("192.0.2.1"))) == {200}
    assert statuses(second, 1, **far("198.51.100.7")) == [429]
    assert statuses(ben, 1, **far("192.0.2.1")) == [200]


def test_each_token_has_its_own(worlds: Worlds) -> None:
    world = worlds(limits=stopped())
    first, second = world.program(ANNA), world.program(ANNA)

    assert statuses(first, API.burst + 1)[-1] == 429
    assert statuses(second, 1) == [200]


def test_strangers_are_counted_by_address(worlds: Worlds) -> None:
    client = worlds(limits=stopped()).flask.test_client()

    assert set(statuses(client, STRANGERS.burst, **far("192.0.2.1"))) == {401}
    assert statuses(client, 1, **far("192.0.2.1")) == [429]
    assert statuses(client, 1, **far("192.0.2.2")) == [401]


@pytest.mark.parametrize("proxies", ["", "10.0.0.0/8"])
def test_a_forged_forward_gives_nobody_a_new_measure(worlds: Worlds, proxies: str) -> None:
    client = worlds(limits=stopped(), trusted_proxies=proxies).flask.test_client()

    for number in range(STRANGERS.burst):
        statuses(client, 1, **far("192.0.2.1", f"203.0.113.{number}"))

    assert statuses(client, 1, **far("192.0.2.1", "203.0.113.250")) == [429]


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("203.0.113.9", True),
        ("198.51.100.1, 203.0.113.9", True),
        ("198.51.100.1, 203.0.113.9, 10.1.2.3", True),
        ("203.0.113.9:4711", True),
        ("203.0.113.8", False),
        ("203.0.113.9, 203.0.113.8", False),
    ],
)
def test_a_trusted_proxy_s_word_counts_and_what_it_passed_on_does_not(
    worlds: Worlds, said: str, same: bool
) -> None:
    world = worlds(limits=stopped(), trusted_proxies="10.0.0.0/8, 127.0.0.1")
    client = world.flask.test_client()

    statuses(client, STRANGERS.burst, **far("10.9.9.9", "203.0.113.9"))

    assert statuses(client, 1, **far("10.9.9.9", said)) == [429 if same else 401]


def test_a_house_with_a_million_addresses_is_one(worlds: Worlds) -> None:
    client = worlds(limits=stopped()).flask.test_client()

    for number in range(STRANGERS.burst):
        statuses(client, 1, **far(f"2001:db8::{number:x}"))

    assert statuses(client, 1, **far("2001:db8::ffff")) == [429]
    assert statuses(client, 1, **far("2001:db8:1::1")) == [401]


def test_who_forges_pushes_is_stopped_and_the_genuine_go_on(world: World, worlds: Worlds) -> None:
    world = worlds(limits=stopped(), hris_secret="whsec_" + "A" * 32)
    client, path = world.flask.test_client(), "/hooks/hris"

    refused = [client.post(path, data=b"{}").status_code for _ in range(FAILED.burst)]

    assert set(refused) == {401}
    assert client.post(path, data=b"{}").status_code == 429
    other = client.post(path, data=b"{}", environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert other.status_code == 401


def test_a_wrong_setting_says_its_form() -> None:
    assert parse_proxies("") == ()
    with pytest.raises(InvalidInput, match="trusted_proxies"):
        parse_proxies("proxy.example.com")
