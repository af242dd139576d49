"""Agenda and task tool agree in the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.action_items import agree, as_draft, with_item
from core.model.agenda import ActionItem, Agenda, ItemId, ItemState, Section
from core.model.tasks import TaskDraft, TaskStatus
from tests.core.builders import BEN

ITEM = ActionItem(item_id=ItemId("i"), text="Budget", owner=BEN, due=date(2026, 6, 12))
SEEN = as_draft(ITEM)


def test_done_in_the_task_tool_is_done() -> None:
    agreed = agree(ITEM, SEEN, replace(SEEN, status=TaskStatus.DONE))

    assert agreed.item.state is ItemState.DONE


def test_done_on_the_agenda_completes_the_task() -> None:
    agreed = agree(replace(ITEM, state=ItemState.DONE), SEEN, SEEN)

    assert agreed.draft.status is TaskStatus.DONE


def test_opened_again_in_the_task_tool_is_open_again() -> None:
    done = replace(ITEM, state=ItemState.DONE)
    seen = as_draft(done)

    agreed = agree(done, seen, replace(seen, status=TaskStatus.OPEN))

    assert agreed.item.state is ItemState.OPEN


def test_completion_wins_where_both_changed() -> None:
    dropped = replace(ITEM, state=ItemState.DROPPED)

    assert agree(dropped, SEEN, replace(SEEN, status=TaskStatus.DONE)).item.state is ItemState.DONE
    done = replace(ITEM, state=ItemState.DONE)
    cancelled = replace(SEEN, status=TaskStatus.CANCELLED)
    assert agree(done, SEEN, cancelled).item.state is ItemState.DONE


def test_a_new_title_and_day_in_the_task_tool_come_back() -> None:
    theirs = replace(SEEN, title="Budget 2027", due=date(2026, 7, 1))

    agreed = agree(ITEM, SEEN, theirs)

    assert (agreed.item.text, agreed.item.due) == ("Budget 2027", date(2026, 7, 1))
    assert agreed.draft == theirs


def test_the_agendas_words_win_where_both_changed_them() -> None:
    ours = replace(ITEM, text="Budget klären")

    agreed = agree(ours, SEEN, replace(SEEN, title="Etat"))

    assert agreed.item.text == agreed.draft.title == "Budget klären"


def test_notes_that_a_person_wrote_into_the_task_stay_there() -> None:
    agreed = agree(ITEM, SEEN, replace(SEEN, notes="ask Cleo"))

    assert agreed.draft.notes == "ask Cleo"
    assert agreed.item.notes == ()


def test_one_item_of_an_agenda_is_replaced() -> None:
    other = replace(ITEM, item_id=ItemId("j"))
    agenda = Agenda(sections=(Section(entries=(ITEM, other)),))
    done = replace(ITEM, state=ItemState.DONE)

    assert with_item(agenda, done).action_items == (done, other)


days = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3))
titles = st.sampled_from(["a", "b", "c"])
drafts = st.builds(
    TaskDraft, title=titles, due=days, status=st.sampled_from(TaskStatus), notes=st.just("")
)
items = st.builds(
    ActionItem,
    item_id=st.just(ItemId("i")),
    text=titles,
    due=days,
    state=st.sampled_from(ItemState),
)


@given(items, drafts, drafts)
def test_after_agreeing_both_sides_say_the_same_and_agree_again(
    item: ActionItem, seen: TaskDraft, theirs: TaskDraft
) -> None:
    agreed = agree(item, seen, theirs)

    assert as_draft(agreed.item) == agreed.draft
    again = agree(agreed.item, agreed.draft, agreed.draft)
    assert again == agreed


@given(items, drafts)
def test_what_nobody_changed_stays(item: ActionItem, theirs: TaskDraft) -> None:
    assert agree(item, as_draft(item), as_draft(item)).item == item
    unchanged = replace(theirs, title=item.text, due=item.due)
    assert agree(item, as_draft(item), unchanged).item.text == item.text
