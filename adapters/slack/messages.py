"""Messages to one person in Slack: the direct message between them and our app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adapters.slack.blocks import of_message
from adapters.slack.wire import Slack
from core.errors import NotSupported, UnexpectedResponse
from core.model.calendar import IdempotencyKey
from core.model.messages import Message, MessageRef
from core.ports import MessageFeature
from core.sent import Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackMessages:
    """MessagePort. Slack has no keys: a crash between sending and our note of it sends twice."""

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
        posted = self.slack.call(
            "chat.postMessage",
            {"channel": self.user_of(message.to), "unfurl_links": False, **body},
        )
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
