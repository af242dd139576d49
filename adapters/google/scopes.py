"""Every scope that we ever ask for, with its reason: nothing else is requested anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.google.settings import ACCESS_RULES, CHAT_BOT, CHAT_SPACES, EVENTS, FREE_BUSY, TASKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One right, and what it is for."""

    scope: str
    why: str
    needed: bool = True
    """False: without it only what `why` says is missing."""
    delegated: bool = True
    """Whether it goes into domain-wide delegation; the Chat app's own does not."""


SCOPES = (
    Scope(
        scope=EVENTS,
        why="read the 1:1s in people's own calendars and write the agenda into them",
    ),
    Scope(
        scope=TASKS,
        why="put a person's action items into their own list, and see them ticked there",
        needed=False,
    ),
    Scope(
        scope=FREE_BUSY,
        why="find a free time for a 1:1 that has to move",
        needed=False,
    ),
    Scope(
        scope=ACCESS_RULES,
        why="see who else can read a calendar, and offer the two to show less in the event",
        needed=False,
    ),
    Scope(
        scope=CHAT_SPACES,
        why="open the direct message between a person and the Chat app",
        needed=False,
    ),
    Scope(
        scope=CHAT_BOT,
        why="send the agenda before and the recap after as the Chat app; not delegated",
        needed=False,
        delegated=False,
    ),
)

CONSENT = tuple(each for each in SCOPES if each.scope in (EVENTS, TASKS, FREE_BUSY))
"""What a person is asked for who consents alone."""


def delegated() -> str:
    """Return the line that the administrator pastes into the Admin console."""
    return ",".join(each.scope for each in SCOPES if each.delegated)
