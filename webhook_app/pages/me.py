"""Somebody's overview: their 1:1s, those that wait for a yes, and why others are none."""

from __future__ import annotations

from dataclasses import dataclass

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from core.access import Right
from core.body import readable
from core.model.series import Series, SeriesState, Why
from core.reasons import sentence
from core.service.consent import say_yes
from core.service.preview import preview
from webhook_app.pages import (
    changes,
    council,
    export,
    guides,
    history,
    inbox,
    insights,
    messages,
    pair_link,
    review,
    settings,
    talk,
    where,
)
from webhook_app.pages.act import Act
from webhook_app.pages.acts import do, right_for
from webhook_app.pages.board import Board, board_of
from webhook_app.pages.door import bp, open_doors, show
from webhook_app.pages.guest import Guest, Meeting, app, guest_with, hurry, meeting_of
from webhook_app.pages.words import life_words

__all__ = [
    "bp",
    "changes",
    "council",
    "export",
    "guides",
    "history",
    "inbox",
    "insights",
    "messages",
    "open_doors",
    "pair_link",
    "review",
    "settings",
    "talk",
    "where",
]

BACK = {"agenda": "", "meet": "/meet", "inbox": "/inbox", "settings": "/settings"}
"""Where a button leads back to: names only, so that nobody is led elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One 1:1 in the overview."""

    meeting: Meeting
    board: Board


@bp.get("/")
def home(token: str) -> ResponseReturnValue:
    """Show everything of one person."""
    guest = guest_with(token)
    mine = _series_of(guest)
    on = [s for s in mine if s.state in (SeriesState.ENABLED, SeriesState.ENDED)]
    waiting = [s for s in mine if s.state in (SeriesState.FOUND, SeriesState.DISABLED)]
    others = [s for s in mine if s.state is SeriesState.OTHER]
    return show(
        "home.html",
        guest,
        cards=_cards(guest, on),
        several=sum(s.state is SeriesState.FOUND for s in waiting) > 1,
        waiting=[(s, sentence(s.agenda_reason, guest.person.locale)) for s in waiting],
        others=[(s, sentence(s.reason, guest.person.locale)) for s in others],
        lw=life_words(guest.person.locale),
    )


def _series_of(guest: Guest) -> list[Series]:
    with app().store.transaction() as tx:
        everything = tx.all_series()
    return [s for s in everything if guest.address in s.humans]


def _cards(guest: Guest, series: list[Series]) -> list[Card]:
    cards = []
    for one in series:
        with app().store.transaction() as tx:
            sheet = tx.open_sheet(one.series_id)
        if sheet is not None and one.pair_id is not None:
            meeting = meeting_of(guest, one.series_id)
            cards.append(Card(meeting=meeting, board=board_of(guest, meeting, sheet)))
    return sorted(cards, key=lambda card: (card.board.start or "9", card.meeting.series.title))


@bp.post("/yes-to-all")
def yes_to_all(token: str) -> ResponseReturnValue:
    """Say yes to every 1:1 that was found and that nobody has stopped; to nothing else."""
    guest = guest_with(token)
    for series in _series_of(guest):
        if series.state is SeriesState.FOUND and series.reason is Why.TWO_PEOPLE:
            meeting_of(guest, series.series_id, Right.SWITCH_SERIES)
            with app().store.transaction() as tx:
                say_yes(tx, series.series_id, by=guest.address, now=guest.now)
    hurry()
    return redirect(guest.url(""), code=303)


@bp.get("/newest")
def newest(token: str) -> ResponseReturnValue:
    """Return the number of the newest happening, for programs that wait for one."""
    guest_with(token)
    with app().store.transaction() as tx:
        return jsonify(newest=tx.last_happening())


@bp.get("/preview/<series_id>")
def show_preview(token: str, series_id: str) -> ResponseReturnValue:
    """Show the very text that a yes would write."""
    guest = guest_with(token)
    meeting = meeting_of(guest, series_id, Right.SWITCH_SERIES)
    outcome = preview(app().services, meeting.series.series_id, guest.now)
    reason = sentence(outcome.why, guest.person.locale)
    return show(
        "preview.html",
        guest,
        meeting=meeting,
        writes=outcome.writes,
        reason=reason,
        readable=readable,
    )


@bp.post("/do/<series_id>")
def press(token: str, series_id: str) -> ResponseReturnValue:
    """Do what a button of the page says.

    Against CSRF stand the unguessable link, or the session's own field (auth.who).
    """
    what = request.form.get("what", "")
    meeting = meeting_of(guest_with(token), series_id, right_for(what))
    guest = meeting.guest
    do(what, Act(guest=guest, meeting=meeting, form=request.form))
    hurry()
    return redirect(_back(guest, series_id), code=303)


def _back(guest: Guest, series_id: str) -> str:
    name = request.form.get("back", "agenda")
    if name == "home" or name not in BACK:
        return guest.url("")
    return guest.url("talk", series_id) + BACK[name]
