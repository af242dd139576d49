"""The report at Google, the manager on CalDAV: the guest's copy has no text, the card has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.model.agenda import PointState
from tests.acceptance.conftest import radicale
from tests.acceptance.split_pair import FIRST, PLACE, Split, split
from tests.servers.accounts import CalendarServer
from tests.servers.google import GoogleServer
from tests.webhook_app.google_caller import URL, Caller, action, card_of
from webhook_app.config import Settings
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app
from webhook_app.wiring import open_app

__all__ = ["radicale"]

pytestmark = pytest.mark.server


@dataclass
class Reached:
    """A split pair, with our add-on in the report's Google Calendar."""

    pair: Split
    caller: Caller

    def open(self) -> str:
        """Open the 1:1 in Anna's calendar and return the card as text."""
        return str(self.card())

    def card(self) -> dict[str, object]:
        event = self.pair.at_google(FIRST)
        user = self.pair.anna
        return card_of(self.caller.post(self.caller.server.addon.calendar_event(user, event)))

    def page(self, part: str = "") -> str:
        """Return Anna's page of the pair, or a part of it."""
        app = self.caller.app
        link = app.links.page_of(self.pair.anna, utc_now())
        path = link.removeprefix(app.settings.public_url).rstrip("/")
        return self.caller.client.get(f"{path}/talk/{self.pair.series().series_id}{part}").text


@pytest.fixture
def reached(radicale: CalendarServer, tmp_path: Path) -> Iterator[Reached]:
    with GoogleServer() as google:
        settings = Settings(
            data=tmp_path / "data",
            public_url="https://one.example.com",
            new_devices="open",
            google_api_root=google.url,
            google_project_number=google.addon.project_number,
            google_addon_client_id=google.addon.client_id,
        )
        google.addon.endpoint = URL
        app = open_app(settings, make=True)
        pair = split(radicale, google, manager_on_google=False, store=app.store)
        client = create_app(app).test_client()
        yield Reached(pair=pair, caller=Caller(server=google, app=app, client=client))
        app.close()
        google.check()
        assert google.mails.caused_by_api == []


def test_the_report_reads_the_agenda_on_card_and_page(reached: Reached) -> None:
    pair = reached.pair
    pair.type_below(pair.ben, "Ben", "Wie lief die Messe?")
    pair.sync()

    assert pair.text(pair.anna) == PLACE
    card = reached.open()
    assert "Wie lief die Messe?" in card
    # Each in their own language: hers on the card, his in the event.
    assert "Punkt" in card
    assert "write here" in pair.text(pair.ben)
    assert "Wie lief die Messe?" in reached.page()


def test_what_the_report_adds_and_ticks_on_the_card_stands_in_the_manager_s_calendar(
    reached: Reached,
) -> None:
    pair, caller = reached.pair, reached.caller
    pair.type_below(pair.ben, "Ben", "Wie lief die Messe?")
    pair.sync()
    form = card_of(caller.press(pair.anna, action(reached.card(), "add_point")))

    caller.press(pair.anna, action(form, "add_point"), {"text": "Urlaub im August"})
    (asked,) = (p for p in pair.sheet().agenda.points if p.text == "Wie lief die Messe?")
    caller.press(pair.anna, action(reached.card(), "tick", asked.point_id))
    pair.sync()

    assert pair.points() == {"Wie lief die Messe?": pair.ben, "Urlaub im August": pair.anna}
    states = {p.text: p.state for p in pair.sheet().agenda.points}
    assert states["Wie lief die Messe?"] is PointState.DISCUSSED
    text = pair.text(pair.ben)
    assert text.count("Urlaub im August") == 1
    assert "[x] Wie lief die Messe?" in text


def test_what_stands_where_says_why_the_guest_s_own_event_has_no_agenda(reached: Reached) -> None:
    text = reached.page("/where")

    assert "takes no text from guests" in text or "nimmt von Gästen keinen Text an" in text
    assert PLACE in text


def test_what_the_guest_types_into_their_own_event_is_read_all_the_same(reached: Reached) -> None:
    pair = reached.pair
    pair.deliver()
    pair.sync()

    pair.type_below(pair.anna, "Anna", "Urlaub im August")
    pair.sync()

    assert pair.text(pair.ben).count("Urlaub im August") == 1
