"""To Do and Planner: lists, tasks, links, due days, delta, etags."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.servers.test_graph_server.conftest import ANNA, BEN
from tests.servers.test_graph_server.receiver import receiving
from tests.servers.test_graph_server.test_subscriptions import subscribe


@pytest.fixture
def tasks(api):
    """Path of the tasks of Anna's own list."""
    (own,) = api.get(f"/users/{ANNA}/todo/lists")["value"]
    assert (own["displayName"], own["wellknownListName"]) == ("Tasks", "defaultList")
    return f"/users/{ANNA}/todo/lists/{own['id']}/tasks"


def create(api, tasks, **more):
    answer = api("POST", tasks, json={"title": "Send the report", **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_task_keeps_the_link_back_to_us(graph, api, tasks):
    link = {"webUrl": "https://1on1.example/a", "applicationName": "vieraugen",
            "displayName": "1:1", "externalId": "item-7"}  # fmt: skip
    made = create(api, tasks, linkedResources=[link])

    assert "linkedResources" not in made
    shown = api.get(f"{tasks}/{made['id']}?$expand=linkedResources")
    assert shown["linkedResources"][0]["externalId"] == "item-7"
    assert api.get(f"{tasks}/{made['id']}/linkedResources")["value"] == shown["linkedResources"]


@pytest.mark.parametrize(
    ("hour", "zone", "kept"),
    [
        ("00:00:00", "UTC", "2026-12-04"),
        ("00:00:00", "W. Europe Standard Time", "2026-12-03"),
        ("12:00:00", "Europe/Berlin", "2026-12-04"),
    ],
)
def test_due_is_the_day_in_utc(graph, api, tasks, hour, zone, kept):
    made = create(api, tasks, dueDateTime={"dateTime": f"2026-12-04T{hour}", "timeZone": zone})

    assert made["dueDateTime"] == {"dateTime": f"{kept}T00:00:00.0000000", "timeZone": "UTC"}


def test_person_completes_and_reopens_a_task(graph, api, tasks):
    made = create(api, tasks)
    graph.ui.complete_task(ANNA, "Send the report")
    done = api.get(f"{tasks}/{made['id']}")
    graph.ui.change_task(ANNA, "Send the report", status="notStarted")

    assert (done["status"], done["completedDateTime"]["timeZone"]) == ("completed", "UTC")
    assert "completedDateTime" not in api.get(f"{tasks}/{made['id']}")
    assert done["@odata.etag"] != made["@odata.etag"]


def test_delta_tells_new_changed_and_removed_tasks(graph, api, tasks):
    first = api.get(f"{tasks}/delta")
    made = create(api, tasks)
    second = api.get(first["@odata.deltaLink"])
    graph.ui.delete_task(ANNA, "Send the report")
    third = api.get(second["@odata.deltaLink"])

    assert [row["title"] for row in second["value"]] == ["Send the report"]
    assert third["value"] == [{"id": made["id"], "@removed": {"reason": "deleted"}}]
    assert api.get(third["@odata.deltaLink"])["value"] == []


def test_expired_task_delta_is_gone(graph, api, tasks):
    link = api.get(f"{tasks}/delta")["@odata.deltaLink"]
    graph.expire_cursors()

    assert api("GET", link).status_code == 410


def test_lists_belong_to_one_person(graph, api, tasks):
    assert api("GET", tasks.replace(ANNA, BEN)).status_code == 404


def test_tasks_can_be_filtered_and_put_into_a_list_of_their_own(graph, api, tasks):
    made = api("POST", f"/users/{ANNA}/todo/lists", json={"displayName": "1:1"}).json()
    own = f"/users/{ANNA}/todo/lists/{made['id']}/tasks"
    create(api, own)
    create(api, own, title="Other", status="completed")

    rows = api.get(f"{own}?$filter=status ne 'completed'")["value"]

    assert [row["title"] for row in rows] == ["Send the report"]
    assert api.get(tasks)["value"] == []


def test_stale_etag_is_refused_and_deleting_removes(graph, api, tasks):
    made = create(api, tasks)
    path = f"{tasks}/{made['id']}"
    api("PATCH", path, json={"title": "New"})

    stale = api("PATCH", path, json={"title": "x"}, headers={"If-Match": made["@odata.etag"]})

    assert stale.status_code == 412
    assert api("DELETE", path).status_code == 204
    assert api("GET", path).status_code == 404


def test_change_of_a_task_is_announced(graph, api, tasks):
    with receiving() as receiver:
        subscribe(api, receiver, resource=tasks.lstrip("/"), days=2)
        graph.ui.add_task(ANNA, "By hand")
        graph.deliver()

        (item,) = receiver.pushed[0]
        assert item["resourceData"]["@odata.type"] == "#Microsoft.Graph.TodoTask"


@pytest.fixture
def plan(graph):
    users = frozenset(graph.state.tenant.mailbox(one).user_id for one in (ANNA, BEN))
    return graph.state.planner.add_plan("1:1 Anna / Ben", users)


def assigned(graph, *people):
    users = [graph.state.tenant.mailbox(one).user_id for one in people]
    kind = "#microsoft.graph.plannerAssignment"
    return {user: {"@odata.type": kind, "orderHint": " !"} for user in users}


def test_planner_task_is_assigned_done_and_unassigned(graph, api, plan):
    wanted = {"planId": plan, "title": "Plan it", "assignments": assigned(graph, ANNA)}
    made = api("POST", "/planner/tasks", json=wanted).json()
    path, user = f"/planner/tasks/{made['id']}", next(iter(made["assignments"]))

    assert [t["id"] for t in api.get(f"/users/{ANNA}/planner/tasks")["value"]] == [made["id"]]
    done = api(
        "PATCH", path, json={"percentComplete": 100},
        headers={"If-Match": made["@odata.etag"], "Prefer": "return=representation"},
    )  # fmt: skip
    assert done.json()["completedDateTime"].startswith("2026-11-23")
    undone = api("PATCH", path, json={"assignments": {user: None}},
                 headers={"If-Match": done.json()["@odata.etag"]})  # fmt: skip
    assert undone.status_code == 204
    assert api.get(f"/users/{ANNA}/planner/tasks")["value"] == []


def test_planner_write_needs_the_present_etag(graph, api, plan):
    made = api("POST", "/planner/tasks", json={"planId": plan, "title": "x"}).json()
    path = f"/planner/tasks/{made['id']}"

    assert api("PATCH", path, json={"title": "y"}).status_code == 400
    stale = api("PATCH", path, json={"title": "y"}, headers={"If-Match": 'W/"other"'})
    assert stale.status_code == 412
    assert api("DELETE", path, headers={"If-Match": made["@odata.etag"]}).status_code == 204


def test_planner_details_have_an_etag_of_their_own(graph, api, plan):
    made = api("POST", "/planner/tasks", json={"planId": plan, "title": "x"}).json()
    path = f"/planner/tasks/{made['id']}/details"
    details = api.get(path)

    changed = api("PATCH", path, json={"description": "why"},
                  headers={"If-Match": details["@odata.etag"]})  # fmt: skip

    assert changed.status_code == 204
    assert api.get(path)["description"] == "why"
    assert details["@odata.etag"] != made["@odata.etag"]


def test_planner_takes_only_members_of_the_group(graph, api, plan):
    graph.add_mailbox("cleo@example.com", "Cleo")
    wanted = {"planId": plan, "title": "x", "assignments": assigned(graph, "cleo@example.com")}

    assert api("POST", "/planner/tasks", json=wanted).status_code == 403


def test_plan_names_its_group_and_buckets(graph, api, plan):
    assert api.get(f"/planner/plans/{plan}")["container"]["type"] == "group"
    assert len(api.get(f"/planner/plans/{plan}/buckets")["value"]) == 1
    assert api.get(f"/planner/plans/{plan}/tasks")["value"] == []


def test_task_subscription_lasts_shorter(graph, api, tasks):
    with receiving() as receiver:
        assert subscribe(api, receiver, resource=tasks.lstrip("/"), days=4).status_code == 400
        assert timedelta(days=4) > timedelta(minutes=4230)


def test_to_do_cuts_a_long_title_without_a_word_and_planner_refuses_it(graph, api, tasks, plan):
    long = "ä😀" * 100

    made = create(api, tasks, title=long)
    refused = api("POST", "/planner/tasks", json={"planId": plan, "title": long})

    assert made["title"] == long[:170]
    assert len(made["title"].encode("utf-16-le")) // 2 == 255
    assert refused.status_code == 400
