"""Planner: plans in groups, tasks and details, each with an etag that every write must name."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from tests.servers.graph import ids
from tests.servers.graph.answers import Answer, GraphError, Json, bad_request, many, nothing, one
from tests.servers.graph.clock import stamp
from tests.servers.graph.routing import Ask, RouteTable

if TYPE_CHECKING:
    from tests.servers.graph.state import State

routes = RouteTable()
TASK = "/planner/tasks/{plannerTask-id}"
NUMBERS = count(1)


@dataclass(slots=True)
class Planner:
    """Plans, their members, buckets, tasks and the tasks' details, by id."""

    plans: dict[str, Json] = field(default_factory=dict)
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    """Plan -> user ids of its group: all of them can read every task."""
    buckets: dict[str, Json] = field(default_factory=dict)
    tasks: dict[str, Json] = field(default_factory=dict)
    details: dict[str, Json] = field(default_factory=dict)

    def add_plan(self, title: str, user_ids: frozenset[str]) -> str:
        """Make a plan in a group of these people, with one bucket."""
        made, group = _id("plan"), ids.guid("group", title)
        container = {"containerId": group, "type": "group",
                     "url": f"https://graph.microsoft.com/v1.0/groups/{group}"}  # fmt: skip
        self.plans[made] = _tagged({"id": made, "title": title, "container": container}, 1)
        self.members[made] = user_ids
        bucket = _id("bucket")
        self.buckets[bucket] = _tagged(
            {"id": bucket, "name": "To do", "planId": made, "orderHint": "8585"}, 1
        )
        return made


def _id(kind: str) -> str:
    return ids.guid(kind, str(next(NUMBERS))).replace("-", "")[:28]


def _tagged(value: Json, version: int) -> Json:
    kind = "details" if "checklist" in value else "planner"
    tag = ids.guid(kind, value["id"], str(version))[:18]
    return value | {"@odata.etag": f'W/"JzEt{tag}"'}


def _found(things: dict[str, Json], key: str) -> Json:
    try:
        return things[key]
    except KeyError as err:
        raise GraphError(404, "", "The requested item is not found.") from err


def _need_etag(ask: Ask, value: Json) -> None:
    expected = ask.headers.get("if-match")
    if not expected:
        raise bad_request("The If-Match header must be specified.", "")
    if expected != value["@odata.etag"]:
        raise GraphError(412, "", "The If-Match header contains a different value.")


@routes.on("GET", "/planner/plans/{plannerPlan-id}")
def read_plan(state: State, ask: Ask, plannerPlan_id: str) -> Answer:  # noqa: N803
    return one("plannerPlan", _found(state.planner.plans, plannerPlan_id))


@routes.on("GET", "/planner/plans/{plannerPlan-id}/buckets")
def list_buckets(state: State, ask: Ask, plannerPlan_id: str) -> Answer:  # noqa: N803
    _found(state.planner.plans, plannerPlan_id)
    rows = [b for b in state.planner.buckets.values() if b["planId"] == plannerPlan_id]
    return many("plannerBucket", rows)


@routes.on("GET", "/planner/plans/{plannerPlan-id}/tasks", query="$select $top")
def list_plan_tasks(state: State, ask: Ask, plannerPlan_id: str) -> Answer:  # noqa: N803
    _found(state.planner.plans, plannerPlan_id)
    tasks = state.planner.tasks.values()
    rows = [_shown(task) for task in tasks if task["planId"] == plannerPlan_id]
    return many("plannerTask", rows)


@routes.on("GET", "/users/{user-id}/planner/tasks", mailbox_limits=False)
def list_own_tasks(state: State, ask: Ask) -> Answer:
    user = ask.mailbox.user_id
    tasks = state.planner.tasks.values()
    rows = [_shown(task) for task in tasks if user in task["assignments"]]
    return many("plannerTask", rows)


