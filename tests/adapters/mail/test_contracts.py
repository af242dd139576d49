"""Mail passes the contract of messages, through a real SMTP conversation."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from adapters.mail import Mailer, MailMessages
from core.sent import SentInMemory
from tests.contracts.hosts import key
from tests.contracts.message_contract import MessageContract, MessageHost
from tests.core.builders import ANNA
from tests.servers.smtp import running_smtp


@pytest.fixture
def got() -> Iterator[tuple[str, list[str]]]:
    with running_smtp() as running:
        yield running


@pytest.fixture
def messages(got: tuple[str, list[str]]) -> MessageHost:
    url, mails = got
    mailer = Mailer(url=url, sender="vieraugen@example.com")
    port = MailMessages(mailer=mailer, sent=SentInMemory())
    return MessageHost(port=port, address=ANNA, received=lambda: [words(m) for m in mails])


def words(mail: str) -> str:
    body = message_from_bytes(mail.encode(), policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


class TestMail(MessageContract):
    pass


def test_a_mail_that_a_crash_sends_again_bears_the_same_id(
    messages: MessageHost, got: tuple[str, list[str]]
) -> None:
    first = messages.port.send(messages.message(), key=key("one"))
    forgetful = MailMessages(
        mailer=Mailer(url=got[0], sender="vieraugen@example.com"), sent=SentInMemory()
    )

    again = forgetful.send(messages.message(), key=key("one"))

    assert again.message_id == first.message_id
    assert sum(f"Message-ID: {first.message_id}" in mail for mail in got[1]) == 2
