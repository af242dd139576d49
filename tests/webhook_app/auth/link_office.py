"""A house behind https with mail, and browsers to which links come."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from flask.testing import FlaskClient

from core.memory.messages import MemoryMessages
from core.model.calendar import IdempotencyKey
from core.model.messages import Message, MessageRef
from core.model.settings import Channel
from core.ports import MessagePort
from tests.core.builders import ANNA
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now

ROOT = "https://one.example.com"
PAGE = {"Accept": "text/html", "Accept-Language": "de"}
SECRET = "Zaubertrank"


@dataclass(slots=True)
class Post(MemoryMessages):
    """Keeps the codes that were sent, and to whom."""

    got: list[Message] = field(default_factory=list)
    is_away: bool = False

    def reach(self, _address: str, channel: Channel) -> MessagePort | None:
        return None if self.is_away or channel is not Channel.MAIL else self

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        self.got.append(message)
        return MessageRef(channel="mail", message_id=key)

    def code(self) -> str:
        found = re.search(r"\b\d{6}\b", self.got[-1].body.text)
        assert found is not None
        return found[0]


@dataclass(slots=True)
class Office:
    """A world behind https, with mail."""

    world: World
    post: Post

    def browser(self) -> FlaskClient:
        client = self.world.flask.test_client()
        client.environ_base.update({"wsgi.url_scheme": "https", "HTTP_HOST": "one.example.com"})
        return client

    def token(self, person: str = ANNA, age: timedelta = timedelta(0)) -> str:
        return self.world.app.links.token_of(person, utc_now() - age)


def see(client: FlaskClient, token: str, path: str = "") -> tuple[int, str]:
    answer = client.get(f"/me/{token}/{path}", headers=PAGE)
    return answer.status_code, answer.text


def press_open(client: FlaskClient, token: str) -> int:
    form = {"token": token, "back": f"/me/{token}/"}
    return client.post("/auth/device/open", data=form, headers=PAGE).status_code


def ask(client: FlaskClient, token: str) -> str:
    form = {"token": token, "back": f"/me/{token}/"}
    page = client.post("/auth/device/code", data=form, headers=PAGE)
    found = re.search(r'name="ask" value="([^"]+)"', page.text)
    return found[1] if found else ""


def enter(client: FlaskClient, token: str, asked: str, code: str) -> int:
    form = {"token": token, "back": f"/me/{token}/", "ask": asked, "code": code}
    return client.post("/auth/device/enter", data=form, headers=PAGE).status_code


def known(office: Office, person: str = ANNA) -> FlaskClient:
    """Return the first browser of somebody."""
    client = office.browser()
    assert press_open(client, office.token(person)) == 303
    return client


Offices = Callable[..., Office]
