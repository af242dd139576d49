"""`POST /hooks/slack`: what people press and fill in in Slack, signed by it, done once."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import structlog
from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from adapters.slack.blocks import to_blocks, to_modal
from adapters.slack.interaction import Interaction, parse, verify
from adapters.slack.wire import SHORT, Slack
from core.errors import NotSignedIn, OneOnOneError
from core.model.cards import FORMS, Card, Pressed
from core.model.people import Person
from webhook_app.cards.deeds import Reply
from webhook_app.hooks.presses import take_press
from webhook_app.jobs.clock import utc_now
from webhook_app.problems import HttpRefusal
from webhook_app.slack import person_of, slack_of
from webhook_app.wiring import App

bp = Blueprint("slack", __name__, url_prefix="/hooks/slack")
log = structlog.get_logger()
BIGGEST = 256 * 1024
"""Bytes of a request: Slack sends the message along that was pressed on."""


@bp.post("")
def receive() -> ResponseReturnValue:
    """Take one interaction; 200 means that it is kept and done."""
    request.max_content_length = BIGGEST
    app: App = current_app.extensions["vieraugen"]
    slack = slack_of(app.settings)
    if slack is None or not app.settings.slack_signing_secret:
        raise HttpRefusal(404, "Slack is not set up: slack_bot_token and slack_signing_secret")
    body, now = request.get_data(cache=False, parse_form_data=False), utc_now()
    signature = verify(app.settings.slack_signing_secret, dict(request.headers), body, now)
    asked = parse(body)
    _refuse_second(app, signature, asked.user, now)
    if asked.deed is None:
        return ""
    return _answered(app, slack, asked, person_of(slack, app.store, asked.user), now)


def _refuse_second(app: App, signature: str, user: str, now: datetime) -> None:
    """Slack signs each request anew: the same signature again is somebody's copy."""
    name = hashlib.sha256(signature.encode()).hexdigest()[:32]
    with app.store.transaction() as tx:
        if tx.noun(Pressed, name) is not None:
            raise NotSignedIn("this very request came before")
        tx.put_noun(Pressed(press_id=name, person=user, at=now))


def _answered(
    app: App, slack: Slack, asked: Interaction, person: Person, now: datetime
) -> ResponseReturnValue:
    assert asked.deed is not None
    if asked.is_form and not asked.form.get("text", "").strip():
        return jsonify(response_action="errors", errors={"text": "…"})
    try:
        reply = take_press(app, "slack", asked.deed, person, asked.form, now)
    except OneOnOneError as err:
        if asked.is_form:
            return jsonify(response_action="errors", errors={"text": str(err)[:150]})
        _try(slack, "chat.postEphemeral", _note(asked, str(err)))
        return ""
    if not asked.is_form and asked.deed.verb in FORMS:
        view = to_modal(reply.card, asked.place)
        _try(slack, "views.open", {"trigger_id": asked.trigger, "view": view})
        return ""
    _shown(slack, asked, reply)
    return jsonify(response_action="clear") if asked.is_form else ""


def _shown(slack: Slack, asked: Interaction, reply: Reply) -> None:
    """Draw the message anew; where that fails the deed is done all the same."""
    if reply.changed:
        engine: Any = current_app.extensions["vieraugen-engine"]
        if engine is not None:
            engine.nudge()
    if asked.place:
        _try(slack, "chat.update", _drawn(asked, reply.card))


def _drawn(asked: Interaction, card: Card) -> dict[str, Any]:
    place = {"channel": asked.channel, "ts": asked.stamp}
    return place | {"text": "1:1", "blocks": to_blocks(card)}


def _note(asked: Interaction, text: str) -> dict[str, Any]:
    said = {"type": "section", "text": {"type": "plain_text", "text": text[:2900]}}
    return {"channel": asked.channel, "user": asked.user, "text": "1:1", "blocks": [said]}


def _try(slack: Slack, method: str, content: dict[str, Any]) -> None:
    try:
        slack.call(method, content, patience=SHORT)
    except OneOnOneError as err:
        log.warning("slack_not_shown", method=method, error=type(err).__name__)
