"""Comments of answers to an invitation, read in a calendar: each waits for its author's own yes.

A comment stays in the calendar and is read on every pass, in both people's calendars, and an
occurrence that is changed inherits what the series says. So each event's lines are compared with
those of the last reading: what comes up anew, or bears a later time, was given again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.model.calendar import CalendarEvent, EventKind
from core.model.people import Pair, normal_address
from core.model.proposals import Proposal, ProposalState, SaidLine, SeenComments
from core.model.series import Series
from core.rsvp import comments_of
from core.service.ids import short_id
from core.store import Transaction

WHOLE = "series"


def note_comments(
    tx: Transaction, series: Series, event: CalendarEvent, owner: str | None, now: datetime
) -> int:
    """Keep what the two wrote beside their answers; return how much of it is a new offer.

    The same words given again later are offered again; as long as they wait, once. Nothing is
    told to anybody.
    """
    pair = tx.pair(series.pair_id) if series.pair_id else None
    if pair is None:
        return 0
    place = _place(event)
    said = {a: lines for a, lines in comments_of(event, owner).items() if pair.side(a)}
    seen_id = _seen_id(series, event, place)
    before = tx.noun(SeenComments, seen_id)
    if before is None and not said and place != WHOLE:
        return 0
    lines, fresh = _compared(before.said if before else (), said, _stamps(event))
    after = SeenComments(seen_id=seen_id, series_id=series.series_id, place=place, said=lines)
    if after == before:
        return 0
    new = 0
    for author, line, times in fresh:
        is_first = before is None and times == 1
        if not (is_first and _was_known(tx, series, event, author, line, place)):
            new += _offer(tx, series, pair, author, line, (place, times), now)
    tx.put_noun(after)
    return new


def _place(event: CalendarEvent) -> str:
    """An occurrence that differs in nothing shows what the series says."""
    if event.original_start is None or event.kind is EventKind.OCCURRENCE:
        return WHOLE
    return event.original_start.isoformat()


def _seen_id(series: Series, event: CalendarEvent, place: str) -> str:
    return short_id("seen", series.series_id, event.ref.calendar_id, place)


def _stamps(event: CalendarEvent) -> Mapping[str, str]:
    return {normal_address(p.address): p.answered for p in event.participants}


def _compared(
    before: tuple[SaidLine, ...],
    said: Mapping[str, tuple[str, ...]],
    stamps: Mapping[str, str],
) -> tuple[tuple[SaidLine, ...], list[tuple[str, str, int]]]:
    """Return the lines as they are now, and (author, line, times) of those that came up anew."""
    known = {(s.author, s.line): s for s in before}
    kept, fresh = {}, []
    for author, lines in said.items():
        for line in lines:
            name, stamp = (author, short_id(line.casefold())), stamps.get(author, "")
            was = known.get(name)
            is_later = was is not None and was.stamp and stamp and stamp != was.stamp
            is_new = was is None or not was.is_there or bool(is_later)
            times = (was.times if was else 0) + is_new
            kept[name] = SaidLine(
                author=author, line=name[1], times=times, is_there=True, stamp=stamp
            )
            if is_new:
                fresh.append((author, line, times))
    for name, was in known.items():
        if name not in kept:
            kept[name] = SaidLine(
                author=was.author, line=was.line, times=was.times, is_there=False, stamp=was.stamp
            )
    return tuple(kept[name] for name in sorted(kept)), fresh


def _was_known(
    tx: Transaction, series: Series, event: CalendarEvent, author: str, line: str, place: str
) -> bool:
    """Tell whether a line in an event that is read for the first time is an old one.

    It is, unless the series itself is known not to say it: then it was written for this
    occurrence.
    """
    first = tx.noun(Proposal, _first_id(series, author, line))
    if first is None:
        return False
    if place == WHOLE or first.place in ("", place):
        return True
    whole = tx.noun(SeenComments, _seen_id(series, event, WHOLE))
    digest = short_id(line.casefold())
    return whole is None or any(
        s.is_there for s in whole.said if (s.author, s.line) == (author, digest)
    )


def _offer(
    tx: Transaction,
    series: Series,
    pair: Pair,
    author: str,
    line: str,
    answer: tuple[str, int],
    now: datetime,
) -> int:
    place, times = answer
    name = _first_id(series, author, line)
    first = tx.noun(Proposal, name)
    if first is not None and (times > 1 or first.place not in ("", place)):
        name = short_id("proposal", series.series_id, author, line.casefold(), place, str(times))
    waits = (
        p
        for p in tx.nouns(Proposal, author)
        if p.series_id == series.series_id and p.state is ProposalState.WAITING
    )
    if tx.noun(Proposal, name) is not None or any(p.text == line for p in waits):
        return 0
    tx.put_noun(
        Proposal(
            proposal_id=name,
            pair_id=pair.pair_id,
            series_id=series.series_id,
            author=author,
            text=line,
            at=now,
            place=place,
        )
    )
    return 1


def _first_id(series: Series, author: str, line: str) -> str:
    return short_id("proposal", series.series_id, author, line.casefold())
