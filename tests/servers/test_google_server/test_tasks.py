"""Tasks: each person's own lists, dates without times, hidden when ticked by hand."""

from datetime import timedelta
from typing import Any

import pytest

from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, NOW, Api, reason

DRAFT = {
    "title": "Send the draft",
    "notes": "https://example.com/i/a3",
    "due": "2026-11-27T09:30:00Z",
}


@pytest.fixture
def tasks(api: Api) -> Any:
    return api("tasks", ANNA).tasks()


@pytest.fixture
def task_id(tasks: Any) -> str:
    made = tasks.insert(tasklist="@default", body=DRAFT).execute()
    return str(made["id"])


def titles(answer: Any) -> list[str]:
    return [item["title"] for item in answer.get("items", [])]


def test_due_is_a_date_whatever_the_time_says(
    server: GoogleServer, tasks: Any, task_id: str
) -> None:
    assert (
        tasks.get(tasklist="@default", task=task_id).execute()["due"] == "2026-11-27T00:00:00.000Z"
    )


def test_task_ticked_by_hand_is_hidden(server: GoogleServer, tasks: Any, task_id: str) -> None:
    server.ui.tasks.complete(ANNA, task_id)

    assert titles(tasks.list(tasklist="@default").execute()) == []
    assert titles(tasks.list(tasklist="@default", showHidden=True).execute()) == ["Send the draft"]


def test_task_completed_by_the_api_is_not_hidden(
    server: GoogleServer, tasks: Any, task_id: str
) -> None:
    done = tasks.patch(tasklist="@default", task=task_id, body={"status": "completed"}).execute()

    assert done["completed"].startswith("2026-11-23T08:00:0")
    assert titles(tasks.list(tasklist="@default").execute()) == ["Send the draft"]
    assert titles(tasks.list(tasklist="@default", showCompleted=False).execute()) == []


def test_reopened_task_is_shown_again(server: GoogleServer, tasks: Any, task_id: str) -> None:
    server.ui.tasks.complete(ANNA, task_id)
    server.ui.tasks.reopen(ANNA, task_id)
    (task,) = tasks.list(tasklist="@default").execute()["items"]

    assert (task["status"], "completed" in task, "hidden" in task) == ("needsAction", False, False)


def test_deleted_task_is_a_tombstone(server: GoogleServer, tasks: Any, task_id: str) -> None:
    tasks.delete(tasklist="@default", task=task_id).execute()

    assert titles(tasks.list(tasklist="@default").execute()) == []
    (gone,) = tasks.list(tasklist="@default", showDeleted=True).execute()["items"]
    assert gone["deleted"] is True
    assert reason(tasks.delete(tasklist="@default", task=task_id)) == (404, "notFound")


def test_updated_min_reports_only_what_changed_since(
    server: GoogleServer, tasks: Any, task_id: str
) -> None:
    server.clock.advance(timedelta(minutes=5))
    since = (NOW + timedelta(minutes=1)).isoformat()
    before = titles(tasks.list(tasklist="@default", updatedMin=since).execute())
    server.ui.tasks.edit(ANNA, task_id, {"title": "New title"})

    assert before == []
    assert titles(tasks.list(tasklist="@default", updatedMin=since).execute()) == ["New title"]


def test_pages_are_of_twenty(server: GoogleServer, tasks: Any) -> None:
    for number in range(25):
        server.ui.tasks.add(ANNA, f"Task {number}")
    first = tasks.list(tasklist="@default").execute()
    rest = tasks.list(tasklist="@default", pageToken=first["nextPageToken"]).execute()

    assert (len(first["items"]), len(rest["items"])) == (20, 5)
    assert "nextPageToken" not in rest


def test_moved_to_another_list_it_has_another_id(
    server: GoogleServer, api: Api, tasks: Any, task_id: str
) -> None:
    other = api("tasks", ANNA).tasklists().insert(body={"title": "1:1"}).execute()
    moved = server.ui.tasks.move_to_list(ANNA, task_id, other["id"])

    assert moved != task_id
    assert tasks.get(tasklist="@default", task=task_id).execute()["deleted"] is True


def test_nobody_reaches_another_persons_list(server: GoogleServer, api: Api, task_id: str) -> None:
    (own,) = api("tasks", ANNA).tasklists().list().execute()["items"]

    assert reason(api("tasks", BEN).tasks().list(tasklist=own["id"]))[0] == 404


def test_deleted_list_is_gone_with_its_tasks(server: GoogleServer, api: Api) -> None:
    lists = api("tasks", ANNA).tasklists()
    made = lists.insert(body={"title": "1:1"}).execute()
    server.ui.tasks.delete_list(ANNA, made["id"])

    assert reason(api("tasks", ANNA).tasks().list(tasklist=made["id"]))[0] == 404


def test_assigned_task_is_shown_on_request_only(server: GoogleServer, tasks: Any) -> None:
    server.ui.tasks.assign_in_a_space(ANNA, "From a space")

    assert titles(tasks.list(tasklist="@default").execute()) == []
    assert titles(tasks.list(tasklist="@default", showAssigned=True).execute()) == ["From a space"]


@pytest.mark.parametrize(
    "body",
    [{"title": "x" * 1025}, {"notes": "x" * 8193}, {"status": "done"}, {"due": "2026-11-27"}],
)
def test_what_a_task_cannot_hold_is_refused(
    server: GoogleServer, tasks: Any, body: dict[str, str]
) -> None:
    assert reason(tasks.insert(tasklist="@default", body=body))[0] == 400


def test_insert_repeated_after_a_lost_answer_makes_two(server: GoogleServer, tasks: Any) -> None:
    server.faults.lose_answer("tasks.tasks.insert")
    with pytest.raises(OSError, match=r"Connection aborted|Remote end"):
        tasks.insert(tasklist="@default", body=DRAFT).execute()
    tasks.insert(tasklist="@default", body=DRAFT).execute()

    assert len(server.ui.tasks.all_of(ANNA)) == 2
