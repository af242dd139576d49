"""Was the talk useful? Asked now and then, where both want it; seen by the two alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.agenda import PointId, TalkingPoint
from core.model.inbox import InboxPoint, Waits
from core.model.people import Pair, PairId
from core.model.pulse import PulseAnswer, Useful
from core.model.series import SeriesId, Sheet, SheetState
from core.model.settings import PairSettings
from core.service.edit import one_line
from core.service.ids import short_id
from core.service.settings import change_pair, pair_settings
from core.store import Transaction

EVERY = 6
QUARTER = timedelta(days=84)
FRESH = timedelta(days=7)
"""So long after a talk one still knows."""


def pulse_due(tx: Transaction, series_id: SeriesId, reader: str, now: datetime) -> Sheet | None:
    """Return the talk that a reader may be asked about now; None mostly.

    After every sixth held talk, once a quarter at most, and only where the pair wants it.
    """
    pair, held = _held(tx, series_id, reader)
    if not pair_settings(tx, pair.pair_id).pulse or not held or len(held) % EVERY:
        return None
    last = held[-1]
    fresh = last.place is not None and now - last.place.slot.end < FRESH
    mine = [a for a in tx.nouns(PulseAnswer, pair.pair_id) if a.person == reader]
    lately = any(now.date() - a.on < QUARTER for a in mine)
    return last if fresh and not lately else None


def answer_pulse(
    tx: Transaction,
    series_id: SeriesId,
    useful: Useful,
    *,
    by: str,
    now: datetime,
    change: str = "",
) -> PulseAnswer:
    """Keep an answer; a wish for next time comes onto the next agenda (SD-35).

    Raise NotFound for a third person or without a held talk, InvalidInput where it is off.
    """
    pair, held = _held(tx, series_id, by)
    if not held:
        raise NotFound("no talk of this series is over yet")
    if not pair_settings(tx, pair.pair_id).pulse:
        raise InvalidInput("this pair has not turned the question on")
    sheet = held[-1]
    answer = PulseAnswer(
        sheet_id=sheet.sheet_id,
        pair_id=pair.pair_id,
        person=by,
        useful=useful,
        on=now.date(),
    )
    tx.put_noun(answer)
    if change.strip():
        words = one_line(change)
        point = TalkingPoint(
            point_id=PointId(short_id("pulse", sheet.sheet_id, by)), text=words, owner=by
        )
        waiting = InboxPoint(
            pair_id=pair.pair_id,
            point=point,
            since=now,
            waits=Waits.NEXT,
            series_id=series_id,
            by=by,
        )
        tx.put_noun(waiting)
    tx.record(Happening(at=now, name="pulse.answered", subject=series_id))
    return answer


def pulses_of(tx: Transaction, pair_id: PairId, *, reader: str) -> list[PulseAnswer]:
    """Return one's own answers, and the other's where both agreed to that, oldest first.

    Raise NotFound for anybody else.
    """
    pair = _own_pair(tx, pair_id, reader)
    both = is_pair_view(tx, pair)
    found = [a for a in tx.nouns(PulseAnswer, pair_id) if both or a.person == reader]
    return sorted(found, key=lambda a: (a.on, a.person))


def is_pair_view(tx: Transaction, pair: Pair) -> bool:
    """Tell whether both agreed to see each other's answers (C-30)."""
    return set(pair.addresses) <= set(pair_settings(tx, pair.pair_id).pulse_shown_by)


def agree_to_show(
    tx: Transaction, pair_id: PairId, agrees: bool, *, by: str, now: datetime
) -> PairSettings:
    """Let the other one see the answers, or no longer; a no of one holds for both at once."""
    pair = _own_pair(tx, pair_id, by)
    others = {a for a in pair_settings(tx, pair.pair_id).pulse_shown_by if a != by}
    agreed = tuple(sorted(others | ({by} if agrees else set())))
    return change_pair(tx, pair_id, now=now, by=by, pulse_shown_by=agreed)


def _own_pair(tx: Transaction, pair_id: PairId, reader: str) -> Pair:
    pair = tx.pair(pair_id)
    if pair is None or pair.side(reader) is None:
        raise NotFound("there is no such pair of yours")
    return pair


def _held(tx: Transaction, series_id: SeriesId, by: str) -> tuple[Pair, list[Sheet]]:
    series = tx.series(series_id)
    pair = tx.pair(series.pair_id) if series and series.pair_id else None
    if pair is None or pair.side(by) is None:
        raise NotFound(f"{by} is not one of the two people of this series")
    return pair, [s for s in tx.sheets(series_id) if s.state is SheetState.CLOSED]
