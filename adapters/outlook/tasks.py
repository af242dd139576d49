"""Microsoft To Do as the engine's task port: one person's own lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from adapters.outlook import models
from adapters.outlook import task_mapping as mapping
from adapters.outlook.first_round import first_round
from adapters.outlook.wire import Json, Wire
from core.errors import (
    CursorExpired,
    NotFound,
    RevisionConflict,
    UnexpectedResponse,
)
from core.model.calendar import Cursor, IdempotencyKey, Revision
from core.model.tasks import Task, TaskDraft, TaskLimits, TaskListId, TaskListInfo, TaskRef
from core.ports import ChangePage, TaskFeature

PAGE = "100"
MAX_PAGES = 1000
LINKS = "linkedResources"
FEW = 20
"""Up to as many tasks are asked one by one for their links, and all at once beyond."""
NOT_OURS = frozenset({"flaggedEmails"})
"""Outlook fills this list itself."""


LIMITS = TaskLimits(title=255, notes=32_000)
"""Of To Do and Planner alike: what is longer they cut or refuse."""


class OutlookTasks:
    """A linked resource carries the way back and our key; To Do shows it as a button."""

    features = TaskFeature.SOURCE_URL
    limits = LIMITS

    def __init__(self, *, account: str, wire: Wire) -> None:
        self._account = account
        self._wire = wire

    def list_task_lists(self) -> Sequence[TaskListInfo]:
        found = self._wire.pages(self._path())
        return tuple(
            TaskListInfo(
                list_id=TaskListId(each["id"]),
                name=each.get("displayName") or "",
                primary=each.get("wellknownListName") == "defaultList",
            )
            for each in found
            if each.get("wellknownListName") not in NOT_OURS
        )

    def get_task(self, ref: TaskRef) -> Task:
        item = self._read(ref)
        return mapping.to_task(item, ref.list_id, item.get(LINKS) or [])

    def _read(self, ref: TaskRef) -> Json:
        return self._wire.get(self._path(ref.list_id, "tasks", ref.task_id), expand=LINKS)

    def create_task(
        self, list_id: TaskListId, draft: TaskDraft, *, key: IdempotencyKey, first: bool = False
    ) -> Task:
        """To Do takes no id of ours, so look for the key first: an answer may have been lost."""
        mark = mapping.mark_of(key)
        for item in () if first else self._all(list_id):
            links = item.get(LINKS) or []
            if any(each.get("externalId") == mark for each in links):
                return mapping.to_task(item, list_id, links)
        link = mapping.to_link(draft, mark)
        content = mapping.from_draft(draft) | {LINKS: [link]}
        request = self._tasks(list_id).to_post_request_information(models.task(content))
        return mapping.to_task(self._wire.send(request, again=False), list_id, [link])

    def _all(self, list_id: TaskListId) -> list[Json]:
        path = self._path(list_id, "tasks")
        return list(self._wire.pages(path, expand=LINKS, top=PAGE))

    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:
        item = self._read(ref)
        links = item.get(LINKS) or []
        before = mapping.to_task(item, ref.list_id, links)
        if before.revision != expect:
            raise RevisionConflict("The task has changed since we read it.")
        content = mapping.from_draft(draft, before)
        one = self._tasks(ref.list_id).by_todo_task_id(ref.task_id)
        request = one.to_patch_request_information(models.task(content))
        answer = self._wire.send(request, expect=expect)
        answer = answer if "title" in answer else self._read(ref)  # it may come without a body
        if draft.source_url == before.draft.source_url:
            return mapping.to_task(answer, ref.list_id, links)
        self._change_link(ref, draft, mapping.our_link(links))
        return self.get_task(ref)

    def _change_link(self, ref: TaskRef, draft: TaskDraft, link: Any) -> None:
        builder = self._tasks(ref.list_id).by_todo_task_id(ref.task_id).linked_resources
        if link is None:
            content = models.link(mapping.to_link(draft, ""))
            self._wire.send(builder.to_post_request_information(content), again=False)
            return
        one = builder.by_linked_resource_id(link["id"])
        content = models.link({"webUrl": draft.source_url})
        self._wire.send(one.to_patch_request_information(content))

    def delete_task(self, ref: TaskRef) -> None:
        one = self._tasks(ref.list_id).by_todo_task_id(ref.task_id)
        try:
            self._wire.send(one.to_delete_request_information())
        except NotFound:
            return

    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        rows, cursor = self._round(list_id, since)
        present = {each["id"]: each for each in rows if "@removed" not in each}
        gone = [each["id"] for each in rows if "@removed" in each]
        links = self._links(list_id, list(present))
        changed, broken = [], []
        for task_id, item in present.items():
            try:
                changed.append(mapping.to_task(item, list_id, links.get(task_id, [])))
            except UnexpectedResponse as err:
                broken.append((task_id, str(err)))
        return ChangePage(
            changed=tuple(changed),
            removed=tuple(each for each in dict.fromkeys(gone) if each not in present),
            cursor=cursor,
            broken=tuple(broken),
        )

    def _round(self, list_id: TaskListId, since: Cursor | None) -> tuple[list[Json], Cursor]:
        if since is None:
            answer = first_round(self._wire, self._path(list_id, "tasks"))
        else:
            answer = self._wire.follow(_link(since))
        rows: list[Json] = []
        for _ in range(MAX_PAGES):
            rows += answer.get("value", [])
            if "@odata.deltaLink" in answer:
                return rows, Cursor(json.dumps({"tasks": answer["@odata.deltaLink"]}))
            if "@odata.nextLink" not in answer:
                break
            answer = self._wire.follow(str(answer["@odata.nextLink"]))
        raise UnexpectedResponse("a round of changed tasks without an end")

    def _links(self, list_id: TaskListId, task_ids: list[str]) -> dict[str, list[Json]]:
        """Delta leaves linked resources out."""
        if len(task_ids) > FEW:
            return {each["id"]: each.get(LINKS) or [] for each in self._all(list_id)}
        paths = [f"{self._path(list_id, 'tasks', each)}?$expand={LINKS}" for each in task_ids]
        found = self._wire.read_many(paths) if paths else []
        return {each["id"]: each.get(LINKS) or [] for each in found if each is not None}

    def _tasks(self, list_id: TaskListId) -> Any:
        lists = self._wire.client.users.by_user_id(self._account).todo.lists
        return lists.by_todo_task_list_id(list_id).tasks

    def _path(self, *parts: str) -> str:
        named = (quote(part, safe="@()") for part in (self._account, "todo", "lists", *parts))
        return "/".join(("", "users", *named))


def _link(since: Cursor) -> str:
    try:
        return str(json.loads(since)["tasks"])
    except (ValueError, TypeError, KeyError) as err:
        raise CursorExpired("not a cursor for To Do: start over") from err
