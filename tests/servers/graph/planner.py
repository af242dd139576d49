"""Planner: plans in groups, tasks and details, each with an etag that every write must name."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from tests.servers.graph import ids
from tests.servers.graph.answers import Answer, GraphError, Json, bad_request, many, nothing, one
from tests.servers.graph.clock import stamp
from tests.servers.graph.routing import Ask, RouteTable
from tests.servers.graph.throttling import throttled

if TYPE_CHECKING:
    from tests.servers.graph.state import State

routes = RouteTable()
TASK = "/planner/tasks/{plannerTask-id}"
LONGEST_TITLE = 255
NUMBERS = count(1)
SPAN = timedelta(minutes=1)
MOST_TASKS = 9000
"""Of one plan; beyond it Planner says MaximumTasksInProject."""
RAW = re.compile(r"[.:@#]|%(?![0-9A-F]{2})")
"""What a reference's name, an encoded URL, may not hold."""


@dataclass(slots=True)
class Planner:
    """Plans, their members, buckets, tasks and the tasks' details, by id."""

    in_minute: int = 1000
    """Requests that an app may make; Microsoft publishes no number."""
    recent: deque[datetime] = field(default_factory=deque)
    most_tasks: int = MOST_TASKS

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

    def count(self, now: datetime) -> None:
        """Refuse a request too many."""
        while self.recent and not (timedelta() <= now - self.recent[0] < SPAN):
            self.recent.popleft()
        if len(self.recent) >= self.in_minute:
            raise throttled("RequestCount", f"{(self.recent[0] + SPAN - now).total_seconds():.1f}")
        self.recent.append(now)

    def by_hand(self, task_id: str, now: datetime, **fields: object) -> None:
        """Change a task as a member of the group does in Planner; percentComplete ticks it."""
        new = self.tasks[task_id] | fields | {"version": self.tasks[task_id]["version"] + 1}
        new.pop("completedDateTime", None)
        if new["percentComplete"] == 100:
            new["completedDateTime"] = stamp(now)
        self.tasks[task_id] = _tagged(new, new["version"])

    def remove(self, task_id: str) -> None:
        """Delete a task and what belongs to it."""
        del self.tasks[task_id]
        self.details.pop(task_id, None)


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


def _plan(state: State, ask: Ask, plan_id: str) -> Json:
    """Find a plan; a person reads those of their own groups, the app all."""
    plan = _found(state.planner.plans, plan_id)
    if ask.claims.get("scp") and ask.claims["oid"] not in state.planner.members[plan_id]:
        raise GraphError(403, "", "You do not have the required permissions to access this item.")
    return plan


def _task(state: State, ask: Ask, task_id: str) -> Json:
    task = _found(state.planner.tasks, task_id)
    _plan(state, ask, task["planId"])
    return task


@routes.on("GET", "/planner/plans/{plannerPlan-id}")
def read_plan(state: State, ask: Ask, plannerPlan_id: str) -> Answer:  # noqa: N803
    return one("plannerPlan", _plan(state, ask, plannerPlan_id))


@routes.on("GET", "/planner/plans/{plannerPlan-id}/buckets")
def list_buckets(state: State, ask: Ask, plannerPlan_id: str) -> Answer:  # noqa: N803
    _plan(state, ask, plannerPlan_id)
    rows = [b for b in state.planner.buckets.values() if b["planId"] == plannerPlan_id]
    return many("plannerBucket", rows)


@routes.on("GET", "/planner/plans/{plannerPlan-id}/tasks", query="$select $top")
def list_plan_tasks(state: State, ask: Ask, plannerPlan_id: str) -> Answer:  # noqa: N803
    _plan(state, ask, plannerPlan_id)
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
    _short(wanted)
    _plan(state, ask, wanted["planId"])
    present = [t for t in state.planner.tasks.values() if t["planId"] == wanted["planId"]]
    if len(present) >= state.planner.most_tasks:
        raise GraphError(403, "MaximumTasksInProject", "The plan holds as many tasks as it may.")
    made = _id("task")
    user = {"user": {"id": ask.claims["oid"]}} if ask.claims.get("scp") else {}
    task: Json = {
        "id": made, "createdDateTime": stamp(state.clock.now()), "assignments": {},
        "percentComplete": 0, "orderHint": "8585723", "hasDescription": False,
        "createdBy": user | {"application": {"id": ask.claims["appid"]}}, "version": 0,
        "referenceCount": 0,
    }  # fmt: skip
    state.planner.details[made] = _tagged(
        {"id": made, "description": "", "references": {}, "checklist": {}}, 1
    )
    return one("plannerTask", _shown(_changed(state, ask, task, wanted)), status=201)


def _short(wanted: Json) -> None:
    """Planner refuses what To Do cuts."""
    if len((wanted.get("title") or "").encode("utf-16-le")) > 2 * LONGEST_TITLE:
        raise bad_request("The title is longer than 255 characters.", "")


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
    return one("plannerTask", _shown(_task(state, ask, plannerTask_id)))


@routes.on("PATCH", TASK, takes="plannerTask")
def change_task(state: State, ask: Ask, plannerTask_id: str) -> Answer:  # noqa: N803
    task = _task(state, ask, plannerTask_id)
    _need_etag(ask, task)
    _short(ask.body)
    new = _changed(state, ask, task, ask.body)
    if ask.prefer.get("return") == "representation":
        return one("plannerTask", _shown(new))
    return nothing()


@routes.on("DELETE", TASK)
def delete_task(state: State, ask: Ask, plannerTask_id: str) -> Answer:  # noqa: N803
    _need_etag(ask, _task(state, ask, plannerTask_id))
    state.planner.remove(plannerTask_id)
    return nothing()


@routes.on("GET", TASK + "/details")
def read_details(state: State, ask: Ask, plannerTask_id: str) -> Answer:  # noqa: N803
    _task(state, ask, plannerTask_id)
    return one("plannerTaskDetails", _found(state.planner.details, plannerTask_id))


@routes.on("PATCH", TASK + "/details", takes="plannerTaskDetails")
def change_details(state: State, ask: Ask, plannerTask_id: str) -> Answer:  # noqa: N803
    _task(state, ask, plannerTask_id)
    details = _found(state.planner.details, plannerTask_id)
    _need_etag(ask, details)
    fields = {key: value for key, value in ask.body.items() if not key.startswith("@")}
    given = fields.pop("references", {})
    if any(RAW.search(name) for name in given):
        raise bad_request("A reference's name is an encoded URL.", "")
    references = {**details["references"], **given}
    fields["references"] = {name: value for name, value in references.items() if value}
    state.planner.details[plannerTask_id] = _tagged(details | fields, next(NUMBERS))
    state.planner.tasks[plannerTask_id] |= {
        "hasDescription": bool(fields.get("description", details["description"])),
        "referenceCount": len(fields["references"]),
    }
    return nothing()
