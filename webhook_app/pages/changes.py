"""What is changing for somebody: cancelled talks, and another manager. They decide here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask import redirect, request
from flask.typing import ResponseReturnValue

from core.errors import InvalidInput
from core.model.calendar import TimeSlot, Window
from core.model.handover import Fate, ManagerChange, Release
from core.model.people import Person
from core.model.series import Series, SeriesId
from core.model.talks import Way
from core.reminder_text import when_words
from core.service.cancelled import CancelOffer, answer_offer, cancel_offers, change_talk
from core.service.handover import (
    changes_for,
    choose_release,
    decide_promise,
    promises_to_decide,
)
from core.service.neighbours import collisions_of
from core.service.old_pairs import close_end_offer, ends_to_offer
from core.service.relink import matches_to_ask, not_the_same, relink_by_hand
from core.service.slots import propose_slots
from core.store import Transaction
from webhook_app.pages.cover import cover_of
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import Guest, app, guest_with, hurry
from webhook_app.pages.words import life_words

WAYS = (Way.SHORTEN, Way.WALK, Way.KEEP, Way.SKIP)


@bp.get("/changes")
def changes(token: str) -> ResponseReturnValue:
    """Show everything that waits for this person's word."""
    guest = guest_with(token)
    offers = cancel_offers(app().services, guest.address, guest.now)
    with app().store.transaction() as tx:
        mine = [_shown(tx, guest, c) for c in changes_for(tx, guest.address)]
        ends = [c.change_id for c in ends_to_offer(tx, guest.address)]
        cancelled = [_offer(tx, guest, offer) for offer in offers]
        cover = cover_of(tx, guest)
        matches = matches_to_ask(tx, guest.address, guest.now)
        colliding = collisions_of(tx, guest.address, guest.now)
    collisions = [_collision(guest, series, slot) for series, slot in colliding]
    return show(
        "changes.html",
        guest,
        lw=life_words(guest.person.locale),
        cancelled=cancelled,
        changes=[c for c in mine if c["asks"]],
        ends=ends,
        cover=cover,
        matches=matches,
        collisions=collisions,
        saved="saved" in request.args,
        here="changes",
    )


def _when(guest: Guest, at: datetime) -> str:
    return when_words(at, guest.person.zone, guest.person.locale)


def _day(guest: Guest, on: date) -> str:
    language = "de" if guest.person.locale.startswith("de") else "en_GB"
    return format_date(on, "long", locale=language)


def _called(tx: Transaction, address: str) -> str:
    return (tx.person(address) or Person(address=address)).called


def _offer(tx: Transaction, guest: Guest, offer: CancelOffer) -> dict[str, Any]:
    slots = [
        (f"{s.start.isoformat()}/{s.end.isoformat()}", _when(guest, s.start))
        for s in offer.proposal.slots
    ]
    return {
        "id": offer.talk.talk_id,
        "gone": offer.talk.gone,
        "when": _when(guest, offer.talk.slot.start),
        "slots": slots,
        "ways": [way.value for way in WAYS if way in offer.ways],
        "unknown": [_called(tx, a) for a in offer.proposal.unknown if a != guest.address],
    }


def _collision(guest: Guest, series: Series, slot: TimeSlot) -> dict[str, Any]:
    assert series.pair_id is not None
    length = slot.end - slot.start
    found = propose_slots(app().services, series.pair_id, guest.now, length=length)
    slots = [
        (f"{s.start.isoformat()}/{s.end.isoformat()}", _when(guest, s.start)) for s in found.slots
    ]
    return {"series": series.series_id, "when": _when(guest, slot.start), "slots": slots}


