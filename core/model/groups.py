"""A mailing group and who is in it, as the company says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group that events may invite in place of its members."""

    NOUN: ClassVar[str] = "group"

    address: str
    members: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its address."""
        return self.address

    @property
    def belongs_to(self) -> str:
        """The company."""
        return "company"
