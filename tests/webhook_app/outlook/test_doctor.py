"""`vieraugen doctor --suite outlook`, and its ten checks on the stand-in."""

from __future__ import annotations

import pytest

from tests.webhook_app.outlook.conftest import ANNA, BEN


@pytest.fixture
def connected(command, secret_file):
    words = ("--secret-file", secret_file, "--person", BEN, "--person", ANNA)
    assert command("connect", "outlook", *words).code == 0
    return command


def found(done, what):
    (row,) = [row for row in done.json["findings"] if row["what"] == what]
    return row


def test_all_is_well(connected, graph):
    done = connected("doctor", "--suite", "outlook", "--json")

    assert done.code == 0
    assert found(done, f"{BEN} calendar")["ok"]
    assert "the app's own right" in found(done, f"{BEN} calendar")["text"]
    assert found(done, f"{ANNA} To Do")["ok"]
    assert graph.app_id in found(done, "registration")["text"]


def test_without_a_mailbox_it_says_how(command):
    done = command("doctor", "--suite", "outlook")

    assert done.code == 1
    assert "`vieraugen connect outlook` says how" in done.err


def test_a_missing_right_is_named(connected, graph):
    graph.faults.add("refuse", path="/todo/", times=2)

    done = connected("doctor", "--suite", "outlook", "--json")

    assert done.code == 0
    assert "Action items stay on the agenda" in found(done, f"{BEN} To Do")["text"]
    assert not found(done, f"{BEN} To Do")["ok"]


def test_a_mailbox_outside_the_scope_is_named(connected, graph):
    graph.state.tenant.mailbox(ANNA).reachable = False

    done = connected("doctor", "--suite", "outlook", "--json")

    assert done.code == 3
    assert "management scope" in found(done, f"{ANNA} calendar")["text"]
    assert found(done, f"{BEN} calendar")["ok"]


def test_the_ten_checks_leave_nothing_behind(connected, graph):
    done = connected("doctor", "--suite", "outlook", "--live", "--person", BEN, "--json")

    assert done.code == 0, done.out
    results = {row["check"]: row["result"] for row in done.json["checks"]}
    assert results == {
        **dict.fromkeys((3, 4, 5, 6, 7, 8, 9), "as assumed"),
        **dict.fromkeys((1, 2, 10), "by hand"),
    }
    for person in (BEN, ANNA):
        assert graph.ui.tasks(person) == []
    assert list(graph.state.tenant.mailbox(BEN).items.values()) == []


def test_a_tenant_that_is_other_than_assumed_is_told(connected, graph):
    graph.state.tenant.immutable_occurrence_ids = False

    done = connected("doctor", "--suite", "outlook", "--live", "--json")

    assert done.code in (0, 3)
    assert len(done.json["checks"]) == 10
