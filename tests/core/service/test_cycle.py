"""The engine's use cases on calendars in memory, shared and with a copy for each."""

from __future__ import annotations

from datetime import timedelta

from core.errors import AccountDisconnected, PermissionDenied, RateLimited, Unavailable
from core.model.actions import ActionState
from core.model.agenda import ActionItem, ItemState, PointState
from core.model.series import LinkState, SeriesState, Why
from core.model.tasks import TaskRef, TaskStatus
from core.service.consent import say_stop
from core.service.edit import add_point, set_done
from core.service.reconcile import preview
from core.service.run import retry_at, sync_once
from tests.core.builders import ANNA, BEN, CLEO, NOW, people, slot
from tests.core.service.conftest import FIRST, UID, WEEK, Company


def test_nothing_is_written_before_a_yes(company: Company) -> None:
    company.sync()

    assert company.series().state is SeriesState.FOUND
    assert company.series().agenda_reason is Why.NOT_ASKED
    assert company.clients.body(BEN, UID, FIRST) == "Raum Linde"


def test_a_yes_puts_the_agenda_into_the_next_occurrence_only(company: Company) -> None:
    company.say_yes()

    assert company.start() == FIRST
    assert "Anna" in company.clients.body(ANNA, UID, FIRST)
    assert company.clients.body(BEN, UID) == "Raum Linde"
    assert company.clients.body(BEN, UID, FIRST + WEEK) == "Raum Linde"
    assert company.series().agenda_reason is Why.WRITTEN


def test_preview_is_what_a_yes_writes_and_writes_nothing(company: Company) -> None:
    company.sync()
    seen = preview(company.services, company.series().series_id, company.now)
    assert company.clients.body(BEN, UID, FIRST) == "Raum Linde"

    company.say_yes()

    assert [w.after.content for w in seen.writes] == [company.clients.body(BEN, UID, FIRST)]


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


def test_both_copies_edited_at_once_lose_nothing(with_copies: Company) -> None:
    with_copies.say_yes()
    with_copies.add_line(ANNA, "- von Anna")
    with_copies.add_line(BEN, "- von Ben", below="Ben")

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

    company.type(BEN, lambda text: text.replace("[ ] Urlaub", "[x] Urlaub"))
    company.sync()

    assert company.agenda().points[0].state is PointState.DISCUSSED


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


def test_a_task_ticked_in_its_tool_is_ticked_on_the_agenda(company: Company) -> None:
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


def test_what_is_open_is_carried_once_and_counts(company: Company) -> None:
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
    assert text.count("offen") - text.count("Offen") == 1
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


def test_a_third_person_pauses_the_agenda(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- unser Punkt")
    company.sync()
    shelf = company.server.shelf_with(BEN, UID)
    entry = company.server.find(shelf.calendar_id, UID)

    entry.master.participants = people(BEN, ANNA, CLEO)
    company.server.store(shelf, entry)
    before = len(company.server.writes)
    add_point(company.services, company.series().series_id, "geheim", by=BEN, now=company.now)
    company.sync()

    assert company.series().agenda_reason is Why.MORE_THAN_TWO
    assert len(company.server.writes) == before
    assert company.open_points() == ["unser Punkt", "geheim"]


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


def test_a_read_only_calendar_is_said_and_nothing_is_lost(company: Company) -> None:
    company.sync()
    company.server.fail("write_body", PermissionDenied("read-only"))

    company.say_yes()

    assert company.series().agenda_reason is Why.READ_ONLY


def test_a_server_that_is_down_is_asked_again_later(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- offen")
    company.server.fail("write_body", Unavailable("down"))

    failed = sync_once(company.services, company.now)
    assert [t.text for t in failed.troubles] != []
    company.now += timedelta(minutes=1)
    company.sync()

    assert company.clients.body(BEN, UID, FIRST).count("offen") == 1


def test_a_write_whose_answer_was_lost_is_not_doubled(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- nur einmal")
    company.server.fail("write_body", Unavailable("time-out"), done=True)

    sync_once(company.services, company.now)
    company.now += timedelta(minutes=1)
    company.sync()
    company.sync()

    assert company.open_points() == ["nur einmal"]
    assert company.clients.body(BEN, UID, FIRST).count("nur einmal") == 1


def test_a_revoked_account_is_said_and_comes_back(company: Company) -> None:
    company.say_yes()
    company.server.fail("changes", AccountDisconnected("401"))
    sync_once(company.services, company.now)
    with company.store.transaction() as tx:
        down = [c.state.value for c in tx.connections()]
    assert "disconnected" in down

    company.sync()

    with company.store.transaction() as tx:
        assert {c.state.value for c in tx.connections()} == {"active"}


def test_expired_cursors_start_over_without_a_loss(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "- offen")
    company.server.expire_cursors()
    company.tasks.expire_cursors()

    company.sync()

    assert company.open_points() == ["offen"]


def test_waits_double_up_to_an_hour_and_end() -> None:
    down = Unavailable("down")

    waits = [retry_at(down, n, NOW) for n in (1, 2, 3, 30)]

    assert [w - NOW for w in waits if w] == [
        timedelta(seconds=5),
        timedelta(seconds=10),
        timedelta(seconds=20),
        timedelta(hours=1),
    ]
    assert retry_at(down, 40, NOW) is None
    assert retry_at(PermissionDenied("no"), 1, NOW) is None
    told = RateLimited("slow", retry_after=timedelta(seconds=90))
    assert retry_at(told, 7, NOW) == NOW + timedelta(seconds=90)


def test_an_action_that_can_never_work_fails_and_the_rest_goes_on(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "TODO Ben: Budget")
    company.tasks.fail("create_task", PermissionDenied("no"))

    done = sync_once(company.services, company.now)

    assert [a.kind.value for a in done.ran if a.state is ActionState.FAILED] == ["mirror"]
    assert "Budget" in company.clients.body(BEN, UID, FIRST)
