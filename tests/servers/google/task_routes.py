"""Tasks API."""

from __future__ import annotations

from collections.abc import Iterator

from .answers import ApiError, Json, invalid
from .call import Call, handles
from .task_state import TaskList, TaskRow, shown_list, shown_task, task_etag
from .times import microseconds, parse_instant

DEFAULT_PAGE, LARGEST_PAGE = 20, 100
LARGEST_LIST_PAGE = 1000


def _list(call: Call) -> TaskList:
    return call.world.tasks.task_list(call.me, call.path["tasklist"])


def _task(call: Call) -> tuple[TaskList, TaskRow]:
    task_list = _list(call)
    return task_list, call.world.tasks.task(task_list, call.path["task"])


def _page(call: Call, items: list[Json], default: int, largest: int) -> Json:
    """Page tokens are plain offsets; nobody is meant to look inside."""
    token = call.query.get("pageToken", "at-0").removeprefix("at-")
    if not token.isdigit():
        raise invalid("Invalid page token.")
    start = int(token)
    end = start + max(1, min(call.query.get("maxResults", default), largest))
    more = {"nextPageToken": f"at-{end}"} if end < len(items) else {}
    return {"items": items[start:end]} | more


@handles("tasks.tasklists.list")
def list_lists(call: Call) -> Json:
    items = [shown_list(each) for each in call.world.tasks.lists[call.me].values()]
    page = _page(call, items, LARGEST_LIST_PAGE, LARGEST_LIST_PAGE)
    return {"kind": "tasks#taskLists", "etag": task_etag(len(items))} | page


@handles("tasks.tasklists.get")
def get_list(call: Call) -> Json:
    return shown_list(_list(call))


@handles("tasks.tasklists.insert")
def insert_list(call: Call) -> Json:
    return shown_list(call.world.tasks.add_list(call.me, call.body.get("title", "")))


@handles("tasks.tasklists.patch")
def patch_list(call: Call) -> Json:
    task_list = _list(call)
    task_list.title = call.body.get("title", task_list.title)
    task_list.updated = call.world.tasks.stamp()
    return shown_list(task_list)


@handles("tasks.tasklists.delete")
def delete_list(call: Call) -> None:
    task_list = _list(call)
    if task_list.id == call.world.tasks.default_list_id(call.me):
        raise invalid("The default list cannot be deleted.")
    del call.world.tasks.lists[call.me][task_list.id]


@handles("tasks.tasks.list")
def list_tasks(call: Call) -> Json:
    task_list = _list(call)
    rows = sorted(task_list.tasks.values(), key=lambda row: -row.number)
    items = [shown_task(task_list, row) for row in rows if _is_shown(call.query, row)]
    page = _page(call, items, DEFAULT_PAGE, LARGEST_PAGE)
    latest = max((row.updated for row in rows), default=0)
    return {"kind": "tasks#tasks", "etag": task_etag(latest)} | page


def _is_shown(query: Json, row: TaskRow) -> bool:
    if row.deleted and not query.get("showDeleted", False):
        return False
    if row.hidden and not query.get("showHidden", False):
        return False
    if row.fields["status"] == "completed" and not query.get("showCompleted", True):
        return False
    if "assignmentInfo" in row.fields and not query.get("showAssigned", False):
        return False
    return all(_bounds(query, row))


def _bounds(query: Json, row: TaskRow) -> Iterator[bool]:
    if "updatedMin" in query:
        yield row.updated >= microseconds(parse_instant(query["updatedMin"]))
    for name in ("completed", "due"):
        value = row.fields.get(name)
        if f"{name}Min" in query:
            yield value is not None and parse_instant(value) >= parse_instant(query[f"{name}Min"])
        if f"{name}Max" in query:
            yield value is not None and parse_instant(value) <= parse_instant(query[f"{name}Max"])


@handles("tasks.tasks.get")
def get_task(call: Call) -> Json:
    return shown_task(*_task(call))


@handles("tasks.tasks.insert")
def insert_task(call: Call) -> Json:
    task_list = _list(call)
    return shown_task(task_list, call.world.tasks.add(task_list, call.body))


@handles("tasks.tasks.patch")
def patch_task(call: Call) -> Json:
    task_list, row = _task(call)
    if row.deleted and call.body.get("deleted") is False:
        row.deleted = False
    call.world.tasks.write(row, call.body)
    return shown_task(task_list, row)


@handles("tasks.tasks.update")
def update_task(call: Call) -> Json:
    task_list, row = _task(call)
    if call.body.get("id") != row.id:
        raise invalid("Missing task ID.")
    forgotten = {"title": None, "notes": None, "due": None, "status": "needsAction"}
    call.world.tasks.write(row, forgotten | call.body)
    return shown_task(task_list, row)


@handles("tasks.tasks.delete")
def delete_task(call: Call) -> None:
    _, row = _task(call)
    if row.deleted:
        raise ApiError(404, "notFound", "Task not found.")
    call.world.tasks.delete(row)


@handles("tasks.tasks.move")
def move_task(call: Call) -> Json:
    task_list, row = _task(call)
    target_id = call.query.get("destinationTasklist", task_list.id)
    target = call.world.tasks.task_list(call.me, target_id)
    if target is task_list:
        row.updated = call.world.tasks.stamp()
        return shown_task(task_list, row)
    return shown_task(target, call.world.tasks.move(task_list, target, row))


@handles("tasks.tasks.clear")
def clear_tasks(call: Call) -> None:
    """Completed tasks become hidden, as by the web client's own clearing."""
    for row in _list(call).tasks.values():
        if row.fields["status"] == "completed" and not row.hidden:
            row.hidden, row.updated = True, call.world.tasks.stamp()
