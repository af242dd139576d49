"""Tasks: the suite's own objects that mirror action items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from core.model.calendar import Revision

TaskListId = NewType("TaskListId", str)
TaskId = NewType("TaskId", str)


class TaskStatus(StrEnum):
    """Where a task stands, the part that all suites have."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLimits:
    """How much a task tool takes, counted in UTF-16 as suites do; None: as much as one likes."""

    title: int | None = None
    notes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRef:
    """Where a task lives. Opaque to core."""

    list_id: TaskListId
    task_id: TaskId


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskListInfo:
    """One list of an account."""

    list_id: TaskListId
    name: str
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """What we say about a task."""

    title: str
    notes: str = ""
    due: date | None = None
    status: TaskStatus = TaskStatus.OPEN
    source_url: str | None = None
    """Back to the agenda that it came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as the suite has it now."""

    ref: TaskRef
    draft: TaskDraft
    completed_at: datetime | None = None
    revision: Revision
