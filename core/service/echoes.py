"""What a calendar announces and we know already: our own write, and the host's copy of a text.

Each write makes the calendars of both people announce it once. Such an announcement is left to
the next regular poll, which asks anyway; a second one within the same time is followed. An edit
that hides behind an echo is so read by the poll, or by the look that goes before each write.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from core.model.calendar import CalendarId
from core.model.echoes import Echo, echo_key
from core.store import Transaction

WINDOW = timedelta(seconds=60)
"""How long after its cause an announcement still counts as its echo."""


def expect_echo(
    tx: Transaction, calendars: Iterable[CalendarId], now: datetime, *, past: bool = False
) -> None:
    """Note that each of these calendars announces something that we know.

    `past`: its cause lies a little back, so that the announcement may be here already.
    """
    at = now - WINDOW / 2 if past else now
    for calendar_id in calendars:
        known = tx.noun(Echo, echo_key(calendar_id)) or Echo(calendar_id=calendar_id)
        tx.put_noun(replace(known, times=(*_live(known, now), at)))


def is_echo(
    tx: Transaction, calendar_id: CalendarId, first: datetime, announced: int, now: datetime
) -> bool:
    """Tell whether all announcements since a first one are expected; count them as come.

    What was announced before its cause is no echo of it.
    """
    known = tx.noun(Echo, echo_key(calendar_id))
    if known is None:
        return False
    live = _live(known, now)
    caused = sum(at <= first for at in live)
    # What is read now answers for whatever is still under way.
    left = sorted(live)[announced:] if announced <= caused else ()
    if left:
        tx.put_noun(replace(known, times=tuple(left)))
    else:
        tx.remove_noun(Echo, known.key)
    return announced <= caused


def _live(known: Echo, now: datetime) -> tuple[datetime, ...]:
    return tuple(at for at in known.times if at + WINDOW >= now)
