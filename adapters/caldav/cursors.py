"""Cursors: a server's sync token, and what some servers' tokens need beside it."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.caldav.quirks import COARSE_TOKENS, FULL_LIST
from core.errors import CursorExpired
from core.model.calendar import Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where reading goes on."""

    token: str
    before: str = ""
    """The token before it, where this server's tokens are coarse."""
    entries: int = 0
    """How many entries there were, where the server may answer with all of them."""

    def cursor(self, quirks: frozenset[str]) -> Cursor:
        """Return it as others keep it. Tokens are URIs: a blank is in none of them."""
        if not quirks & {COARSE_TOKENS, FULL_LIST}:
            return Cursor(self.token)
        return Cursor(f"{self.token} {self.before or '-'} {self.entries}")

    def asks_with(self, quirks: frozenset[str]) -> str:
        """Return the token to ask with."""
        return self.before if self.before and COARSE_TOKENS in quirks else self.token


START = Mark(token="")


def read_cursor(cursor: Cursor | None) -> Mark:
    """Return where reading goes on; None starts over. Raise CursorExpired for nonsense."""
    if cursor is None:
        return START
    token, *rest = cursor.split(" ")
    if not token or len(rest) not in (0, 2) or (rest and not rest[1].isdecimal()):
        raise CursorExpired("This cursor is not one of ours: reading starts over.")
    if not rest:
        return Mark(token=token)
    return Mark(token=token, before=rest[0].removeprefix("-"), entries=int(rest[1]))
