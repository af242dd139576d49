"""The cursors of this adapter: text that the engine keeps and does not read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from core.errors import CursorExpired
from core.model.calendar import Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsCursor:
    """Between two listings, or between two pages of one."""

    sync: str | None = None
    """syncToken that this listing goes on from; None in a first one."""
    after: str | None = None
    """timeMin of a first listing: every page has to repeat it."""
    page: str | None = None

    def text(self) -> Cursor:
        return Cursor(json.dumps(asdict(self)))

    @property
    def parameters(self) -> dict[str, Any]:
        named = {"syncToken": self.sync, "timeMin": self.after, "pageToken": self.page}
        return {name: value for name, value in named.items() if value is not None}


def events_cursor(text: Cursor) -> EventsCursor:
    """Raise CursorExpired where this is no cursor of ours, or one of a server without tokens."""
    try:
        cursor = EventsCursor(**json.loads(text))
        if cursor.sync or cursor.page:
            return cursor
        raise ValueError("neither token nor page")
    except (ValueError, TypeError) as err:
        raise CursorExpired("not a cursor for Google Calendar: start over") from err


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksCursor:
    """Tasks have no sync token: a time with an overlap, and what was already seen in it."""

    since: str
    seen: dict[str, str]
    """Id and etag of what the overlap will bring once more."""

    def text(self) -> Cursor:
        return Cursor(json.dumps(asdict(self), sort_keys=True))


def tasks_cursor(text: Cursor) -> TasksCursor:
    """Raise CursorExpired where this is no cursor of ours."""
    try:
        return TasksCursor(**json.loads(text))
    except (ValueError, TypeError) as err:
        raise CursorExpired("not a cursor for Google Tasks: start over") from err
