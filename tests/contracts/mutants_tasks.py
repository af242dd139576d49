"""Wrong task tools: each breaks one promise, and a contract must see it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

from core.memory.tasks import MemoryTasks
from core.model.calendar import Cursor, IdempotencyKey, Revision
from core.model.tasks import Task, TaskDraft, TaskListId, TaskRef
from core.ports import ChangePage


class TaskKeyIgnored(MemoryTasks):
    numbers = itertools.count()

    def create_task(
        self, list_id: TaskListId, draft: TaskDraft, *, key: IdempotencyKey, first: bool = False
    ) -> Task:
        fresh = IdempotencyKey(f"{key} {next(self.numbers)}")
        return super().create_task(list_id, draft, key=fresh)


class TaskMadeAnew(MemoryTasks):
    """Writes the draft over a task that its owner has changed."""

    def create_task(
        self, list_id: TaskListId, draft: TaskDraft, *, key: IdempotencyKey, first: bool = False
    ) -> Task:
        made = super().create_task(list_id, draft, key=key)
        return super().replace_task(made.ref, draft, expect=made.revision)


class TaskRevisionUnchecked(MemoryTasks):
    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:
        return super().replace_task(ref, draft, expect=self.get_task(ref).revision)


class TaskDueShifted(MemoryTasks):
    def get_task(self, ref: TaskRef) -> Task:
        task = super().get_task(ref)
        due = task.draft.due - timedelta(days=1) if task.draft.due else None
        return replace(task, draft=replace(task.draft, due=due))


class TaskNotesLost(MemoryTasks):
    def get_task(self, ref: TaskRef) -> Task:
        task = super().get_task(ref)
        return replace(task, draft=replace(task.draft, notes=""))


class TaskTimeOfDoneUnknown(MemoryTasks):
    def get_task(self, ref: TaskRef) -> Task:
        return replace(super().get_task(ref), completed_at=None)


class TaskNeverReopened(MemoryTasks):
    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:
        status = self.get_task(ref).draft.status or draft.status
        return super().replace_task(ref, replace(draft, status=status), expect=expect)


class TaskDeletedOnceOnly(MemoryTasks):
    def delete_task(self, ref: TaskRef) -> None:
        self.get_task(ref)
        super().delete_task(ref)


class TaskCursorStandsStill(MemoryTasks):
    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        page = super().changes(list_id, since)
        return page if since is None else replace(page, cursor=since)


class TaskRemovalsPassedOver(MemoryTasks):
    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        return replace(super().changes(list_id, since), removed=())


class TaskOldCursorTaken(MemoryTasks):
    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        known = since if since is None or since.isdigit() else None
        self.server.shelves[list_id].forgotten = 0
        return super().changes(list_id, known)


class TaskTitleCut(MemoryTasks):
    def get_task(self, ref: TaskRef) -> Task:
        task = super().get_task(ref)
        return replace(task, draft=replace(task.draft, title=task.draft.title[:255]))
