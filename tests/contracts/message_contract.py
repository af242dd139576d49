"""What every MessagePort promises; a suite's tests subclass this and give a `messages` host."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from core.errors import NotSupported
from core.model.messages import Message, RichText
from core.ports import MessageFeature, MessagePort
from tests.contracts.hosts import key

TEXT = "Anna & Ben: 2 < 3 Punkte, „morgen“ 🎉"
HTML = "<p>Anna &amp; Ben: 2 &lt; 3 Punkte, „morgen“ 🎉</p>"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHost:
    """A channel, and how the person who gets the messages sees them."""

    port: MessagePort
    address: str
    received: Callable[[], list[str]]
    """Texts that arrived, in order, as a person reads them."""

    def message(self) -> Message:
        """Return a message to that person."""
        return Message(to=self.address, subject="1:1 tomorrow", body=RichText(text=TEXT, html=HTML))


class MessageContract:
    """One person's messages."""

    def test_message_arrives_with_every_character(self, messages: MessageHost) -> None:
        messages.port.send(messages.message(), key=key("one"))

        (text,) = messages.received()
        assert TEXT in text
        assert "&amp;" not in text

    def test_same_key_sends_once(self, messages: MessageHost) -> None:
        first = messages.port.send(messages.message(), key=key("one"))
        again = messages.port.send(messages.message(), key=key("one"))
        messages.port.send(messages.message(), key=key("two"))

        assert again == first
        assert len(messages.received()) == 2

    def test_edit_replaces_the_text_or_is_refused_beforehand(self, messages: MessageHost) -> None:
        ref = messages.port.send(messages.message(), key=key("one"))
        other = replace(messages.message(), body=RichText(text="done", html="<p>done</p>"))

        if MessageFeature.EDIT not in messages.port.features:
            with pytest.raises(NotSupported):
                messages.port.edit(ref, other)
            return
        messages.port.edit(ref, other)
        (text,) = messages.received()
        assert "done" in text
        assert TEXT not in text
