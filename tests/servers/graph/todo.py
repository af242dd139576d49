"""Microsoft To Do: lists, tasks, linked resources and delta, a set for each mailbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Literal

from tests.servers.graph import filters, ids
from tests.servers.graph.answers import (
    Answer,
    GraphError,
    Json,
    bad_request,
    many,
    not_found,
    nothing,
    one,
)
from tests.servers.graph.clock import naive_stamp, stamp
from tests.servers.graph.mailbox_state import Mailbox
from tests.servers.graph.paging import paged
from tests.servers.graph.routing import Ask, RouteTable
from tests.servers.graph.zones import zone_of

if TYPE_CHECKING:
    from tests.servers.graph.state import State

routes = RouteTable()
LISTS = "/users/{user-id}/todo/lists"
LIST = LISTS + "/{todoTaskList-id}"
TASKS = LIST + "/tasks"
TASK = TASKS + "/{todoTask-id}"
LINKS = TASK + "/linkedResources"
QUERY = "$select $expand $filter $orderby $top $skip"
LONGEST_TITLE = 255
NUMBERS = count(1)


@dataclass(slots=True, kw_only=True)
class TaskList:
    """One list with its tasks, their versions, and what happened to them."""

    list_id: str
    address: str
    name: str
    default: bool = False
    tasks: dict[str, Json] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ToDo:
    """Everybody's lists."""

    lists: dict[str, TaskList] = field(default_factory=dict)
    links: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Delta link -> list and how far its log was told."""

    def of(self, address: str) -> list[TaskList]:
        """A person's lists; the one called Tasks is always there."""
        found = [one_ for one_ in self.lists.values() if one_.address == address]
        return found or [self.add(address, "Tasks", default=True)]

    def add(self, address: str, name: str, *, default: bool = False) -> TaskList:
        made = f"AAMk{ids.guid('list', address, name, str(len(self.lists))).replace('-', '')}AAA="
        self.lists[made] = TaskList(list_id=made, address=address, name=name, default=default)
        return self.lists[made]

    def find(self, box: Mailbox, list_id: str) -> TaskList:
        self.of(box.address)
        found = self.lists.get(list_id)
        if found is None or found.address != box.address:
            raise not_found()
        return found

    def task(self, box: Mailbox, list_id: str, task_id: str) -> Json:
        found = self.find(box, list_id).tasks.get(task_id)
        if found is None:
            raise not_found()
        return found


def _list_json(tasks: TaskList) -> Json:
    return {
        "@odata.etag": f'W/"{ids.guid("list", tasks.list_id)}"',
        "displayName": tasks.name,
        "isOwner": True,
        "isShared": False,
        "wellknownListName": "defaultList" if tasks.default else "none",
        "id": tasks.list_id,
    }


@routes.on("GET", LISTS, query=QUERY)
def list_lists(state: State, ask: Ask) -> Answer:
    rows = [_list_json(found) for found in state.todo.of(ask.mailbox.address)]
    return paged(state, ask, "todoTaskList", filters.matching(rows, ask.query.get("$filter", "")))


@routes.on("POST", LISTS, takes="todoTaskList")
def create_list(state: State, ask: Ask) -> Answer:
    state.todo.of(ask.mailbox.address)
    made = state.todo.add(ask.mailbox.address, ask.body.get("displayName") or "")
    return one("todoTaskList", _list_json(made), status=201)


@routes.on("GET", LIST)
def read_list(state: State, ask: Ask, todoTaskList_id: str) -> Answer:  # noqa: N803
    return one("todoTaskList", _list_json(state.todo.find(ask.mailbox, todoTaskList_id)))


@routes.on("GET", TASKS, query=QUERY)
def list_tasks(state: State, ask: Ask, todoTaskList_id: str) -> Answer:  # noqa: N803
    found = state.todo.find(ask.mailbox, todoTaskList_id)
    rows = [_shown(task, ask) for task in found.tasks.values()]
    rows = filters.matching(rows, ask.query.get("$filter", ""))
    return paged(state, ask, "todoTask", filters.ordered(rows, ask.query.get("$orderby", "")))


