"""Google as the caller of our add-on address: signed events in, checked answers out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from core.model.agenda import Agenda, PointState
from core.model.calendar import CalendarId, EventId, EventRef
from core.model.series import ConnectionId, Copy
from tests.servers.google import GoogleServer
from tests.servers.google.schema import problems
from tests.webhook_app.cards_app import ANNA, BEN, CLEO, NOW, SERIES, fill
from webhook_app.config import Settings
from webhook_app.web import create_app
from webhook_app.wiring import App, open_app

URL = "https://one.example.com/hooks/google/addon"
Json = dict[str, Any]


@dataclass(slots=True)
class Caller:
    """An installation with one pair, and Google in front of it."""

    server: GoogleServer
    app: App
    client: FlaskClient

    def post(self, body: Json, *, token: str | None = None, status: int = 200) -> Json:
        """Deliver an event as Google does; check the answer against the API's description."""
        head = {"Authorization": f"Bearer {token or self.server.addon.system_token()}"}
        answer = self.client.post("/hooks/google/addon", json=body, headers=head)
        assert answer.status_code == status, answer.text
        found: Json = answer.get_json()
        for card in cards_in(found):
            wrong = list(problems("chat", {"$ref": "GoogleAppsCardV1Card"}, card))
            assert not wrong, wrong
        return found

    def press(self, user: str, button: Json, form: dict[str, str] | None = None) -> Json:
        """Press a button of a card in Calendar."""
        given = {p["key"]: p["value"] for p in button["parameters"]}
        return self.post(self.server.addon.calendar_event(user, parameters=given, form=form))


def cards_in(answer: Any) -> list[Json]:
    """Return every card in an answer, whatever it is wrapped in."""
    if isinstance(answer, list):
        return [card for each in answer for card in cards_in(each)]
    if not isinstance(answer, dict):
        return []
    own = [answer[name] for name in ("pushCard", "updateCard", "card", "body") if name in answer]
    return own + [card for each in answer.values() for card in cards_in(each)]


def actions_in(card: Any) -> list[Json]:
    """Return every action of a card with its label."""
    if isinstance(card, list):
        return [action for each in card for action in actions_in(each)]
    if not isinstance(card, dict):
        return []
    found = [card["onChangeAction"]] if "onChangeAction" in card else []
    if "onClick" in card and "action" in card["onClick"]:
        found.append(card["onClick"]["action"] | {"label": card.get("text", "")})
    return found + [a for each in card.values() for a in actions_in(each)]


def action(card: Json, verb: str, entry: str = "") -> Json:
    """Return the action of a card that asks for a deed."""
    for each in actions_in(card):
        given = {p["key"]: p["value"] for p in each["parameters"]}
        if given["v"] == verb and given.get("e", "") == entry:
            return each
    raise AssertionError(f"no button for {verb} {entry}")


def make_caller(server: GoogleServer, folder: Path) -> Caller:
    """Furnish both."""
    settings = Settings(
        data=folder,
        public_url="https://one.example.com",
        google_api_root=server.url,
        google_project_number=server.addon.project_number,
        google_addon_client_id=server.addon.client_id,
    )
    for person in (BEN, ANNA, CLEO):
        server.add_user(person.address, person.name)
    server.addon.endpoint = URL
    app = open_app(settings, make=True)
    fill(app)
    return Caller(server=server, app=app, client=create_app(app).test_client())


def with_settings(caller: Caller, **changes: str) -> Caller:
    """Return the same with other settings."""
    app = replace(caller.app, settings=replace(caller.app.settings, **changes))
    return replace(caller, app=app, client=create_app(app).test_client())


SPACE = {"name": "spaces/AAA", "spaceType": "DIRECT_MESSAGE", "singleUserBotDm": True}


def agenda(caller: Caller) -> Agenda:
    """The open agenda."""
    with caller.app.store.transaction() as tx:
        sheet = tx.open_sheet(SERIES)
    assert sheet is not None
    return sheet.agenda


def states(caller: Caller) -> dict[str, PointState]:
    """Where each point stands."""
    return {p.point_id: p.state for p in agenda(caller).points}


def agenda_event(caller: Caller, user: str = ANNA.address) -> Json:
    """The event that opens Anna's and Ben's 1:1 in somebody's calendar."""
    event = caller.server.ui.create(
        BEN.address, "1:1", NOW, guests=[ANNA.address], recurrence="FREQ=WEEKLY", notify=False
    )
    with caller.app.store.transaction() as tx:
        tx.put_copy(
            Copy(
                series_id=SERIES,
                connection_id=ConnectionId("google:ben@example.com"),
                event=EventRef(calendar_id=CalendarId(BEN.address), event_id=EventId(event)),
                whose=BEN.address,
                leading=True,
            )
        )
    occurrence = f"{event}_20261123T080000Z"
    return caller.server.addon.calendar_event(user, occurrence)


def card_of(answer: Json) -> Json:
    """The one card of an answer."""
    (card,) = cards_in(answer)
    return card


def parameters(found: Json) -> dict[str, str]:
    """What a host hands back of an action."""
    return {p["key"]: p["value"] for p in found["parameters"]}


def chat_press(caller: Caller, user: str, given: dict[str, str], **form: str) -> Json:
    """A press on a card in Chat."""
    payload = {"space": SPACE, "message": {"name": "spaces/AAA/messages/1"}}
    return caller.server.addon.chat_event(
        user, "buttonClickedPayload", payload, parameters=given, form=form
    )
