"""A manager is told once what was found, before anything is written; who knows is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.errors import Unavailable
from core.model.devices import Device
from core.model.first_message import FirstMessage, FirstState
from core.model.messages import Message
from core.model.series import SeriesState
from core.service.access_request import person_export
from core.service.consent import say_stop, say_yes
from core.service.run import run_due, sync_once
from core.service.settings import change_person
from tests.core.builders import ANNA, BEN
from tests.core.service.conftest import Company
from tests.core.service.test_reminders import Port, Post, until


@pytest.fixture
def post(company: Company) -> Post:
    """Ben's 1:1 is found; he can be written to."""
    made = Post()
    company.services = replace(
        company.services,
        reach=made.reach,
        page_of=lambda who: f"https://example.org/{who}",
        admin="root@example.com",
    )
    company.sync()
    return made


def state(company: Company) -> FirstState:
    with company.store.transaction() as tx:
        known = tx.noun(FirstMessage, BEN)
    assert known is not None
    return known.state


@pytest.mark.capability("F-44")
def test_one_message_says_what_was_found_and_what_a_yes_would_write(
    company: Company, post: Post
) -> None:
    until(company, 3)

    (mail,) = post.of(BEN)
    assert post.of(ANNA) == []
    assert mail.subject == "Deine 1:1 können ihre Agenda im Kalender haben"
    assert "Noch ist nichts geschrieben" in mail.body.text
    assert "1 Gespräch zu zweit" in mail.body.text
    assert "Anna" in mail.body.text
    assert "▼ 1:1-Agenda (hier schreiben)" in mail.body.text
    assert "Eingerichtet von root@example.com." in mail.body.text
    assert [button.url for button in mail.buttons] == [f"https://example.org/{BEN}"]
    assert mail.body.html.count("http") == 1
    assert "<img" not in mail.body.html
    assert company.server.writes == []


def test_it_comes_in_working_hours(company: Company, post: Post) -> None:
    until(company, 3)

    with company.store.transaction() as tx:
        known = tx.noun(FirstMessage, BEN)
    assert known is not None
    assert known.due.weekday() < 5
    assert 9 <= known.due.hour < 17


@pytest.mark.parametrize("times", [1, 2])
def test_a_new_series_or_a_reading_from_the_start_tells_nothing_again(
    company: Company, post: Post, times: int
) -> None:
    until(company, 3)
    series = company.series()
    for _ in range(times):
        with company.store.transaction() as tx:
            tx.put_series(replace(series, state=SeriesState.OTHER))
            for connection in tx.connections():
                for calendar in connection.calendars:
                    tx.put_cursor(connection.connection_id, calendar, None)
        until(company, 3)

    assert company.series().state is SeriesState.FOUND
    assert len(post.of(BEN)) == 1


@pytest.mark.parametrize("word", [say_yes, lambda *a, **k: say_stop(*a, remove=True, **k)])
def test_who_has_said_yes_or_stop_is_not_told(company: Company, post: Post, word: object) -> None:
    with company.store.transaction() as tx:
        word(tx, company.series().series_id, by=BEN, now=company.now)  # type: ignore[operator]
    until(company, 1)

    assert [m for m in post.of(BEN) if "1:1 mit" not in m.subject] == []
    assert state(company) is FirstState.LET_GO


def test_who_wants_no_messages_gets_none(company: Company, post: Post) -> None:
    with company.store.transaction() as tx:
        change_person(tx, BEN, reminders=False, now=company.now)
    until(company, 3)

    assert post.sent == []
    assert state(company) is FirstState.LET_GO


def test_switched_off_it_waits_until_it_is_switched_on(company: Company, post: Post) -> None:
    company.services = replace(company.services, first_message=False)
    until(company, 3)
    assert post.sent == []

    company.services = replace(company.services, first_message=True)
    until(company, 5)
    assert len(post.of(BEN)) == 1


def test_without_a_way_to_them_it_waits(company: Company, post: Post) -> None:
    company.services = replace(company.services, reach=lambda _who, _channel: None)
    until(company, 2)
    assert state(company) is FirstState.PLANNED

    company.services = replace(company.services, reach=post.reach)
    until(company, 5)
    assert len(post.of(BEN)) == 1


def run_until(company: Company, end: datetime) -> None:
    while company.now < end:
        company.now += timedelta(hours=1)
        run_due(company.services, company.now)


def test_a_channel_that_fails_is_tried_again(company: Company, post: Post) -> None:
    post.fails = 2
    run_until(company, company.now + timedelta(days=3))

    assert len(post.of(BEN)) == 1
    assert state(company) is FirstState.SENT


def test_a_process_that_dies_while_sending_sends_nothing_more(company: Company, post: Post) -> None:
    class Dies(Port):
        def send(self, message: Message, *, key: object) -> object:  # type: ignore[override]
            self.post.sent.append((self.channel, message))
            raise KeyboardInterrupt

    company.services = replace(company.services, reach=lambda _who, channel: Dies(post, channel))
    with pytest.raises(KeyboardInterrupt):
        run_until(company, company.now + timedelta(days=3))
    company.services = replace(company.services, reach=post.reach)
    run_until(company, company.now + timedelta(days=3))

    assert len(post.of(BEN)) == 1
    assert state(company) is FirstState.SENT


def test_the_calendar_is_away_so_the_preview_waits(company: Company, post: Post) -> None:
    company.now += timedelta(days=1)
    real = company.services.suite_of

    def away(_connection: object) -> object:
        raise Unavailable("the calendar does not answer")

    company.services = replace(company.services, suite_of=away)  # type: ignore[arg-type]
    run_due(company.services, company.now)
    assert post.sent == []

    company.services = replace(company.services, suite_of=real)
    until(company, 2)
    assert len(post.of(BEN)) == 1


def test_nobody_is_written_to_whose_account_is_not_connected(company: Company) -> None:
    company.services = replace(company.services, reach=Post().reach)
    with company.store.transaction() as tx:
        for connection in tx.connections():
            if connection.person == BEN and company.copies:
                tx.put_connection(replace(connection, calendars=(), person="other@example.com"))
            elif connection.person == BEN:
                tx.put_connection(replace(connection, person=ANNA))
    sync_once(company.services, company.now)

    with company.store.transaction() as tx:
        assert list(tx.nouns(FirstMessage)) == []


def test_markup_in_a_title_or_a_name_is_words(company: Company, post: Post) -> None:
    bad = "<img src=x onerror=alert(1)>"
    with company.store.transaction() as tx:
        tx.put_series(replace(company.series(), title=f"{bad} {{other}}"))
        anna = tx.person(ANNA)
        assert anna is not None
        tx.put_person(replace(anna, name=bad))
    until(company, 3)

    (mail,) = post.of(BEN)
    assert "<img" not in mail.body.html
    assert "&lt;img" in mail.body.html


def test_the_export_says_when_it_was_sent_and_which_browsers_are_known(
    company: Company, post: Post
) -> None:
    until(company, 3)
    with company.store.transaction() as tx:
        ends = company.now + timedelta(days=1)
        tx.put_noun(Device(device_id="digest", person=BEN, since=company.now, expires_at=ends))
        found = person_export(tx, BEN, company.now)

    assert found["first_message"]["state"] == "sent"
    assert found["browsers"] == [{"since": company.now.isoformat(), "until": ends.isoformat()}]
    assert "digest" not in str(found["browsers"])
