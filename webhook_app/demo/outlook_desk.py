"""A person's desk in the demo's tenant: Outlook's form as text, and To Do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from webhook_app.demo.people import ZONE
from webhook_app.demo.phone import TaskSeen
from webhook_app.demo.stand_ins import stand_in


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookDesk:
    """See webhook_app.demo.scene.Desk. What is done here is a person's act, and none of ours."""

    graph: Any
    address: str
    uids: Mapping[str, str]
    """Exchange's UID of each pair's series, by the report's login."""

    def notes(self, pair: str, start: datetime | None = None) -> str:
        """See Desk; the Teams block is left out, as it is in nobody's hands."""
        page = stand_in("graph.calendar_page")
        return str(page.shown_notes(self.graph, self.address, self.uids[pair], _day(start)))

    def edit_notes(self, pair: str, start: datetime, edit: Callable[[str], str]) -> None:
        """See Desk; below what is typed the Teams block stays as it was."""
        page = stand_in("graph.calendar_page")
        text = edit(self.notes(pair, start))
        page.type_notes(self.graph, self.address, self.uids[pair], _day(start), text)

    def move(self, pair: str, start: datetime, to: datetime) -> None:
        """See Desk."""
        self.graph.ui.move(self.address, self.uids[pair], _day(start), to)
        self.graph.keep()

    def cancel(self, pair: str, start: datetime) -> None:
        """See Desk."""
        self.graph.ui.cancel(self.address, self.uids[pair], _day(start))
        self.graph.keep()

    def tasks(self) -> dict[str, TaskSeen]:
        """See Desk."""
        return {task["title"]: _seen(task) for task in self.graph.ui.tasks(self.address)}

    def complete(self, task: str) -> None:
        """See Desk."""
        self.graph.ui.complete_task(self.address, task)
        self.graph.keep()


def _day(start: datetime | None) -> date | None:
    return start.astimezone(ZoneInfo(ZONE)).date() if start else None


def _seen(task: Mapping[str, Any]) -> TaskSeen:
    due = task.get("dueDateTime")
    return TaskSeen(
        title=task["title"],
        due=date.fromisoformat(due["dateTime"][:10]) if due else None,
        done=task["status"] == "completed",
    )
