"""Messages to one person by mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adapters.mail.smtp import Mailer
from core.errors import NotSupported
from core.model.calendar import IdempotencyKey
from core.model.messages import Message, MessageRef
from core.ports import MessageFeature
from core.sent import Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class MailMessages:
    """MessagePort. A mail stays as it is.

    The same key sends once. A crash between sending and our note of it sends a second mail under
    the same Message-ID (RFC 5322 §3.6.4), which most mailboxes show once.
    """

    mailer: Mailer
    sent: Sent
    mailed: Callable[[str, Message], None] = lambda _message_id, _message: None
    """Is told the Message-ID of what was sent, so that it can be answered."""
    features: MessageFeature = MessageFeature.NONE

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        known = self.sent.find(key)
        if known is not None:
            return known
        unsubscribe = next((button.url for button in message.buttons), "")
        message_id = self.mailer.send(
            message.to,
            message.subject,
            message.body.text,
            message.body.html,
            name=key,
            unsubscribe=unsubscribe,
        )
        self.mailed(message_id, message)
        ref = MessageRef(channel="mail", message_id=message_id)
        self.sent.keep(key, ref)
        return ref

    def edit(self, ref: MessageRef, message: Message) -> None:  # noqa: ARG002  the port's form
        raise NotSupported("a mail cannot be changed after it was sent")
