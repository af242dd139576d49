"""What webhooks tell of a series: a cancelled talk, a rhythm that drifts, a new series."""

from __future__ import annotations

import json
from datetime import timedelta

from core.model.calendar import EventDraft
from core.service.outgoing import pump
from core.service.run import run_due
from tests.core.builders import ANNA, BEN, people, slot
from tests.core.service.conftest import UID
from tests.webhook_app.outgoing.receiver import Receiver
from tests.webhook_app.outgoing.sending import EVERY, SECRET, add, hook
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now

LATER = ["meeting.cancelled", "series.drift", "pair.relinked"]


def listen(house: World, receiver: Receiver) -> None:
    """Let Anna's program hear everything of a 1:1 that was just held."""
    house.company.now = utc_now()
    house.company.sync()
    hold(house)
    hook(house.browser(ANNA), receiver.url, events=EVERY)


def tell(house: World) -> None:
    """Do what the engine does, on the company's own clock."""
    pump(house.app.services, house.company.now)
    run_due(house.app.services, house.company.now)


def told(receiver: Receiver, *names: str) -> list[str]:
    """The events of these names that came in."""
    return [body["type"] for body in receiver.bodies if body["type"] in (names or LATER)]


def call_off(house: World) -> None:
    """Cancel the next talk an hour before it begins."""
    company = house.company
    company.now = max(company.now, company.start() - timedelta(hours=1))
    company.clients.cancel(BEN, UID, company.start())
    company.sync()
    tell(house)


def hold(house: World) -> None:
    """Let the next talk take place."""
    house.company.pass_meeting()
    tell(house)


def test_a_talk_that_is_called_off_is_told_once(house: World, receiver: Receiver) -> None:
    listen(house, receiver)
    add(house)

    call_off(house)
    house.company.sync()
    tell(house)

    (body,) = [b for b in receiver.bodies if b["type"] == "meeting.cancelled"]
    assert body["data"]["series"] == house.company.series().series_id
    assert told(receiver) == ["meeting.cancelled"]
    assert SECRET not in json.dumps(receiver.bodies)


def test_talks_that_become_rarer_than_agreed_are_told(house: World, receiver: Receiver) -> None:
    """Agreed is every week; they meet every third."""
    listen(house, receiver)
    for _ in range(2):
        call_off(house)
        call_off(house)
        hold(house)
    assert told(receiver, "series.drift") == []

    call_off(house)
    call_off(house)
    hold(house)

    assert told(receiver, "series.drift") == ["series.drift"]


def test_a_series_that_is_only_called_off_is_told_to_drift(
    house: World, receiver: Receiver
) -> None:
    """No talk is held any more: the one that is called off is the moment to say so."""
    listen(house, receiver)
    for _ in range(3):
        call_off(house)
    assert told(receiver, "series.drift") == []

    call_off(house)

    assert told(receiver, "series.drift") == ["series.drift"]


def test_talks_as_agreed_drift_nowhere(house: World, receiver: Receiver) -> None:
    listen(house, receiver)
    for _ in range(4):
        hold(house)

    assert told(receiver) == []
    assert told(receiver, "meeting.held") == ["meeting.held"] * 4


def test_a_new_series_in_an_old_one_s_place_is_told_as_the_new_one(
    house: World, receiver: Receiver
) -> None:
    listen(house, receiver)
    add(house)
    company, old = house.company, house.company.series().series_id
    draft = EventDraft(
        title="1:1 Anna & Ben",
        slot=slot(company.start() + timedelta(hours=2)),
        participants=people(BEN, ANNA),
        rrule="FREQ=WEEKLY",
    )

    company.clients.replace_series(BEN, UID, draft, "weekly-2")
    company.sync()
    tell(house)

    (body,) = [b for b in receiver.bodies if b["type"] == "pair.relinked"]
    new = company.series("weekly-2").series_id
    assert body["data"]["series"] == new != old
    assert SECRET not in json.dumps(receiver.bodies)
