"""Messages to one person in Slack: the direct message between them and our app."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from adapters.slack.blocks import of_message
from adapters.slack.wire import Slack
from core.errors import NotFound, NotSupported, UnexpectedResponse
from core.model.calendar import IdempotencyKey
from core.model.messages import Message, MessageRef
from core.ports import MessageFeature
from core.sent import Sent

OURS = uuid.UUID("6f7d5e0a-53f5-4a4e-9d0e-6f1d3a0c1b11")
"""Names of our messages are made from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackMessages:
    """MessagePort. Each message bears an id of ours, so that Slack drops a second one.

    Slack's reference names `client_msg_id` among the errors of chat.postMessage alone and promises
    nothing: where it does not look, a crash between sending and our note of it sends twice.
    https://docs.slack.dev/reference/methods/chat.postMessage
    """

    slack: Slack
    user_of: Callable[[str], str]
    """Slack's id of an address. Raises NotSupported where nobody there has it."""
    sent: Sent
    interactive: bool = True
    """Whether presses can come back to us."""
    features: MessageFeature = MessageFeature.EDIT | MessageFeature.BUTTONS

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        known = self.sent.find(key)
        if known is not None:
            return known
        body = of_message(message, interactive=self.interactive)
        content = {"channel": self.user_of(message.to), "unfurl_links": False, **body}
        own_id = str(uuid.uuid5(OURS, f"{message.to}\n{key}"))
        try:
            posted = self.slack.call("chat.postMessage", {**content, "client_msg_id": own_id})
        except NotFound:  # Slack knows the id and no message of it: nobody has read it
            posted = self.slack.call("chat.postMessage", content)
        ref = _ref(posted.get("channel"), posted.get("ts"))
        self.sent.keep(key, ref)
        return ref

    def edit(self, ref: MessageRef, message: Message) -> None:
        body = of_message(message, interactive=self.interactive)
        self.slack.call("chat.update", {"channel": ref.channel, "ts": ref.message_id, **body})


def _ref(channel: object, stamp: object) -> MessageRef:
    if not isinstance(channel, str) or not isinstance(stamp, str):
        raise UnexpectedResponse("Slack's chat.postMessage did not say where the message is")
    return MessageRef(channel=channel, message_id=stamp)


def user_with(slack: Slack, address: str) -> str:
    """Return Slack's id of who has this address. Raise NotSupported where nobody has."""
    found = slack.call("users.lookupByEmail", {"email": address}).get("user")
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise UnexpectedResponse("Slack's users.lookupByEmail did not name the user")
    if found.get("deleted") or found.get("is_bot"):
        raise NotSupported("this person's Slack account is switched off")
    return str(found["id"])
