"""The engine's use cases on calendars in memory, shared and with a copy for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.model.agenda import ActionItem, ItemState, PointState
from core.model.series import LinkState, SeriesState, Why
from core.model.tasks import TaskRef, TaskStatus
from core.service.consent import say_stop
from core.service.edit import add_point, set_done
from core.service.preview import preview
from tests.core.builders import ANNA, BEN, CLEO, NOW, people, slot
from tests.core.service.conftest import FIRST, UID, WEEK, Company


def test_nothing_is_written_before_a_yes(company: Company) -> None:
    company.sync()

    assert company.series().state is SeriesState.FOUND
    assert company.series().agenda_reason is Why.NOT_ASKED
    assert company.clients.body(BEN, UID, FIRST) == "Raum Linde"


@pytest.mark.capability("F-01")
def test_a_yes_puts_the_agenda_into_the_next_occurrence_only(company: Company) -> None:
    company.say_yes()

    assert company.start() == FIRST
    assert "Anna" in company.clients.body(ANNA, UID, FIRST)
    assert company.clients.body(BEN, UID) == "Raum Linde"
    assert company.clients.body(BEN, UID, FIRST + WEEK) == "Raum Linde"
    assert company.series().agenda_reason is Why.WRITTEN


@pytest.mark.capability("F-44")
def test_preview_is_what_a_yes_writes_and_writes_nothing(company: Company) -> None:
    company.sync()
    seen = preview(company.services, company.series().series_id, company.now)
    assert company.clients.body(BEN, UID, FIRST) == "Raum Linde"

    company.say_yes()

    assert [w.after.content for w in seen.writes] == [company.clients.body(BEN, UID, FIRST)]


@pytest.mark.capability("C-08")
def test_a_pass_in_which_nothing_changed_writes_nothing(company: Company) -> None:
    company.say_yes()
    company.sync()
    before = len(company.server.writes)

    for _ in range(3):
        company.sync()

    assert len(company.server.writes) == before


def test_a_line_typed_in_the_event_is_a_point_once(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- Urlaub")

    company.sync()
    company.sync()

    assert company.open_points() == ["Urlaub"]
    assert company.agenda().points[0].owner == ANNA
    assert company.clients.body(BEN, UID, FIRST).count("Urlaub") == 1
    assert company.clients.body(ANNA, UID, FIRST).count("Urlaub") == 1


@pytest.mark.capability("C-20")
def test_both_copies_edited_at_once_lose_nothing(with_copies: Company) -> None:
    with_copies.say_yes()
    # The organizer first: a person's own save in the organizer's copy wipes the other's.
    with_copies.add_line(BEN, "- von Ben", below="Ben")
    with_copies.add_line(ANNA, "- von Anna")

    with_copies.sync()

    owners = {p.text: p.owner for p in with_copies.agenda().points}
    assert owners == {"von Anna": ANNA, "von Ben": BEN}
    for person in (ANNA, BEN):
        text = with_copies.clients.body(person, UID, FIRST)
        assert (text.count("von Anna"), text.count("von Ben")) == (1, 1)


def test_a_tick_in_the_event_is_read(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- Urlaub")
    company.sync()

    company.type(
        BEN, lambda text: text.replace("[ ] Urlaub", "[x] Urlaub").replace("- Urlaub", "[x] Urlaub")
    )
    company.sync()

    assert company.agenda().points[0].state is PointState.DISCUSSED


@pytest.mark.capability("SD-34")
def test_a_promise_becomes_one_task_in_its_owners_list(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "TODO Ben: Budget klären bis Freitag")

    company.sync()
    company.sync()

    (item,) = company.agenda().action_items
    assert (item.owner, item.state) == (BEN, ItemState.OPEN)
    assert item.due is not None
    with company.store.transaction() as tx:
        link = tx.task_link(item.item_id)
    assert link is not None
    assert link.ref is not None
    assert link.ref.list_id == company.tasks.list_of(BEN)


def linked(company: Company) -> tuple[ActionItem, TaskRef]:
    """Make a promise and return its item and task."""
    company.say_yes()
    company.add_line(ANNA, "TODO Ben: Budget klären bis Freitag")
    company.sync()
    company.sync()
    (item,) = company.agenda().action_items
    with company.store.transaction() as tx:
        link = tx.task_link(item.item_id)
    assert link is not None
    assert link.ref is not None
    return item, link.ref


@pytest.mark.capability("SD-62")
def test_sd_62_a_task_ticked_in_its_tool_is_ticked_on_the_agenda(company: Company) -> None:
    _item, ref = linked(company)

    company.tasks.tick(ref, company.now)
    company.sync()

    assert company.agenda().action_items[0].state is ItemState.DONE
    assert "[x] Ben: Budget" in company.clients.body(BEN, UID, FIRST)


def test_an_item_ticked_on_the_agenda_completes_its_task(company: Company) -> None:
    item, _ref = linked(company)
    series_id = company.series().series_id

    set_done(company.services, series_id, item.item_id, True, by=BEN, now=company.now)
    company.sync()

    with company.store.transaction() as tx:
        link = tx.task_link(item.item_id)
    assert link is not None
    assert link.seen is not None
    assert link.seen.status is TaskStatus.DONE


@pytest.mark.capability("C-21", "F-18")
def test_a_task_that_its_owner_deleted_is_never_made_again(company: Company) -> None:
    item, ref = linked(company)

    company.tasks.remove(ref)
    for _ in range(3):
        company.sync()
        company.add_line(ANNA, "- noch etwas")

    with company.store.transaction() as tx:
        link = tx.task_link(item.item_id)
    assert link is not None
    assert link.state is LinkState.DELETED
    assert company.agenda().action_items[0].state is ItemState.OPEN


@pytest.mark.capability("SD-83", "C-28")
def test_sd_83_what_is_open_is_carried_once_and_counts(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- offen")
    company.add_line(ANNA, "[x] besprochen")
    company.sync()

    company.pass_meeting()
    company.pass_meeting()

    assert company.start() == FIRST + 2 * WEEK
    assert company.open_points() == ["offen"]
    assert company.agenda().points[0].carried == 2
    text = company.clients.body(ANNA, UID, company.start())
    assert text.count("offen") == 1
    assert "besprochen" not in text


def test_a_meeting_that_moves_keeps_its_agenda(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- offen")
    company.sync()

    company.clients.move(BEN, UID, FIRST, slot(FIRST + timedelta(days=2)))
    company.sync()

    assert company.start() == FIRST
    assert company.open_points() == ["offen"]


def test_a_meeting_moved_behind_the_next_hands_its_agenda_over(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- unser Punkt")
    company.sync()

    company.clients.move(BEN, UID, FIRST, slot(FIRST + WEEK + timedelta(days=2)))
    company.sync()

    assert company.start() == FIRST + WEEK
    assert company.open_points() == ["unser Punkt"]
    assert company.agenda().points[0].carried == 0
    assert company.clients.body(BEN, UID, FIRST) == "Raum Linde"
    assert company.clients.body(BEN, UID, FIRST + WEEK).count("unser Punkt") == 1


def test_a_declined_meeting_hands_its_agenda_over(with_copies: Company) -> None:
    with_copies.say_yes()
    with_copies.add_line(ANNA, "- unser Punkt")
    with_copies.sync()

    with_copies.clients.decline(ANNA, UID, FIRST)
    with_copies.sync()

    assert with_copies.start() == FIRST + WEEK
    assert with_copies.open_points() == ["unser Punkt"]


@pytest.mark.capability("SD-12")
def test_sd_12_a_third_person_pauses_the_agenda(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- unser Punkt")
    company.sync()
    shelf = company.server.shelf_with(BEN, UID)
    entry = company.server.find(shelf.calendar_id, UID)

    three = replace(entry.master, participants=people(BEN, ANNA, CLEO))
    company.server.store(shelf, replace(entry, master=three))
    before = len(company.server.writes)
    add_point(company.services, company.series().series_id, "geheim", by=BEN, now=company.now)
    company.sync()

    assert company.series().agenda_reason is Why.MORE_THAN_TWO
    assert company.open_points() == ["unser Punkt", "geheim"]
    text = company.clients.body(BEN, UID, company.start())
    assert "unser Punkt" not in text
    assert "geheim" not in text
    assert "Raum Linde" in text
    assert len(company.server.writes) == before + 1
    company.now += timedelta(hours=3)
    company.sync()
    assert len(company.server.writes) == before + 1


def test_us_9_when_the_third_person_leaves_the_agenda_stands_there_again(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- unser Punkt")
    company.sync()
    shelf = company.server.shelf_with(BEN, UID)
    two = company.server.find(shelf.calendar_id, UID)
    three = replace(two.master, participants=people(BEN, ANNA, CLEO))
    company.server.store(shelf, replace(two, master=three))
    company.sync()

    entry = company.server.find(shelf.calendar_id, UID)
    master = replace(entry.master, participants=people(BEN, ANNA))
    company.server.store(shelf, replace(entry, master=master))
    company.sync()

    assert company.series().agenda_reason is Why.WRITTEN
    assert company.clients.body(BEN, UID, company.start()).count("unser Punkt") == 1


def test_a_point_from_the_page_reaches_the_event(company: Company) -> None:
    company.say_yes()

    add_point(company.services, company.series().series_id, "von der Seite", by=BEN, now=NOW)
    company.sync()

    assert company.clients.body(ANNA, UID, FIRST).count("von der Seite") == 1


def test_stop_takes_the_block_out_again(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- offen")
    company.sync()

    with company.store.transaction() as tx:
        say_stop(tx, company.series().series_id, remove=True, by=BEN, now=company.now)
    company.sync()

    assert company.clients.body(BEN, UID, FIRST) == "Raum Linde"
    assert company.series().agenda_reason is Why.STOPPED
    assert company.open_points() == ["offen"]
