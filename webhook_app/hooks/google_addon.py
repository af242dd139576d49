"""`/hooks/google/addon`: the Calendar add-on and the Chat app, in every dialect, at one address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from core.errors import InvalidInput, NotSignedIn, OneOnOneError, Unavailable
from core.model.cards import FORMS, Card, Deed, Verb, deed_of
from core.model.chat import ChatSpace
from core.model.heard import Heard
from core.model.people import Person
from core.model.series import ConnectionId, SeriesId, SeriesState
from webhook_app.cards.agenda_card import agenda_card, home_card, note_card
from webhook_app.cards.deeds import Reply
from webhook_app.cards.words import words_of
from webhook_app.google import addon_url, is_allowed
from webhook_app.hooks.presses import take_press
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.engine import Engine
from webhook_app.wiring import App

bp = Blueprint("google_addon", __name__, url_prefix="/hooks/google/addon")
log = structlog.get_logger()

GOOGLE = "google"
SAME = timedelta(hours=1)
ADD = ("add ", "punkt ", "+ ")
"""A message that begins so is a new point."""


@bp.post("")
def receive() -> ResponseReturnValue:
    """Check who calls, do it, answer with a card; always 200 once the caller is known."""
    # The libraries of Google come with the suite's extra: only its installations have them.
    from adapters.google.interaction import parse

    try:
        asked = parse(request.get_json(silent=True))
        person = _person(asked)
    except InvalidInput as err:
        return jsonify(error=str(err)), 400
    except NotSignedIn as err:
        log.warning("google_addon_refused", why=str(err))
        if "another address" in str(err):
            # Google's own signature, so no stranger's noise: most likely a wrong address of ours.
            _note(asked, refused=str(err))
        return jsonify(error=str(err)), 401
    except Unavailable as err:
        return jsonify(error=str(err)), 503
    _note(asked)
    return jsonify(_answer(asked, person, utc_now()))


def _note(asked: Any, refused: str = "") -> None:
    """Note the call for `doctor --live`: not more than once an hour while it stays the same."""
    what = "google press" if asked.kind == "press" else "google card"
    now = utc_now()
    with _app().store.transaction() as tx:
        known = tx.noun(Heard, what)
        if known is None or known.refused != refused or now - known.at > SAME:
            tx.put_noun(Heard(what=what, at=now, refused=refused))


def _app() -> App:
    app: App = current_app.extensions["vieraugen"]
    return app


def _person(asked: Any) -> Person:
    from adapters.google.callers import Expected, person_of

    settings = _app().settings
    if not settings.google_project_number:
        raise NotSignedIn("the add-on is not configured here: set google_project_number")
    expected = Expected(
        endpoint=addon_url(settings),
        project_number=settings.google_project_number,
        client_id=settings.google_addon_client_id,
    )
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    address = person_of(asked, bearer, expected, google_keys())
    if not is_allowed(settings, address):
        raise NotSignedIn("this person is not among google_people")
    with _app().store.transaction() as tx:
        return tx.person(address) or Person(address=address, locale=settings.locale)


def google_keys() -> Any:
    """Return the one place where this process keeps Google's certificates."""
    from adapters.google.callers import GOOGLE, Keys

    kept = current_app.extensions.get("vieraugen-google-keys")
    if kept is None:
        kept = Keys(root=_app().settings.google_api_root or GOOGLE)
        current_app.extensions["vieraugen-google-keys"] = kept
    return kept


def _answer(asked: Any, person: Person, now: datetime) -> dict[str, Any]:
    from adapters.google.card_replies import reply
    from adapters.google.interaction import Kind

    if asked.kind in (Kind.ADDED, Kind.REMOVED):
        _note_space(asked, person, asked.kind is Kind.ADDED, now)
    if asked.kind in (Kind.REMOVED, Kind.OTHER):
        return {}
    try:
        shown = _shown(asked, person, now)
    except OneOnOneError as err:
        shown = Reply(card=note_card(str(err)), notice=str(err))
    if shown.changed:
        _nudge()
    endpoint = addon_url(_app().settings)
    return reply(asked, shown.card, shown.notice, changed=shown.changed, endpoint=endpoint)


def _shown(asked: Any, person: Person, now: datetime) -> Reply:
    from adapters.google.interaction import Kind

    match asked.kind:
        case Kind.PRESS:
            deed, form = deed_of(asked.parameters), dict(asked.form)
            if asked.opens_dialog and deed.verb in FORMS:
                # The card below may have fields of its own: they are not this form's.
                form = {}
            return take_press(_app(), GOOGLE, deed, person, form, now)
        case Kind.EVENT_OPEN:
            return Reply(card=_card_of_event(asked, person, now))
        case Kind.MESSAGE:
            return _said(asked, person, now)
        case _:
            return Reply(card=home_card(_app(), person))


def _card_of_event(asked: Any, person: Person, now: datetime) -> Card:
    series_id = series_of_event(_app(), person.address, asked.event_id, asked.series_id)
    if series_id is None:
        return note_card(words_of(person.locale)["no_series"])
    return agenda_card(_app(), series_id, person, now)


def series_of_event(app: App, address: str, event_id: str, master_id: str) -> SeriesId | None:
    """Return whose series an open event is, if it is one of this person's.

    All copies of an event have one id at Google, so the other one's connection is enough. A part
    that was split off names its occurrences without its own range.
    """
    base = event_id.rpartition("_")[0]
    wanted = {event_id, master_id, base} - {""}
    with app.store.transaction() as tx:
        mine = [s for s in tx.all_series() if address in s.humans]
        mine.sort(key=lambda s: s.state is not SeriesState.ENABLED)
        for series in mine:
            if any(copy.event.event_id in wanted for copy in tx.copies(series.series_id)):
                return series.series_id
    return None


def _said(asked: Any, person: Person, now: datetime) -> Reply:
    """Answer a message: `add ...` is a point of the next 1:1, all else shows what there is."""
    text = asked.text.strip()
    with _app().store.transaction() as tx:
        mine = [
            s
            for s in tx.all_series(SeriesState.ENABLED)
            if person.address in s.humans and tx.open_sheet(s.series_id)
        ]
    start = next((word for word in ADD if text.lower().startswith(word)), None)
    if len(mine) != 1:
        return Reply(card=home_card(_app(), person))
    series_id = mine[0].series_id
    if start is None:
        return Reply(card=agenda_card(_app(), series_id, person, now))
    mark = f"message {asked.space} {now.date().isoformat()}"
    deed = Deed(verb=Verb.ADD_POINT, series=series_id, mark=mark)
    return take_press(_app(), GOOGLE, deed, person, {"text": text[len(start) :]}, now)


def _note_space(asked: Any, person: Person, here: bool, now: datetime) -> None:
    """Remember where this person can be written to; a room with others is no such place."""
    if not asked.direct or not asked.space:
        return
    space = ChatSpace(person=person.address, space=asked.space if here else "", since=now)
    with _app().store.transaction() as tx:
        tx.put_noun(space)
        mine = tx.connection(ConnectionId(f"google:{person.address}"))
        if mine is not None:
            kept = dict(mine.settings) | {"chat_space": space.space}
            tx.put_connection(replace(mine, settings=tuple(sorted(kept.items()))))


def _nudge() -> None:
    engine: Engine | None = current_app.extensions["vieraugen-engine"]
    if engine is not None:
        engine.nudge()
