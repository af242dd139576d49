"""An account's task lists on a CalDAV server: one VTODO for each action item."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from adapters.caldav.calendar import NAMESPACE
from adapters.caldav.changes import read_pass
from adapters.caldav.collection import Collection
from adapters.caldav.home import task_lists_of
from adapters.caldav.vtodo import new_vtodo, to_task, with_draft
from adapters.caldav.wire import Wire
from core.errors import NotFound, RevisionConflict, UnexpectedResponse
from core.model.calendar import Cursor, IdempotencyKey, Revision
from core.model.tasks import Task, TaskDraft, TaskLimits, TaskListId, TaskListInfo, TaskRef
from core.ports import ChangePage, TaskFeature


class CaldavTasks:
    """TaskPort over CalDAV. A list's id is its URL, a task's id its href."""

    def __init__(self, wire: Wire, now: Callable[[], datetime]) -> None:
        self._wire = wire
        self._now = now

    limits = TaskLimits()

    @property
    def features(self) -> TaskFeature:
        """Every VTODO has STATUS and URL (RFC 5545 section 3.6.2)."""
        return TaskFeature.CANCELLED | TaskFeature.SOURCE_URL

    def list_task_lists(self) -> Sequence[TaskListInfo]:
        """Return the lists in the account's home."""
        return task_lists_of(self._wire)

    def get_task(self, ref: TaskRef) -> Task:
        """Read it now."""
        held = self._list(ref.list_id).get(ref.task_id)
        return to_task(held.data, ref.list_id, held.href, held.revision)

    def create_task(
        self,
        list_id: TaskListId,
        draft: TaskDraft,
        *,
        key: IdempotencyKey,
        first: bool = False,  # noqa: ARG002  this one asks for the key by itself
    ) -> Task:
        """Create it once: its UID and its place follow from the key."""
        tasks = self._list(list_id)
        uid = str(uuid.uuid5(NAMESPACE, key))
        href = tasks.href_of(uid)
        try:
            held = tasks.get(href)
        except NotFound:
            tasks.put(href, new_vtodo(draft, uid, self._now()), expect=None)
            held = tasks.get(href)
        return to_task(held.data, list_id, href, held.revision)

    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:
        """Change what the draft says in the server's own bytes."""
        tasks = self._list(ref.list_id)
        held = tasks.get(ref.task_id)
        if held.revision != expect:
            raise RevisionConflict("The task has changed since it was read.")
        data = with_draft(held.data, draft, self._now())
        if data != held.data:
            tasks.put(held.href, data, expect=expect)
            held = tasks.get(held.href)
        return to_task(held.data, ref.list_id, held.href, held.revision)

    def delete_task(self, ref: TaskRef) -> None:
        """Leave no such task."""
        try:
            self._list(ref.list_id).delete(ref.task_id)
        except NotFound:
            return

    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        """Report what changed: one request where nothing did, two where something did."""
        found = read_pass(self._list(list_id), since, self._wire.settings.quirks)
        tasks: list[Task] = []
        broken = list(found.broken)
        for href, known in found.known.items():
            if known.resource.component != "VTODO":
                continue
            try:
                tasks.append(to_task(known.resource.data, list_id, href, known.revision))
            except UnexpectedResponse as err:
                broken.append((href, str(err)))
        return ChangePage(
            changed=tuple(tasks),
            removed=found.removed,
            cursor=found.cursor,
            more=found.more,
            broken=tuple(broken),
        )

    def _list(self, list_id: TaskListId) -> Collection:
        return Collection(self._wire, list_id)
