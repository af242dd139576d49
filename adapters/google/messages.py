"""Google Chat as a way to one person: the direct message between them and our Chat app."""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from adapters.google.card_json import to_card
from adapters.google.card_replies import as_message
from adapters.google.settings import GoogleSettings
from adapters.google.wire import AlreadyThere, Json, Wire, api
from core.errors import AccountDisconnected, NotFound, NotSupported, PermissionDenied
from core.model.calendar import IdempotencyKey
from core.model.cards import Card, CardSection, Press, Row
from core.model.messages import Message, MessageRef
from core.ports import MessageFeature

LONGEST_TEXT = 8_000
"""Characters; Chat takes 32,000 bytes for a whole message."""
PACE = timedelta(seconds=1.1)
"""Chat takes one write a second in a space, from all apps together."""
NOT_HERE = "this person has not added the Chat app"


@dataclass(slots=True)
class Pace:
    """When each space was last written to by this process."""

    last: dict[str, datetime] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, space: str, now: Callable[[], datetime], sleep: Callable[[float], None]) -> None:
        """Take the next free second of a space."""
        with self.lock:
            free = self.last.get(space, now() - PACE) + PACE
            mine = self.last[space] = max(free, now())
        left = (mine - now()).total_seconds()
        if left > 0:
            sleep(left)


PACES = Pace()


class GoogleChat:
    """MessagePort. Without a space that we know, or may set up, it is not supported."""

    features = MessageFeature.EDIT | MessageFeature.BUTTONS | MessageFeature.THREADS

    def __init__(
        self,
        *,
        settings: GoogleSettings,
        app: Wire,
        person: Wire,
        now: Callable[[], datetime],
        sleep: Callable[[float], None],
    ) -> None:
        self._settings = settings
        self._app = app
        self._person = person
        self._now = now
        self._sleep = sleep
        self._api = api("chat", settings.api_root)
        self._space = settings.chat_space

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        """Our own id and request id follow from the key: a second try is the first message."""
        digest = hashlib.sha256(f"{message.to}\n{key}".encode()).hexdigest()
        space, own_id = self._known_space(), f"client-{digest[:40]}"
        ref = MessageRef(channel=space, message_id=f"{space}/messages/{own_id}")
        body = _body(message, self._settings.addon_url)
        if message.thread:
            thread = hashlib.sha256(message.thread.encode()).hexdigest()[:32]
            body["thread"] = {"threadKey": thread}
        request = (
            self._api.spaces()
            .messages()
            .create(
                parent=space,
                messageId=own_id,
                requestId=str(uuid.UUID(digest[:32])),
                messageReplyOption="REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD",
                body=body,
            )
        )
        try:
            self._written(space, request)
        except AlreadyThere:
            return ref
        except (NotFound, PermissionDenied, AccountDisconnected) as err:
            raise NotSupported(f"{NOT_HERE}, or the Chat app is off: {err}") from err
        return ref

    def edit(self, ref: MessageRef, message: Message) -> None:
        body = _body(message, self._settings.addon_url)
        request = (
            self._api.spaces()
            .messages()
            .patch(name=ref.message_id, updateMask="text,cardsV2,fallbackText", body=body)
        )
        self._written(ref.channel, request)

    def _written(self, space: str, request: Any) -> Json:
        PACES.wait(space, self._now, self._sleep)
        return self._app.send(request)

    def _known_space(self) -> str:
        """Return the space that was learned, else set it up in the person's own name."""
        if not self._space:
            asked = {"space": {"spaceType": "DIRECT_MESSAGE", "singleUserBotDm": True}}
            try:
                made = self._person.send(self._api.spaces().setup(body=asked))
            except (NotFound, PermissionDenied, AccountDisconnected) as err:
                raise NotSupported(NOT_HERE) from err
            self._space = str(made["name"])
        return self._space


def _body(message: Message, endpoint: str) -> Json:
    text = _harmless(message)
    if message.card is not None and endpoint:
        return as_message(message.card, to_card(message.card, endpoint)) | {"text": _cut(
            _quiet(message.subject))}  # fmt: skip
    body: Json = {"text": text}
    if message.buttons:
        card = _links(message)
        body["cardsV2"] = [{"cardId": card.card_id, "card": to_card(card, endpoint)}]
    return body


def _links(message: Message) -> Card:
    presses = tuple(Press(label=b.label, url=b.url) for b in message.buttons)
    section = CardSection(rows=(Row(text=message.subject),), presses=presses)
    return Card(card_id="links", title=message.subject, sections=(section,))


def _harmless(message: Message) -> str:
    return _cut(_quiet(f"{message.subject}\n\n{message.body.text.strip()}"))


def _quiet(text: str) -> str:
    """Keep people's words from calling anybody: `<users/all>` would."""
    return text.replace("<users/", "<\u200busers/")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
