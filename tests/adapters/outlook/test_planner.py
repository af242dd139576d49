"""Planner: the port's contract, and where it is special: etags, references, lost answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from adapters.outlook import AppSecret, build, secret_text, settings_text
from adapters.outlook.planner import list_of_plan, plan_id_of
from core.errors import (
    InvalidInput,
    NotFound,
    PermissionDenied,
    RateLimited,
    RevisionConflict,
    Unavailable,
)
from core.model.calendar import IdempotencyKey
from core.model.tasks import TaskDraft, TaskStatus
from tests.adapters.outlook.conftest import ANNA, BEN
from tests.contracts.hosts import TaskHost
from tests.contracts.task_contract import TaskContract

KEY = IdempotencyKey("item-1@outlook:anna@example.com")
WAY_BACK = "https://1on1.example.org/my/talk/ser_1?x=a.b&y=%20"
DRAFT = TaskDraft(title="Send it", notes="As agreed", due=date(2026, 12, 1), source_url=WAY_BACK)


def user(graph, person):
    return graph.state.tenant.mailbox(person).user_id


@pytest.fixture
def plan(graph):
    members = frozenset(user(graph, person) for person in (ANNA, BEN))
    return graph.state.planner.add_plan("1:1 Anna / Ben", members)


@pytest.fixture
def tasks_of(graph, settings, waits):
    """`tasks_of(person)`: the port with which that person's tasks are reached."""
    opened = []

    def sleep(seconds):
        waits.append(seconds)
        graph.clock.advance(timedelta(seconds=seconds))

    def made(person):
        kept = settings_text(settings, person) | {"user_id": user(graph, person)}
        secret = secret_text(AppSecret(secret=graph.secret))
        opened.append(build(kept, secret, now=graph.clock.now, sleep=sleep))
        return opened[-1].tasks

    yield made
    for suite in opened:
        suite.calendar.close()


@pytest.fixture
def port(tasks_of):
    return tasks_of(ANNA)


@pytest.fixture
def list_id(plan):
    return list_of_plan(plan)


class TestTasks(TaskContract):
    @pytest.fixture
    def tasks(self, graph, tasks_of, plan):
        planner, now = graph.state.planner, graph.clock.now

        class Listed:
            """A plan is never listed, only named; the contract's first sentence is about lists."""

            def __getattr__(self, verb):
                return getattr(port, verb)

        port, list_id = tasks_of(ANNA), list_of_plan(plan)
        return TaskHost(
            port=Listed(),
            list_id=list_id,
            tick=lambda ref: planner.by_hand(ref.task_id, now(), percentComplete=100),
            untick=lambda ref: planner.by_hand(ref.task_id, now(), percentComplete=0),
            remove=lambda ref: planner.remove(ref.task_id),
            spoil_status=lambda ref: planner.by_hand(ref.task_id, now(), percentComplete=250),
        )

    def test_list_is_listed(self, tasks):
        """A plan is read by a group, so it's never found by itself: somebody has named it."""
        assert tasks.list_id not in [each.list_id for each in tasks.port.list_task_lists()]


def only_task(graph):
    (task,) = graph.state.planner.tasks.values()
    return task


def test_task_is_assigned_to_the_person_and_due_on_the_day(graph, port, list_id):
    port.create_task(list_id, DRAFT, key=KEY)

    task = only_task(graph)
    assert list(task["assignments"]) == [user(graph, ANNA)]
    assert (task["title"], task["dueDateTime"]) == ("Send it", "2026-12-01T10:00:00Z")


def test_reference_leads_back_and_holds_our_key_and_nothing_of_the_person(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)

    (name,) = graph.state.planner.details[made.ref.task_id]["references"]
    assert not set(".:@#") & set(name)
    assert "anna" not in name
    assert "item" not in name
    assert made.draft == DRAFT


def test_without_a_page_there_is_no_way_back_and_still_one_task(graph, port, list_id):
    draft = replace(DRAFT, source_url=None)
    made = port.create_task(list_id, draft, key=KEY)

    assert port.create_task(list_id, draft, key=KEY).ref == made.ref
    assert made.draft.source_url is None


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/planner/tasks"), ("PATCH", "/details"), ("GET", "/details")]
)
def test_end_at_any_moment_makes_no_second_task(graph, port, list_id, method, path):
    graph.faults.add("lost_answer", method=method, path=path, times=8)

    with pytest.raises((Unavailable, RevisionConflict)):
        port.create_task(list_id, DRAFT, key=KEY)
    graph.faults.clear()
    made = port.create_task(list_id, DRAFT, key=KEY)

    assert only_task(graph)["id"] == made.ref.task_id
    assert made.draft == DRAFT


def test_equal_titles_are_two_tasks(graph, port, list_id):
    first = port.create_task(list_id, DRAFT, key=KEY)
    second = port.create_task(list_id, DRAFT, key=IdempotencyKey("item-2@outlook:anna@example.com"))

    assert first.ref != second.ref


def test_task_of_the_same_title_that_a_person_made_stays_theirs(graph, port, plan, list_id):
    graph.state.planner.tasks["theirs"] = {
        "id": "theirs", "planId": plan, "title": "Send it", "percentComplete": 0, "version": 1,
        "assignments": {user(graph, ANNA): {"orderHint": "x"}}, "@odata.etag": 'W/"1"',
        "createdDateTime": "2026-11-23T08:00:00Z",
        "createdBy": {"user": {"id": user(graph, BEN)}},
    }  # fmt: skip

    made = port.create_task(list_id, DRAFT, key=KEY)

    assert made.ref.task_id != "theirs"
    assert [t.ref for t in port.changes(list_id, None).changed] == [made.ref]


