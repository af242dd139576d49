"""Who else can read a Google calendar: its access rules."""

from __future__ import annotations

from typing import Final

from adapters.google.settings import GoogleSettings
from adapters.google.wire import Json, Wire, api
from core.errors import UnexpectedResponse
from core.model.calendar import CalendarId, Readers
from core.model.people import normal_address

READING: Final = frozenset({"reader", "writer", "owner"})
"""`freeBusyReader` sees no text."""
MOST = 250


class GoogleReaders:
    """ReaderPort over acl.list, with a scope of its own: without it nothing else is missing."""

    def __init__(self, *, settings: GoogleSettings, account: str, wire: Wire) -> None:
        self._account = normal_address(account)
        self._wire = wire
        self._api = api("calendar", settings.api_root)

    def readers(self, calendar_id: CalendarId) -> Readers:
        """Read the rules; the first 250 are enough to know."""
        answer = self._wire.send(self._api.acl().list(calendarId=calendar_id, maxResults=MOST))
        return to_readers(answer.get("items", []), self._account)


def to_readers(rules: list[Json], account: str) -> Readers:
    """Return who reads by these rules. Raise UnexpectedResponse for a rule without a scope."""
    people: set[str] = set()
    kinds: set[str] = set()
    for rule in rules:
        try:
            kind, role = rule["scope"]["type"], rule["role"]
        except (KeyError, TypeError) as err:
            raise UnexpectedResponse("an access rule without scope or role") from err
        if role not in READING:
            continue
        kinds.add(kind)
        if kind == "user":
            people.add(normal_address(str(rule["scope"].get("value", ""))))
    return Readers(
        people=tuple(sorted(people - {account, ""})),
        everybody=bool(kinds & {"group", "domain"}),
        public="default" in kinds,
    )
