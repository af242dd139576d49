"""Task lists and tasks, each person's own."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from .answers import Json, invalid, not_found
from .times import stamp_text

LISTS_LIMIT, TASKS_LIMIT = 2_000, 20_000
TITLE_LIMIT, NOTES_LIMIT = 1024, 8192


@dataclass(slots=True, kw_only=True)
class TaskRow:
    id: str
    fields: Json
    updated: int
    number: int
    """Later ones stand on top, as in the web client."""
    deleted: bool = False
    hidden: bool = False


@dataclass(slots=True, kw_only=True)
class TaskList:
    id: str
    title: str
    updated: int
    tasks: dict[str, TaskRow] = field(default_factory=dict)


@dataclass(slots=True)
class TaskState:
    stamp: Callable[[], int]
    lists: dict[str, dict[str, TaskList]] = field(default_factory=dict)
    """By person, then by list id; the first one is the default list."""
    _count: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def add_user(self, address: str) -> None:
        self.lists[address] = {}
        self.add_list(address, "My Tasks")

    def _id(self, kind: str) -> str:
        text = f"{kind}{next(self._count):012d}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def add_list(self, owner: str, title: str) -> TaskList:
        if len(self.lists[owner]) >= LISTS_LIMIT:
            raise invalid("Too many task lists.")
        found = TaskList(id=self._id("list"), title=title, updated=self.stamp())
        self.lists[owner][found.id] = found
        return found

    def task_list(self, owner: str, list_id: str) -> TaskList:
        own = self.lists[owner]
        if list_id == "@default":
            return next(iter(own.values()))
        if list_id not in own:
            raise not_found("Task list not found.")
        return own[list_id]

    def default_list_id(self, owner: str) -> str:
        return next(iter(self.lists[owner]))

    def add(self, task_list: TaskList, fields: Json) -> TaskRow:
        if sum(not task.deleted for task in task_list.tasks.values()) >= TASKS_LIMIT:
            raise invalid("Too many tasks in the list.")
        row = TaskRow(
            id=self._id("task"),
            fields={"status": "needsAction"},
            updated=0,
            number=next(self._count),
        )
        task_list.tasks[row.id] = row
        self.write(row, fields)
        return row

    def task(self, task_list: TaskList, task_id: str) -> TaskRow:
        row = task_list.tasks.get(task_id)
        if row is None:
            raise not_found("Task not found.")
        return row

    def write(self, row: TaskRow, changes: Json) -> None:
        """Change the named fields; null removes."""
        updated = self.stamp()
        fields = row.fields | checked(changes)
        row.fields = {name: each for name, each in fields.items() if each is not None}
        done = row.fields.get("status") == "completed"
        if done:
            row.fields.setdefault("completed", stamp_text(updated))
        else:
            row.fields.pop("completed", None)
            row.hidden = False
        row.updated = updated

    def delete(self, row: TaskRow) -> None:
        row.deleted, row.updated = True, self.stamp()

    def move(self, source: TaskList, target: TaskList, row: TaskRow) -> TaskRow:
        """Another list means another id; the old place keeps a tombstone."""
        new = self.add(target, row.fields)
        new.hidden = row.hidden
        self.delete(row)
        return new


def checked(changes: Json) -> Json:
    """What a request may say about a task, with the time of day of `due` dropped."""
    kept: Json = {
        name: changes[name] for name in ("title", "notes", "status", "due") if name in changes
    }
    if len(kept.get("title") or "") > TITLE_LIMIT or len(kept.get("notes") or "") > NOTES_LIMIT:
        raise invalid("Title or notes too long.")
    if kept.get("status", "needsAction") not in ("needsAction", "completed"):
        raise invalid("Invalid status value.")
    if kept.get("due"):
        kept["due"] = _date_only(kept["due"])
    return kept


def _date_only(due: str) -> str:
    day, _, clock = due.partition("T")
    if not clock or len(day) != len("2026-11-24"):
        raise invalid("Invalid due date.")
    return f"{day}T00:00:00.000Z"


def task_etag(updated: int) -> str:
    code = base64.urlsafe_b64encode(str(-updated).encode()).decode().rstrip("=")
    return f'"{code}"'


def shown_list(task_list: TaskList) -> Json:
    return {
        "kind": "tasks#taskList",
        "id": task_list.id,
        "etag": task_etag(task_list.updated),
        "title": task_list.title,
        "updated": stamp_text(task_list.updated),
        "selfLink": f"https://www.googleapis.com/tasks/v1/users/@me/lists/{task_list.id}",
    }


def shown_task(task_list: TaskList, row: TaskRow) -> Json:
    link = f"https://www.googleapis.com/tasks/v1/lists/{task_list.id}/tasks/{row.id}"
    answer = {
        "kind": "tasks#task",
        "id": row.id,
        "etag": task_etag(row.updated),
        "title": "",
        "updated": stamp_text(row.updated),
        "selfLink": link,
        "position": f"{10**19 - row.number:020d}",
        "links": [],
        "webViewLink": f"https://tasks.google.com/task/{row.id}?sa=6",
    }
    flags = {name: True for name in ("deleted", "hidden") if getattr(row, name)}
    return answer | row.fields | flags
