"""The one message that tells a manager what was found before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class FirstState(StrEnum):
    """How far it is."""

    PLANNED = "planned"
    BEGUN = "begun"
    """Handed to a channel; whoever finds it so was interrupted, and sends nothing more."""
    SENT = "sent"
    LET_GO = "let_go"
    """They knew already, or want no messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMessage:
    """One a person, ever: it is kept after it was sent or let go."""

    NOUN: ClassVar[str] = "first_message"

    person: str
    due: datetime
    state: FirstState = FirstState.PLANNED

    @property
    def key(self) -> str:
        """One a person."""
        return self.person

    @property
    def belongs_to(self) -> str:
        """The person."""
        return self.person
