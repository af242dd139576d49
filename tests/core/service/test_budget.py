"""A suite that mails the attendees of each change: how the engine writes there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.budget import FREEZE, LAST_CALL, PAUSE, SETTLED
from core.memory.calendar import MemoryCalendar
from core.model.calendar import Body, EventRef, Revision
from core.model.series import SeriesState, Why
from core.ports import CalendarFeature
from core.service.account import accounts
from core.service.consent import say_stop
from core.service.edit import add_point
from tests.core.builders import ANNA, BEN
from tests.core.service.conftest import FIRST, Company

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def loud(with_copies: Company) -> Company:
    """Each write mails the attendees."""
    with_copies.server.features &= ~CalendarFeature.QUIET_UPDATE
    with_copies.now = FIRST - timedelta(hours=20)
    return with_copies


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[EventRef]:
    """Every body that was written."""
    made: list[EventRef] = []
    plain = MemoryCalendar.write_body

    def noted(port: MemoryCalendar, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        made.append(ref)
        return plain(port, ref, body, expect=expect)

    monkeypatch.setattr(MemoryCalendar, "write_body", noted)
    return made


def text(company: Company, person: str = BEN) -> str:
    return company.clients.body(person, "weekly", company.start())


def why(company: Company) -> Why:
    return company.series().agenda_reason


def test_a_yes_is_written_at_once_and_not_counted(loud: Company, writes: list[EventRef]) -> None:
    loud.say_yes()

    assert len(writes) == 1
    (spent,) = loud.series().spent
    assert (spent.automatic, spent.asked) == (0, 1)
    assert loud.series().asked_at is None


def test_what_is_typed_waits_until_typing_ends_and_is_one_write(
    loud: Company, writes: list[EventRef]
) -> None:
    loud.say_yes()
    for line in ("- one", "- two", "- three"):
        loud.add_line(ANNA, line)
        loud.now += MINUTE
        loud.sync()

    assert (len(writes), why(loud)) == (1, Why.WAITING)
    assert {"one", "two", "three"} == set(loud.open_points())
    loud.now += SETTLED
    loud.sync()

    assert (len(writes), why(loud)) == (2, Why.WRITTEN)
    assert all(line in text(loud) for line in ("one", "two", "three"))


def test_nothing_is_lost_or_doubled_while_it_waits(loud: Company, writes: list[EventRef]) -> None:
    loud.say_yes()
    loud.add_line(ANNA, "- hers")
    loud.sync()
    loud.add_line(BEN, "- his", below="Ben")
    loud.sync()
    loud.add_line(ANNA, "- hers too")
    loud.sync()

    assert sorted(loud.open_points()) == ["hers", "hers too", "his"]
    loud.now += SETTLED
    loud.sync()
    loud.sync()

    assert sorted(loud.open_points()) == ["hers", "hers too", "his"]
    assert all(text(loud, ANNA).count(f" {line}\n") == 1 for line in ("hers", "hers too", "his"))


def test_the_last_write_comes_two_hours_before_and_then_no_more(
    loud: Company, writes: list[EventRef]
) -> None:
    loud.say_yes()
    loud.add_line(ANNA, "- one")
    loud.sync()
    loud.now += SETTLED
    loud.sync()
    loud.add_line(ANNA, "- two")
    loud.sync()
    loud.now += SETTLED
    loud.sync()
    assert len(writes) == 2

    loud.now = FIRST - LAST_CALL
    loud.sync()
    assert len(writes) == 3
    assert "two" in text(loud)

    loud.add_line(ANNA, "- three")
    loud.sync()
    loud.now += SETTLED * 2
    loud.sync()
    assert (len(writes), why(loud)) == (3, Why.HELD_BACK)
    assert loud.open_points().count("three") == 1


def test_page_edits_are_written_beyond_the_two_but_not_close_to_the_start(
    loud: Company, writes: list[EventRef]
) -> None:
    loud.say_yes()
    for number in range(4):
        loud.now += PAUSE
        add_point(loud.services, loud.series().series_id, f"p{number}", by=ANNA, now=loud.now)
        loud.sync()
    assert len(writes) == 5

    loud.now = FIRST - FREEZE
    add_point(loud.services, loud.series().series_id, "late", by=ANNA, now=loud.now)
    loud.sync()
    assert (len(writes), why(loud)) == (5, Why.HELD_BACK)
    assert "late" in loud.open_points()


def test_what_was_held_back_stands_on_the_next_meeting_once(
    loud: Company, writes: list[EventRef]
) -> None:
    loud.say_yes()
    loud.now = FIRST - FREEZE
    loud.add_line(ANNA, "- late")
    loud.sync()
    loud.pass_meeting()

    assert loud.open_points() == ["late"]
    assert text(loud).count(" late ") == 1
    (spent,) = [s for s in loud.series().spent if s.original_start == loud.start()]
    assert spent.automatic == 1


def test_a_stop_close_to_the_start_leaves_the_text(loud: Company, writes: list[EventRef]) -> None:
    loud.say_yes()
    loud.now = FIRST - FREEZE + MINUTE
    with loud.store.transaction() as tx:
        say_stop(tx, loud.series().series_id, remove=True, by=BEN, now=loud.now)

    loud.sync()

    assert (len(writes), loud.series().state) == (1, SeriesState.DISABLED)


def test_a_write_that_failed_is_done_again_and_counted_once(
    loud: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.errors import Unavailable
    from core.service.run import sync_once

    loud.say_yes()
    loud.add_line(ANNA, "- one")
    loud.sync()
    loud.now += SETTLED
    with monkeypatch.context() as patch:

        def broken(*_: object, **__: object) -> Revision:
            raise Unavailable("no answer")

        patch.setattr(MemoryCalendar, "write_body", broken)
        for _ in range(3):
            sync_once(loud.services, loud.now)
            loud.now += MINUTE
    loud.now += HOUR
    loud.sync()

    assert "one" in text(loud)
    assert [s.automatic for s in loud.series().spent] == [1]


def test_a_quiet_suite_has_no_limit(with_copies: Company) -> None:
    with_copies.say_yes()
    with_copies.add_line(ANNA, "- one")
    with_copies.sync()

    assert "one" in text(with_copies)
    assert with_copies.series().spent == ()
    (account,) = accounts(with_copies.services)
    assert account.quiet


def test_account_says_what_is_used_and_when_the_next_write_comes(loud: Company) -> None:
    loud.say_yes()
    loud.add_line(ANNA, "- one")
    loud.sync()

    (account,) = accounts(loud.services)

    assert (account.quiet, account.automatic, account.most, account.asked) == (False, 0, 2, 1)
    assert account.freeze == FIRST - FREEZE
    assert account.due == loud.now + SETTLED
    assert account.why is Why.WAITING
