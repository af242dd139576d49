"""Google's tasks as our values and back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from adapters.google.revisions import revision_of
from core.errors import UnexpectedResponse
from core.model.calendar import IdempotencyKey
from core.model.tasks import Task, TaskDraft, TaskId, TaskListId, TaskRef, TaskStatus

Json = Mapping[str, Any]
STATUSES = {"needsAction": TaskStatus.OPEN, "completed": TaskStatus.DONE}
WRITTEN = {
    TaskStatus.OPEN: "needsAction",
    TaskStatus.DONE: "completed",
    TaskStatus.CANCELLED: "completed",
}
"""Google knows no cancelled task: it is done with."""
FOOT_ROOM = 512
"""What the last line of the notes may need: the way back and our mark."""
_FOOT = re.compile(r"(?:\n\n|^)(?P<url>https?://\S+)?(?: )?\[1:1 (?P<mark>[0-9a-f]{16})\]\s*$")


def mark_of(key: IdempotencyKey) -> str:
    """What a task carries in the last line of its notes, to be found again by."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def marked(item: Json) -> str | None:
    found = _FOOT.search(item.get("notes") or "")
    return found["mark"] if found else None


def to_task(item: Json, list_id: TaskListId) -> Task:
    try:
        return _task(item, list_id)
    except (KeyError, ValueError, TypeError) as err:
        raise UnexpectedResponse(f"a task that cannot be read: {err!r}") from err


def _task(item: Json, list_id: TaskListId) -> Task:
    notes = item.get("notes") or ""
    foot = _FOOT.search(notes)
    completed = item.get("completed")
    return Task(
        ref=TaskRef(list_id=list_id, task_id=TaskId(item["id"])),
        draft=TaskDraft(
            title=item.get("title") or "",
            notes=notes[: foot.start()] if foot else notes,
            # Only the date means anything; turning it into a zone would shift it by a day.
            due=date.fromisoformat(item["due"][:10]) if item.get("due") else None,
            status=STATUSES[item.get("status") or "needsAction"],
            source_url=foot["url"] if foot else None,
        ),
        completed_at=datetime.fromisoformat(completed) if completed else None,
        revision=revision_of(item),
    )


def from_draft(draft: TaskDraft, mark: str | None) -> dict[str, Any]:
    body = {
        "title": draft.title,
        "notes": _notes(draft, mark),
        "status": WRITTEN[draft.status],
    }
    return body | ({"due": due(draft)} if draft.due else {})


def _notes(draft: TaskDraft, mark: str | None) -> str:
    foot = " ".join(part for part in (draft.source_url, f"[1:1 {mark}]" if mark else None) if part)
    return "\n\n".join(part for part in (draft.notes, foot) if part)


def due(draft: TaskDraft) -> str | None:
    return f"{draft.due.isoformat()}T00:00:00.000Z" if draft.due else None
