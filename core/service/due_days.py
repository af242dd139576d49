"""What a day brings by itself: managers change, last days pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.model.actions import Happening
from core.model.engagement import DueDay, Engagement
from core.model.series import SeriesState
from core.store import Transaction

LAST_DAY = "last_day"


def do_due_days(tx: Transaction, now: datetime) -> int:
    """Do everything whose day has come; return how much. Looking costs one row."""
    done = 0
    while first := next(iter(tx.nouns(DueDay, limit=1)), None):
        if first.on > now.date():
            break
        # A pass in which no day has come does not pay for loading the body's engine.
        from core.service import handover

        if first.what == handover.DUE:
            handover.carry_out_due(tx, first.subject, now)
        elif first.what == LAST_DAY:
            _end_pairs(tx, first.subject, now)
        tx.remove_noun(DueDay, first.key)
        done += 1
    return done


def _end_pairs(tx: Transaction, address: str, now: datetime) -> None:
    """Somebody has left: their pairs end, both keep what was said, our text goes."""
    from core.service.consent import say_stop

    place = tx.noun(Engagement, address)
    if place is None or place.works_on(now.date()):
        return
    for pair in tx.pairs():
        if pair.side(address) is None or pair.ended is not None:
            continue
        tx.put_pair(replace(pair, ended=now))
        for series in tx.series_of(pair.pair_id):
            if series.state is SeriesState.ENABLED:
                say_stop(tx, series.series_id, remove=True, by=None, now=now)
        tx.record(Happening(at=now, name="pair.ended", subject=pair.pair_id))
