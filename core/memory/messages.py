"""A message channel in memory: keeps what was sent to whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.errors import NotFound, NotSupported, OneOnOneError
from core.model.calendar import IdempotencyKey
from core.model.messages import Message, MessageRef
from core.ports import MessageFeature


@dataclass(slots=True)
class MemoryMessages:
    """MessagePort that delivers to a list."""

    features: MessageFeature = MessageFeature.EDIT | MessageFeature.BUTTONS
    outbox: dict[str, Message] = field(default_factory=dict)
    """Message id to message, in the order in which they were sent."""
    edits: int = 0
    failures: list[OneOnOneError] = field(default_factory=list)
    """Raised by coming calls of `send`, one each."""
    _sent: dict[IdempotencyKey, MessageRef] = field(default_factory=dict)

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        """Send it once a key."""
        if self.failures:
            raise self.failures.pop(0)
        if key not in self._sent:
            ref = MessageRef(channel=message.to, message_id=str(len(self.outbox) + 1))
            self.outbox[ref.message_id] = message
            self._sent[key] = ref
        return self._sent[key]

    def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace a message's text."""
        if MessageFeature.EDIT not in self.features:
            raise NotSupported("This channel cannot change what was sent.")
        if ref.message_id not in self.outbox:
            raise NotFound("This message is no longer there.")
        self.outbox[ref.message_id] = replace(message, to=self.outbox[ref.message_id].to)
        self.edits += 1
