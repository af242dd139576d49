"""A person's desk on the demo's CalDAV server: a phone, and where its events are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from webhook_app.demo.phone import Phone, TaskSeen

LENGTH = timedelta(minutes=30)
"""Of every 1:1 of the demo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaldavDesk:
    """See webhook_app.demo.scene.Desk."""

    phone: Phone
    events: Mapping[str, str]
    """Address of each pair's event, by the report's login."""
    task_list: str

    def notes(self, pair: str, start: datetime | None = None) -> str:
        """See Desk."""
        return self.phone.notes(self.events[pair], start)

    def edit_notes(self, pair: str, start: datetime, edit: Callable[[str], str]) -> None:
        """See Desk."""
        self.phone.edit_notes(self.events[pair], start, edit)

    def move(self, pair: str, start: datetime, to: datetime) -> None:
        """See Desk."""
        self.phone.move(self.events[pair], start, to, to + LENGTH)

    def cancel(self, pair: str, start: datetime) -> None:
        """See Desk."""
        self.phone.cancel(self.events[pair], start)

    def tasks(self) -> dict[str, TaskSeen]:
        """See Desk."""
        return self.phone.tasks(self.task_list)

    def complete(self, task: str) -> None:
        """See Desk."""
        self.phone.complete(task)
