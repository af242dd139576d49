"""Task lists in memory: the pretended task tool of several people."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from core.errors import CursorExpired, NotFound, OneOnOneError, RevisionConflict
from core.model.calendar import Cursor, IdempotencyKey, Revision
from core.model.people import normal_address
from core.model.tasks import (
    Task,
    TaskDraft,
    TaskId,
    TaskLimits,
    TaskListId,
    TaskListInfo,
    TaskRef,
    TaskStatus,
)
from core.ports import ChangePage, TaskFeature


@dataclass(slots=True, kw_only=True)
class TaskShelf:
    """One person's list."""

    tasks: dict[TaskId, Task] = field(default_factory=dict)
    log: dict[TaskId, int] = field(default_factory=dict)
    made: dict[IdempotencyKey, TaskId] = field(default_factory=dict)
    forgotten: int = 0


class MemoryTaskLists:
    """The task tool: a list a person, made when it is first asked for."""

    def __init__(
        self,
        features: TaskFeature = TaskFeature.CANCELLED | TaskFeature.SOURCE_URL,
        *,
        now: datetime = datetime(2030, 1, 7, 9, tzinfo=UTC),
        limits: TaskLimits | None = None,
        cuts_at: int | None = None,
    ) -> None:
        """`cuts_at`: how much of a title is kept in truth, whatever the limits say."""
        self.features = features
        self.limits = limits or TaskLimits()
        self.cuts_at = cuts_at
        self.now = now
        """When a task counts as completed that is done through a port; set it as time goes on."""
        self.shelves: dict[TaskListId, TaskShelf] = {}
        self.members: dict[TaskListId, frozenset[str]] = {}
        """Who reaches a list that several people read."""
        self.writes: list[tuple[str, TaskRef]] = []
        """Verb and task of every write through a port."""
        self.failures: list[tuple[str, OneOnOneError]] = []
        self.numbers = itertools.count(1)

    def list_of(self, address: str) -> TaskListId:
        """Return somebody's list."""
        list_id = TaskListId(f"{normal_address(address)}/tasks")
        self.shelves.setdefault(list_id, TaskShelf())
        return list_id

    def share(self, name: str, *addresses: str) -> TaskListId:
        """Make a list that these people read."""
        list_id = TaskListId(f"shared/{name}")
        self.shelves.setdefault(list_id, TaskShelf())
        self.members[list_id] = frozenset(map(normal_address, addresses))
        return list_id

    def fail(self, verb: str, error: OneOnOneError) -> None:
        """Let the next call of a verb fail."""
        self.failures.append((verb, error))

    def expire_cursors(self) -> None:
        """Forget every cursor that is out."""
        for shelf in self.shelves.values():
            shelf.forgotten = next(self.numbers)

    def tick(self, ref: TaskRef, now: datetime) -> None:
        """Complete a task in its owner's own client."""
        self._by_hand(ref, status=TaskStatus.DONE, completed_at=now)

    def untick(self, ref: TaskRef) -> None:
        """Open a task again in its owner's own client."""
        self._by_hand(ref, status=TaskStatus.OPEN, completed_at=None)

    def retitle(self, ref: TaskRef, title: str) -> None:
        """Give a task another title by hand."""
        self._edit(ref, title=title)

    def rewrite_notes(self, ref: TaskRef, notes: str) -> None:
        """Write a task's notes by hand."""
        self._edit(ref, notes=notes)

    def _edit(self, ref: TaskRef, **fields: str) -> None:
        task = self.shelves[ref.list_id].tasks[ref.task_id]
        self.keep(replace(task, draft=replace(task.draft, **fields)))  # type: ignore[arg-type]  # its texts

    def remove(self, ref: TaskRef) -> None:
        """Delete a task by hand."""
        del self.shelves[ref.list_id].tasks[ref.task_id]
        self.log(ref)

    def log(self, ref: TaskRef) -> int:
        """Note a change and return its number."""
        shelf = self.shelves[ref.list_id]
        shelf.log.pop(ref.task_id, None)
        shelf.log[ref.task_id] = next(self.numbers)
        return shelf.log[ref.task_id]

    def keep(self, task: Task) -> Task:
        """Keep a task and return it with its new revision."""
        draft = replace(task.draft, title=task.draft.title[: self.cuts_at])
        kept = replace(task, draft=draft, revision=Revision(str(self.log(task.ref))))
        self.shelves[task.ref.list_id].tasks[task.ref.task_id] = kept
        return kept

    def _by_hand(self, ref: TaskRef, *, status: TaskStatus, completed_at: datetime | None) -> None:
        task = self.shelves[ref.list_id].tasks[ref.task_id]
        draft = replace(task.draft, status=status)
        self.keep(replace(task, draft=draft, completed_at=completed_at))


