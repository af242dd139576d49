"""Planner as the engine's task port: tasks of one person in a plan that a whole group reads.

Opt-in: a list id begins with `planner:` only where somebody has chosen a plan for a pair.
Planner has no delta (v1.0) and takes no id of ours, so the plan's list is compared with what
was seen, and a reference, the way back to the agenda, carries our key.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import quote

from adapters.outlook import planner_mapping as mapping
from adapters.outlook.planner_mapping import Json
from adapters.outlook.task_mapping import mark_of
from adapters.outlook.wire import AlreadyThere, Wire
from core.errors import (
    CursorExpired,
    InvalidInput,
    NotFound,
    PermissionDenied,
    RevisionConflict,
    UnexpectedResponse,
)
from core.model.calendar import Cursor, IdempotencyKey, Revision
from core.model.tasks import Task, TaskDraft, TaskId, TaskListId, TaskRef
from core.ports import ChangePage

PREFIX = "planner:"
RECENT = timedelta(days=30)
"""How long an answer that was lost is looked for; the engine tries for about two days."""
ATTEMPTS = 4
REPRESENTATION = ("return=representation",)


def list_of_plan(plan_id: str) -> TaskListId:
    """Return the list that stands for a plan."""
    return TaskListId(PREFIX + plan_id)


class PlannerTasks:
    """Tasks of one person, by Entra's id, in the plans of groups they belong to."""

    def __init__(
        self, *, user_id: str, client_id: str, wire: Wire, now: Callable[[], datetime]
    ) -> None:
        """`user_id` may be empty: then plans can be read and nothing be assigned."""
        self._user = user_id
        self._client = client_id
        self._wire = wire
        self._now = now
        self._making = threading.Lock()

    def title(self, list_id: TaskListId) -> str:
        """Return what a plan is called. Raise NotFound, PermissionDenied."""
        return str(self._wire.get(f"/planner/plans/{_plan(list_id)}").get("title") or "")

    def user_id(self, account: str) -> str:
        """Return Entra's own id of a person. Raise NotFound, PermissionDenied."""
        return str(self._wire.get(f"/users/{quote(account, safe='@')}", select="id")["id"])

    def get_task(self, ref: TaskRef) -> Task:
        item, details = self._both(ref)
        return mapping.to_task(item, details, ref.list_id)

    def _both(self, ref: TaskRef) -> tuple[Json, Json]:
        found = self._wire.read_many([_task(ref.task_id), _task(ref.task_id, "/details")])
        item, details = found
        if item is None or details is None:
            raise NotFound("Planner has no such task, or not for this account.")
        if item.get("planId") != _plan(ref.list_id):
            raise NotFound("The task has left the plan.")
        return item, details

    def create_task(
        self,
        list_id: TaskListId,
        draft: TaskDraft,
        *,
        key: IdempotencyKey,
        first: bool = False,  # noqa: ARG002  this one asks for the key by itself
    ) -> Task:
        """Look for the key first: an answer, or the second of the two writes, may be lost.

        One at a time, so that a task which waits for its reference is nobody else's.
        """
        if not self._user:
            raise PermissionDenied("It is not known who this person is in Planner: choose the plan "
                                   "again (vieraugen pair set --planner).")  # fmt: skip
        mark = mark_of(key)
        with self._making:
            item, details = self._earlier(list_id, draft, mark)
            if item is None:
                content = mapping.from_draft(draft, plan=_plan(list_id), user=self._user)
                item = self._wire.write("POST", "/planner/tasks", content, again=False)
            if details is None or mark not in mapping.marks(details):
                self._write_details(item["id"], mapping.details_of(draft, mark, details or {}))
        return self.get_task(TaskRef(list_id=list_id, task_id=TaskId(item["id"])))

    def _earlier(
        self, list_id: TaskListId, draft: TaskDraft, mark: str
    ) -> tuple[Json | None, Json | None]:
        """Find the task of this key, else one of ours that never got its reference."""
        since = self._now() - RECENT
        rows = [row for row in self._rows(list_id) if mapping.created(row) >= since]
        found = list(zip(rows, self._details(row["id"] for row in rows), strict=True))
        for row, details in found:
            if details is not None and mark in mapping.marks(details):
                return row, details
        for row, details in found:
            if details is not None and not mapping.marks(details) and self._unfinished(row, draft):
                return row, details
        return None, None

    def _unfinished(self, row: Json, draft: TaskDraft) -> bool:
        assigned = self._user in (row.get("assignments") or {})
        return assigned and row.get("title") == draft.title and self._made_by_app(row)

    def _details(self, task_ids: Iterable[str]) -> list[Json | None]:
        paths = [_task(each, "/details") for each in task_ids]
        return self._wire.read_many(paths) if paths else []

    def _write_details(self, task_id: str, content: Json) -> None:
        """Write on the version that is there: only we write references, and notes go one way."""
        for attempt in range(ATTEMPTS):
            tag = str(self._wire.get(_task(task_id, "/details"))["@odata.etag"])
            try:
                self._wire.write("PATCH", _task(task_id, "/details"), content, expect=tag)
            except (RevisionConflict, AlreadyThere):
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            return

    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:
        item, details = self._both(ref)
        before = mapping.to_task(item, details, ref.list_id)
        if before.revision != expect:
            raise RevisionConflict("The task has changed since we read it.")
        content = mapping.changed(draft, before)
        try:
            if content:
                self._wire.write(
                    "PATCH",
                    _task(ref.task_id),
                    content,
                    expect=item["@odata.etag"],
                    prefer=REPRESENTATION,
                )
            if (draft.notes, draft.source_url) != (before.draft.notes, before.draft.source_url):
                mark = next(iter(sorted(mapping.marks(details))), "")
                written = mapping.details_of(draft, mark, details)
                tag = str(details["@odata.etag"])
                self._wire.write("PATCH", _task(ref.task_id, "/details"), written, expect=tag)
        except AlreadyThere as err:  # Planner's 409: two wrote at once
            raise RevisionConflict("Somebody changed the task just now.") from err
        return self.get_task(ref)

    def delete_task(self, ref: TaskRef) -> None:
        for attempt in range(ATTEMPTS):
            try:
                tag = str(self._wire.get(_task(ref.task_id))["@odata.etag"])
                self._wire.write("DELETE", _task(ref.task_id), None, expect=tag)
            except NotFound:
                return
            except (RevisionConflict, AlreadyThere):
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            return

    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        """Compare the plan with what was seen; a task that left the plan counts as removed."""
        seen = _read_cursor(since, list_id)
        rows = {row["id"]: row for row in self._rows(list_id)}
        tags = {task_id: mapping.tag(row) for task_id, row in rows.items()}
        fresh = [task_id for task_id, tag in tags.items() if seen.get(task_id) != tag]
        changed, broken = [], []
        for task_id, details in zip(fresh, self._details(fresh), strict=True):
            if details is None:
                continue  # deleted this very moment: the next comparison tells
            try:
                changed.append(mapping.to_task(rows[task_id], details, list_id))
            except UnexpectedResponse as err:
                broken.append((task_id, str(err)))
        removed = self._gone(list_id, [each for each in seen if each not in rows])
        kept = {each: tag for each, tag in seen.items() if each not in {*rows, *removed}}
        return ChangePage(
            changed=tuple(changed),
            removed=removed,
            cursor=Cursor(json.dumps({"plan": _plan(list_id), "seen": kept | tags})),
            broken=tuple(broken),
        )

    def _gone(self, list_id: TaskListId, task_ids: list[str]) -> tuple[str, ...]:
        """A list that leaves something out is no proof: deletion is for ever, so ask for each."""
        asked = self._wire.read_many([_task(each) for each in task_ids]) if task_ids else []
        plan = _plan(list_id)
        return tuple(
            task_id
            for task_id, item in zip(task_ids, asked, strict=True)
            if item is None or item.get("planId") != plan
        )

    def _rows(self, list_id: TaskListId) -> list[Json]:
        """Our own tasks in the plan; what else the group does there is not read."""
        found = self._wire.pages(f"/planner/plans/{_plan(list_id)}/tasks")
        return [row for row in found if self._made_by_app(row) or self._made_by_person(row)]

    def _made_by_app(self, row: Json) -> bool:
        return bool(mapping.creator(row, "application") == self._client)

    def _made_by_person(self, row: Json) -> bool:
        """Of a consent's tasks Planner may name the person alone."""
        return bool(self._user) and mapping.creator(row, "user") == self._user


def _plan(list_id: TaskListId) -> str:
    return quote(list_id.removeprefix(PREFIX), safe="")


def _task(task_id: str, part: str = "") -> str:
    return f"/planner/tasks/{quote(task_id, safe='')}{part}"


def _read_cursor(since: Cursor | None, list_id: TaskListId) -> Mapping[str, str]:
    if since is None:
        return {}
    try:
        kept = json.loads(since)
        plan, seen = kept["plan"], kept["seen"]
    except (ValueError, TypeError, KeyError) as err:
        raise CursorExpired("not a cursor for Planner: start over") from err
    if plan != _plan(list_id) or not isinstance(seen, dict):
        raise CursorExpired("a cursor for another plan: start over")
    return {str(task_id): str(tag) for task_id, tag in seen.items()}


def plan_id_of(text: str) -> str:
    """Return a plan's id from itself or from its address in Planner. Raise InvalidInput."""
    if mapping.PLAN_ID.fullmatch(text):
        return text
    found = mapping.PLAN_ADDRESS.search(text)
    if found is None:
        raise InvalidInput(f"{text}: neither a plan's id (28 letters and digits) nor the address "
                           "that Planner shows for it")  # fmt: skip
    return found[1]
