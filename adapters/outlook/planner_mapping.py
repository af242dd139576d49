"""Planner's tasks and their details as our values and back."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote

from core.errors import UnexpectedResponse
from core.model.calendar import Revision
from core.model.tasks import Task, TaskDraft, TaskId, TaskListId, TaskRef, TaskStatus

Json = dict[str, Any]
DONE = 100
MARK = re.compile(r"#va-([0-9a-f]{32})$")
"""How a reference of ours ends; the part before it is the way back to the agenda."""
NOWHERE = "https://vieraugen.invalid/"
"""Carries the mark where there is no page to lead back to."""
PLAN_ID = re.compile(r"[\w-]{20,40}", re.ASCII)
PLAN_ADDRESS = re.compile(r"(?:/plan/|/planviews/|planid=)([\w-]{20,40})", re.ASCII | re.IGNORECASE)
REFERENCE = "#microsoft.graph.plannerExternalReference"
ASSIGNMENT = "#microsoft.graph.plannerAssignment"
AT_TEN = "T10:00:00Z"
"""As Planner writes a day: the same day from Honolulu to Tokyo."""


def to_task(item: Json, details: Json, list_id: TaskListId) -> Task:
    """A task; its notes and its way back stand in the details, which have an etag of their own."""
    try:
        return _task(item, details, list_id)
    except (KeyError, ValueError, TypeError, AttributeError) as err:
        raise UnexpectedResponse(f"a task that cannot be read: {err!r}") from err


def _task(item: Json, details: Json, list_id: TaskListId) -> Task:
    due, completed = item.get("dueDateTime"), item.get("completedDateTime")
    return Task(
        ref=TaskRef(list_id=list_id, task_id=TaskId(item["id"])),
        draft=TaskDraft(
            title=item.get("title") or "",
            notes=str(details.get("description") or "").replace("\r\n", "\n").rstrip("\n"),
            due=_instant(due).date() if due else None,
            status=_status(item["percentComplete"]),
            source_url=_way_back(details),
        ),
        completed_at=_instant(completed) if completed else None,
        revision=Revision(f"{item['@odata.etag']} {details['@odata.etag']}"),
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _status(percent: Any) -> TaskStatus:
    if not isinstance(percent, int) or not 0 <= percent <= DONE:
        raise ValueError(f"percentComplete {percent!r}")
    return TaskStatus.DONE if percent == DONE else TaskStatus.OPEN


def from_draft(draft: TaskDraft, *, plan: str, user: str) -> Json:
    """What makes a task in a plan, assigned to one person."""
    content: Json = {
        "planId": plan,
        "title": draft.title,
        "assignments": {user: {"@odata.type": ASSIGNMENT, "orderHint": " !"}},
    }
    if draft.due is not None:
        content["dueDateTime"] = draft.due.isoformat() + AT_TEN
    if draft.status is not TaskStatus.OPEN:
        content["percentComplete"] = DONE
    return content


def changed(draft: TaskDraft, before: Task) -> Json:
    """What is other than before, and nothing else: an open one stays as far along as it is."""
    content: Json = {}
    if draft.title != before.draft.title:
        content["title"] = draft.title
    if draft.due != before.draft.due:
        content["dueDateTime"] = draft.due.isoformat() + AT_TEN if draft.due else None
    done = draft.status is not TaskStatus.OPEN
    if done != (before.draft.status is TaskStatus.DONE):
        content["percentComplete"] = DONE if done else 0
    return content


def details_of(draft: TaskDraft, mark: str, before: Json) -> Json:
    """Notes and our reference; one that is no longer right is taken away, others' stay."""
    name = _name(draft.source_url or NOWHERE, mark)
    references: Json = {each: None for each in before.get("references") or {} if _mark(each)}
    references[name] = {"@odata.type": REFERENCE, "alias": "1:1", "type": "Other"}
    return {"description": draft.notes, "references": references}


def _name(url: str, mark: str) -> str:
    """Planner takes a URL as a property's name, so some of its signs are written otherwise."""
    return quote(f"{url}#va-{mark}", safe="/?=&-_").replace(".", "%2E")


def _mark(name: str) -> str:
    found = MARK.search(unquote(name))
    return found[1] if found else ""


def marks(details: Json) -> frozenset[str]:
    """Return the keys that a task's references carry."""
    return frozenset(filter(None, map(_mark, details.get("references") or {})))


def _way_back(details: Json) -> str | None:
    ours = [unquote(each) for each in details.get("references") or {} if _mark(each)]
    url = MARK.sub("", ours[0]) if ours else NOWHERE
    return None if url == NOWHERE else url


def creator(row: Json, kind: str) -> str:
    """Return the id of the application or the user that made a task."""
    return str(((row.get("createdBy") or {}).get(kind) or {}).get("id") or "")


def created(row: Json) -> datetime:
    """Return when a task was made; one that does not say so is taken for new."""
    made = row.get("createdDateTime")
    return _instant(made) if made else datetime.max.replace(tzinfo=UTC)


def tag(row: Json) -> str:
    """Return a short name of a task's version."""
    return hashlib.sha256(str(row.get("@odata.etag")).encode()).hexdigest()[:12]
