"""An absent person's action item that a manager offers to somebody else of the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from core.model.agenda import ItemId
from core.model.people import PairId


class CoverState(StrEnum):
    """What became of an offer."""

    OFFERED = "offered"
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverOffer:
    """One action item, and who might do it meanwhile. It says nothing of why."""

    NOUN: ClassVar[str] = "cover_offer"

    offer_id: str
    pair_id: PairId
    """The absent person's pair, where the item stands."""
    item_id: ItemId
    text: str
    """The manager's words for it: by itself the item's own, without notes."""
    due: date | None = None
    absent: str
    manager: str
    to: str
    at: datetime
    state: CoverState = CoverState.OFFERED

    @property
    def key(self) -> str:
        """Its id."""
        return self.offer_id

    @property
    def belongs_to(self) -> str:
        """Whom it is offered to."""
        return self.to
