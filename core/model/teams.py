"""Where a person can be reached in Teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.model.messages import MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsChat:
    """One person's chat with the bot."""

    NOUN: ClassVar[str] = "teams_chat"

    object_id: str
    """Entra's id of the person."""
    person: str
    """Address."""
    member_id: str
    conversation_id: str
    service_url: str = ""

    @property
    def key(self) -> str:
        """Entra's id."""
        return self.object_id

    @property
    def belongs_to(self) -> str:
        """Whose chat it is."""
        return self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A message that went out under a key: the same key sends nothing more."""

    NOUN: ClassVar[str] = "sent_message"

    sent_key: str
    ref: MessageRef
    at: datetime

    @property
    def key(self) -> str:
        """Its key."""
        return self.sent_key

    @property
    def belongs_to(self) -> str:
        """The channel."""
        return self.ref.channel
