"""What waits for its author's own yes: offered to them alone, who make points of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.errors import NotFound
from core.model.agenda import TalkingPoint, Visibility
from core.model.proposals import Proposal, ProposalState
from core.model.series import SeriesId
from core.service.edit import add_point
from core.service.services import Services
from core.store import Transaction


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
    point = add_point(
        services, series_id, proposal.text, by=by, now=now, visibility=visibility, key=key
    )
    _settle(services, proposal, ProposalState.TAKEN)
    return point


def dismiss_proposal(services: Services, series_id: SeriesId, proposal_id: str, *, by: str) -> None:
    """Let it go for good; what stands in the calendar stays there. Raise NotFound."""
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
