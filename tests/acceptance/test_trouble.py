"""What goes wrong on a real server: said in a sentence, the rest goes on, nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core.model.calendar import CalendarId
from core.model.series import ConnectionId, SeriesState, Why
from core.service.consent import say_yes
from core.service.run import sync_once
from core.service.services import Services
from tests.acceptance.conftest import MONDAY
from tests.acceptance.stories import POINT, open_points, with_a_point
from tests.servers import servers_python
from webhook_app.demo.cycle import Cycle
from webhook_app.demo.people import BEN, CLEO, PASSWORD, weekly
from webhook_app.demo.stage import Stage, actor
from webhook_app.embedded.radicale import Radicale
from webhook_app.embedded.radicale_files import SharedCalendar

BEN_S = ConnectionId("caldav:ben@example.com")
CLEO_S = ConnectionId("caldav:cleo@example.com")


def told(cycle: Cycle) -> str:
    """Do a pass and return what it complains of: troubles, and entries that cannot be read."""
    done = sync_once(cycle.stage.app.services, cycle.now)
    broken = [sentence for _, seen in done.observed for _, sentence in seen.broken]
    return "\n".join([*(trouble.text for trouble in done.troubles), *broken])


def type_unread(cycle: Cycle) -> None:
    cycle.type_below("anna", "Anna", "- kam dazwischen")


def read_after_all(cycle: Cycle) -> None:
    cycle.sync(cycle.now)
    assert sorted(open_points(cycle)) == sorted(["kam dazwischen", POINT])
    assert cycle.notes(cycle.start()).count("kam dazwischen") == 1


def test_a_wrong_password_is_said_and_what_was_typed_is_read_later(cycle: Cycle) -> None:
    stage: Stage = with_a_point(cycle).stage  # type: ignore[assignment]
    type_unread(cycle)
    with_password(stage, "wrong")

    complaint = told(cycle)

    assert "refuses the login of ben" in complaint
    assert "connect again" in complaint
    with_password(stage, PASSWORD)
    read_after_all(cycle)


def with_password(stage: Stage, password: str) -> None:
    """Keep another password; the suite is opened anew as its settings differ."""
    with stage.app.store.transaction() as tx:
        connection = tx.connection(BEN_S)
        assert connection is not None
        settings = (*(s for s in connection.settings if s[0] != "take"), ("take", password))
        tx.put_connection(replace(connection, settings=settings))
        tx.put_secret(BEN_S, password)


def test_a_server_that_is_down_is_said_and_what_was_typed_is_read_later(cycle: Cycle) -> None:
    stage: Stage = with_a_point(cycle).stage  # type: ignore[assignment]
    type_unread(cycle)
    stage.radicale.stop()

    complaint = told(cycle)

    assert "is not reachable: is the calendar server running?" in complaint
    again = Radicale(
        stage.app.settings.data / "radicale",
        python=servers_python(),
        logins=stage.radicale.logins,
        shared=stage.radicale.shared,
        port=stage.radicale.port,
    ).start()
    try:
        read_after_all(cycle)
    finally:
        again.stop()


def test_somebody_who_saves_between_our_read_and_our_write_loses_nothing(cycle: Cycle) -> None:
    with_a_point(cycle)
    cycle.type_below("anna", "Anna", "- zuerst")
    raced = with_a_race(cycle.stage.app.services, lambda: type_unread(cycle))

    done = sync_once(raced, cycle.now)

    assert done.troubles == ()
    cycle.sync(cycle.now)
    assert sorted(open_points(cycle)) == sorted([POINT, "zuerst", "kam dazwischen"])
    text = cycle.notes(cycle.start())
    assert [text.count(point) for point in (POINT, "zuerst", "kam dazwischen")] == [1, 1, 1]


def with_a_race(services: Services, meanwhile: Callable[[], None]) -> Services:
    """Let somebody save right before our first write: the server then answers 412."""
    waiting = [meanwhile]

    class Raced:
        def __init__(self, port: Any) -> None:
            self._port = port

        def __getattr__(self, verb: str) -> Any:
            if verb == "write_body" and waiting:
                waiting.pop()()
            return getattr(self._port, verb)

    def suite_of(connection: Any) -> Any:
        suite = services.suite_of(connection)
        return replace(suite, calendar=Raced(suite.calendar))

    return replace(services, suite_of=suite_of)


def test_a_sync_token_that_the_server_has_forgotten_starts_over_and_doubles_nothing(
    cycle: Cycle,
) -> None:
    stage: Stage = with_a_point(cycle).stage  # type: ignore[assignment]
    type_unread(cycle)
    for tokens in stage.app.settings.data.glob("radicale/**/.Radicale.cache/sync-token"):
        shutil.rmtree(tokens)

    read_after_all(cycle)


def test_an_event_that_is_deleted_meanwhile_ends_its_series_and_keeps_its_points(
    cycle: Cycle,
) -> None:
    stage: Stage = with_a_point(cycle).stage  # type: ignore[assignment]
    type_unread(cycle)
    raced = with_a_race(stage.app.services, lambda: actor("ben").phone.delete(url))
    url = stage.event_url("anna")

    sync_once(raced, cycle.now)
    cycle.sync(cycle.now)

    assert stage.series_of("anna").state is SeriesState.ENDED
    assert sorted(open_points(cycle)) == sorted(["kam dazwischen", POINT])


def test_a_read_only_calendar_is_said_and_read_on(cycle: Cycle) -> None:
    stage: Stage = cycle.stage  # type: ignore[assignment]
    shared = SharedCalendar(owner="ben", name="ben-anna", title="1:1", members=("cleo",))
    stage.radicale.share(shared, permissions="r")
    only_cleo_reads(stage)
    cycle.nothing_before_a_yes()
    before = actor("ben").phone.raw(stage.event_url("anna"))
    series = stage.series_of("anna")
    with stage.app.store.transaction() as tx:
        say_yes(tx, series.series_id, by=BEN.address, now=cycle.now)

    cycle.sync(cycle.now)

    assert stage.series_of("anna").agenda_reason is Why.READ_ONLY
    assert actor("ben").phone.raw(stage.event_url("anna")) == before


def only_cleo_reads(stage: Stage) -> None:
    with stage.app.store.transaction() as tx:
        ben, cleo = tx.connection(BEN_S), tx.connection(CLEO_S)
        assert ben is not None
        assert cleo is not None
        tx.put_connection(replace(ben, calendars=()))
        mine = CalendarId(stage.radicale.calendar_url("/cleo/ben-anna/"))
        tx.put_connection(replace(cleo, calendars=(mine,)))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"DTSTART;TZID=Mars/Olympus:20260316T090000", "'Mars/Olympus' is unknown"),
        (b"DTSTART:20260316T090000", "no time zone"),
    ],
)
def test_an_event_that_cannot_be_understood_is_named_and_the_rest_goes_on(
    cycle: Cycle, line: bytes, sentence: str
) -> None:
    with_a_point(cycle)
    stage: Stage = cycle.stage  # type: ignore[assignment]
    odd = weekly("odd", "Odd", MONDAY, notes="", organizer=BEN, attendee=CLEO)
    lines = [line if one.startswith(b"DTSTART") else one for one in odd.splitlines()]
    lines = [one for one in lines if not one.startswith(b"DTEND")]
    actor("ben").phone.put(f"{stage.calendars['anna']}odd.ics", b"\r\n".join(lines) + b"\r\n")
    type_unread(cycle)

    assert sentence in told(cycle)
    read_after_all(cycle)


def test_fifty_kilobytes_of_notes_stay_word_for_word(cycle: Cycle) -> None:
    long = "".join(f"Zeile {number} über Straße und Maß, mit Komma\n" for number in range(1200))
    assert len(long.encode()) > 50_000
    with_a_point(cycle)

    cycle.stage.desk("anna").edit_notes("anna", cycle.start(), lambda text: f"{long}\n{text}")
    type_unread(cycle)

    read_after_all(cycle)
    assert long.strip() in cycle.notes(cycle.start())
