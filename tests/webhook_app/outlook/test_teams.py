"""The Teams bot in our web app: genuine calls, forged ones, and cards that go out first."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from core.model.messages import Button, Message, RichText
from core.model.settings import Channel
from tests.servers.graph.bot_connector import inbound_token
from tests.webhook_app.cards_app import NOW, SERIES
from tests.webhook_app.outlook.conftest import ANNA, BEN
from tests.webhook_app.outlook.office import Office, actions, opened_office, show
from webhook_app import teams as teams_module
from webhook_app.config import Settings
from webhook_app.web import create_app
from webhook_app.wiring import open_app

LONG_PAST = 1_600_000_000
"""A second of 2020: workers that share the tests must name them alike, so no clock in here."""


@pytest.fixture
def office(graph, app, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(teams_module, "utc_now", lambda: NOW)
    with opened_office(graph, app) as opened:
        yield opened


def test_a_press_shows_the_agenda_in_the_person_s_language(office):
    card = json.dumps(show(office, ANNA), ensure_ascii=False)

    assert "Holidays <in> August & more" in card
    assert "Action item" in card
    assert "Aufgabe" in json.dumps(show(office, BEN))


def test_private_and_confidential_words_are_on_no_card(office):
    for person in (BEN, ANNA):
        card = json.dumps(show(office, person))
        assert "70,000" not in card
        assert "secret draft" not in card


def test_ticking_ticks_and_the_same_press_again_changes_nothing(office):
    card = show(office, ANNA)
    tick = next(a["data"] for a in actions(card) if a["data"].get("e") == "p1")
    assert "Holidays <in> August & more" in office.open_points()

    status, _ = office.press(tick, ANNA)
    assert status == 200
    assert "Holidays <in> August & more" not in office.open_points()
    untick = next(
        a["data"]
        for a in actions(show(office, ANNA))
        if a["data"].get("e") == "p1" and a["data"]["v"] == "untick"
    )
    office.press(untick, ANNA)
    assert "Holidays <in> August & more" in office.open_points()

    office.press(tick, ANNA)  # replayed
    assert "Holidays <in> August & more" in office.open_points()


def test_a_point_is_added_once_however_often_it_arrives(office):
    card = show(office, ANNA)
    form = next(a["data"] for a in actions(card) if a["data"].get("v") == "add_point")
    filled = form | {"text": "From Teams"}

    for _ in range(3):
        assert office.press(filled, ANNA)[0] == 200

    assert office.open_points().count("From Teams") == 1


def test_somebody_else_s_talk_is_not_shown(office):
    office.graph.add_mailbox("cleo@example.com", "Cleo Clarke")
    office.graph.bot.install(office.graph.state.tenant.mailbox("cleo@example.com").user_id)

    status, answer = office.press({"v": "show", "s": SERIES}, "cleo@example.com")

    assert (status, answer["type"]) == (200, "application/vnd.microsoft.activity.message")
    assert "no such 1:1" in answer["value"]


def test_who_is_not_known_here_is_refused(office):
    office.graph.add_mailbox("dora@example.com", "Dora")
    office.graph.bot.install(office.graph.state.tenant.mailbox("dora@example.com").user_id)

    assert office.press({"v": "home"}, "dora@example.com")[0] == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-bot"},
        {"iss": "https://evil.example.com"},
        {"exp": LONG_PAST},
        {"serviceurl": "https://evil.example.com"},
    ],
    ids=str,
)
def test_token_with_a_wrong_claim_is_refused(office, claims):
    assert office.press({"v": "home"}, **claims)[0] == 401


def test_no_token_and_nonsense_are_refused(office):
    for token in ("", "x", "a.b.c"):
        assert office.post(office.activity(), token)[0] == 401


def test_unsigned_forged_and_confused_tokens_are_refused(office):
    good = inbound_token(office.graph.state)
    claims = jwt.decode(good, options={"verify_signature": False})
    kid = jwt.get_unverified_header(good)["kid"]
    mine = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = office.graph.tokens.keys[-1].public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    head = {"alg": "HS256", "kid": kid}
    first = ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in (head, claims)
    )
    hmac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    confused = base64.urlsafe_b64encode(hmac.sign(first.encode(), public)).decode().rstrip("=")

    for token in (
        jwt.encode(claims, None, algorithm="none", headers={"kid": kid}),
        jwt.encode(claims, mine, "RS256", headers={"kid": kid}),
        jwt.encode(claims, mine, "RS256", headers={"kid": "unknown"}),
        f"{first}.{confused}",
        office.graph.tokens.app_token(),
    ):
        assert office.post(office.activity(), token)[0] == 401
    assert office.post(office.activity(), good)[0] == 200


def test_another_tenant_s_person_is_refused(office):
    activity = office.activity()
    activity["conversation"]["tenantId"] = "another-tenant"
    assert office.post(activity, inbound_token(office.graph.state))[0] == 403

    both = office.activity() | {"channelData": {"tenant": {"id": "another-tenant"}}}
    assert office.post(both, inbound_token(office.graph.state))[0] == 403

    none = office.activity()
    del none["conversation"]["tenantId"]
    assert office.post(none, inbound_token(office.graph.state))[0] == 403


def test_a_channel_or_group_chat_is_no_place_for_a_talk(office):
    activity = office.activity({"v": "show", "s": SERIES})
    activity["conversation"]["conversationType"] = "channel"

    assert office.post(activity, inbound_token(office.graph.state))[0] == 403


def test_giant_and_broken_bodies_are_refused(office):
    token = inbound_token(office.graph.state)
    padded = office.activity() | {"text": "x" * 300_000}

    assert office.post(padded, token)[0] == 413
    assert office.post(b"{", token)[0] == 400
    assert office.post(b"[]", token)[0] == 400
    assert office.post(b"[" * 100_000, token)[0] == 400


def test_an_older_client_s_button_is_answered_with_a_card(office):
    activity = office.activity() | {"type": "message", "value": {"v": "show", "s": SERIES}}
    del activity["name"]

    status, _ = office.post(activity, inbound_token(office.graph.state))

    (_, sent) = office.graph.bot.log[-1]
    assert status == 200
    assert "Budget" in json.dumps(sent)


def test_installing_is_kept_and_greeted(office):
    activity = office.activity() | {"type": "installationUpdate", "action": "add"}
    for name in ("name", "value"):
        del activity[name]

    status, _ = office.post(activity, inbound_token(office.graph.state))

    assert status == 200
    assert office.chats()[BEN].conversation_id == activity["conversation"]["id"]
    assert len(office.graph.bot.log) == 1


def test_the_agenda_goes_out_first_and_can_be_refreshed(office):
    show(office, ANNA)

    assert office.teams.show_agenda(SERIES, ANNA)
    assert office.teams.show_agenda(SERIES, "cleo@example.com") is None

    (_, sent) = office.graph.bot.log[-1]
    card = sent["attachments"][0]["content"]
    assert card["refresh"]["userIds"] == [office.chats()[ANNA].member_id]
    assert office.press(card["refresh"]["action"]["data"], ANNA)[0] == 200


def message(text="Tomorrow: 1:1"):
    return Message(
        to=ANNA,
        subject="1:1",
        body=RichText(text=text, html=f"<p>{text}</p>"),
        buttons=(Button(label="Open", url="https://talks.example.com/me/"),),
    )


def test_a_message_is_sent_once_and_can_be_changed(office):
    show(office, ANNA)
    channel = office.teams.messages()

    first = channel.send(message(), key="k1")
    again = office.teams.messages().send(message(), key="k1")
    channel.edit(first, message("Moved"))

    assert again == first
    assert [verb for verb, _ in office.graph.bot.log] == ["POST", "PUT"]
    assert "Moved" in json.dumps(office.graph.bot.activities[first.message_id])


def test_who_has_the_app_is_reached_in_teams_and_the_others_are_not(office):
    show(office, ANNA)
    reach = office.app.services.reach

    port = reach(ANNA, Channel.TEAMS)
    port.send(message("Tomorrow"), key="reminder-1")

    (verb, sent) = office.graph.bot.log[-1]
    assert verb == "POST"
    assert "Tomorrow" in json.dumps(sent)
    assert reach("cleo@example.com", Channel.TEAMS) is None


def test_without_a_registration_there_is_no_bot(app, tmp_path):
    bare = open_app(Settings(data=tmp_path / "bare"), make=True)
    client = create_app(bare).test_client()

    assert client.post("/api/messages", json={}).status_code == 404
    bare.close()