def _shown(tx: Transaction, guest: Guest, change: ManagerChange) -> dict[str, Any]:
    who = guest.address
    promises = change.promises
    if who == change.old and not change.done:
        promises = promises_to_decide(tx, change.change_id, by=who)
    waiting = [p for p in promises if who != change.new or p.fate is Fate.OFFERED]
    asks = (who == change.report and not change.done) or (who != change.report and waiting)
    return {
        "id": change.change_id,
        "role": "report" if who == change.report else "old" if who == change.old else "new",
        "report": _called(tx, change.report),
        "new": _called(tx, change.new),
        "on": _day(guest, change.on),
        "release": change.release,
        "promises": waiting,
        "asks": bool(asks),
    }


@bp.post("/changes/talk/<talk_id>")
def answer_talk(token: str, talk_id: str) -> ResponseReturnValue:
    """Do in the calendar what was chosen for a cancelled talk."""
    guest, form = guest_with(token), request.form
    slot = _slot(form.get("slot", ""))
    way = Way.MOVE if slot else _choice(Way, form.get("way", ""))
    answer_offer(app().services, talk_id, way, by=guest.address, now=guest.now, slot=slot)
    hurry()
    return redirect(guest.url("changes?saved"), code=303)


def _slot(text: str) -> Window | None:
    if not text:
        return None
    begins, _, ends = text.partition("/")
    try:
        return Window(start=datetime.fromisoformat(begins), end=datetime.fromisoformat(ends))
    except ValueError as err:
        raise InvalidInput("this time cannot be read: choose one of those on the page") from err


def _choice(kind: Any, name: str) -> Any:
    known: Mapping[str, Any] = {each.value: each for each in kind}
    if name not in known:
        raise InvalidInput("choose one of the answers on the page")
    return known[name]


@bp.post("/changes/collision/<series_id>")
def move_away(token: str, series_id: str) -> ResponseReturnValue:
    """Move a talk on which something else lies by now."""
    guest, slot = guest_with(token), _slot(request.form.get("slot", ""))
    who, now = guest.address, guest.now
    change_talk(app().services, SeriesId(series_id), Way.MOVE, by=who, now=now, slot=slot)
    hurry()
    return redirect(guest.url("changes?saved"), code=303)


@bp.post("/changes/release/<change_id>")
def release(token: str, change_id: str) -> ResponseReturnValue:
    """Keep what the report lets pass on."""
    guest, form = guest_with(token), request.form
    chosen = Release(
        actions="actions" in form,
        points="points" in form,
        goals="goals" in form,
        history="history" in form,
    )
    with app().store.transaction() as tx:
        choose_release(tx, change_id, chosen, by=guest.address, now=guest.now)
    return redirect(guest.url("changes?saved"), code=303)


@bp.post("/changes/promise/<change_id>/<item_id>")
def promise(token: str, change_id: str, item_id: str) -> ResponseReturnValue:
    """Say what becomes of a promise."""
    guest = guest_with(token)
    fate = _choice(Fate, request.form.get("fate", ""))
    with app().store.transaction() as tx:
        decide_promise(tx, change_id, item_id, fate, by=guest.address, now=guest.now)
    return redirect(guest.url("changes?saved"), code=303)


@bp.post("/changes/match/<new>/<old>")
def match(token: str, new: str, old: str) -> ResponseReturnValue:
    """Say whether a new series goes on with an old one's points."""
    guest, new_id, old_id = guest_with(token), SeriesId(new), SeriesId(old)
    with app().store.transaction() as tx:
        if request.form.get("answer") == "yes":
            relink_by_hand(tx, new_id, old_id, by=guest.address, now=guest.now)
        else:
            not_the_same(tx, new_id, old_id, by=guest.address)
    hurry()
    return redirect(guest.url("changes?saved"), code=303)


@bp.post("/changes/heard/<change_id>")
def heard(token: str, change_id: str) -> ResponseReturnValue:
    """Close the offer to end an old series."""
    guest = guest_with(token)
    with app().store.transaction() as tx:
        close_end_offer(tx, change_id, by=guest.address)
    return redirect(guest.url("changes?saved"), code=303)
