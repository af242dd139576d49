"""Suggestions on a card, and what an answer to one does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.model.cards import Deed, Verb
from core.model.people import Person
from core.model.series import SeriesId
from core.model.suggestions import SuggestionId
from core.service.suggest import mute, put_away, suggestions_for, take, why
from webhook_app.wiring import App


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One suggestion as a card shows it."""

    offer_id: str
    text: str
    why: str = ""
    """The evidence, in one sentence."""
    may_take: bool = True
    """Whether a press can do it."""


class Offers(Protocol):
    """Where suggestions come from, and where an answer to one goes."""

    def of(self, app: App, series: SeriesId, person: Person, now: datetime) -> tuple[Offer, ...]:
        """Return what this person may be offered now, the most helpful first."""
        ...

    def answer(self, app: App, deed: Deed, person: Person, now: datetime) -> None:
        """Take, dismiss or mute one. Raise NotFound where there is no such offer."""
        ...


class RuleOffers:
    """What the rules suggest (core.service.suggest)."""

    def of(self, app: App, series: SeriesId, person: Person, now: datetime) -> tuple[Offer, ...]:
        """See Offers."""
        with app.store.transaction() as tx:
            known = tx.series(series)
        if known is None or known.pair_id is None:
            return ()
        shown = suggestions_for(app.services, known.pair_id, person.address, now)
        return tuple(
            Offer(
                offer_id=s.suggestion_id,
                text=s.text,
                why=why(app.services, s.suggestion_id, person.address).text,
            )
            for s in shown
        )

    def answer(self, app: App, deed: Deed, person: Person, now: datetime) -> None:
        """See Offers."""
        answers = {Verb.TAKE: take, Verb.DISMISS: put_away, Verb.MUTE: mute}
        answers[deed.verb](app.services, SuggestionId(deed.entry), by=person.address, now=now)


offers: Offers = RuleOffers()
"""Where cards get theirs."""
