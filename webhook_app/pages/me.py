"""Somebody's own page: their agendas, and the 1:1s that wait for a yes."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from core.errors import InvalidInput, NotFound
from core.model.people import Person
from core.model.series import Series, SeriesId, SeriesState
from core.reasons import sentence
from core.service.consent import say_stop, say_yes
from core.service.edit import add_point, set_done
from core.service.preview import preview
from webhook_app.agenda_view import agenda_view
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.engine import Engine
from webhook_app.pages.words import WORDS
from webhook_app.wiring import App

bp = Blueprint("me", __name__, url_prefix="/me/<token>")


def _app() -> App:
    app: App = current_app.extensions["vieraugen"]
    return app


def _hurry() -> None:
    engine: Engine | None = current_app.extensions["vieraugen-engine"]
    if engine is not None:
        engine.nudge()


def _visitor(token: str) -> Person:
    visit = _app().links.read(token, utc_now())
    with _app().store.transaction() as tx:
        return tx.person(visit.person) or Person(address=visit.person)


def _own(person: Person, series_id: str) -> Series:
    """Return a series of this person. Raise NotFound for anybody else's."""
    with _app().store.transaction() as tx:
        series = tx.series(SeriesId(series_id))
    if series is None or person.address not in series.humans:
        raise NotFound("there is no such 1:1 of yours")
    return series


def _of(person: Person) -> list[Series]:
    with _app().store.transaction() as tx:
        everything = tx.all_series()
    return [s for s in everything if person.address in s.humans]


@bp.get("/")
def page(token: str) -> ResponseReturnValue:
    """Show everything of one person."""
    person = _visitor(token)
    mine = _of(person)
    views = [agenda_view(_app(), s.series_id, person.locale) for s in mine if _is_on(s)]
    waiting = [(s, sentence(s.agenda_reason, person.locale)) for s in mine if _waits(s)]
    reasons = {s.series_id: sentence(s.agenda_reason, person.locale) for s in mine}
    language = "de" if person.locale.startswith("de") else "en"
    return render_template(
        "me.html",
        token=token,
        person=person,
        views=[view for view in views if view],
        waiting=waiting,
        reasons=reasons,
        language=language,
        words=WORDS[language],
        newest=_newest(),
    )


def _is_on(series: Series) -> bool:
    return series.state in (SeriesState.ENABLED, SeriesState.ENDED)


def _waits(series: Series) -> bool:
    return series.state in (SeriesState.FOUND, SeriesState.DISABLED)


def _newest() -> int:
    with _app().store.transaction() as tx:
        return tx.last_happening()


@bp.get("/newest")
def newest(token: str) -> ResponseReturnValue:
    """Return the number of the newest happening: the page asks whether to load again."""
    _visitor(token)
    return jsonify(newest=_newest())


@bp.get("/preview/<series_id>")
def show_preview(token: str, series_id: str) -> ResponseReturnValue:
    """Show the very text that a yes would write."""
    person = _visitor(token)
    series = _own(person, series_id)
    outcome = preview(_app().services, series.series_id, utc_now())
    language = "de" if person.locale.startswith("de") else "en"
    reason = sentence(outcome.why, person.locale)
    return render_template(
        "preview.html",
        token=token,
        series=series,
        writes=outcome.writes,
        reason=reason,
        language=language,
        words=WORDS[language],
    )


@bp.post("/do/<series_id>")
def do(token: str, series_id: str) -> ResponseReturnValue:
    """Do what a button of the page says. The unguessable link is the proof against CSRF."""
    person = _visitor(token)
    series = _own(person, series_id).series_id
    services, now, form = _app().services, utc_now(), request.form
    match form.get("what"):
        case "yes":
            with _app().store.transaction() as tx:
                say_yes(tx, series, by=person.address, now=now)
        case "stop":
            with _app().store.transaction() as tx:
                say_stop(tx, series, remove=True, by=person.address, now=now)
        case "add":
            add_point(services, series, form.get("text", ""), by=person.address, now=now)
        case "tick" | "untick" as tick:
            entry, done = form.get("entry", ""), tick == "tick"
            set_done(services, series, entry, done, by=person.address, now=now)
        case _:
            raise InvalidInput("this page does not know what you asked for: load it again")
    _hurry()
    return redirect(f"/me/{token}/", code=303)
