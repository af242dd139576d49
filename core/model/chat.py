"""Where a person's direct message with our Chat app is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSpace:
    """Learned when the person adds the app, or set up for them."""

    NOUN: ClassVar[str] = "chat_space"

    person: str
    """Address."""
    space: str
    """The suite's own name of it; empty: the person has removed the app."""
    since: datetime

    @property
    def key(self) -> str:
        """Whose it is: one a person."""
        return self.person

    @property
    def belongs_to(self) -> str:
        """Whose it is."""
        return self.person
