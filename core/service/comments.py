"""Comments of answers to an invitation, read in a calendar: each waits for its author's own yes."""

from __future__ import annotations

from datetime import datetime

from core.model.calendar import CalendarEvent
from core.model.people import Pair
from core.model.proposals import Proposal
from core.model.series import Series
from core.rsvp import comments_of
from core.service.ids import short_id
from core.store import Transaction


def note_comments(
    tx: Transaction, series: Series, event: CalendarEvent, owner: str | None, now: datetime
) -> int:
    """Keep what the two wrote beside their answers; return how much of it is new.

    The same words of the same person are offered once for a series, whatever became of them:
    a comment stays in the calendar and is read on every pass. Nothing is told to anybody.
    """
    said, new = comments_of(event, owner), 0
    pair = tx.pair(series.pair_id) if said and series.pair_id else None
    if pair is None:
        return 0
    ours = {author: lines for author, lines in said.items() if pair.side(author)}
    for author, lines in ours.items():
        for line in lines:
            proposal = _proposal(series, pair, author, line, now)
            if tx.noun(Proposal, proposal.key) is None:
                tx.put_noun(proposal)
                new += 1
    return new


def _proposal(series: Series, pair: Pair, author: str, line: str, now: datetime) -> Proposal:
    return Proposal(
        proposal_id=short_id("proposal", series.series_id, author, line.casefold()),
        pair_id=pair.pair_id,
        series_id=series.series_id,
        author=author,
        text=line,
        at=now,
    )
