"""A person's desk at Google in the demo: their hands in the stand-in's own clients."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from core.errors import RevisionConflict
from webhook_app.demo.phone import TaskSeen
from webhook_app.demo.stand_in import StandIn


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleDesk:
    """See webhook_app.demo.scene.Desk."""

    stand_in: StandIn
    user: str
    """Address."""
    events: Mapping[str, str]
    """Id of each pair's series, by the report's login."""

    def event(self, pair: str, start: datetime | None) -> str:
        """Return the id of a series or of one of its occurrences."""
        series = self.events[pair]
        return series if start is None else f"{series}_{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"

    def notes(self, pair: str, start: datetime | None = None) -> str:
        """See Desk."""
        return str(self.stand_in.hand("notes", user=self.user, event=self.event(pair, start)))

    def edit_notes(self, pair: str, start: datetime, edit: Callable[[str], str]) -> None:
        """See Desk. As a phone does it: plain text."""
        event = self.event(pair, start)
        for _ in range(10):
            before = self.notes(pair, start)
            change = {"before": before, "after": edit(before)}
            if self.stand_in.hand("write_notes", user=self.user, event=event, **change):
                return
        raise RevisionConflict("the event never stood still")

    def move(self, pair: str, start: datetime, to: datetime) -> None:
        """See Desk."""
        event = self.event(pair, start)
        self.stand_in.hand("move", user=self.user, event=event, start=to.isoformat())

    def cancel(self, pair: str, start: datetime) -> None:
        """See Desk."""
        self.stand_in.hand("cancel", user=self.user, event=self.event(pair, start))

    def tasks(self) -> dict[str, TaskSeen]:
        """See Desk."""
        found = self.stand_in.hand("tasks", user=self.user)
        return {
            task["id"]: TaskSeen(
                title=task["title"],
                due=date.fromisoformat(task["due"][:10]) if "due" in task else None,
                done=task["status"] == "completed",
            )
            for task in found
        }

    def complete(self, task: str) -> None:
        """See Desk."""
        self.stand_in.hand("complete", user=self.user, task=task)
