"""Replies in a mailbox become their writer's points: once, verified, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_string

import pytest

from core.errors import InvalidInput, PermissionDenied, Unavailable
from core.model.calendar import IdempotencyKey
from core.model.mailed import ReceivedMail
from core.model.messages import Message, RichText
from core.model.settings import Channel
from core.service.mail_replies import Outcome
from tests.core.builders import ANNA, BEN
from tests.servers.smtp import running_smtp
from tests.webhook_app.imap import Mailbox, running_mailbox
from tests.webhook_app.world import World, Worlds
from webhook_app.config import Settings
from webhook_app.jobs.clock import utc_now
from webhook_app.mailbox import LARGEST, place_of, poll
from webhook_app.reach import Reach

GOOD = "Authentication-Results: mx.example.com; dkim=pass header.d=example.com"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with running_mailbox() as running:
        yield running


@pytest.fixture
def sent() -> Iterator[tuple[str, list[str]]]:
    with running_smtp() as running:
        yield running


@pytest.fixture
def office(worlds: Worlds, box: Mailbox, sent: tuple[str, list[str]]) -> World:
    return worlds(imap_url=box.url, imap_authserv="mx.example.com", smtp_url=sent[0])


def mail_about_the_talk(world: World, to: str = ANNA) -> str:
    """Send a mail of ours about the series; return its Message-ID."""
    reach = Reach(
        settings=world.app.settings,
        store=world.app.store,
        suite_of=world.app.services.suite_of,
    )
    port = reach(to, Channel.MAIL)
    assert port is not None
    message = Message(
        to=to,
        subject="1:1",
        body=RichText(text="x", html="<p>x</p>"),
        about=world.company.series().series_id,
    )
    return port.send(message, key=IdempotencyKey("k")).message_id


def reply(to: str, *headers: str, sender: str = ANNA, body: str = "- Weiterbildung") -> bytes:
    lines = [f"From: {sender}", "Message-ID: <r1@example.com>", f"In-Reply-To: {to}", *headers]
    return "\r\n".join([*lines, "", body, "", "> - alt"]).encode()


def read(world: World) -> dict[Outcome, int]:
    return dict(poll(world.app, utc_now()))


def test_a_verified_reply_becomes_a_point_once(office: World, box: Mailbox) -> None:
    name = mail_about_the_talk(office)
    box.mails.append(reply(name, GOOD))

    assert read(office) == {Outcome.ADDED: 1}
    assert read(office) == {}
    box.seen.clear()
    assert read(office) == {Outcome.KNOWN: 1}
    (point,) = office.company.agenda().points
    assert (point.text, point.owner) == ("Weiterbildung", ANNA)


@pytest.mark.parametrize(
    ("mail", "outcome"),
    [
        ({"sender": BEN}, Outcome.STRANGER),
        ({"sender": "eve@evil.example"}, Outcome.STRANGER),
        ({"body": "> nur Zitat"}, Outcome.EMPTY),
    ],
)
def test_what_is_not_theirs_adds_nothing(
    office: World, box: Mailbox, mail: dict[str, str], outcome: Outcome
) -> None:
    box.mails.append(reply(mail_about_the_talk(office), GOOD, **mail))

    assert read(office) == {outcome: 1}
    assert office.company.open_points() == []


def test_a_mail_that_is_too_big_is_known_by_its_head_alone(office: World, box: Mailbox) -> None:
    name = mail_about_the_talk(office)
    other = reply("<other@example.com>", body="x" * LARGEST).replace(b"<r1@", b"<r2@")
    box.mails += [reply(name, GOOD, body="x" * LARGEST), other]

    assert read(office) == {Outcome.TOO_BIG: 1, Outcome.NO_ANSWER: 1}
    assert read(office) == {}
    with office.app.store.transaction() as tx:
        assert [mail.result for mail in tx.nouns(ReceivedMail, ANNA)] == ["too_big"]
    assert office.company.open_points() == []


def test_an_unknown_thread_and_a_machine_add_nothing(office: World, box: Mailbox) -> None:
    name = mail_about_the_talk(office)
    box.mails.append(reply("<other@example.com>", GOOD))
    box.mails.append(reply(name, GOOD, "Auto-Submitted: auto-replied").replace(b"<r1", b"<r2"))
    box.mails.append(b"\xff\x00garbage")

    assert read(office) == {
        Outcome.NO_ANSWER: 1,
        Outcome.AUTOMATIC: 1,
        Outcome.NO_ID: 1,
    }
    assert box.seen == {1, 2, 3}
    assert office.company.open_points() == []


def test_without_proof_the_person_is_asked_by_mail_and_confirms_once(
    office: World, box: Mailbox, sent: tuple[str, list[str]]
) -> None:
    box.mails.append(reply(mail_about_the_talk(office)))

    assert read(office) == {Outcome.ASKED: 1}
    assert office.company.open_points() == []
    question = message_from_string(sent[1][-1])
    assert question["To"] == ANNA
    payload = question.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert b"Weiterbildung" not in payload
    path = re.search(r"/auth/reply/\S+", payload.decode())
    assert path is not None
    client = office.browser()
    assert client.get(path[0]).status_code == 200
    assert office.company.open_points() == []
    assert client.post(path[0]).status_code == 303
    assert client.post(path[0]).status_code == 422
    assert office.company.open_points() == ["Weiterbildung"]


def test_a_mailbox_that_refuses_or_is_away_is_an_error_that_says_so(
    worlds: Worlds, box: Mailbox
) -> None:
    world = worlds(imap_url=box.url.replace("pass@", "wrong@"))
    with pytest.raises(PermissionDenied, match="imap_url"):
        read(world)
    with pytest.raises(InvalidInput, match="folder"):
        read(worlds(imap_url=box.url.replace("INBOX", "Other")))
    with pytest.raises(Unavailable):
        read(worlds(imap_url="imap://us:pass@127.0.0.1:9/INBOX"))


@pytest.mark.parametrize(
    "url", ["imap://us:p@mail.example.com/", "imaps://mail.example.com/", "https://x.example"]
)
def test_the_setting_is_checked(worlds: Worlds, url: str) -> None:
    folder = worlds().app.settings.data

    assert place_of(Settings(data=folder)) is None
    with pytest.raises(InvalidInput, match="imap"):
        place_of(Settings(data=folder, imap_url=url))
