"""Sign-in by mail, through a real SMTP conversation on loopback."""

from __future__ import annotations

import re
import time
from email import message_from_string

import pytest

from adapters.mail import Mailer
from core.errors import InvalidInput, PermissionDenied, Unavailable
from tests.core.builders import ANNA
from tests.servers.smtp import running_smtp
from tests.webhook_app.world import Worlds
from webhook_app.config import Settings
from webhook_app.mail import mailer


def arrived(got: list[str], count: int = 1) -> str:
    """Return the text of the newest mail, once so many are there."""
    end = time.monotonic() + 10
    while len(got) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(got) == count
    payload = message_from_string(got[-1]).get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def without_ask(page: str) -> str:
    return re.sub(r'name="ask" value="[^"]+"', "", page)


def test_a_sign_in_link_comes_by_mail_to_whom_we_know_alone(worlds: Worlds) -> None:
    with running_smtp() as (url, got):
        world = worlds(smtp_url=url)
        client = world.browser()
        unknown = client.post("/auth/mail", data={"address": "who@example.com"})
        known = client.post("/auth/mail", data={"address": f" {ANNA.upper()} ", "to": "/api/v1/me"})
        text = arrived(got)

    assert known.status_code == unknown.status_code == 200
    assert without_ask(known.text) == without_ask(unknown.text).replace(
        'value="/"', 'value="/api/v1/me"'
    )
    assert message_from_string(got[0])["To"] == ANNA
    path = re.search(r"/auth/mail/\S+", text)
    assert path is not None
    assert client.post(path[0]).location == "/api/v1/me"
    assert client.get("/api/v1/me").json["via"] == "mail"  # type: ignore[index]


def test_the_mailed_code_opens_the_browser_that_asked_for_it_alone(worlds: Worlds) -> None:
    with running_smtp() as (url, got):
        world = worlds(smtp_url=url)
        page = world.browser().post("/auth/mail", data={"address": ANNA, "to": "/api/v1/me"})
        found = re.search(r"\b\d{6}\b", arrived(got))
    assert found is not None
    ask = re.search(r'name="ask" value="([^"]+)"', page.text)
    assert ask is not None
    client, form = world.browser(), {"code": f"{found[0][:3]} {found[0][3:]}", "to": "/api/v1/me"}

    assert client.post("/auth/code", data={**form, "ask": "another"}).status_code == 422
    assert client.post("/auth/code", data={**form, "ask": ask[1], "code": "0"}).status_code == 422
    assert client.post("/auth/code", data={**form, "ask": ask[1]}).location == "/api/v1/me"
    assert client.get("/api/v1/me").json["via"] == "mail"  # type: ignore[index]
    assert world.browser().post("/auth/code", data={**form, "ask": ask[1]}).status_code == 422


@pytest.mark.parametrize(
    ("to", "error"), [("nobody@example.com", InvalidInput), ("a\nBcc: b@x.example", InvalidInput)]
)
def test_a_recipient_that_cannot_be_is_refused(to: str, error: type[Exception]) -> None:
    with running_smtp() as (url, got), pytest.raises(error):
        Mailer(url=url, sender="v@example.com").send(to, "x", "y")
    assert got == []


def test_a_password_is_not_sent_without_encryption() -> None:
    with running_smtp() as (url, got), pytest.raises(PermissionDenied, match="no TLS"):
        Mailer(url=url.replace("//", "//u:p@"), sender="v@example.com").send(ANNA, "x", "y")
    assert got == []


def test_a_server_that_is_away_is_tried_again() -> None:
    with pytest.raises(Unavailable):
        Mailer(url="smtp://127.0.0.1:9", sender="v@example.com").send(ANNA, "x", "y")


def test_the_setting_is_checked(worlds: Worlds) -> None:
    folder = worlds().app.settings.data

    assert mailer(Settings(data=folder)) is None
    with pytest.raises(InvalidInput, match="smtp_url"):
        mailer(Settings(data=folder, smtp_url="mail.example.com"))