class MemoryTasks:
    """One account's task port."""

    def __init__(self, server: MemoryTaskLists, address: str) -> None:
        self.server = server
        self.address = normal_address(address)
        self._mine = server.list_of(self.address)

    @property
    def features(self) -> TaskFeature:
        """What the tool was told to be able to do."""
        return self.server.features

    @property
    def limits(self) -> TaskLimits:
        """What the tool was told to take."""
        return self.server.limits

    def list_task_lists(self) -> Sequence[TaskListInfo]:
        """Return this person's one list."""
        return [TaskListInfo(list_id=self._mine, name="Tasks", primary=True)]

    def get_task(self, ref: TaskRef) -> Task:
        """Read a task."""
        self._meet_failure("get_task")
        try:
            return self._shelf(ref.list_id).tasks[ref.task_id]
        except KeyError:
            raise NotFound("This task is no longer in the list.") from None

    def create_task(
        self,
        list_id: TaskListId,
        draft: TaskDraft,
        *,
        key: IdempotencyKey,
        first: bool = False,  # noqa: ARG002  this one asks for the key by itself
    ) -> Task:
        """Create it once."""
        self._meet_failure("create_task")
        shelf = self._shelf(list_id)
        known = shelf.tasks.get(shelf.made.get(key, TaskId("")))
        if known is not None:
            return known
        ref = TaskRef(list_id=list_id, task_id=TaskId(f"task-{key}"))
        shelf.made[key] = ref.task_id
        self.server.writes.append(("create_task", ref))
        done_at = self.server.now if _is_done(draft) else None
        made = Task(ref=ref, draft=draft, completed_at=done_at, revision=Revision(""))
        return self.server.keep(made)

    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:
        """Change what the draft says."""
        self._meet_failure("replace_task")
        task = self.get_task(ref)
        if task.revision != expect:
            raise RevisionConflict("The task has changed since it was read.")
        self.server.writes.append(("replace_task", ref))
        done_at = (task.completed_at or self.server.now) if _is_done(draft) else None
        return self.server.keep(replace(task, draft=draft, completed_at=done_at))

    def delete_task(self, ref: TaskRef) -> None:
        """Leave no such task."""
        self._meet_failure("delete_task")
        if ref.task_id in self._shelf(ref.list_id).tasks:
            self.server.writes.append(("delete_task", ref))
            self.server.remove(ref)

    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        """Report what changed."""
        self._meet_failure("changes")
        shelf = self._shelf(list_id)
        if since is not None and (not since.isdigit() or int(since) < shelf.forgotten):
            raise CursorExpired("The task list no longer knows this cursor.")
        number = int(since or 0)
        news = [task_id for task_id, changed in shelf.log.items() if changed > number]
        return ChangePage(
            changed=tuple(shelf.tasks[task_id] for task_id in news if task_id in shelf.tasks),
            removed=tuple(t for t in news if t not in shelf.tasks and since is not None),
            cursor=Cursor(str(max([number, shelf.forgotten, *shelf.log.values()]))),
        )

    def _shelf(self, list_id: TaskListId) -> TaskShelf:
        if list_id != self._mine and self.address not in self.server.members.get(list_id, ()):
            raise NotFound(f"There is no task list {list_id} in this account.")
        return self.server.shelves[list_id]

    def _meet_failure(self, verb: str) -> None:
        for failure in self.server.failures:
            if failure[0] == verb:
                self.server.failures.remove(failure)
                raise failure[1]


def _is_done(draft: TaskDraft) -> bool:
    return draft.status is TaskStatus.DONE