@routes.on("POST", "/planner/tasks", takes="plannerTask")
def create_task(state: State, ask: Ask) -> Answer:
    wanted = ask.body
    if not wanted.get("planId") or not wanted.get("title"):
        raise bad_request("planId and title are required.", "")
    _found(state.planner.plans, wanted["planId"])
    made = _id("task")
    task: Json = {
        "id": made, "createdDateTime": stamp(state.clock.now()), "assignments": {},
        "percentComplete": 0, "orderHint": "8585723", "hasDescription": False,
        "createdBy": {"application": {"id": ask.claims["appid"]}}, "version": 0,
    }  # fmt: skip
    state.planner.details[made] = _tagged(
        {"id": made, "description": "", "references": {}, "checklist": {}}, 1
    )
    return one("plannerTask", _shown(_changed(state, ask, task, wanted)), status=201)


def _changed(state: State, ask: Ask, task: Json, wanted: Json) -> Json:
    """Write a task anew; assignments are merged by person, null takes one away."""
    fields = {key: value for key, value in wanted.items() if not key.startswith("@")}
    given = fields.pop("assignments", {})
    members = state.planner.members[task.get("planId") or wanted["planId"]]
    outsiders = {user for user, value in given.items() if value} - members
    if any(not user.startswith("@") for user in outsiders):
        raise GraphError(403, "", "The user is not a member of the plan's group.")
    assignments = {**task["assignments"], **{u: _assigned(state, v) for u, v in given.items()}}
    assignments = {user: value for user, value in assignments.items() if value}
    new = task | fields | {"assignments": assignments, "version": task["version"] + 1}
    if new["percentComplete"] == 100 and not task.get("completedDateTime"):
        new["completedDateTime"] = stamp(state.clock.now())
    elif new["percentComplete"] != 100:
        new.pop("completedDateTime", None)
    state.planner.tasks[new["id"]] = _tagged(new, new["version"])
    return state.planner.tasks[new["id"]]


def _assigned(state: State, value: Json | None) -> Json | None:
    if value is None:
        return None
    return {
        "@odata.type": "#microsoft.graph.plannerAssignment",
        "assignedDateTime": stamp(state.clock.now()),
        "orderHint": "RWk1",
    }


def _shown(task: Json) -> Json:
    return {key: value for key, value in task.items() if key != "version"}


@routes.on("GET", TASK)
def read_task(state: State, ask: Ask, plannerTask_id: str) -> Answer:  # noqa: N803
    return one("plannerTask", _shown(_found(state.planner.tasks, plannerTask_id)))


@routes.on("PATCH", TASK, takes="plannerTask")
def change_task(state: State, ask: Ask, plannerTask_id: str) -> Answer:  # noqa: N803
    task = _found(state.planner.tasks, plannerTask_id)
    _need_etag(ask, task)
    new = _changed(state, ask, task, ask.body)
    if ask.prefer.get("return") == "representation":
        return one("plannerTask", _shown(new))
    return nothing()


@routes.on("DELETE", TASK)
def delete_task(state: State, ask: Ask, plannerTask_id: str) -> Answer:  # noqa: N803
    _need_etag(ask, _found(state.planner.tasks, plannerTask_id))
    del state.planner.tasks[plannerTask_id]
    return nothing()


@routes.on("GET", TASK + "/details")
def read_details(state: State, ask: Ask, plannerTask_id: str) -> Answer:  # noqa: N803
    return one("plannerTaskDetails", _found(state.planner.details, plannerTask_id))


@routes.on("PATCH", TASK + "/details", takes="plannerTaskDetails")
def change_details(state: State, ask: Ask, plannerTask_id: str) -> Answer:  # noqa: N803
    details = _found(state.planner.details, plannerTask_id)
    _need_etag(ask, details)
    fields = {key: value for key, value in ask.body.items() if not key.startswith("@")}
    state.planner.details[plannerTask_id] = _tagged(details | fields, next(NUMBERS))
    return nothing()
