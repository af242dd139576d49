"""The suite as a whole: by its name, by each road of consent, from many threads, through storms."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from adapters import registry
from adapters.outlook import AppSecret, Consent, build, secret_text, settings_text
from adapters.outlook.auth import finish_consent
from adapters.outlook.kept import read_secret
from core.errors import AccountDisconnected, InvalidInput, PermissionDenied, RateLimited
from core.model.calendar import CalendarId
from tests.adapters.outlook.conftest import ANNA, BEN
from tests.adapters.outlook.test_auth import consent_of


def test_registry_builds_the_suite_by_its_name(graph, settings):
    secret = secret_text(AppSecret(secret=graph.secret))
    suite = registry.build("outlook", settings_text(settings, BEN), secret)

    listed = suite.calendar.list_calendars()
    suite.calendar.close()

    assert (suite.name, suite.messages, suite.push) == ("outlook", None, None)
    assert [each.calendar_id for each in listed] == ["outlook:ben@example.com"]
    assert listed[0].zone == "Europe/Berlin"


def test_another_bearer_takes_the_place_of_our_credentials(graph, settings):
    class Broker:
        forgotten = 0

        def token(self):
            return graph.token() if self.forgotten else "withdrawn"

        def forget(self, token):
            self.forgotten += token == "withdrawn"

    broker, secret = Broker(), secret_text(AppSecret(secret="never asked for"))
    suite = build(settings_text(settings, BEN), secret, bearer=broker)

    assert len(suite.calendar.list_calendars()) == 1
    suite.calendar.close()
    assert broker.forgotten == 1


def test_building_asks_nothing_of_microsoft(graph, connect):
    connect(BEN)

    assert graph.calls == []


def test_storm_of_refusals_is_waited_out_and_then_left_to_the_jobs(graph, connect, waits):
    calendar = connect(BEN).calendar
    graph.faults.add("throttle", times=3)
    calendar.changes(calendar.calendar_id, None)
    assert waits == [2.128] * 3

    graph.faults.add("throttle", times=20)
    with pytest.raises(RateLimited):
        calendar.changes(calendar.calendar_id, None)


def test_threads_share_one_suite(graph, connect):
    suite = connect(BEN)
    found = []

    def read():
        found.append(suite.calendar.changes(CalendarId("outlook:ben@example.com"), None).changed)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert found == [()] * 8


def test_wrong_secret_is_denied(graph, settings):
    suite = build(settings_text(settings, BEN), secret_text(AppSecret(secret="no")))

    with pytest.raises(PermissionDenied):
        suite.calendar.list_calendars()
    suite.calendar.close()


def test_person_s_own_consent_opens_their_mailbox_alone_and_its_new_token_is_kept(graph, settings):
    consent, _ = finish_consent(settings, None, *consent_of(graph, settings, None))
    kept = []
    secret = secret_text(consent, b"push")
    suite = build(settings_text(settings, ANNA), secret, keep_secret=kept.append)

    assert suite.calendar.changes(CalendarId(f"outlook:{ANNA}"), None).changed == ()
    assert suite.tasks.list_task_lists()
    fresh, push_secret = read_secret(kept[-1])
    suite.calendar.close()
    other = build(settings_text(settings, BEN), secret)
    with pytest.raises(PermissionDenied):
        other.calendar.list_calendars()
    other.calendar.close()

    assert isinstance(fresh, Consent)
    assert fresh.refresh_token != consent.refresh_token
    assert push_secret == b"push"


def test_ended_consent_disconnects_the_account(graph, settings):
    consent = Consent(refresh_token="never given", client=AppSecret(secret=graph.secret))
    suite = build(settings_text(settings, ANNA), secret_text(consent))

    with pytest.raises(AccountDisconnected):
        suite.calendar.list_calendars()
    suite.calendar.close()


def test_importing_the_adapter_costs_nothing_until_it_is_used():
    """msgraph-sdk alone is 16,741 files: only who builds a suite loads anything."""
    program = (
        "import sys; import adapters.outlook, adapters.registry; "
        "heavy = {'msgraph', 'msal', 'httpx', 'requests', 'kiota_http', 'azure', 'jwt'}; "
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.strip() == "[]"


def test_without_its_libraries_it_says_what_to_install(monkeypatch, settings):
    monkeypatch.setitem(sys.modules, "adapters.outlook.auth", None)
    secret = secret_text(AppSecret(secret="x"))

    with pytest.raises(InvalidInput, match="extra `outlook`"):
        registry.build("outlook", settings_text(settings, BEN), secret)


def test_all_accounts_share_one_thread_and_one_token(graph, connect):
    for person in (BEN, ANNA):
        connect(person).calendar.list_calendars()

    assert [t.name for t in threading.enumerate()].count("outlook-loop") == 1
    assert len({call.headers["authorization"] for call in graph.calls}) == 1


def test_renewed_consent_is_kept(graph, settings):
    flow, answer = consent_of(graph, settings, None)
    consent, address = finish_consent(settings, None, flow, answer)
    kept = []
    suite = registry.build(
        "outlook", settings_text(settings, address), secret_text(consent), kept.append
    )

    suite.calendar.list_calendars()
    suite.calendar.close()

    (fresh, _) = read_secret(kept[0])
    assert isinstance(fresh, Consent)
    assert fresh.refresh_token != consent.refresh_token
