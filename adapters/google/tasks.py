"""Google Tasks as the engine's task port: one person's own lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.google import task_mapping as mapping
from adapters.google.revisions import revision_of
from adapters.google.settings import GoogleSettings
from adapters.google.sync_cursor import TasksCursor, tasks_cursor
from adapters.google.wire import Json, Wire, api
from core.errors import NotFound, RevisionConflict, UnexpectedResponse
from core.model.calendar import Cursor, IdempotencyKey, Revision
from core.model.tasks import Task, TaskDraft, TaskLimits, TaskListId, TaskListInfo, TaskRef
from core.ports import ChangePage, TaskFeature

PAGE = 100
OVERLAP = timedelta(seconds=30)
"""Whether updatedMin is inclusive is not documented, and clocks differ."""
EVERYTHING = {
    "showCompleted": True,
    "showHidden": True,
    "showDeleted": True,
    "showAssigned": True,
    "maxResults": PAGE,
}
"""A task ticked in Google's own clients is hidden at once."""


class GoogleTasks:
    """By Tasks API v1, which has no idempotent insert, no push and no sync token."""

    features = TaskFeature.SOURCE_URL
    limits = TaskLimits(title=1024, notes=8192 - mapping.FOOT_ROOM)

    def __init__(
        self, *, settings: GoogleSettings, wire: Wire, now: Callable[[], datetime]
    ) -> None:
        self._wire = wire
        self._now = now
        self._api = api("tasks", settings.api_root)

    def list_task_lists(self) -> Sequence[TaskListInfo]:
        """Google puts the default list first."""
        found: list[Json] = []
        request = self._api.tasklists().list(maxResults=PAGE)
        while request is not None:
            answer = self._wire.send(request)
            found += answer.get("items") or []
            request = self._api.tasklists().list_next(request, answer)
        return tuple(
            TaskListInfo(
                list_id=TaskListId(each["id"]), name=each.get("title") or "", primary=number == 0
            )
            for number, each in enumerate(found)
        )

    def ensure_list(self, name: str) -> TaskListInfo:
        """The list of that name, made where there is none."""
        for each in self.list_task_lists():
            if each.name == name:
                return each
        made = self._wire.send(self._api.tasklists().insert(body={"title": name}), again=False)
        return TaskListInfo(list_id=TaskListId(made["id"]), name=name)

    def get_task(self, ref: TaskRef) -> Task:
        return mapping.to_task(self._read(ref), ref.list_id)

    def _read(self, ref: TaskRef) -> Json:
        item = self._wire.send(self._api.tasks().get(tasklist=ref.list_id, task=ref.task_id))
        if item.get("deleted"):
            raise NotFound("The task has been deleted.")
        return item

    def create_task(
        self, list_id: TaskListId, draft: TaskDraft, *, key: IdempotencyKey, first: bool = False
    ) -> Task:
        """The key leaves a mark in the notes: look for it first, since an insert has no id of ours.

        A task that its owner has deleted is found as well, and not made again.
        """
        mark = mapping.mark_of(key)
        for item in () if first else self._all(list_id):
            if mapping.marked(item) == mark:
                return mapping.to_task(item, list_id)
        body = mapping.from_draft(draft, mark)
        request = self._api.tasks().insert(tasklist=list_id, body=body)
        return mapping.to_task(self._wire.send(request, again=False), list_id)

    def _all(self, list_id: TaskListId, **more: Any) -> Iterator[Json]:
        request = self._api.tasks().list(tasklist=list_id, **EVERYTHING, **more)
        while request is not None:
            answer = self._wire.send(request)
            yield from answer.get("items") or []
            request = self._api.tasks().list_next(request, answer)

    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:
        """Nobody promises that Tasks honours If-Match, so the revision is compared here."""
        item = self._read(ref)
        if revision_of(item) != expect:
            raise RevisionConflict("The task has changed since we read it.")
        body = mapping.from_draft(draft, mapping.marked(item)) | {"due": mapping.due(draft)}
        request = self._api.tasks().patch(tasklist=ref.list_id, task=ref.task_id, body=body)
        return mapping.to_task(self._wire.send(request), ref.list_id)

    def delete_task(self, ref: TaskRef) -> None:
        try:
            self._wire.send(self._api.tasks().delete(tasklist=ref.list_id, task=ref.task_id))
        except NotFound:
            return

    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        """Read all pages: they are in the order of the list and not of time."""
        begun = self._now() - OVERLAP
        cursor = tasks_cursor(since) if since else None
        more = {"updatedMin": cursor.since} if cursor else {}
        items = [item for item in self._all(list_id, **more) if item.get("id")]
        seen = cursor.seen if cursor else {}
        new = [item for item in items if seen.get(item["id"]) != revision_of(item)]
        tasks, broken = [], []
        for item in new:
            try:
                tasks += [] if item.get("deleted") else [mapping.to_task(item, list_id)]
            except UnexpectedResponse as err:
                broken.append((str(item["id"]), str(err)))
        return ChangePage(
            changed=tuple(tasks),
            removed=tuple(item["id"] for item in new if item.get("deleted")),
            cursor=_following(items, cursor, begun).text(),
            broken=tuple(broken),
        )


def _following(items: list[Json], cursor: TasksCursor | None, begun: datetime) -> TasksCursor:
    """Go on from the latest change that Google itself has dated, less the overlap."""
    told = [item for item in items if item.get("updated")]
    dated = [(item, datetime.fromisoformat(item["updated"])) for item in told]
    latest = max(stamp for _, stamp in dated) - OVERLAP if dated else begun
    if cursor is not None:
        latest = max(latest, datetime.fromisoformat(cursor.since))
    kept: dict[str, str] = {
        item["id"]: revision_of(item) for item, stamp in dated if stamp >= latest
    }
    kept |= {item["id"]: revision_of(item) for item in items if not item.get("updated")}
    return TasksCursor(since=latest.astimezone(UTC).isoformat(), seen=kept)
