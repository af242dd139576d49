"""`vieraugen pair plan`: said plainly, accepted, used, given up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.model.people import Pair, pair_id
from core.service.settings import pair_settings
from tests.webhook_app.outlook.conftest import ANNA, BEN

PAIR = pair_id(BEN, ANNA)
YES = "--members-read-titles"


@pytest.fixture
def plan(graph, app, command, secret_file):
    """Both connected, a plan in a group of theirs."""
    command("connect", "outlook", "--secret-file", secret_file, "--person", BEN, "--person", ANNA)
    with app.store.transaction() as tx:
        tx.put_pair(Pair(pair_id=PAIR, manager=BEN, report=ANNA))
    users = frozenset(graph.state.tenant.mailbox(one).user_id for one in (ANNA, BEN))
    return graph.state.planner.add_plan("Team board", users)


def kept(app):
    with app.store.transaction() as tx:
        lists = [c.shared_lists for c in tx.connections()]
        return pair_settings(tx, PAIR).shared_list, lists


def test_without_a_yes_nothing_changes_and_the_exposure_is_said(command, app, plan):
    done = command("pair", "plan", BEN, ANNA, plan)

    assert done.code == 3
    assert "Everyone in the plan's group reads" in done.out
    assert "'Team board'" in done.out
    assert kept(app) == ("", [(), ()])


def test_chosen_plan_is_read_along_and_survives_connecting_again(command, app, plan):
    address = f"https://planner.cloud.microsoft/webui/plan/{plan}/view/board"
    done = command("pair", "plan", BEN, ANNA, address, YES, "--json")
    command("connect", "outlook", "--person", BEN)

    assert done.json == {"plan": "Team board", "people": [ANNA, BEN], "accepted": True}
    assert kept(app) == (f"planner:{plan}", [(f"planner:{plan}",)] * 2)
    with app.store.transaction() as tx:
        assert all(c.setting("user_id") for c in tx.connections())
    assert command("pair", "plan", BEN, ANNA, "off").code == 0
    assert kept(app) == ("", [(), ()])


@pytest.mark.parametrize(
    ("words", "says"),
    [(("https://example.com/x",), "neither a plan's id"),
     (("AbCdEfGhIjKlMnOpQrStUvWxYz12",), "Outlook has no such thing")],
)  # fmt: skip
def test_wrong_plan_is_refused_in_words(command, plan, words, says):
    done = command("pair", "plan", BEN, ANNA, *words, YES)

    assert done.code != 0
    assert says in done.err


def test_missing_right_is_named(graph, command, app, plan):
    with app.store.transaction() as tx:
        for known in tx.connections():  # connected before, when the app could not ask
            rest = tuple(each for each in known.settings if each[0] != "user_id")
            tx.put_connection(replace(known, settings=rest))
    graph.faults.add("refuse", method="GET", path="select=id")

    done = command("pair", "plan", BEN, ANNA, plan, YES)

    assert "User.ReadBasic.All" in done.err
    assert kept(app)[0] == ""


def test_unknown_pair_is_told_so(command, plan):
    assert "vieraugen sync" in command("pair", "plan", BEN, "cleo@example.com", plan).err
