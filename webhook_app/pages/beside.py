"""What stands beside an agenda: what the talk is for, suggestions, questions, one's own notes."""

from __future__ import annotations

from dataclasses import dataclass

from core.model.proposals import Proposal
from core.model.series import Sheet
from core.service.briefing import Briefing, briefing
from core.service.offers import TemplateOffer, template_offers
from core.service.proposals import proposals_for
from core.service.questions import Question, questions_for
from core.service.suggest import Reason, Shown, suggestions_for, why
from webhook_app.pages.guest import Meeting, app
from webhook_app.pages.own_notes import own_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """All of it, for one reader."""

    brief: Briefing
    suggestions: tuple[tuple[Shown, Reason], ...]
    offers: tuple[TemplateOffer, ...]
    questions: tuple[Question, ...]
    proposals: tuple[Proposal, ...]
    """What this reader wrote beside an answer to the invitation: nobody else sees it."""
    private: str
    """One's own notes on this meeting."""


def beside(meeting: Meeting, sheet: Sheet) -> Beside:
    """Return what helps this reader before the talk."""
    services, series_id = app().services, meeting.series.series_id
    reader, now = meeting.guest.address, meeting.guest.now
    shown = suggestions_for(services, meeting.pair.pair_id, reader, now)
    with services.store.transaction() as tx:
        offers = template_offers(tx, series_id, reader, now)
        private = own_note(tx, meeting.pair, sheet, reader)
        proposals = proposals_for(tx, series_id, reader)
    return Beside(
        brief=briefing(services, series_id, reader),
        suggestions=tuple((s, why(services, s.suggestion_id, reader)) for s in shown),
        offers=offers,
        questions=questions_for(services, series_id, reader, now),
        proposals=proposals,
        private=private.text if private else "",
    )
