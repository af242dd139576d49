"""One API call on its way through the stand-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .answers import Json, forbidden, not_found
from .calendar_state import Calendar
from .schema import Method
from .world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that has passed validation and sign-in."""

    world: World
    method: Method
    user: str | None
    """Whose token it is; None for the app itself."""
    scopes: frozenset[str]
    path: dict[str, str]
    query: Json
    body: Json
    if_match: str | None = None

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    @property
    def me(self) -> str:
        if self.user is None:
            raise forbidden("This method needs a user.")
        return self.user

    def calendar(self, *, write: bool = False) -> Calendar:
        """The calendar in the path, as far as it is this person's to see or to change."""
        return self.calendar_named(self.path["calendarId"], write=write)

    def calendar_named(self, name: str, *, write: bool = False) -> Calendar:
        calendar_id = self.me if name == "primary" else name.lower()
        calendar = self.world.calendars.by_id.get(calendar_id)
        role = self.role_in(calendar) if calendar else None
        if calendar is None or role is None:
            raise not_found()
        if write and role not in ("owner", "writer"):
            raise forbidden("You need to have writer access to this calendar.")
        return calendar

    def role_in(self, calendar: Calendar) -> str | None:
        """owner, writer, reader, freeBusyReader, or None for a calendar that is not shared."""
        own_only = all(".owned" in scope for scope in self.scopes if "/calendar" in scope)
        if calendar.owner == self.me:
            return "owner"
        return None if own_only else calendar.readers.get(self.me)


Handler = Callable[[Call], Json | None]
HANDLERS: dict[str, Handler] = {}


def handles(method_id: str) -> Callable[[Handler], Handler]:
    """Register what answers one API method."""

    def register(handler: Handler) -> Handler:
        HANDLERS[method_id] = handler
        return handler

    return register
