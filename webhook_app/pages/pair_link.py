"""One address for two people, for good: it leads to where they stand now (SD-85)."""

from __future__ import annotations

from flask import redirect
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.model.people import Pair
from core.model.series import Series, SeriesState
from core.service.ids import short_id
from core.store import Transaction
from webhook_app.pages.door import bp
from webhook_app.pages.guest import app, guest_with


@bp.get("/pair/<name>")
def pair_page(token: str, name: str) -> ResponseReturnValue:
    """Lead one of the two to the agenda of their next talk, whichever series it is in."""
    guest = guest_with(token)
    with app().store.transaction() as tx:
        pairs = [p for p in tx.pairs_of(guest.address) if pair_name(p) == name]
        series = current_series(tx, pairs[0]) if pairs else None
    if series is None:
        raise NotFound("there is no such pair of yours, or no agenda of it yet")
    return redirect(guest.url("talk", series.series_id), code=302)


def pair_name(pair: Pair) -> str:
    """Name a pair in an address: it says nothing of who they are, and stays when series change."""
    return short_id("pair link", pair.pair_id)


def current_series(tx: Transaction, pair: Pair) -> Series | None:
    """Return the series whose agenda comes next; without one the one that had the last."""
    found = []
    for series in tx.series_of(pair.pair_id):
        sheet = tx.open_sheet(series.series_id)
        live = series.state is SeriesState.ENABLED
        if sheet is not None:
            start = sheet.place.slot.start.isoformat() if sheet.place else "9"
            found.append((not live, start, series.series_id, series))
    return min(found, key=lambda one: one[:3])[3] if found else None
