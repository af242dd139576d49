"""Looking back at one 1:1: goals in sight, whether the talk was useful, and a period in lines."""

from __future__ import annotations

from datetime import date, timedelta

from flask import redirect, request
from flask.typing import ResponseReturnValue

from core.access import Right
from core.errors import InvalidInput, NotSignedIn
from core.model.access import Via
from core.model.goals import GoalState
from core.model.pulse import Useful
from core.model.reflection import Listened
from core.service.authorship import authorship
from core.service.digest import add_line, make_digest, reword_line, strike_line
from core.service.goals import goals_of, link_goal, touch_goal, unlink_goal
from core.service.pulse import (
    agree_to_show,
    answer_pulse,
    is_pair_view,
    pulse_due,
    pulses_of,
)
from core.service.reflection import reflect, reflections_of
from core.service.settings import change_pair, pair_settings
from core.store import Transaction
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import Meeting, app, guest_with, hurry, meeting_of
from webhook_app.pages.words import life_words

PERIOD = timedelta(days=182)


def _meeting(token: str, series_id: str) -> Meeting:
    return meeting_of(guest_with(token), series_id, Right.EDIT_AGENDA)


@bp.get("/talk/<series_id>/review")
def review(token: str, series_id: str) -> ResponseReturnValue:
    """Show goals, the pulse of the two, and one's own period in lines."""
    meeting = _meeting(token, series_id)
    guest, pair = meeting.guest, meeting.pair
    today = guest.now.date()
    begins = _day("from", today - PERIOD)
    ends = _day("to", today)
    signed_in = guest.via is not Via.LINK
    with app().store.transaction() as tx:
        goals = goals_of(tx, pair.pair_id, reader=guest.address, today=today)
        pulse_on = pair_settings(tx, pair.pair_id).pulse
        due = pulse_due(tx, meeting.series.series_id, guest.address, guest.now) is not None
        answers = pulses_of(tx, pair.pair_id, reader=guest.address) if pulse_on else []
        agreed = guest.address in pair_settings(tx, pair.pair_id).pulse_shown_by
        share = authorship(tx, pair.pair_id, reader=guest.address)
        series = meeting.series.series_id
        thoughts = reflections_of(tx, series, by=guest.address) if signed_in else []
        pair_view = is_pair_view(tx, pair)
        who, now = guest.address, guest.now
        digest = (
            make_digest(tx, pair.pair_id, owner=who, begins=begins, ends=ends, now=now)
            if signed_in and ("from" in request.args or "to" in request.args)
            else None
        )
    return show(
        "review.html",
        guest,
        meeting=meeting,
        lw=life_words(guest.person.locale),
        goals=goals,
        states=list(GoalState),
        pulse_on=pulse_on,
        due=due,
        answers=answers,
        agreed=agreed,
        pair_view=pair_view,
        share=share,
        over=share.talks > 0,
        listened=list(Listened),
        thoughts=thoughts,
        useful=list(Useful),
        digest=digest,
        signed_in=signed_in,
        begins=begins,
        ends=ends,
        here="review",
    )


@bp.post("/talk/<series_id>/review")
def look_back(token: str, series_id: str) -> ResponseReturnValue:
    """Do what a button of this page says."""
    meeting, form = _meeting(token, series_id), request.form
    guest, pair_id = meeting.guest, meeting.pair.pair_id
    by, now, goal = guest.address, guest.now, form.get("goal", "")
    with app().store.transaction() as tx:
        match form.get("what"):
            case "link":
                link_goal(
                    tx, pair_id, form.get("title", ""), by=by, now=now, url=form.get("url", "")
                )
            case "touch":
                touch_goal(tx, pair_id, goal, by=by, now=now, state=_state(form.get("state", "")))
            case "unlink":
                unlink_goal(tx, pair_id, goal, by=by, now=now)
            case "pulse-on" | "pulse-off" as switch:
                change_pair(tx, pair_id, now=now, by=by, pulse=switch == "pulse-on")
            case "pulse-show" | "pulse-hide" as switch:
                agree_to_show(tx, pair_id, switch == "pulse-show", by=by, now=now)
            case "reflect":
                _reflect(tx, meeting, by)
            case "pulse":
                answer_pulse(
                    tx,
                    meeting.series.series_id,
                    _useful(form.get("useful", "")),
                    by=by,
                    now=now,
                    change=form.get("change", ""),
                )
            case _:
                raise InvalidInput("this page does not know what you asked for: load it again")
    hurry()
    return redirect(guest.url("talk", series_id, "review"), code=303)


def _reflect(tx: Transaction, meeting: Meeting, by: str) -> None:
    if meeting.guest.via is Via.LINK:
        raise NotSignedIn("sign in for this: nobody but you may read it")
    known = {answer.value: answer for answer in Listened}
    chosen = request.form.get("listened", "")
    if chosen not in known:
        raise InvalidInput("choose one of the answers on the page")
    words, now = request.form.get("text", ""), meeting.guest.now
    reflect(tx, meeting.series.series_id, known[chosen], by=by, now=now, text=words)


@bp.post("/talk/<series_id>/digest/<digest_id>")
def edit_digest(token: str, series_id: str, digest_id: str) -> ResponseReturnValue:
    """Strike, take back, reword or add a line of one's own digest."""
    meeting, form = _meeting(token, series_id), request.form
    guest, line = meeting.guest, form.get("line", "")
    if guest.via is Via.LINK:
        raise NotSignedIn("sign in for this: it holds your private notes")
    by, now = guest.address, guest.now
    with app().store.transaction() as tx:
        match form.get("what"):
            case "strike" | "unstrike" as what:
                changed = strike_line(tx, digest_id, line, what == "strike", by=by, now=now)
            case "reword":
                changed = reword_line(tx, digest_id, line, form.get("text", ""), by=by, now=now)
            case "add":
                changed = add_line(tx, digest_id, form.get("text", ""), by=by, now=now)
            case _:
                raise InvalidInput("this page does not know what you asked for: load it again")
    period = f"review?from={changed.begins.isoformat()}&to={changed.ends.isoformat()}#digest"
    return redirect(guest.url("talk", series_id, period), code=303)


def _day(name: str, usual: date) -> date:
    text = request.args.get(name, "")
    try:
        return date.fromisoformat(text) if text else usual
    except ValueError as err:
        raise InvalidInput(f"{text[:20]!r} is not a day: 2026-06-12, please") from err


def _state(text: str) -> GoalState | None:
    if not text:
        return None
    known = {state.value: state for state in GoalState}
    if text not in known:
        raise InvalidInput("choose one of the states on the page")
    return known[text]


def _useful(text: str) -> Useful:
    known = {answer.value: answer for answer in Useful}
    if text not in known:
        raise InvalidInput("choose one of the answers on the page")
    return known[text]
