"""Messages to one person: a card in Teams where the bot is installed, else mail through Graph."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Protocol

from adapters.outlook import models
from adapters.outlook.teams_cards import Json, drawn
from core.errors import NotFound, NotSupported, PermissionDenied
from core.model.calendar import IdempotencyKey
from core.model.cards import Card, CardSection, Press, Row
from core.model.messages import Message, MessageRef
from core.ports import MessageFeature, MessagePort
from core.sent import Sent, SentInMemory

if TYPE_CHECKING:
    from adapters.outlook.wire import Wire


class Poster(Protocol):
    """The bot's outgoing side (adapters.outlook.teams_bot.TeamsBot)."""

    def say(self, conversation_id: str, card: Json) -> str: ...

    def replace(self, conversation_id: str, activity_id: str, card: Json) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsMessages:
    """MessagePort: a card in the person's chat with the bot."""

    bot: Poster
    chat_of: Callable[[str], str | None]
    """Conversation id of an address; None where the bot is not installed there."""
    sent: Sent
    features: MessageFeature = MessageFeature.EDIT | MessageFeature.BUTTONS

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        """Raise NotFound where the person has not installed the app."""
        known = self.sent.find(key)
        if known is not None:
            return known
        chat = self.chat_of(message.to)
        if chat is None:
            raise NotFound("The Teams app is not installed for this person.")
        ref = MessageRef(channel=chat, message_id=self.bot.say(chat, _card(message)))
        self.sent.keep(key, ref)
        return ref

    def edit(self, ref: MessageRef, message: Message) -> None:
        self.bot.replace(ref.channel, ref.message_id, _card(message))


def _card(message: Message) -> Json:
    if message.card is not None:
        return drawn(message.card)
    lines = [line for line in message.body.text.split("\n") if line.strip()]
    presses = tuple(Press(label=b.label, url=b.url) for b in message.buttons)
    section = CardSection(rows=tuple(Row(text=line) for line in lines), presses=presses)
    return drawn(Card(card_id="message", title=message.subject, sections=(section,)))


class OutlookMail:
    """MessagePort: mail from a mailbox that the administrator has named."""

    features = MessageFeature.NONE

    def __init__(self, *, sender: str, wire: Wire, sent: Sent | None = None) -> None:
        self._sender = sender
        self._wire = wire
        self._sent = sent or SentInMemory()

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        """Graph gives a sent mail no id: the reference is made of the key."""
        known = self._sent.find(key)
        if known is not None:
            return known
        content = {
            "Message": {
                "subject": message.subject,
                "body": {"contentType": "html", "content": _with_buttons(message)},
                "toRecipients": [{"emailAddress": {"address": message.to}}],
            },
            "SaveToSentItems": False,
        }
        builder = self._wire.client.users.by_user_id(self._sender).send_mail
        request = builder.to_post_request_information(models.mail(content))
        self._wire.send(request, again=False)
        made = hashlib.sha256(key.encode()).hexdigest()[:32]
        ref = MessageRef(channel="mail", message_id=made)
        self._sent.keep(key, ref)
        return ref

    def edit(self, ref: MessageRef, message: Message) -> None:  # noqa: ARG002  the port's
        raise NotSupported("A mail cannot be changed once it is sent.")


def _with_buttons(message: Message) -> str:
    links = (f'<p><a href="{escape(b.url)}">{escape(b.label)}</a></p>' for b in message.buttons)
    return message.body.html + "".join(links)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstThatReaches:
    """MessagePort: Teams, and mail for who has no Teams app."""

    teams: MessagePort
    mail: MessagePort

    @property
    def features(self) -> MessageFeature:
        """What both can do."""
        return self.teams.features & self.mail.features

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        try:
            return self.teams.send(message, key=key)
        except (NotFound, PermissionDenied):
            return self.mail.send(message, key=key)

    def edit(self, ref: MessageRef, message: Message) -> None:
        (self.mail if ref.channel == "mail" else self.teams).edit(ref, message)
