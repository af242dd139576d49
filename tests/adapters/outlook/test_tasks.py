"""To Do where it is special: links told apart, progress kept, answers lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.errors import NotFound, Unavailable
from core.model.calendar import IdempotencyKey
from core.model.tasks import TaskDraft, TaskStatus
from tests.adapters.outlook.conftest import ANNA

KEY = IdempotencyKey("item-1@outlook:anna@example.com")
DRAFT = TaskDraft(title="Send it", due=date(2026, 12, 1), source_url="https://1on1.example.org/p/1")


@pytest.fixture
def port(connect):
    return connect(ANNA).tasks


@pytest.fixture
def list_id(port):
    return next(each.list_id for each in port.list_task_lists() if each.primary)


def test_link_carries_the_way_back_and_our_key_and_not_the_text(graph, port, list_id):
    port.create_task(list_id, DRAFT, key=KEY)

    link = graph.ui.tasks(ANNA)[0]["linkedResources"][0]
    assert (link["webUrl"], link["applicationName"]) == (DRAFT.source_url, "vieraugen")
    assert len(link["externalId"]) == 32
    assert "item" not in link["externalId"]


def test_lost_answer_makes_no_second_task(graph, port, list_id):
    graph.faults.add("lost_answer", method="POST")

    with pytest.raises(Unavailable):
        port.create_task(list_id, DRAFT, key=KEY)
    port.create_task(list_id, DRAFT, key=KEY)

    assert len(graph.ui.tasks(ANNA)) == 1


def test_task_is_found_among_many(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)
    for number in range(120):
        graph.ui.add_task(ANNA, f"Own {number}")

    assert port.create_task(list_id, DRAFT, key=KEY).ref == made.ref
    page = port.changes(list_id, None)
    assert len(page.changed) == 121
    assert [t.draft.source_url for t in page.changed if t.ref == made.ref] == [DRAFT.source_url]


def test_changed_task_comes_with_its_link(graph, port, list_id):
    port.create_task(list_id, DRAFT, key=KEY)
    cursor = port.changes(list_id, None).cursor
    graph.ui.complete_task(ANNA, "Send it")

    page = port.changes(list_id, cursor)

    assert [t.draft for t in page.changed] == [replace(DRAFT, status=TaskStatus.DONE)]


def test_task_in_progress_stays_in_progress_when_its_title_changes(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)
    graph.ui.change_task(ANNA, "Send it", status="inProgress", importance="high")
    now = port.get_task(made.ref)

    port.replace_task(made.ref, replace(DRAFT, title="Send both"), expect=now.revision)

    task = graph.ui.tasks(ANNA)[0]
    assert (task["title"], task["status"], task["importance"]) == (
        "Send both",
        "inProgress",
        "high",
    )


def test_link_follows_the_agenda_and_is_made_where_it_was_removed(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)
    moved = replace(DRAFT, source_url="https://1on1.example.org/p/2")

    second = port.replace_task(made.ref, moved, expect=made.revision)
    assert second.draft == moved
    assert len(graph.ui.tasks(ANNA)[0]["linkedResources"]) == 1

    graph.ui.tasks(ANNA)[0]["linkedResources"].clear()
    bare = port.get_task(made.ref)
    assert bare.draft.source_url is None
    assert port.replace_task(made.ref, moved, expect=bare.revision).draft == moved


def test_first_list_is_the_one_that_everybody_has(graph, port, list_id):
    graph.state.todo.add(ANNA, "1:1")

    found = [(each.name, each.primary) for each in port.list_task_lists()]

    assert found == [("Tasks", True), ("1:1", False)]


def test_list_of_somebody_else_is_not_found(graph, port):
    other = graph.state.todo.add("ben@example.com", "Ben's")

    with pytest.raises(NotFound):
        port.changes(other.list_id, None)


def test_change_is_sent_against_the_revision_that_was_read(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)

    port.replace_task(made.ref, replace(DRAFT, title="Send both"), expect=made.revision)

    patch = next(call for call in graph.calls if call.method == "PATCH")
    assert patch.headers["if-match"] == made.revision
