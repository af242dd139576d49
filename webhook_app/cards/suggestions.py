"""Suggestions on a card: whoever has any puts a source in here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.model.cards import Deed
from core.model.people import Person
from core.model.series import SeriesId
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


class NoOffers:
    """As long as no rules speak."""

    def of(self, *_: object) -> tuple[Offer, ...]:
        """See Offers."""
        return ()

    def answer(self, *_: object) -> None:
        """See Offers. There is nothing to answer."""


offers: Offers = NoOffers()
"""Replaced by the rules' store of suggestions where there is one."""
