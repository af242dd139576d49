"""The task port on Google."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from adapters.google.tasks import GoogleTasks
from core.errors import CursorExpired, NotFound, RevisionConflict, Unavailable
from core.model.calendar import Cursor, IdempotencyKey
from core.model.tasks import TaskDraft, TaskId, TaskListId, TaskRef, TaskStatus
from tests.servers.google import GoogleServer

from .conftest import ANNA, Connect

KEY = IdempotencyKey("item-1")
DRAFT = TaskDraft(
    title="Send the draft",
    notes="From the 1:1 of 24 November",
    due=date(2026, 11, 27),
    source_url="https://one.example.com/i/a3",
)


@pytest.fixture
def tasks(connect: Connect) -> GoogleTasks:
    port = connect(ANNA).tasks
    assert isinstance(port, GoogleTasks)
    return port


@pytest.fixture
def list_id(tasks: GoogleTasks) -> TaskListId:
    return tasks.ensure_list("1:1").list_id


def test_list_is_made_once(server: GoogleServer, tasks: GoogleTasks) -> None:
    made = {tasks.ensure_list("1:1").list_id for _ in range(2)}

    assert len(made) == 1
    assert [(each.name, each.primary) for each in tasks.list_task_lists()] == [
        ("My Tasks", True),
        ("1:1", False),
    ]


def test_draft_comes_back_as_it_was(tasks: GoogleTasks, list_id: TaskListId) -> None:
    made = tasks.create_task(list_id, DRAFT, key=KEY)

    assert made.draft == DRAFT
    assert tasks.get_task(made.ref) == made


@pytest.mark.parametrize(
    "draft",
    [
        TaskDraft(title="bare"),
        TaskDraft(title="notes", notes="two\n\nlines"),
        TaskDraft(title="link", source_url="https://one.example.com/i/a3"),
        TaskDraft(title="done", status=TaskStatus.DONE),
    ],
)
def test_any_draft_survives_the_round_trip(
    tasks: GoogleTasks, list_id: TaskListId, draft: TaskDraft
) -> None:
    assert tasks.create_task(list_id, draft, key=KEY).draft == draft


def test_same_key_makes_one_task_even_after_a_lost_answer(
    server: GoogleServer, tasks: GoogleTasks, list_id: TaskListId
) -> None:
    server.faults.lose_answer("tasks.tasks.insert")
    with pytest.raises(Unavailable):
        tasks.create_task(list_id, DRAFT, key=KEY)
    found = tasks.create_task(list_id, DRAFT, key=KEY)
    tasks.create_task(list_id, replace(DRAFT, title="other"), key=IdempotencyKey("item-2"))

    assert found.draft == DRAFT
    assert len(server.ui.tasks.all_of(ANNA)) == 2


def test_key_finds_a_task_that_was_since_changed(
    server: GoogleServer, tasks: GoogleTasks, list_id: TaskListId
) -> None:
    made = tasks.create_task(list_id, DRAFT, key=KEY)
    server.ui.tasks.edit(ANNA, made.ref.task_id, {"title": "Renamed"})
    server.ui.tasks.complete(ANNA, made.ref.task_id)

    again = tasks.create_task(list_id, DRAFT, key=KEY)
    assert (again.ref, again.draft.title, again.draft.status) == (
        made.ref,
        "Renamed",
        TaskStatus.DONE,
    )


def test_task_that_its_owner_deleted_is_not_made_again(
    server: GoogleServer, tasks: GoogleTasks, list_id: TaskListId
) -> None:
    made = tasks.create_task(list_id, DRAFT, key=KEY)
    server.ui.tasks.delete(ANNA, made.ref.task_id)
    tasks.create_task(list_id, DRAFT, key=KEY)

    assert server.ui.tasks.all_of(ANNA) == []
    with pytest.raises(NotFound):
        tasks.get_task(made.ref)


def test_tick_by_hand_is_a_change(
    server: GoogleServer, tasks: GoogleTasks, list_id: TaskListId
) -> None:
    made = tasks.create_task(list_id, DRAFT, key=KEY)
    cursor = tasks.changes(list_id, None).cursor
    server.clock.advance(timedelta(minutes=10))
    server.ui.tasks.complete(ANNA, made.ref.task_id)
    page = tasks.changes(list_id, cursor)

    (done,) = page.changed
    assert (done.draft.status, done.completed_at is not None) == (TaskStatus.DONE, True)
    assert tasks.changes(list_id, page.cursor).changed == ()


def test_deletion_is_a_removal_once(
    server: GoogleServer, tasks: GoogleTasks, list_id: TaskListId
) -> None:
    made = tasks.create_task(list_id, DRAFT, key=KEY)
    cursor = tasks.changes(list_id, None).cursor
    server.ui.tasks.delete(ANNA, made.ref.task_id)
    page = tasks.changes(list_id, cursor)

    assert (page.changed, page.removed) == ((), (made.ref.task_id,))
    assert tasks.changes(list_id, page.cursor).removed == ()


def test_every_page_of_a_long_list_is_read(
    server: GoogleServer, tasks: GoogleTasks, list_id: TaskListId
) -> None:
    for number in range(130):
        server.ui.tasks.add(ANNA, f"Task {number}", list_id)

    assert len(tasks.changes(list_id, None).changed) == 130


def test_change_within_the_overlap_comes_once(
    server: GoogleServer, tasks: GoogleTasks, list_id: TaskListId
) -> None:
    cursor = tasks.changes(list_id, None).cursor
    seen = 0
    for number in range(3):
        server.ui.tasks.add(ANNA, f"Task {number}", list_id)
        page = tasks.changes(list_id, cursor)
        seen, cursor = seen + len(page.changed), page.cursor
        server.clock.advance(timedelta(seconds=5))

    assert seen == 3


def test_what_is_no_cursor_starts_over(tasks: GoogleTasks, list_id: TaskListId) -> None:
    with pytest.raises(CursorExpired):
        tasks.changes(list_id, Cursor("x"))


def test_replacing_keeps_the_mark_and_can_take_the_due_day(
    tasks: GoogleTasks, list_id: TaskListId
) -> None:
    made = tasks.create_task(list_id, DRAFT, key=KEY)
    later = replace(DRAFT, title="New", due=None, status=TaskStatus.DONE)
    changed = tasks.replace_task(made.ref, later, expect=made.revision)

    assert changed.draft == later
    assert tasks.create_task(list_id, DRAFT, key=KEY).ref == made.ref


def test_replacing_what_has_changed_conflicts(
    server: GoogleServer, tasks: GoogleTasks, list_id: TaskListId
) -> None:
    made = tasks.create_task(list_id, DRAFT, key=KEY)
    server.ui.tasks.complete(ANNA, made.ref.task_id)
    with pytest.raises(RevisionConflict):
        tasks.replace_task(made.ref, DRAFT, expect=made.revision)

    assert server.ui.tasks.all_of(ANNA)[0]["status"] == "completed"


def test_deleting_twice_is_no_error(tasks: GoogleTasks, list_id: TaskListId) -> None:
    made = tasks.create_task(list_id, DRAFT, key=KEY)
    tasks.delete_task(made.ref)
    tasks.delete_task(made.ref)
    with pytest.raises(NotFound):
        tasks.get_task(made.ref)


def test_list_that_was_deleted_is_not_found(
    server: GoogleServer, tasks: GoogleTasks, list_id: TaskListId
) -> None:
    server.ui.tasks.delete_list(ANNA, list_id)
    with pytest.raises(NotFound):
        tasks.changes(list_id, None)
    with pytest.raises(NotFound):
        tasks.get_task(TaskRef(list_id=list_id, task_id=TaskId("x")))
