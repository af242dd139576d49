"""The engine on a Graph in trouble: storms, lost answers and replays lose and double nothing."""

from __future__ import annotations

import pytest

from core.budget import SETTLED
from core.service.run import sync_once
from tests.adapters.outlook.conftest import ANNA, BEN, FIRST
from tests.adapters.outlook.test_cycle import Pair, pair

__all__ = ["pair"]


def updates(pair: Pair):
    return [m for m in pair.graph.all_mails if m.kind == "update" and m.cause == "app"]


def passes(pair: Pair, times: int = 6) -> None:
    """Go on for hours, whatever fails in between."""
    for _ in range(times):
        pair.graph.clock.advance(SETTLED * 12)
        sync_once(pair.services, pair.graph.clock.now())


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "throttle", "times": 12},
        {"kind": "unavailable", "times": 12},
        {"kind": "lost_answer", "method": "PATCH", "path": "/events/"},
        {"kind": "lost_answer", "method": "PATCH", "path": "/events/", "times": 3},
        {"kind": "garbage", "times": 3},
        {"kind": "gone", "path": "delta", "times": 2},
        {"kind": "error", "status": 412, "code": "ErrorIrresolvableConflict", "method": "PATCH"},
    ],
    ids=lambda fault: f"{fault['kind']} {fault.get('method', '')} {fault.get('times', 1)}",
)
def test_whatever_fails_each_line_arrives_once(pair, fault):
    pair.say_yes()
    before = len(updates(pair))
    pair.type(ANNA, "My holidays", "Anna")
    pair.graph.faults.add(**fault)

    passes(pair)

    assert pair.points() == {"My holidays": ANNA}
    for person in (BEN, ANNA):
        assert pair.text(person).count("My holidays") == 1
    assert len(updates(pair)) - before == 1
    assert all(not mail.visible for mail in updates(pair))


def test_tasks_are_made_once_though_the_answer_is_lost(pair):
    pair.say_yes()
    pair.type(BEN, "TODO Anna: Send slides", "Ben")
    pair.graph.faults.add("lost_answer", method="POST", path="/tasks", times=2)

    passes(pair)

    (task,) = pair.graph.ui.tasks(ANNA)
    assert task["title"] == "Send slides"
    assert len(task["linkedResources"]) == 1


def test_promise_longer_than_to_do_takes_keeps_every_word_and_comes_back_whole(pair):
    long = "Send the slides " + " ".join(f"of chapter {n}" for n in range(40)) + " at last"
    pair.say_yes()
    pair.type(BEN, f"TODO Anna: {long}", "Ben")
    passes(pair, 2)
    pair.graph.ui.complete_task(ANNA, pair.graph.ui.tasks(ANNA)[0]["title"])
    passes(pair, 2)

    (task,) = pair.graph.ui.tasks(ANNA)
    assert task["title"].endswith("…")
    assert task["body"]["content"] == long
    with pair.store.transaction() as tx:
        sheet = tx.open_sheet(tx.series_by_uid(pair.uid).series_id)
    (item,) = sheet.agenda.action_items
    assert (item.text, item.state.value) == (long, "done")


def test_what_its_owner_has_completed_stays_completed(pair):
    """Completion wins over any other change made at the same time."""
    pair.say_yes()
    pair.type(BEN, "TODO Anna: Send slides", "Ben")
    passes(pair, 1)
    pair.graph.ui.complete_task(ANNA, "Send slides")
    pair.type(BEN, "Another point", "Ben")
    passes(pair, 2)

    assert [task["status"] for task in pair.graph.ui.tasks(ANNA)] == ["completed"]


def test_repeated_and_unordered_changes_change_nothing(pair):
    pair.say_yes()
    pair.graph.faults.delta_replays = True
    pair.type(ANNA, "My holidays", "Anna")
    passes(pair, 3)

    assert pair.points() == {"My holidays": ANNA}
    assert pair.graph.clock.now() < FIRST
