"""A reminder goes out by real SMTP, once under one name, with a way to switch it off."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from core.errors import NotSupported
from core.model.calendar import IdempotencyKey
from core.model.messages import Button, Message, MessageRef, RichText
from core.model.settings import Channel
from tests.core.builders import ANNA
from tests.servers.smtp import running_smtp
from tests.webhook_app.known_people import known_people
from webhook_app.reach import Reach

WORDS = Message(
    to=ANNA,
    subject="1:1 mit Ben: Dienstag, 1. Dezember, 09:00",
    body=RichText(text="Grüße\n", html="<p>Grüße</p>"),
    buttons=(Button(label="Seite", url="https://example.org/me/x"),),
)


def test_a_mail_names_itself_by_its_key_and_says_where_it_is_switched_off(tmp_path: Path) -> None:
    app = known_people(tmp_path)
    with running_smtp() as (url, got):
        settings = replace(app.settings, smtp_url=url, mail_from="talks@example.com")
        reach = Reach(settings=settings, store=app.store, suite_of=app.services.suite_of)
        port = reach(ANNA, Channel.MAIL)
        assert port is not None
        refs = {port.send(WORDS, key=IdempotencyKey("k")).message_id for _ in range(2)}
    app.close()

    assert len(refs) == 1
    mail = message_from_string(got[0], policy=default)
    assert mail["List-Unsubscribe"] == "<https://example.org/me/x>"
    assert mail["Message-ID"] in refs
    assert {part.get_content_type() for part in mail.iter_parts()} == {"text/plain", "text/html"}  # type: ignore[attr-defined]
    with pytest.raises(NotSupported):
        port.edit(MessageRef(channel="mail", message_id="x"), WORDS)


def test_a_channel_that_is_not_set_up_is_none(tmp_path: Path) -> None:
    app = known_people(tmp_path)
    reach = app.services.reach

    assert [reach(ANNA, channel) for channel in Channel] == [None] * 4
    app.close()
