"""Push from Google's channel to the engine's reading, its renewal, and leaving an account."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from core.model.around import Around
from core.model.calendar import CalendarId, Cursor
from core.model.received import ReceivedState
from core.model.series import ConnectionId, SeriesState
from core.service.consent import say_yes
from core.service.run import sync_once
from tests.servers.google import GoogleServer
from tests.webhook_app.google_office import ANNA, BEN, Office, make_office
from webhook_app.hooks.rows import SETTLE, calendar_in
from webhook_app.hooks.subscriptions import MARGIN, RECHECK, Upkeep, kept
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app
from webhook_app.wiring import App

BEN_ID = ConnectionId(f"google:{BEN}")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with GoogleServer() as server:
        made = make_office(server, tmp_path, monkeypatch.setenv)
        assert made.connect(BEN, ANNA) == 0
        yield made
        server.check()
        assert server.mails.caused_by_api == []


@pytest.fixture
def app(office: Office) -> Iterator[App]:
    """The installation, reachable by the stand-in at a port of its own."""
    opened = office.open()
    flask = create_app(opened)
    server = make_server("127.0.0.1", 0, flask, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    made = replace(opened, settings=replace(opened.settings, public_url=url, push="on"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()
    opened.close()


def hints(app: App) -> list[tuple[str, str]]:
    """Return the calendars to be read, and forget them as the engine would."""
    with app.store.transaction() as tx:
        heads = tx.heads(utc_now() + SETTLE)
        for head in heads:
            last = tx.last_waiting(head.lane)
            tx.mark_received(head.lane, ReceivedState.DONE, first=head.number, last=last)
    return [calendar_in(head.lane) for head in heads]


def weekly(office: Office) -> str:
    return office.server.ui.create(
        BEN, "1:1", utc_now() + timedelta(days=1), guests=[ANNA], recurrence="FREQ=WEEKLY"
    )


def test_a_change_is_a_hint_and_several_are_one(office: Office, app: App) -> None:
    assert Upkeep(app).round() == 2
    office.server.push.flush()
    assert hints(app) == []

    event = weekly(office)
    for text in ("one", "two", "three"):
        office.server.ui.change(BEN, event, {"description": text})
    office.server.push.flush()

    assert sorted(hints(app)) == [(f"google:{ANNA}", ANNA), (BEN_ID, BEN)]
    assert hints(app) == []


def test_a_push_without_our_token_is_no_hint(office: Office, app: App) -> None:
    Upkeep(app).round()
    office.server.push.flush()
    for channel in office.server.push.channels.values():
        channel.token = "guessed"

    weekly(office)
    office.server.push.flush()

    assert hints(app) == []
    assert office.server.push.deliveries[-1].status == 404


def test_a_channel_is_replaced_before_its_end(office: Office, app: App) -> None:
    Upkeep(app).round()
    with app.store.transaction() as tx:
        first = kept(tx, BEN_ID, CalendarId(BEN))
    assert first is not None
    assert first.expires is not None
    assert Upkeep(app).round() == 0

    later = first.expires - MARGIN + timedelta(minutes=1)
    assert Upkeep(app, lambda: later).round() == 2

    with app.store.transaction() as tx:
        second = kept(tx, BEN_ID, CalendarId(BEN))
    assert second is not None
    assert second.subscription_id != first.subscription_id
    asked = office.server.calls.of("calendar.*")
    assert [call.method for call in asked[-2:]] == ["calendar.events.watch"] * 2


def test_a_refused_channel_waits_and_reading_goes_on(office: Office, app: App) -> None:
    office.server.faults.add("calendar.events.watch", status=403, reason="forbidden", times=2)

    Upkeep(app).round()

    with app.store.transaction() as tx:
        known = kept(tx, BEN_ID, CalendarId(BEN))
    assert known is not None
    assert known.trouble
    assert Upkeep(app).round() == 0
    weekly(office)
    assert sync_once(app.services, utc_now()).troubles == ()
    assert Upkeep(app, lambda: utc_now() + timedelta(minutes=16)).round() == 2
    assert len(office.server.push.channels) == 2


def test_nobody_subscribes_where_google_cannot_reach_us(office: Office, app: App) -> None:
    inside = replace(app, settings=replace(app.settings, push="auto"))

    assert Upkeep(inside).round() == 0
    assert office.server.push.channels == {}


def test_an_organizer_needs_no_channel_while_a_guest_has_one_and_gets_one_when_not(
    office: Office, app: App
) -> None:
    weekly(office)
    sync_once(app.services, utc_now())
    with app.store.transaction() as tx:
        say_yes(tx, tx.all_series(SeriesState.FOUND)[0].series_id, by=BEN, now=utc_now())

    def owners() -> list[str]:
        return sorted(channel.owner for channel in office.server.push.channels.values())

    assert Upkeep(app).round() == 1
    assert owners() == [ANNA]
    later = utc_now() + RECHECK + timedelta(minutes=1)
    assert Upkeep(app, lambda: later).round() == 0

    with app.store.transaction() as tx:
        tx.put_cursor(ConnectionId(f"google:{ANNA}"), Cursor(f"push {ANNA}"), None)
    office.server.faults.add("calendar.events.watch", status=403, reason="forbidden", user=ANNA)
    later += RECHECK
    Upkeep(app, lambda: later).round()
    assert owners() == [ANNA, BEN]


def test_leaving_takes_texts_channels_and_secret_along(
    office: Office, app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    event = weekly(office)
    office.server.ui.change(BEN, event, {"description": "Room 7\nsecond line"})
    Upkeep(app).round()
    sync_once(app.services, utc_now())
    with app.store.transaction() as tx:
        (series,) = tx.all_series(SeriesState.FOUND)
        say_yes(tx, series.series_id, by=BEN, now=utc_now())
    sync_once(app.services, utc_now())
    with app.store.transaction() as tx:
        sheet = tx.open_sheet(series.series_id)
        (written,) = [w for w in tx.written(sheet.sheet_id) if w.event.calendar_id == BEN]  # type: ignore[union-attr]
        tx.put_noun(Around(calendar_id=CalendarId(BEN), windows=()))
    occurrence = written.event.event_id
    assert office.server.ui.see(BEN, occurrence)["description"] != "Room 7\nsecond line"
    capsys.readouterr()

    assert office.run("disconnect", BEN, "--dry-run") == 0
    assert "would take the agenda out of '1:1'" in capsys.readouterr().out
    assert office.server.ui.see(BEN, occurrence)["description"] != "Room 7\nsecond line"
    assert office.run("disconnect", BEN, "--json") == 0

    steps = json.loads(capsys.readouterr().out)["steps"]
    assert any("stopped 1 push" in step for step in steps)
    assert office.server.ui.see(BEN, occurrence)["description"] == "Room 7\nsecond line"
    assert office.server.ui.see(ANNA, occurrence)["description"] == "Room 7\nsecond line"
    assert [c.owner for c in office.server.push.channels.values()] == [ANNA]
    with app.store.transaction() as tx:
        assert tx.secret(BEN_ID) == ""
        assert tx.noun(Around, BEN) is None
        assert list(tx.copies_in(CalendarId(BEN))) == []
    fresh = office.open()
    assert sync_once(fresh.services, utc_now()).troubles == ()
    fresh.close()
