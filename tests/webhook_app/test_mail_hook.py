"""A mail server posts replies to `/hooks/mail`: proved, kept, read once, and nothing else."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from standardwebhooks import Webhook

from core.model.mailed import MailedTalk, ReceivedMail
from core.model.received import ReceivedState
from tests.core.builders import ANNA
from tests.webhook_app.world import World, Worlds
from webhook_app.hooks.inbox import work_off
from webhook_app.hooks.mail import BIGGEST
from webhook_app.jobs.clock import utc_now

SECRET = "a-secret-of-the-mail-server"
SIGNING = "whsec_" + base64.b64encode(b"m" * 24).decode()
BEARER = {"Authorization": f"Bearer {SECRET}"}
OURS = "<m1@example.com>"
REPLY = (
    f"From: Anna <{ANNA}>\r\nMessage-ID: <r1@example.com>\r\nIn-Reply-To: {OURS}\r\n"
    "Authentication-Results: mx.example.com; dkim=pass header.d=example.com\r\n\r\n"
    "- Weiterbildung\r\n\r\n> - alt\r\n-- \r\nAnna\r\n"
).encode()


def mailed(world: World) -> None:
    """Let Anna have a mail of ours."""
    series_id = world.company.series().series_id
    with world.app.store.transaction() as tx:
        tx.put_noun(MailedTalk(message_id=OURS, person=ANNA, series_id=series_id, at=utc_now()))


@pytest.fixture
def office(worlds: Worlds) -> World:
    made = worlds(mail_hook_secret=f"{SIGNING} {SECRET}", imap_authserv="mx.example.com")
    mailed(made)
    return made


@pytest.fixture
def server(office: World) -> FlaskClient:
    return office.flask.test_client()


def points(world: World) -> list[str]:
    work_off(world.app, utc_now())
    return [p.text for p in world.company.agenda().points]


def kept(world: World) -> int:
    with world.app.store.transaction() as tx:
        return len(tx.all_received())


def test_a_posted_reply_is_kept_then_becomes_its_writer_s_point_once(
    office: World, server: FlaskClient
) -> None:
    answer = server.post("/hooks/mail", data=REPLY, headers=BEARER)

    assert (answer.status_code, answer.get_json()) == (202, {"outcome": "kept"})
    with office.app.store.transaction() as tx:
        (row,) = tx.all_received()
    assert row.state is ReceivedState.WAITING
    assert "alt" not in row.content
    again = server.post("/hooks/mail", data=REPLY, headers=BEARER)
    assert (again.status_code, again.get_json()) == (202, {"outcome": "known"})
    assert points(office) == ["Weiterbildung"]
    assert server.post("/hooks/mail", data=REPLY, headers=BEARER).get_json()["outcome"] == "known"
    assert points(office) == ["Weiterbildung"]


@pytest.mark.parametrize("field", ["email", "body-mime"])
def test_a_service_s_form_holds_the_mail(office: World, server: FlaskClient, field: str) -> None:
    form = {field: REPLY.decode(), "subject": "Re: 1:1"}
    basic = {"Authorization": "Basic " + base64.b64encode(f"u:{SECRET}".encode()).decode()}

    assert server.post("/hooks/mail", data=form, headers=basic).status_code == 202
    assert points(office) == ["Weiterbildung"]
    several = server.post(
        "/hooks/mail", data={"x": "y"}, content_type="multipart/form-data", headers=basic
    )
    assert several.status_code == 422


def signed(body: bytes, at: datetime) -> dict[str, str]:
    signature = Webhook(SIGNING).sign("id1", at, body.decode())
    stamp = str(int(at.timestamp()))
    return {"webhook-id": "id1", "webhook-timestamp": stamp, "webhook-signature": signature}


def test_a_signed_mail_is_believed_for_five_minutes(office: World, server: FlaskClient) -> None:
    now = datetime.now(UTC)
    old = signed(REPLY, now - timedelta(minutes=6))

    assert server.post("/hooks/mail", data=REPLY, headers=old).status_code == 401
    assert server.post("/hooks/mail", data=REPLY + b"x", headers=signed(REPLY, now)).status_code \
        == 401  # fmt: skip
    assert server.post("/hooks/mail", data=REPLY, headers=signed(REPLY, now)).status_code == 202
    assert points(office) == ["Weiterbildung"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic %%%"},
        {"Authorization": "Digest x"},
        {"webhook-signature": "v1,AAAA", **BEARER},
    ],
)
def test_who_shows_no_secret_is_refused(
    office: World, server: FlaskClient, headers: dict[str, str]
) -> None:
    assert server.post("/hooks/mail", data=REPLY, headers=headers).status_code == 401
    assert kept(office) == 0


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ((b"<anna@", b"<eve@"), "stranger"),
        ((b"<m1@", b"<other@"), "no_answer"),
        ((b"- Weiterbildung", b"> x"), "empty"),
        ((b"\r\n\r\n- ", b"\r\nAuto-Submitted: auto-replied\r\n\r\n- "), "automatic"),
    ],
)
def test_what_is_no_reply_is_told_and_its_words_are_not_kept(
    office: World, server: FlaskClient, change: tuple[bytes, bytes], outcome: str
) -> None:
    raw = REPLY.replace(*change)
    assert raw != REPLY

    answer = server.post("/hooks/mail", data=raw, headers=BEARER)

    assert (answer.status_code, answer.get_json()) == (202, {"outcome": outcome})
    assert points(office) == []
    with office.app.store.transaction() as tx:
        assert [row.content for row in tx.all_received()] == [""]


def test_nobody_vouches_so_the_person_is_asked(worlds: Worlds) -> None:
    world = worlds(mail_hook_secret=SECRET)
    mailed(world)

    world.flask.test_client().post("/hooks/mail", data=REPLY, headers=BEARER)

    assert points(world) == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"{}", b"From: x\r\n\r\nhello"])
def test_garbage_is_refused(office: World, server: FlaskClient, body: bytes) -> None:
    assert server.post("/hooks/mail", data=body, headers=BEARER).status_code == 422
    assert kept(office) == 0


def test_a_giant_mail_is_refused_and_one_with_a_picture_taken(
    office: World, server: FlaskClient
) -> None:
    picture = REPLY.replace(b"<r1@", b"<r2@") + b"\r\n> " + b"x" * 1_500_000

    assert server.post("/hooks/mail", data=REPLY + b"x" * BIGGEST, headers=BEARER).status_code \
        == 413  # fmt: skip
    assert server.post("/hooks/mail", data=picture, headers=BEARER).status_code == 202
    assert points(office) == ["Weiterbildung"]


def test_whose_giant_mail_it_was_is_known_by_its_head(office: World, server: FlaskClient) -> None:
    giant = REPLY + b"x" * BIGGEST

    assert server.post("/hooks/mail", data=giant, headers={}).status_code == 401
    assert heard(office) == []
    assert server.post("/hooks/mail", data=giant, headers=BEARER).status_code == 413
    assert heard(office) == ["too_big"]
    assert points(office) == []


def heard(world: World) -> list[str]:
    with world.app.store.transaction() as tx:
        return [mail.result for mail in tx.nouns(ReceivedMail, ANNA)]


def test_without_a_secret_there_is_no_such_door(worlds: Worlds) -> None:
    client = worlds().flask.test_client()

    assert client.post("/hooks/mail", data=REPLY, headers=BEARER).status_code == 404
    short = worlds(mail_hook_secret="short").flask.test_client()
    answer = short.post("/hooks/mail", data=REPLY, headers={"Authorization": "Bearer short"})
    assert answer.status_code == 503
