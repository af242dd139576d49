"""While somebody is away: the manager offers their open action items, and others take them."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from core.model.people import Person
from core.service.cover import answer_cover, offer_cover, offered_to, team_of, uncovered
from core.store import Transaction
from webhook_app.pages.door import bp
from webhook_app.pages.guest import Guest, app, guest_with, hurry


def cover_of(tx: Transaction, guest: Guest) -> dict[str, Any]:
    """Return what the page shows: one's people's items to offer, and what is offered to oneself."""
    today = guest.now.date()
    return {
        "items": [
            {
                "id": one.item.item_id,
                "text": one.item.text,
                "whose": _called(tx, one.pair.report),
                "asked": _called(tx, one.offered_to) if one.offered_to else "",
            }
            for one in uncovered(tx, guest.address, today)
        ],
        "team": [(person.address, person.called) for person in team_of(tx, guest.address, today)],
        "offers": [
            {"id": offer.offer_id, "text": offer.text, "by": _called(tx, offer.manager)}
            for offer in offered_to(tx, guest.address)
        ],
    }


def _called(tx: Transaction, address: str) -> str:
    return (tx.person(address) or Person(address=address)).called


@bp.post("/changes/cover")
def offer(token: str) -> ResponseReturnValue:
    """Offer an absent person's action item to somebody of the team."""
    guest, form = guest_with(token), request.form
    with app().store.transaction() as tx:
        offer_cover(tx, form.get("item", ""), form.get("to", ""), by=guest.address, now=guest.now)
    return redirect(guest.url("changes?saved"), code=303)


@bp.post("/changes/cover/<offer_id>")
def answer(token: str, offer_id: str) -> ResponseReturnValue:
    """Take what was offered, or say no."""
    guest, take = guest_with(token), request.form.get("answer") == "take"
    with app().store.transaction() as tx:
        answer_cover(tx, offer_id, take=take, by=guest.address, now=guest.now)
    hurry()
    return redirect(guest.url("changes?saved"), code=303)
