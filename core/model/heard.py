"""When a suite last called us, and whether we believed it: what only its own call can show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The last call of one kind."""

    NOUN: ClassVar[str] = "heard"

    what: str
    """`google card` or `google press`."""
    at: datetime
    refused: str = ""
    """Why it was not believed; empty: it was."""

    @property
    def key(self) -> str:
        """One a kind."""
        return self.what

    @property
    def belongs_to(self) -> str:
        """Nobody."""
        return ""
