"""Comments of answers to an invitation: offered to their author alone, who makes points of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.errors import NotFound
from core.model.agenda import TalkingPoint, Visibility
from core.model.calendar import CalendarEvent
from core.model.people import Pair
from core.model.proposals import Proposal, ProposalState
from core.model.series import Series, SeriesId
from core.rsvp import comments_of
from core.service.ids import short_id
from core.service.services import Services
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


def proposals_for(tx: Transaction, series_id: SeriesId, reader: str) -> tuple[Proposal, ...]:
    """Return what waits for this reader's own yes, oldest first."""
    found = [
        p
        for p in tx.nouns(Proposal, reader)
        if p.series_id == series_id and p.state is ProposalState.WAITING
    ]
    return tuple(sorted(found, key=lambda p: (p.at, p.key)))


def take_proposal(
    services: Services,
    series_id: SeriesId,
    proposal_id: str,
    *,
    by: str,
    now: datetime,
    visibility: Visibility = Visibility.SHARED,
) -> TalkingPoint | None:
    """Make a point of it; twice is once (None: it was settled before). Raise NotFound."""
    with services.store.transaction() as tx:
        proposal = _own(tx, series_id, proposal_id, by)
    if proposal.state is not ProposalState.WAITING:
        return None
    # The key names the point, so that dying before the next step adds nothing twice.
    key = f"proposal {proposal_id}"
    # Reading a calendar notes comments, and shall not load what writes bodies.
    from core.service.edit import add_point

    point = add_point(
        services, series_id, proposal.text, by=by, now=now, visibility=visibility, key=key
    )
    _settle(services, proposal, ProposalState.TAKEN)
    return point


def dismiss_proposal(
    services: Services, series_id: SeriesId, proposal_id: str, *, by: str, now: datetime
) -> None:
    """Let it go for good; what stands in the calendar stays there. Raise NotFound."""
    del now
    with services.store.transaction() as tx:
        proposal = _own(tx, series_id, proposal_id, by)
    if proposal.state is ProposalState.WAITING:
        _settle(services, proposal, ProposalState.DISMISSED)


def _settle(services: Services, proposal: Proposal, state: ProposalState) -> None:
    with services.store.transaction() as tx:
        tx.put_noun(replace(proposal, state=state, text=""))


def _own(tx: Transaction, series_id: SeriesId, proposal_id: str, by: str) -> Proposal:
    found = tx.noun(Proposal, proposal_id)
    if found is None or found.author != by or found.series_id != series_id:
        raise NotFound("this proposal is not there, or it is not yours")
    return found
