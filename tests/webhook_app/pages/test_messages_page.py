"""JOURNEYS 3.2, steps 2 to 4: what is mailed to Carla, and that her reply arrived, on her page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.service.mailings import mailings
from core.service.run import run_due
from tests.core.builders import ANNA, BEN
from tests.servers.smtp import running_smtp
from tests.webhook_app.imap import Mailbox, running_mailbox
from tests.webhook_app.pages.hands import Hand, link
from tests.webhook_app.test_mailbox import GOOD, mail_about_the_talk, reply
from tests.webhook_app.world import World, Worlds
from webhook_app.jobs.clock import utc_now
from webhook_app.mailbox import poll


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with running_mailbox() as running:
        yield running


@pytest.fixture
def office(worlds: Worlds, box: Mailbox) -> Iterator[World]:
    with running_smtp() as (url, _):
        yield worlds(imap_url=box.url, imap_authserv="mx.example.com", smtp_url=url)


def seen(world: World, person: str) -> str:
    answer = world.flask.test_client().get(f"{link(world, person)}messages")
    assert answer.status_code == 200
    return answer.text


def test_she_sees_when_the_next_mail_comes(office: World) -> None:
    with office.app.store.transaction() as tx:
        found = mailings(tx, ANNA, office.company.now)
        later = mailings(tx, ANNA, utc_now())

    assert [(m.kind, m.title) for m in found.coming] == [
        ("before", "1:1 Anna & Ben"),
        ("after", "1:1 Anna & Ben"),
    ]
    assert later.coming == ()
    assert "Gerade ist nichts geplant" in seen(office, ANNA)


def test_two_lines_are_two_points_and_her_page_says_so(office: World, box: Mailbox) -> None:
    words = "Weiterbildung\r\nUrlaub im August\r\n\r\nVon meinem iPhone gesendet"
    box.mails.append(reply(mail_about_the_talk(office), GOOD, body=words))
    poll(office.app, utc_now())
    run_due(office.app.services, utc_now())

    page = Hand(office, ANNA).see()
    assert page.index("Weiterbildung") < page.index("Urlaub im August")
    assert "iPhone" not in page
    assert "Deine Antwort ist da: 2 Punkte stehen auf der Agenda" in seen(office, ANNA)
    assert "Deine Antwort" not in seen(office, BEN)
    assert "Weiterbildung" not in seen(office, ANNA)


def test_a_reply_from_another_address_is_said_once(office: World, box: Mailbox) -> None:
    name = mail_about_the_talk(office)
    box.mails += [reply(name, GOOD, sender="eve@example.com")] * 2
    poll(office.app, utc_now())

    assert seen(office, ANNA).count("Eine Antwort kam von einer anderen Adresse") == 1
    assert "Weiterbildung" not in Hand(office, ANNA).see()
