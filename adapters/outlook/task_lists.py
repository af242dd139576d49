"""Where one person's tasks are: To Do, and the plans that were chosen for pairs."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.outlook.planner import PREFIX, PlannerTasks
from adapters.outlook.tasks import LIMITS, OutlookTasks
from core.model.calendar import Cursor, IdempotencyKey, Revision
from core.model.tasks import Task, TaskDraft, TaskListId, TaskListInfo, TaskRef
from core.ports import ChangePage, TaskFeature


class PersonTasks:
    """A list's id says which of the two it is; a plan is never found, only named."""

    features = TaskFeature.SOURCE_URL
    limits = LIMITS

    def __init__(self, *, todo: OutlookTasks, planner: PlannerTasks) -> None:
        self._todo = todo
        self.planner = planner

    def _of(self, list_id: TaskListId) -> OutlookTasks | PlannerTasks:
        return self.planner if list_id.startswith(PREFIX) else self._todo

    def list_task_lists(self) -> Sequence[TaskListInfo]:
        return self._todo.list_task_lists()

    def get_task(self, ref: TaskRef) -> Task:
        return self._of(ref.list_id).get_task(ref)

    def create_task(
        self, list_id: TaskListId, draft: TaskDraft, *, key: IdempotencyKey, first: bool = False
    ) -> Task:
        return self._of(list_id).create_task(list_id, draft, key=key, first=first)

    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:
        return self._of(ref.list_id).replace_task(ref, draft, expect=expect)

    def delete_task(self, ref: TaskRef) -> None:
        self._of(ref.list_id).delete_task(ref)

    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        return self._of(list_id).changes(list_id, since)
