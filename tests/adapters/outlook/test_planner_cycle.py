"""The engine with a pair's plan in Planner: there and back, and in trouble."""

from __future__ import annotations

import pytest

from adapters.outlook.planner import list_of_plan
from core.model.agenda import ItemState
from core.service.shared_lists import share_list
from tests.adapters.outlook.conftest import ANNA, BEN
from tests.adapters.outlook.test_cycle import pair
from tests.adapters.outlook.test_trouble import passes

__all__ = ["pair"]


@pytest.fixture
def shared(pair):
    """Ben and Anna with an agenda, and a plan of theirs that was chosen."""
    graph = pair.graph
    users = {person: graph.state.tenant.mailbox(person).user_id for person in (ANNA, BEN)}
    for person, user in users.items():
        planner = pair.suites[person].tasks.planner
        planner._user = user
    plan = list_of_plan(graph.state.planner.add_plan("Board", frozenset(users.values())))
    pair.say_yes()
    with pair.store.transaction() as tx:
        series = tx.series_by_uid(pair.uid)
        share_list(tx, series.pair_id, plan, list(tx.connections()), graph.clock.now())
    return pair


def items(pair):
    with pair.store.transaction() as tx:
        return tx.open_sheet(tx.series_by_uid(pair.uid).series_id).agenda.action_items


def titles(pair):
    return [task["title"] for task in pair.graph.state.planner.tasks.values()]


def test_promise_becomes_a_task_in_the_plan_and_a_tick_there_comes_back(shared):
    shared.type(BEN, "TODO Anna: Send slides", "Ben")
    passes(shared, 2)
    (task,) = shared.graph.state.planner.tasks.values()
    anna = shared.graph.state.tenant.mailbox(ANNA).user_id
    assert (task["title"], list(task["assignments"])) == ("Send slides", [anna])
    assert shared.graph.ui.tasks(ANNA) == []

    shared.graph.state.planner.by_hand(task["id"], shared.graph.clock.now(), percentComplete=100)
    passes(shared, 2)

    assert [item.state for item in items(shared)] == [ItemState.DONE]


def test_deleted_in_the_plan_it_is_not_made_again(shared):
    shared.type(BEN, "TODO Anna: Send slides", "Ben")
    passes(shared, 1)
    (task_id,) = shared.graph.state.planner.tasks
    shared.graph.state.planner.remove(task_id)

    passes(shared, 3)

    assert titles(shared) == []
    assert [item.state for item in items(shared)] == [ItemState.OPEN]


@pytest.mark.parametrize(
    "fault",
    [{"kind": "lost_answer", "method": "POST", "path": "/planner/tasks"},
     {"kind": "lost_answer", "method": "PATCH", "path": "/planner/", "times": 5},
     {"kind": "throttle", "path": "/planner/", "times": 9},
     {"kind": "error", "status": 409, "code": "", "method": "PATCH", "path": "/planner/"}],
    ids=lambda fault: f"{fault['kind']} {fault.get('method', '')}",
)  # fmt: skip
def test_whatever_fails_there_is_one_task(shared, fault):
    shared.graph.faults.add(**fault)
    shared.type(BEN, "TODO Anna: Send slides", "Ben")

    passes(shared, 4)

    assert titles(shared) == ["Send slides"]
