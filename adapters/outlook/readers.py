"""Who else can read a mailbox's calendar: the rights that its owner gave."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from adapters.outlook.calendar_id import calendar_id_of
from adapters.outlook.wire import Json, Wire
from core.errors import NotFound, UnexpectedResponse
from core.model.calendar import CalendarId, Readers
from core.model.people import normal_address

BLIND: Final = frozenset({"none", "freeBusyRead", "limitedRead"})
"""Roles that see no text: `limitedRead` sees title and place."""
ALL_OF_US = "My Organization"
"""Graph's name for everybody in the tenant; it has no address."""


class OutlookReaders:
    """ReaderPort over calendarPermissions."""

    def __init__(self, *, account: str, wire: Wire) -> None:
        self._account = normal_address(account)
        self._wire = wire

    def readers(self, calendar_id: CalendarId) -> Readers:
        """Read the rights, one page: nobody gives out more."""
        if calendar_id != calendar_id_of(self._account):
            raise NotFound("This account has no such calendar.")
        path = f"/users/{quote(self._account, safe='@')}/calendar/calendarPermissions"
        return to_readers(self._wire.get(path).get("value", []), self._account)


def to_readers(rights: list[Json], account: str) -> Readers:
    """Return who reads by these rights. Raise UnexpectedResponse for one without a role."""
    people: set[str] = set()
    everybody = False
    for right in rights:
        try:
            role = right["role"]
        except (KeyError, TypeError) as err:
            raise UnexpectedResponse("a calendar permission without a role") from err
        if role in BLIND:
            continue
        whose = right.get("emailAddress") or {}
        address = normal_address(str(whose.get("address") or ""))
        if address:
            people.add(address)
        else:
            everybody = everybody or whose.get("name") == ALL_OF_US
    return Readers(people=tuple(sorted(people - {account})), everybody=everybody)
