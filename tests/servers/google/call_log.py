"""Which API calls were made, by whom: what budgets are counted with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase

from .answers import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    at: datetime
    method: str
    user: str | None
    status: int
    query: Json
    path: dict[str, str]
    brought: tuple[str, ...] = ()
    """Entries of a listing, by id; an occurrence by that of its series."""


@dataclass(slots=True)
class CallLog:
    made: list[Made] = field(default_factory=list)

    def add(self, made: Made) -> None:
        self.made.append(made)

    def of(self, method: str = "*", user: str | None = None) -> list[Made]:
        return [
            each
            for each in self.made
            if fnmatchcase(each.method, method) and user in (None, each.user)
        ]

    def count(self, method: str = "*", user: str | None = None) -> int:
        return len(self.of(method, user))

    def clear(self) -> None:
        self.made.clear()
