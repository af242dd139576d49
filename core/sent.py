"""Which messages were sent under which key, for channels that know no keys themselves."""

from __future__ import annotations

from typing import Protocol

from core.model.calendar import IdempotencyKey
from core.model.messages import MessageRef


class Sent(Protocol):
    """What was sent under which key; kept somewhere that survives us."""

    def find(self, key: IdempotencyKey) -> MessageRef | None:
        """Return what the key has sent."""
        ...

    def keep(self, key: IdempotencyKey, ref: MessageRef) -> None:
        """Note that it was sent."""
        ...


class SentInMemory:
    """For as long as the process lives."""

    def __init__(self) -> None:
        self._refs: dict[IdempotencyKey, MessageRef] = {}

    def find(self, key: IdempotencyKey) -> MessageRef | None:
        return self._refs.get(key)

    def keep(self, key: IdempotencyKey, ref: MessageRef) -> None:
        self._refs[key] = ref