@routes.on("POST", TASKS, takes="todoTask")
def create_task(state: State, ask: Ask, todoTaskList_id: str) -> Answer:  # noqa: N803
    found = state.todo.find(ask.mailbox, todoTaskList_id)
    if not ask.body.get("title"):
        raise bad_request("The title is required.", "invalidRequest")
    now, made = state.clock.now(), f"AAMkTask{ids.guid('task', str(next(NUMBERS)))}="
    task: Json = {
        "id": made, "importance": "normal", "isReminderOn": False, "status": "notStarted",
        "createdDateTime": stamp(now), "hasAttachments": False, "categories": [],
        "body": {"content": "", "contentType": "text"}, "linkedResources": [], "version": 0,
    }  # fmt: skip
    found.tasks[made] = task
    for link in ask.body.get("linkedResources", ()):
        task["linkedResources"].append(_linked(link))
    change(state, ask.mailbox, found, task, ask.body, "created")
    return one("todoTask", _shown(task, ask), status=201)


def change(
    state: State, box: Mailbox, tasks: TaskList, task: Json, wanted: Json,
    kind: Literal["created", "updated"] = "updated",
) -> None:  # fmt: skip
    """Apply what somebody wants of a task, whoever it is."""
    now = state.clock.now()
    for key, value in wanted.items():
        if key not in ("linkedResources", "checklistItems") and not key.startswith("@"):
            task[key] = value
    task["title"] = within(task["title"], LONGEST_TITLE)
    if wanted.get("dueDateTime"):
        task["dueDateTime"] = _day(wanted["dueDateTime"])
    if wanted.get("status") == "completed":
        today = now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        task["completedDateTime"] = {"dateTime": naive_stamp(today), "timeZone": "UTC"}
    elif "status" in wanted:
        task.pop("completedDateTime", None)
    task["version"] += 1
    task["lastModifiedDateTime"] = stamp(now)
    task["@odata.etag"] = f'W/"{ids.guid("task", task["id"], str(task["version"]))}"'
    tasks.log.append(task["id"])
    state.push.task_changed(state, box, tasks.list_id, task, kind)


