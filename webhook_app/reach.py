"""How each person is reached: by mail, or by the chat of a suite that they connected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from adapters.mail import MailMessages
from core.errors import OneOnOneError
from core.model.calendar import IdempotencyKey
from core.model.cards import Card
from core.model.mailed import MailedTalk
from core.model.messages import Message, MessageRef
from core.model.series import Connection, SeriesId
from core.model.settings import Channel
from core.ports import MessageFeature, MessagePort, Suite
from webhook_app.config import Settings
from webhook_app.jobs.clock import utc_now
from webhook_app.mail import mailer
from webhook_app.sent import KeptMessages
from webhook_app.storage.store import SqlStore

SUITES = {Channel.TEAMS: "outlook", Channel.CHAT: "google"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPort:
    """A chat that shows cards: what a message is about comes along, to be ticked there."""

    port: MessagePort
    card_of: Callable[[Message], Card | None]

    @property
    def features(self) -> MessageFeature:
        """See MessagePort."""
        return self.port.features

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        """See MessagePort."""
        return self.port.send(replace(message, card=self.card_of(message)), key=key)

    def edit(self, ref: MessageRef, message: Message) -> None:
        """See MessagePort."""
        self.port.edit(ref, replace(message, card=self.card_of(message)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Finds the channel to a person."""

    settings: Settings
    store: SqlStore
    suite_of: Callable[[Connection], Suite]
    card_of: Callable[[Message], Card | None] = lambda _message: None
    teams_of: Callable[[str], MessagePort | None] = lambda _address: None
    """A person's chat with our bot; None where they have not installed it."""

    def __call__(self, address: str, channel: Channel) -> MessagePort | None:
        """Return it; None where it is not set up, or the person has no such account here."""
        if channel is Channel.MAIL:
            sender = mailer(self.settings)
            if sender is None:
                return None
            kept = KeptMessages(self.store)
            return MailMessages(mailer=sender, sent=kept, mailed=self._mailed)
        if channel is Channel.SLACK:
            # Slack's client is loaded by those who have it.
            from webhook_app.slack import slack_messages

            messages = slack_messages(self.settings, self.store)
            return CardPort(port=messages, card_of=self.card_of) if messages else None
        if channel is Channel.TEAMS and (chat := self.teams_of(address)) is not None:
            return CardPort(port=chat, card_of=self.card_of)
        name = SUITES.get(channel)
        with self.store.transaction() as tx:
            mine = [c for c in tx.connections() if c.person == address and c.suite == name]
        for connection in mine:
            try:
                port = self.suite_of(connection).messages
            except OneOnOneError:
                continue
            if port is not None:
                return CardPort(port=port, card_of=self.card_of)
        return None

    def _mailed(self, message_id: str, message: Message) -> None:
        """Keep what a mail was about, so that it can be answered."""
        if not message.about:
            return
        talk = MailedTalk(
            message_id=message_id,
            person=message.to,
            series_id=SeriesId(message.about),
            at=utc_now(),
        )
        with self.store.transaction() as tx:
            tx.put_noun(talk)
