"""A list that a group reads: chosen for a pair, left again, and nothing twice or lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.action_items import with_item
from core.errors import InvalidInput, Unavailable
from core.model.agenda import ItemState
from core.model.series import Connection, LinkState, TaskLink
from core.model.tasks import Task, TaskListId
from core.service import run
from core.service.run import sync_once
from core.service.settings import pair_settings
from core.service.shared_lists import share_list
from core.service.standing import what_stands
from tests.core.builders import ANNA, BEN, PAIR
from tests.core.service.conftest import Company


@pytest.fixture
def company(company: Company) -> Company:
    """Ben has promised something, and it stands in his own list."""
    company.say_yes()
    company.add_line(ANNA, "TODO Ben: Budget klären bis Freitag")
    company.sync()
    company.services = replace(company.services, talk_of=lambda s: f"https://x.example/my/talk/{s}")
    return company


def of_ben(company: Company) -> Connection:
    with company.store.transaction() as tx:
        return next(c for c in tx.connections() if c.person == BEN)


def choose(company: Company, list_id: TaskListId | None) -> None:
    reached = [of_ben(company)] if list_id else []
    with company.store.transaction() as tx:
        share_list(tx, PAIR.pair_id, list_id, reached, company.now)


def link(company: Company) -> TaskLink:
    (item,) = company.agenda().action_items
    with company.store.transaction() as tx:
        found = tx.task_link(item.item_id)
    assert found is not None
    return found


def tasks_in(company: Company, list_id: TaskListId) -> Sequence[Task]:
    return list(company.tasks.shelves[list_id].tasks.values())


def own(company: Company) -> TaskListId:
    return company.tasks.list_of(BEN)


def test_nobody_s_tasks_are_shared_until_somebody_says_so(company: Company) -> None:
    plan = company.tasks.share("plan", BEN)
    company.sync()

    assert len(tasks_in(company, own(company))) == 1
    assert tasks_in(company, plan) == []


def test_tasks_move_into_the_list_and_out_again(company: Company) -> None:
    plan = company.tasks.share("plan", BEN)

    choose(company, plan)
    company.sync()
    inside = [t.draft.title for t in tasks_in(company, plan)], tasks_in(company, own(company))
    choose(company, None)
    company.sync()

    assert inside == (["Budget klären"], [])
    assert tasks_in(company, plan) == []
    assert [t.draft.title for t in tasks_in(company, own(company))] == ["Budget klären"]
    assert link(company).state is LinkState.LINKED
    assert of_ben(company).shared_lists == ()


def test_task_leads_back_to_a_page_that_opens_for_the_two_alone(company: Company) -> None:
    choose(company, company.tasks.share("plan", BEN))
    company.sync()

    seen = link(company).seen
    assert seen is not None
    assert seen.source_url == f"https://x.example/my/talk/{company.series().series_id}"


def test_what_is_noted_below_an_item_does_not_go_there_and_is_not_lost(company: Company) -> None:
    (item,) = company.agenda().action_items
    noted = with_item(company.agenda(), replace(item, notes=("Geheim",)))
    sheet = replace(company.sheet(), agenda=noted)
    with company.store.transaction() as tx:
        tx.put_sheet(sheet)
    plan = company.tasks.share("plan", BEN)

    choose(company, plan)
    company.sync()
    company.sync()

    (task,) = tasks_in(company, plan)
    assert task.draft.notes == ""
    assert company.agenda().action_items[0].notes == ("Geheim",)
    assert company.tasks.writes.count(("replace_task", task.ref)) == 0


def test_ticked_in_the_shared_list_is_done_on_the_agenda(company: Company) -> None:
    choose(company, company.tasks.share("plan", BEN))
    company.sync()
    ref = link(company).ref
    assert ref is not None

    company.tasks.tick(ref, company.now)
    company.sync()

    assert company.agenda().action_items[0].state is ItemState.DONE


def test_ticked_at_the_moment_of_the_move_stays_done(company: Company) -> None:
    ref = link(company).ref
    assert ref is not None
    choose(company, company.tasks.share("plan", BEN))

    company.tasks.tick(ref, company.now)
    company.sync()

    assert company.agenda().action_items[0].state is ItemState.DONE


def test_deleted_before_the_move_stays_deleted(company: Company) -> None:
    plan = company.tasks.share("plan", BEN)
    ref = link(company).ref
    assert ref is not None
    company.tasks.remove(ref)

    choose(company, plan)
    company.sync()

    assert link(company).state is LinkState.DELETED
    assert tasks_in(company, plan) == []


@pytest.mark.parametrize("verb", ["get_task", "create_task", "delete_task"])
def test_move_that_is_cut_off_goes_on_and_leaves_one_task(company: Company, verb: str) -> None:
    plan = company.tasks.share("plan", BEN)
    choose(company, plan)
    company.tasks.fail(verb, Unavailable("down"))

    assert len(sync_once(company.services, company.now).troubles) == 1
    company.now += run.FIRST_WAIT
    company.sync()

    assert len(tasks_in(company, plan)) == 1
    assert tasks_in(company, own(company)) == []
    assert link(company).state is LinkState.LINKED
    assert link(company).leaving is None


def test_the_other_one_of_another_suite_keeps_an_own_list(company: Company) -> None:
    plan = company.tasks.share("plan", BEN)
    choose(company, plan)
    company.add_line(ANNA, "TODO Anna: Folien schicken")
    company.sync()

    assert [t.draft.title for t in tasks_in(company, company.tasks.list_of(ANNA))] == [
        "Folien schicken"
    ]


def test_list_that_neither_reaches_is_refused(company: Company) -> None:
    with company.store.transaction() as tx, pytest.raises(InvalidInput):
        share_list(tx, PAIR.pair_id, TaskListId("shared/x"), [], company.now)


def test_page_of_what_stands_where_knows_which_tasks_a_group_reads(company: Company) -> None:
    series_id = company.series().series_id
    before = what_stands(company.services, series_id, by=BEN)
    choose(company, company.tasks.share("plan", BEN))
    company.sync()

    after = what_stands(company.services, series_id, by=BEN)
    assert (before.group_reads, len(after.group_reads)) == (frozenset(), 1)


def test_task_does_not_stay_in_the_plan_of_another_pair(company: Company) -> None:
    """A promise that goes on with a new manager leaves the old pair's group."""
    plan = company.tasks.share("plan", BEN)
    choose(company, plan)
    company.sync()
    with company.store.transaction() as tx:
        chosen = pair_settings(tx, PAIR.pair_id)
        tx.put_noun(replace(chosen, shared_list=""))  # as the new pair has it: nothing chosen
    company.add_line(ANNA, "- noch etwas")

    company.sync()

    assert tasks_in(company, plan) == []
    assert len(tasks_in(company, own(company))) == 1