def within(text: str, most: int) -> str:
    """Cut a text without a word, as To Do's programs do; what counts is UTF-16."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def _day(value: Json) -> Json:
    """To Do keeps a day: the one on which the given time falls in UTC."""
    try:
        given = datetime.fromisoformat(value["dateTime"])
        moment = given.replace(tzinfo=zone_of(value["timeZone"])).astimezone(UTC)
    except (KeyError, ValueError) as err:
        raise bad_request("The dueDateTime can't be read.", "invalidRequest") from err
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return {"dateTime": naive_stamp(day), "timeZone": "UTC"}


def _linked(link: Json) -> Json:
    kept = {
        key: link.get(key) for key in ("webUrl", "applicationName", "displayName", "externalId")
    }
    return kept | {"id": ids.guid("link", str(next(NUMBERS)))}


def _shown(task: Json, ask: Ask) -> Json:
    hidden = {"version"} if "linkedResources" in ask.query.get("$expand", "") else {
        "version", "linkedResources"}  # fmt: skip
    return {key: value for key, value in task.items() if key not in hidden and value is not None}


@routes.on("GET", TASK, query="$select $expand")
def read_task(state: State, ask: Ask, todoTaskList_id: str, todoTask_id: str) -> Answer:  # noqa: N803
    return one("todoTask", _shown(state.todo.task(ask.mailbox, todoTaskList_id, todoTask_id), ask))


@routes.on("PATCH", TASK, takes="todoTask")
def change_task(state: State, ask: Ask, todoTaskList_id: str, todoTask_id: str) -> Answer:  # noqa: N803
    tasks = state.todo.find(ask.mailbox, todoTaskList_id)
    task = state.todo.task(ask.mailbox, todoTaskList_id, todoTask_id)
    expected = ask.headers.get("if-match")
    if expected and expected not in ("*", task["@odata.etag"]):
        raise GraphError(412, "ErrorIrresolvableConflict", "The change key does not match.")
    change(state, ask.mailbox, tasks, task, ask.body)
    return one("todoTask", _shown(task, ask))


@routes.on("DELETE", TASK)
def delete_task(state: State, ask: Ask, todoTaskList_id: str, todoTask_id: str) -> Answer:  # noqa: N803
    remove(state, ask.mailbox, todoTaskList_id, todoTask_id)
    return nothing()


def remove(state: State, box: Mailbox, list_id: str, task_id: str) -> None:
    task = state.todo.task(box, list_id, task_id)
    tasks = state.todo.find(box, list_id)
    del tasks.tasks[task_id]
    tasks.log.append(task_id)
    state.push.task_changed(state, box, list_id, task, "deleted")


@routes.on("GET", LINKS)
def list_links(state: State, ask: Ask, todoTaskList_id: str, todoTask_id: str) -> Answer:  # noqa: N803
    task = state.todo.task(ask.mailbox, todoTaskList_id, todoTask_id)
    return many("linkedResource", list(task["linkedResources"]))


@routes.on("POST", LINKS, takes="linkedResource")
def create_link(state: State, ask: Ask, todoTaskList_id: str, todoTask_id: str) -> Answer:  # noqa: N803
    task = state.todo.task(ask.mailbox, todoTaskList_id, todoTask_id)
    made = _linked(ask.body)
    task["linkedResources"].append(made)
    change(state, ask.mailbox, state.todo.find(ask.mailbox, todoTaskList_id), task, {})
    return one("linkedResource", made, status=201)


@routes.on("PATCH", LINKS + "/{linkedResource-id}", takes="linkedResource")
def change_link(state: State, ask: Ask, linkedResource_id: str, **ids_: str) -> Answer:  # noqa: N803
    list_id, task_id = ids_["todoTaskList_id"], ids_["todoTask_id"]
    task = state.todo.task(ask.mailbox, list_id, task_id)
    links = task["linkedResources"]
    found = next((link for link in links if link["id"] == linkedResource_id), None)
    if found is None:
        raise not_found()
    found |= {key: value for key, value in ask.body.items() if not key.startswith("@")}
    change(state, ask.mailbox, state.todo.find(ask.mailbox, list_id), task, {})
    return one("linkedResource", found)


@routes.on("GET", TASKS + "/delta()", query="$deltatoken $top")
def tasks_delta(state: State, ask: Ask, todoTaskList_id: str) -> Answer:  # noqa: N803
    tasks = state.todo.find(ask.mailbox, todoTaskList_id)
    token = ask.query.get("$deltatoken")
    if token and token not in state.todo.links:
        raise GraphError(410, "SyncStateNotFound", "The sync state generation is not found.")
    told = list(tasks.tasks)
    if token:
        told = list(dict.fromkeys(tasks.log[state.todo.links[token][1] :]))
    rows = [_delta_row(tasks, task_id, ask) for task_id in told]
    fresh = f"MoVMZ{next(NUMBERS)}"
    state.todo.links[fresh] = (tasks.list_id, len(tasks.log))
    link = f"{state.root}/users/{ask.mailbox.user_id}/todo/lists/{tasks.list_id}/tasks/delta"
    return many("todoTask", rows, delta_link=f"{link}?$deltatoken={fresh}")


def _delta_row(tasks: TaskList, task_id: str, ask: Ask) -> Json:
    if task_id not in tasks.tasks:
        return {"id": task_id, "@removed": {"reason": "deleted"}}
    return _shown(tasks.tasks[task_id], ask)
