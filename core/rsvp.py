"""What people wrote beside their answer to an invitation, line by line and by whom."""

from __future__ import annotations

import unicodedata

from core.model.calendar import CalendarEvent, Role
from core.model.people import normal_address

LONGEST = 2000
"""Characters of a line that is offered as a point; the calendar keeps all of it."""
MOST = 10
"""Lines of one comment: more is a letter."""


def comments_of(event: CalendarEvent, owner: str | None) -> dict[str, tuple[str, ...]]:
    """Return lines by author; `owner` is whose calendar shows the event, None: both people's.

    A comment on the event itself is its owner's answer, except the organizer's: they have
    nothing to answer, so theirs is a remark to everybody.
    """
    found = {normal_address(p.address): p.comment for p in event.participants if p.comment.strip()}
    organizers = {p.address for p in event.participants if p.role is Role.ORGANIZER}
    if owner is not None and owner not in organizers and event.comment.strip():
        found[owner] = event.comment
    return {author: lines for author, text in found.items() if (lines := lines_of(text))}


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a comment without control characters, each once."""
    lines = (" ".join(_clean(line).split()) for line in text.splitlines())
    cut = (line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…" for line in lines if line)
    return tuple(dict.fromkeys(cut))[:MOST]


def _clean(line: str) -> str:
    return "".join(
        c if unicodedata.category(c)[0] != "C" or c in "\u200d\u200c" else " " for c in line
    )