def test_half_done_stays_half_done_when_its_title_changes(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)
    graph.state.planner.by_hand(made.ref.task_id, graph.clock.now(), percentComplete=50)
    now = port.get_task(made.ref)

    port.replace_task(made.ref, replace(DRAFT, title="Send both"), expect=now.revision)

    task = only_task(graph)
    assert (task["title"], task["percentComplete"]) == ("Send both", 50)


def test_change_names_the_version_of_task_and_details(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)
    before = only_task(graph)["@odata.etag"]
    graph.calls.clear()

    port.replace_task(made.ref, replace(DRAFT, title="x", notes="y"), expect=made.revision)

    patches = [call for call in graph.calls if call.method == "PATCH"]
    assert [set(call.body) for call in patches] == [{"title"}, {"description", "references"}]
    assert patches[0].headers["if-match"] == before
    assert patches[0].headers["if-match"] != patches[1].headers["if-match"]


def test_references_of_others_stay(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)
    details = graph.state.planner.details[made.ref.task_id]
    details["references"]["https%3A//example%2Ecom"] = {"alias": "Ben's"}
    moved = replace(DRAFT, source_url="https://1on1.example.org/other")

    after = port.replace_task(made.ref, moved, expect=made.revision)

    assert after.draft == moved
    assert len(graph.state.planner.details[made.ref.task_id]["references"]) == 2


def test_list_with_a_gap_is_no_deletion_and_another_plan_is(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)
    cursor = port.changes(list_id, None).cursor
    task = graph.state.planner.tasks[made.ref.task_id]
    task["createdBy"] = {}  # the list shows it no longer as ours, and it is still there

    page = port.changes(list_id, cursor)
    assert page.removed == ()
    task["planId"] = "another"
    assert port.changes(list_id, page.cursor).removed == (made.ref.task_id,)
    with pytest.raises(NotFound):
        port.get_task(made.ref)


def test_nothing_new_costs_one_request(graph, port, list_id):
    port.create_task(list_id, DRAFT, key=KEY)
    cursor = port.changes(list_id, None).cursor
    graph.calls.clear()

    assert port.changes(list_id, cursor).changed == ()
    assert len(graph.calls) == 1


def test_two_people_share_a_plan_and_neither_is_given_the_other_s_task(graph, tasks_of, list_id):
    hers = tasks_of(ANNA).create_task(list_id, DRAFT, key=KEY)
    his = tasks_of(BEN).create_task(list_id, DRAFT, key=IdempotencyKey("other"))

    by_id = graph.state.planner.tasks
    assert list(by_id[hers.ref.task_id]["assignments"]) == [user(graph, ANNA)]
    assert list(by_id[his.ref.task_id]["assignments"]) == [user(graph, BEN)]


def test_throttled_it_waits_and_makes_one(graph, port, list_id, waits):
    graph.state.planner.in_minute = 3

    with pytest.raises(RateLimited):
        port.create_task(list_id, DRAFT, key=KEY)
    graph.clock.advance(timedelta(minutes=1))
    graph.state.planner.in_minute = 100

    port.create_task(list_id, DRAFT, key=KEY)
    assert len(graph.state.planner.tasks) == 1


def test_full_plan_and_stranger_are_refused_with_the_reason(graph, tasks_of, port, list_id):
    graph.state.planner.most_tasks = 0
    with pytest.raises(PermissionDenied, match="MaximumTasksInProject"):
        port.create_task(list_id, DRAFT, key=KEY)
    graph.state.planner.most_tasks = 10
    graph.add_mailbox("cleo@example.com", "Cleo")

    with pytest.raises(PermissionDenied):
        tasks_of("cleo@example.com").create_task(list_id, DRAFT, key=KEY)


def test_deleting_goes_on_when_somebody_changes_it_meanwhile(graph, port, list_id):
    made = port.create_task(list_id, DRAFT, key=KEY)
    graph.faults.add("error", method="DELETE", status=412, code="")

    port.delete_task(made.ref)

    assert graph.state.planner.tasks == {}


def test_done_when_it_was_made_is_done_in_planner(graph, port, list_id):
    done = replace(DRAFT, status=TaskStatus.DONE)

    assert port.create_task(list_id, done, key=KEY).draft.status is TaskStatus.DONE


@pytest.mark.parametrize(
    "text",
    ["AbCdEfGhIjKlMnOpQrStUvWxYz12",
     "https://planner.cloud.microsoft/webui/plan/AbCdEfGhIjKlMnOpQrStUvWxYz12/view/board?tid=1",
     "https://tasks.office.com/example.com/Home/PlanViews/AbCdEfGhIjKlMnOpQrStUvWxYz12?Type=x",
     "https://tasks.office.com/#/plantaskboard?groupId=1&planId=AbCdEfGhIjKlMnOpQrStUvWxYz12"],
)  # fmt: skip
def test_plan_is_named_by_its_id_or_its_address(text):
    assert plan_id_of(text) == "AbCdEfGhIjKlMnOpQrStUvWxYz12"
    with pytest.raises(InvalidInput):
        plan_id_of("https://example.com/other")
