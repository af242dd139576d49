"""People with accounts on a calendar server under test, and what the server is like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person on one server."""

    address: str
    login: str
    password: str
    calendar_url: str
    tasks_url: str
    home_url: str
    """Where the own calendars lie."""
    start_url: str
    """What a person would type when asked for the server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Couple:
    """Two people who hold 1:1s; nobody else uses their calendars."""

    ben: Account
    anna: Account

    def account(self, address: str) -> Account:
        """Return one of the two."""
        return self.ben if address == self.ben.address else self.anna


class CalendarServer(Protocol):
    """A running server."""

    name: str
    copies: bool
    """Whether it delivers events to attendees."""
    attendee_may_edit: bool
    """Whether an attendee may change the text of the own copy."""

    @property
    def port(self) -> int:
        """Where it listens."""
        ...

    def couple(self) -> Couple:
        """Return two new people with empty calendars."""
        ...

    def stop(self) -> None:
        """End it."""
        ...
