"""Which account in Slack is whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackUser:
    """One person's account in our workspace."""

    NOUN: ClassVar[str] = "slack_user"

    user_id: str
    """Slack's id."""
    person: str
    """Address."""
    at: datetime

    @property
    def key(self) -> str:
        """Slack's id."""
        return self.user_id

    @property
    def belongs_to(self) -> str:
        """Whose it is."""
        return self.person
