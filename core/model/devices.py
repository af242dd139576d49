"""Browsers in which somebody's own page may open, and the codes that make one of them known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A browser that holds a secret of ours; we keep a digest of it."""

    NOUN: ClassVar[str] = "device"

    device_id: str
    """Digest of the secret."""
    person: str
    since: datetime
    expires_at: datetime

    @property
    def key(self) -> str:
        """Its id."""
        return self.device_id

    @property
    def belongs_to(self) -> str:
        """Whose page opens there."""
        return self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstOpening:
    """That somebody's own page was opened: from then on a link alone opens it nowhere else."""

    NOUN: ClassVar[str] = "first_opening"

    person: str
    at: datetime

    @property
    def key(self) -> str:
        """One a person."""
        return self.person

    @property
    def belongs_to(self) -> str:
        """The person."""
        return self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCode:
    """A short code that was sent to somebody, to be typed into the browser that asked for it."""

    NOUN: ClassVar[str] = "typed_code"

    ask_id: str
    """Known to the browser that asked: the code is worth nothing in another one."""
    person: str
    purpose: str
    digest: str
    """Of ask and code."""
    expires_at: datetime
    tries: int = 0
    """Wrong ones so far."""

    @property
    def key(self) -> str:
        """Its ask."""
        return self.ask_id

    @property
    def belongs_to(self) -> str:
        """To whom it was sent."""
        return self.person
