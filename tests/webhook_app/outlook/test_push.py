"""Graph's notifications at `/hooks/outlook`: believed, coalesced, renewed, and dispensable."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from werkzeug.serving import make_server

from core.service.run import run_due, sync_once
from tests.acceptance.conftest import MONDAY
from webhook_app.config import Settings
from webhook_app.demo.cycle import Cycle
from webhook_app.demo.outlook_stage import OutlookStage, set_outlook_stage
from webhook_app.embedded.process import free_port
from webhook_app.hooks import receive
from webhook_app.hooks.inbox import work_off
from webhook_app.hooks.rows import SETTLE
from webhook_app.hooks.subscriptions import Upkeep, callback_url, kept
from webhook_app.web import create_app

BEN, ANNA = "ben@example.com", "anna@example.com"
CALENDAR = f"outlook:{BEN}"


@dataclass(slots=True)
class House:
    """The tenant, and our web app in a thread."""

    stage: OutlookStage
    upkeep: Upkeep
    now: datetime = MONDAY

    def __post_init__(self) -> None:
        self.stage.graph.clock.set(self.now)

    def wait(self, span: timedelta) -> None:
        self.now += span
        self.stage.graph.clock.set(self.now)

    def subscribed(self):
        with self.stage.app.store.transaction() as tx:
            return kept(tx, f"outlook:{BEN}", CALENDAR)

    def marks(self) -> list[str]:
        """Return the lanes in which something waits."""
        with self.stage.app.store.transaction() as tx:
            return [row.lane for row in tx.heads(self.now + SETTLE)]

    def new_meeting(self, subject: str = "1:1 new", day: int = 1) -> str:
        start = datetime(2026, 3, 20 + day, 9, 0)
        return self.stage.graph.ui.create_event(BEN, [ANNA], subject=subject, start=start)

    def known(self, uid: str) -> bool:
        with self.stage.app.store.transaction() as tx:
            return tx.series_by_uid(uid) is not None

    def follow(self) -> None:
        self.wait(SETTLE)
        work_off(self.stage.app, self.now)

    def post(self, content: bytes | dict, query: str | None = None) -> int:
        connection = next(c for c in self.connections() if c.person == BEN)
        url = callback_url(self.stage.app.settings, connection)
        if query is not None:
            url = url.partition("?")[0] + query
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code

    def connections(self):
        with self.stage.app.store.transaction() as tx:
            return tx.connections()


@pytest.fixture
def house(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    port = free_port()
    settings = Settings(data=tmp_path / "data", public_url=f"http://127.0.0.1:{port}")
    stage = set_outlook_stage(settings, MONDAY, frozen=True)
    monkeypatch.setattr(receive, "utc_now", lambda: made.now)
    server = make_server("127.0.0.1", port, create_app(stage.app), threaded=True)
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    made = House(
        stage=stage,
        upkeep=Upkeep(stage.app, lambda: made.now),
    )
    sync_once(stage.app.services, made.now)
    yield made
    server.shutdown()
    server.server_close()
    thread.join(5)
    stage.close()
    assert stage.graph.violations == []


@pytest.fixture
def pushed(house: House) -> House:
    """Subscribed, each mailbox once."""
    assert house.upkeep.round() == 3
    return house


def test_subscribing_answers_the_handshake_and_keeps_the_promise(pushed: House) -> None:
    promise = pushed.subscribed()

    assert promise is not None
    assert promise.trouble == ""
    assert promise.expires == pushed.now + timedelta(minutes=10_065)
    assert pushed.upkeep.round() == 0
    assert len(pushed.stage.graph.state.push.subscriptions) == 3


def test_a_push_is_kept_before_it_is_answered_and_the_calendar_is_read(pushed: House) -> None:
    uid = pushed.new_meeting()
    statuses = pushed.stage.graph.deliver()

    assert set(statuses) <= {202}
    assert any(CALENDAR in key for key in pushed.marks())
    pushed.follow()
    assert pushed.known(uid)
    assert pushed.marks() == []


def test_many_pushes_are_one_reading(pushed: House) -> None:
    pushed.stage.graph.state.push.duplicate = True
    pushed.stage.graph.state.push.reverse = True
    uids = [pushed.new_meeting(f"m{day}", day) for day in range(4)]
    for _ in range(3):
        pushed.stage.graph.deliver()
    before = len(pushed.stage.graph.calls)

    pushed.follow()

    calls = [c for c in pushed.stage.graph.calls[before:] if "delta" in c.path]
    assert sorted(c.mailbox for c in calls) == [ANNA, BEN]
    assert all(pushed.known(uid) for uid in uids)


def test_without_any_push_polling_finds_the_same(house: House) -> None:
    house.stage.graph.state.push.silent = True
    uid = house.new_meeting()

    sync_once(house.stage.app.services, house.now)

    assert house.known(uid)


@pytest.mark.parametrize(
    ("event", "lives"), [("reauthorizationRequired", True), ("subscriptionRemoved", False)]
)
def test_lifecycle_event_renews_soon(pushed: House, event: str, lives: bool) -> None:
    before = pushed.subscribed()
    subscription = before.subscription_id.partition(" ")[0]
    pushed.wait(timedelta(hours=2))
    pushed.stage.graph.lifecycle(subscription, event)
    assert pushed.stage.graph.deliver() == [202]
    assert any(CALENDAR in key for key in pushed.marks())

    assert pushed.upkeep.round() == 1

    after = pushed.subscribed()
    assert after.expires == pushed.now + timedelta(minutes=10_065)
    assert (after.subscription_id == before.subscription_id) is lives


def test_missed_only_makes_us_look(pushed: House) -> None:
    subscription = pushed.subscribed().subscription_id.partition(" ")[0]
    pushed.stage.graph.lifecycle(subscription, "missed")
    pushed.stage.graph.deliver()

    assert any(CALENDAR in key for key in pushed.marks())
    assert pushed.upkeep.round() == 0


def test_what_expired_over_a_weekend_is_made_anew_and_nothing_was_lost(pushed: House) -> None:
    pushed.wait(timedelta(days=9))
    uid = pushed.new_meeting(day=8)
    pushed.stage.graph.deliver()

    assert pushed.upkeep.round() == 3
    sync_once(pushed.stage.app.services, pushed.now)

    assert pushed.known(uid)
    assert pushed.subscribed().expires > pushed.now
    later = pushed.new_meeting(day=9)
    pushed.stage.graph.deliver()
    pushed.follow()
    assert pushed.known(later)


def test_renewal_comes_two_hours_before_the_end(pushed: House) -> None:
    first = pushed.subscribed()
    pushed.wait(timedelta(days=5))
    assert pushed.upkeep.round() == 0

    pushed.wait(timedelta(days=1, hours=22))
    assert pushed.upkeep.round() == 3
    assert pushed.subscribed().subscription_id == first.subscription_id
    assert pushed.subscribed().expires > first.expires


def test_what_is_not_from_our_subscription_is_refused(pushed: House) -> None:
    good = pushed.stage.graph.state.push.subscriptions.values()
    state = next(s.wanted["clientState"] for s in good if s.address == BEN)
    hers = next(s.wanted["clientState"] for s in good if s.address == ANNA)

    assert pushed.post({"value": [{"clientState": "wrong"}]}) == 403
    assert pushed.post({"value": [{"clientState": f"x{state}"}]}) == 403
    assert pushed.post({"value": [{"clientState": hers}]}) == 403
    assert pushed.post({"value": [{}]}) == 403
    assert pushed.post(b"not json") == 400
    assert pushed.post({"value": []}, "?c=unknown") == 404
    assert pushed.post({"value": [{"clientState": state}]}, "") == 404
    assert pushed.marks() == []
    assert pushed.post({"value": [{"clientState": "wrong"}, {"clientState": state}]}) == 202
    assert len(pushed.marks()) == 1


def test_giant_body_is_refused(pushed: House) -> None:
    good = pushed.stage.graph.state.push.subscriptions.values()
    state = next(s.wanted["clientState"] for s in good if s.address == BEN)
    item = {"clientState": state, "padding": "x" * 1_000}

    assert pushed.post({"value": [item] * 2_000}) == 413
    assert pushed.marks() == []


def test_an_edit_with_push_reaches_the_agenda_without_a_poll(pushed: House) -> None:
    cycle = Cycle(pushed.stage, pushed.now, lambda now: sync_once(pushed.stage.app.services, now))
    cycle.block_in_the_next_occurrence_only()
    pushed.stage.graph.deliver()
    pushed.follow()

    cycle.type_below("anna", "Anna", "- Urlaub")
    pushed.stage.graph.deliver()
    pushed.follow()
    run_due(pushed.stage.app.services, pushed.now)

    assert [p.text for p in cycle.agenda().points] == ["Urlaub"]
