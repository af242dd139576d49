"""To Do's tasks as our values and back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from adapters.outlook.lenient import revision_of
from adapters.outlook.mapping import instant
from adapters.outlook.quirks import due_day, plain_text
from core.errors import UnexpectedResponse
from core.model.calendar import IdempotencyKey
from core.model.tasks import Task, TaskDraft, TaskId, TaskListId, TaskRef, TaskStatus

Json = Mapping[str, Any]
APPLICATION = "vieraugen"
STATUSES = {
    "notStarted": TaskStatus.OPEN,
    "inProgress": TaskStatus.OPEN,
    "waitingOnOthers": TaskStatus.OPEN,
    "deferred": TaskStatus.OPEN,
    "completed": TaskStatus.DONE,
}
WRITTEN = {
    TaskStatus.OPEN: "notStarted",
    TaskStatus.DONE: "completed",
    TaskStatus.CANCELLED: "completed",
}
"""To Do knows no cancelled task: it is done with."""


def mark_of(key: IdempotencyKey) -> str:
    """What a task's linked resource carries, to be found again by."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def our_link(links: Sequence[Json]) -> Json | None:
    """The linked resource that we have made, among those of other programs."""
    return next((each for each in links if each.get("applicationName") == APPLICATION), None)


def to_task(item: Json, list_id: TaskListId, links: Sequence[Json]) -> Task:
    """A task; To Do tells its linked resources apart from it."""
    try:
        return _task(item, list_id, our_link(links))
    except (KeyError, ValueError, TypeError, AttributeError) as err:
        raise UnexpectedResponse(f"a task that cannot be read: {err!r}") from err


def _task(item: Json, list_id: TaskListId, link: Json | None) -> Task:
    due, completed = item.get("dueDateTime"), item.get("completedDateTime")
    return Task(
        ref=TaskRef(list_id=list_id, task_id=TaskId(item["id"])),
        draft=TaskDraft(
            title=item.get("title") or "",
            notes=_notes(item.get("body") or {}),
            due=due_day(datetime.fromisoformat(due["dateTime"])) if due else None,
            status=STATUSES[item.get("status") or "notStarted"],
            source_url=(link or {}).get("webUrl") or None,
        ),
        completed_at=instant(completed) if completed else None,
        revision=revision_of(item),
    )


def _notes(body: Json) -> str:
    content = str(body.get("content") or "").replace("\r\n", "\n")
    return plain_text(content) if body.get("contentType") == "html" else content.rstrip("\n")


def from_draft(draft: TaskDraft, before: Task | None = None) -> dict[str, Any]:
    """What creates or changes a task; an open one stays as far along as its owner has set it."""
    content: dict[str, Any] = {
        "title": draft.title,
        "body": {"content": draft.notes, "contentType": "text"},
    }
    if before is None or WRITTEN[draft.status] != WRITTEN[before.draft.status]:
        content["status"] = WRITTEN[draft.status]
    if draft.due is not None:
        midnight = f"{draft.due.isoformat()}T00:00:00"
        content["dueDateTime"] = {"dateTime": midnight, "timeZone": "UTC"}
    elif before is not None and before.draft.due is not None:
        content["dueDateTime"] = None
    return content


def to_link(draft: TaskDraft, mark: str) -> dict[str, str]:
    """The linked resource: the way back to the agenda, and the key."""
    link = {"applicationName": APPLICATION, "displayName": "1:1", "externalId": mark}
    return link | ({"webUrl": draft.source_url} if draft.source_url else {})
