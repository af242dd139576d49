"""Sign-in that fails says what to do."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from adapters.google import Consent, GoogleSettings, build
from adapters.google.settings import EVENTS
from core.errors import AccountDisconnected, PermissionDenied, RateLimited, Unavailable
from core.model.calendar import CalendarId
from tests.adapters.google.consented import consent_of
from tests.examples import THOROUGH
from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, NOW, Connect

CALLS = 10_000 if THOROUGH else 800


def test_scope_that_is_not_delegated_breaks_only_what_needs_it(
    server: GoogleServer, connect: Connect, key_file: dict[str, Any]
) -> None:
    server.delegate(key_file, EVENTS)
    suite = connect(BEN)

    assert suite.calendar.list_calendars()
    assert suite.tasks is not None
    with pytest.raises(PermissionDenied, match=r"auth/tasks .* Domain-wide delegation"):
        suite.tasks.list_task_lists()


def test_revoked_delegation_names_the_place_to_mend_it(
    server: GoogleServer, connect: Connect, key_file: dict[str, Any]
) -> None:
    suite = connect(BEN)
    suite.calendar.list_calendars()
    server.delegate(key_file)
    with pytest.raises(PermissionDenied, match="Domain-wide delegation"):
        suite.calendar.list_calendars()


def test_suspended_person_is_disconnected(server: GoogleServer, connect: Connect) -> None:
    server.suspend(BEN)
    with pytest.raises(AccountDisconnected, match="suspended"):
        connect(BEN).calendar.list_calendars()


def test_token_that_ran_out_is_fetched_again(server: GoogleServer, connect: Connect) -> None:
    suite = connect(BEN)
    suite.calendar.list_calendars()
    server.clock.advance(timedelta(hours=2))

    assert suite.calendar.list_calendars()
    assert server.calls.count("token") == 2


def test_token_endpoint_in_trouble_may_be_asked_again(
    server: GoogleServer, connect: Connect
) -> None:
    server.faults.add("token", status=503, reason="internal_failure", times=99)
    with pytest.raises(Unavailable):
        connect(BEN).calendar.list_calendars()


def test_consent_works_and_its_end_is_told(server: GoogleServer, settings: GoogleSettings) -> None:
    consent = consent_of(server, ANNA)
    suite = build(settings, ANNA, consent, now=server.clock.now)

    assert suite.calendar.list_calendars()[0].calendar_id == ANNA
    server.withdraw_consent(ANNA)
    with pytest.raises(AccountDisconnected, match="connect again"):
        suite.calendar.list_calendars()


def test_api_that_is_switched_off_is_named(server: GoogleServer, connect: Connect) -> None:
    server.faults.add("calendar.events.list", status=403, reason="accessNotConfigured")
    with pytest.raises(PermissionDenied, match="enable it"):
        connect(BEN).calendar.list_calendars()


def test_secrets_are_in_no_repr(settings: GoogleSettings) -> None:
    consent = Consent(client_id="c", client_secret="geheim", refresh_token="geheim")

    assert "geheim" not in repr(consent)
    assert "sss" not in repr(settings)


@pytest.mark.slow
def test_ten_thousand_answers_to_eight_threads_for_eight_people_never_mix(
    server: GoogleServer, connect: Connect
) -> None:
    """Every thread asks for everybody in turn."""
    server.quotas.unlimited()
    people = [server.add_user(f"p{n}@example.com", f"P{n}").address for n in range(8)]
    for person in people:
        server.ui.create(person, person, NOW)
    suites = {person: connect(person) for person in people}
    wrong: list[Any] = []

    def read(shift: int) -> None:
        for turn in range(CALLS // 8):
            person = people[(shift + turn) % len(people)]
            page = suites[person].calendar.changes(CalendarId(person), None)
            if [event.title for event in page.changed] != [person]:
                wrong.append(page)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=110)

    assert wrong == []
    assert server.calls.count("calendar.events.list") == CALLS
    assert server.calls.count("token") == 8


def test_quota_of_a_person_is_outwaited_or_told(
    server: GoogleServer, connect: Connect, slept: list[float]
) -> None:
    server.quotas.calendar_user_per_minute = 1
    calendar = connect(BEN).calendar
    calendar.list_calendars()
    with pytest.raises(RateLimited):
        calendar.list_calendars()

    assert len(slept) == 3
