"""What every store promises (core.store)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.model.actions import Action, ActionKind, ActionState, Happening
from core.model.agenda import Agenda, ItemId
from core.model.calendar import Body, BodyForm, CalendarId, Cursor, EventId, EventRef, TimeSlot
from core.model.people import Pair, PairId, Person, pair_id
from core.model.series import (
    Connection,
    ConnectionId,
    Copy,
    LinkState,
    Place,
    Series,
    SeriesId,
    SeriesState,
    Sheet,
    SheetId,
    SheetState,
    TaskLink,
    Written,
)
from core.model.tasks import TaskDraft, TaskId, TaskListId, TaskRef
from core.store import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SLOT = TimeSlot(start=NOW, end=NOW + timedelta(minutes=30), zone="Europe/Berlin")
ANNA = Person(address="anna@example.com", name="Anna Ähre", locale="de", zone="Europe/Berlin")
PAIR = Pair(
    pair_id=pair_id("anna@example.com", "ben@example.com"),
    manager="ben@example.com",
    report="anna@example.com",
)
EVENT = EventRef(calendar_id=CalendarId("/c/"), event_id=EventId("/c/1.ics"))
SERIES = Series(series_id=SeriesId("s1"), uid="u1", pair_id=PAIR.pair_id, slot=SLOT)
AGENDA = Agenda.from_dict(
    {
        "sections": [
            {
                "kind": "report",
                "owner": "anna@example.com",
                "points": [{"text": "Gehalt", "sensitive": True}, {"text": "☂ שלום"}],
                "action_items": [{"text": "Budget", "due": "2026-06-12"}],
            },
            {"title": {"de": "Ziele", "en": "Goals"}},
        ]
    }
)


def sheet(number: int, state: SheetState = SheetState.OPEN) -> Sheet:
    """Return a sheet of the one series."""
    return Sheet(
        sheet_id=SheetId(f"sheet{number}"),
        series_id=SERIES.series_id,
        pair_id=PairId(PAIR.pair_id),
        agenda=AGENDA,
        state=state,
        place=Place(original_start=NOW, slot=SLOT),
        number=number,
    )


def action(subject: str = "s1", due_at: datetime = NOW) -> Action:
    """Return an action that is due."""
    return Action(kind=ActionKind.RECONCILE, subject=subject, due_at=due_at, lane=subject)


class StoreContract:
    """Subclass it with a `store` fixture that returns an empty store."""

    def test_what_is_put_comes_back_equal(self, store: Store) -> None:
        connection = Connection(
            connection_id=ConnectionId("c1"),
            suite="caldav",
            person="anna@example.com",
            settings=(("url", "http://127.0.0.1/"),),
            calendars=(CalendarId("/c/"),),
            task_list=TaskListId("/t/"),
        )
        with store.transaction() as tx:
            tx.put_person(ANNA)
            tx.put_pair(PAIR)
            tx.put_connection(connection)
            tx.put_series(SERIES)

        with store.transaction() as tx:
            assert tx.person("anna@example.com") == ANNA
            assert tx.people() == [ANNA]
            assert tx.pair(PAIR.pair_id) == PAIR
            assert tx.pairs() == [PAIR]
            assert tx.connections() == [connection]
            assert tx.connection(ConnectionId("c1")) == connection
            assert tx.series(SeriesId("s1")) == SERIES

    def test_what_is_missing_is_none(self, store: Store) -> None:
        with store.transaction() as tx:
            assert tx.person("nobody@example.com") is None
            assert tx.series(SeriesId("none")) is None
            assert tx.series_by_uid("none") is None
            assert tx.open_sheet(SeriesId("none")) is None
            assert tx.cursor(ConnectionId("none"), "x") is None
            assert tx.action(action().key) is None

    def test_an_error_takes_everything_back(self, store: Store) -> None:
        with pytest.raises(ZeroDivisionError), store.transaction() as tx:  # noqa: PT012
            tx.put_person(ANNA)
            tx.put_cursor(ConnectionId("c1"), "/c/", Cursor("7"))
            raise ZeroDivisionError

        with store.transaction() as tx:
            assert tx.people() == []
            assert tx.cursor(ConnectionId("c1"), "/c/") is None

    def test_a_transaction_sees_its_own_changes(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.put_person(ANNA)
            assert tx.person(ANNA.address) == ANNA

    def test_a_cursor_is_replaced_and_forgotten(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.put_cursor(ConnectionId("c1"), "/c/", Cursor("1"))
            tx.put_cursor(ConnectionId("c1"), "/c/", Cursor("2"))
            assert tx.cursor(ConnectionId("c1"), "/c/") == "2"
            tx.put_cursor(ConnectionId("c1"), "/c/", None)
            assert tx.cursor(ConnectionId("c1"), "/c/") is None

    def test_series_are_found_by_uid_pair_and_state(self, store: Store) -> None:
        other = replace(SERIES, series_id=SeriesId("s2"), uid="u2", state=SeriesState.ENABLED)
        with store.transaction() as tx:
            tx.put_series(SERIES)
            tx.put_series(replace(other, pair_id=None))

            assert tx.series_by_uid("u1") == SERIES
            assert tx.series_of(PAIR.pair_id) == [SERIES]
            assert [s.series_id for s in tx.all_series()] == ["s1", "s2"]
            assert [s.uid for s in tx.all_series(SeriesState.ENABLED)] == ["u2"]

    def test_only_enabled_series_whose_time_has_come_are_looked_at(self, store: Store) -> None:
        due = replace(SERIES, state=SeriesState.ENABLED, look_again=NOW)
        later = replace(due, series_id=SeriesId("s2"), uid="2", look_again=NOW + timedelta(1))
        found = replace(due, series_id=SeriesId("s3"), uid="3", state=SeriesState.FOUND)
        with store.transaction() as tx:
            for series in (due, later, found):
                tx.put_series(series)

            assert tx.series_to_look_at(NOW) == [due]

    def test_the_leading_copy_comes_first(self, store: Store) -> None:
        mine = Copy(
            series_id=SERIES.series_id,
            connection_id=ConnectionId("a"),
            event=EVENT,
            whose="anna@example.com",
            leading=False,
        )
        leading_at = EventRef(calendar_id=CalendarId("/z/"), event_id=EventId("/z/1.ics"))
        leading = replace(mine, event=leading_at, leading=True)
        with store.transaction() as tx:
            tx.put_copy(mine)
            tx.put_copy(leading)

            assert tx.copies(SERIES.series_id) == [leading, mine]
            assert tx.copy_at(EVENT.calendar_id, EVENT.event_id) == mine
            assert tx.copies_in(CalendarId("/z/")) == [leading]
            tx.remove_copy(EVENT)
            assert tx.copy_at(EVENT.calendar_id, EVENT.event_id) is None

    def test_sheets_come_oldest_first_and_one_is_open(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.put_sheet(sheet(2))
            tx.put_sheet(sheet(1, SheetState.CLOSED))

            assert [s.number for s in tx.sheets(SERIES.series_id)] == [1, 2]
            assert tx.open_sheet(SERIES.series_id) == sheet(2)
            assert tx.open_sheets_of(PAIR.pair_id) == [sheet(2)]

    def test_what_was_written_keeps_every_character(self, store: Store) -> None:
        body = Body(form=BodyForm.HTML, content="<p>ä\r\n\u200b☂</p>", rich="\x00")
        mine = Written(
            sheet_id=SheetId("sheet1"),
            event=EVENT,
            base=body,
            base_agenda=AGENDA,
            pending=Body(),
            pending_agenda=AGENDA,
            original=Body(content=""),
        )
        with store.transaction() as tx:
            tx.put_written(mine)
        with store.transaction() as tx:
            assert tx.written(SheetId("sheet1")) == [mine]
            tx.remove_written(SheetId("sheet1"), EVENT)
            assert tx.written(SheetId("sheet1")) == []

    def test_a_task_link_is_found_by_item_series_and_task(self, store: Store) -> None:
        link = TaskLink(
            item_id=ItemId("i1"),
            series_id=SERIES.series_id,
            connection_id=ConnectionId("a"),
            ref=TaskRef(list_id=TaskListId("/t/"), task_id=TaskId("/t/1.ics")),
            seen=TaskDraft(title="Budget", due=date(2026, 6, 12)),
            state=LinkState.LINKED,
        )
        with store.transaction() as tx:
            tx.put_task_link(link)

            assert tx.task_link(ItemId("i1")) == link
            assert tx.task_links(SERIES.series_id) == [link]
            assert tx.task_link_at(ConnectionId("a"), "/t/1.ics") == link
            assert tx.task_link_at(ConnectionId("b"), "/t/1.ics") is None

    def test_the_same_action_wanted_twice_is_one_that_counts_two(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.want(action())
            tx.want(action(due_at=NOW + timedelta(hours=1)))

            assert [(a.wanted, a.due_at) for a in tx.due_actions(NOW)] == [(2, NOW)]

    def test_due_actions_are_those_whose_time_has_come(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.want(action("late", NOW - timedelta(hours=1)))
            tx.want(action("now"))
            tx.want(action("later", NOW + timedelta(seconds=1)))

            assert [a.subject for a in tx.due_actions(NOW)] == ["late", "now"]
            assert [a.subject for a in tx.due_actions(NOW, limit=1)] == ["late"]

    def test_an_action_asked_for_during_its_run_runs_again(self, store: Store) -> None:
        with store.transaction() as tx:
            tx.want(action())
            running = tx.due_actions(NOW)[0]
            tx.want(action())

            assert tx.finish(running) is False
            assert tx.due_actions(NOW)[0].wanted == 2
            assert tx.finish(tx.due_actions(NOW)[0]) is True
            assert tx.due_actions(NOW) == []

    def test_a_failed_action_is_due_again_when_wanted_again(self, store: Store) -> None:
        failed = replace(action(), state=ActionState.FAILED, attempts=3, trouble="no")
        with store.transaction() as tx:
            tx.put_action(failed)
            tx.want(action())

            again = tx.due_actions(NOW)[0]
            assert (again.state, again.attempts, again.trouble) == (ActionState.DUE, 0, "")

    def test_happenings_are_numbered_in_order(self, store: Store) -> None:
        first = Happening(at=NOW, name="agenda.written", subject="s1", by=ANNA.address)
        second = replace(first, name="point.carried", count=3, by=None)
        with store.transaction() as tx:
            tx.record(first)
            tx.record(second)
        with store.transaction() as tx:
            numbered = tx.happenings()
            assert [h for _, h in numbered] == [first, second]
            assert tx.happenings(after=numbered[0][0]) == [numbered[1]]
