"""Every address that takes something, with everything wrong: refused in words, never a crash."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.core.builders import ANNA
from tests.webhook_app.world import World, Worlds
from webhook_app.auth.limits import Limits
from webhook_app.jobs.clock import utc_now
from webhook_app.web import BIGGEST

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
BODIES: tuple[tuple[bytes, str], ...] = (
    (b"", ""),
    (b"\xff\xfe\x00", JSON),
    (b"\xff=\xfe&%ff=%00", FORM),
    (b"[" * 2_000, JSON),
    (b'{"text": {"a": [1, null, true]}, "text": 1e999}', JSON),
    (b'"\\ud800"', JSON),
    (b"<xml/>", "text/xml"),
    (b"--x\r\nContent-Disposition: form-data\r\n\r\n", "multipart/form-data; boundary=x"),
)
GIANT = b'{"text": "' + b"x" * (2 * BIGGEST + 1_000) + b'"}'
SECRETS = {
    "hris_secret": "whsec_" + "A" * 32,
    "mail_hook_secret": "a-secret-of-the-mail-server",
    "slack_bot_token": "xoxb-test",
    "slack_signing_secret": "secret",
    # Nothing listens there: who is not refused before would be seen as a 5xx.
    "slack_api_root": "http://127.0.0.1:9/api",
}


@pytest.fixture
def world(worlds: Worlds) -> World:
    return worlds(limits=Limits(factor=100_000), **SECRETS)


def doors(world: World) -> Iterator[tuple[str, str]]:
    """Yield verb and path of everything that changes something, with ids that there are."""
    page = world.app.links.page_of(ANNA, utc_now())
    series = world.company.series().series_id
    real = {"token": page.rstrip("/").rpartition("/")[2], "series": series, "series_id": series}
    for rule in world.flask.url_map.iter_rules():
        for verb in sorted((rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}):
            built = rule.build({name: real.get(name, "x") for name in rule.arguments})
            assert built is not None
            yield verb, built[1]


def asked(client: FlaskClient, verb: str, path: str, body: bytes, kind: str) -> int:
    headers = {"If-Match": "*", **({"Content-Type": kind} if kind else {})}
    return client.open(path, method=verb, data=body, headers=headers).status_code


def test_there_are_many(world: World) -> None:
    known = list(doors(world))

    assert len(known) > 60
    assert {"/hooks/slack", "/hooks/mail", "/hooks/hris"} <= {path for _, path in known}


@pytest.mark.parametrize("who", ["", ANNA])
def test_what_is_wrong_is_refused_and_breaks_nothing(world: World, who: str) -> None:
    client = world.program(who) if who else world.flask.test_client()

    broken = [
        (verb, path, body[:30])
        for verb, path in doors(world)
        for body, kind in BODIES
        if asked(client, verb, path, body, kind) >= 500
    ]

    assert broken == []


def test_a_giant_body_is_refused_everywhere(world: World) -> None:
    client = world.flask.test_client()

    taken = [
        (verb, path)
        for verb, path in doors(world)
        if not 400 <= asked(client, verb, path, GIANT, JSON) < 500
    ]

    assert taken == []


@pytest.mark.parametrize("path", ["/hooks/hris", "/hooks/mail", "/hooks/slack"])
def test_who_proves_nothing_is_refused_at_every_hook(world: World, path: str) -> None:
    client = world.flask.test_client()
    forged = {
        "webhook-id": "1",
        "webhook-timestamp": "1",
        "webhook-signature": "v1,AAAA",
        "X-Slack-Request-Timestamp": "1",
        "X-Slack-Signature": "v0=00",
        "Authorization": "Bearer x",
    }

    assert client.post(path, data=b"{}").status_code == 401
    assert client.post(path, data=b"{}", headers=forged).status_code == 401
    with world.app.store.transaction() as tx:
        assert tx.all_received() == []
