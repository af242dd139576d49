"""An administrator's hour with Google: the commands, and what the calendars show after them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.webhook_app.google_office import ANNA, BEN, Office
from webhook_app.jobs.clock import utc_now

PLAIN = "Room 7\nBring the draft"
WEEK = timedelta(days=7)
START = (utc_now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
NEXT = START.date()


class Hour:
    """The commands, and what they said."""

    def __init__(self, office: Office, capsys: pytest.CaptureFixture[str]) -> None:
        self.office = office
        self.server = office.server
        self.log = ""
        self._capsys = capsys

    def said(self, *words: str, code: int = 0) -> Any:
        """Run a command and return its JSON; `log` is what it wrote beside that."""
        self._capsys.readouterr()
        assert self.office.run(*words, "--json") == code
        out, self.log = self._capsys.readouterr()
        return json.loads(out)

    def heard(self) -> str:
        """Return what was written since the last command."""
        return "".join(self._capsys.readouterr())

    def patches(self) -> int:
        return self.server.calls.count("calendar.events.patch")

    def meet(self, guest: str) -> str:
        return self.server.ui.create(
            BEN, f"1:1 {guest.partition('@')[0]}", START, guests=[guest],
            recurrence="FREQ=WEEKLY", description=PLAIN, notify=False,
        )  # fmt: skip

    def begin(self) -> tuple[str, str]:
        """Connect Ben and Anna and say yes; return their event and its series."""
        event = self.meet(ANNA)
        assert self.office.connect(BEN, ANNA) == 0
        self.said("sync")
        (listed,) = self.said("series", "list")["series"]
        self.said("series", "enable", listed["series"])
        self.said("sync")
        return event, listed["series"]

    def notes(self, person: str, event: str) -> list[str]:
        """Return the description of the next occurrence, of the one after it and of the series."""
        ids = [self.server.ui.occurrence_id(person, event, day) for day in (NEXT, NEXT + WEEK)]
        return [str(self.server.ui.see(person, i).get("description", "")) for i in (*ids, event)]
