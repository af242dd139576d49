"""A change of manager: what the report lets pass on, and what becomes of promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from core.model.agenda import ActionItem
from core.model.people import PairId


class Fate(StrEnum):
    """What the former manager makes of one of their open promises."""

    OPEN = "open"
    """Not decided yet: it stays where it is."""
    KEPT = "kept"
    """They do it still, in their own list."""
    OFFERED = "offered"
    """The new manager may take it."""
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One open promise of the former manager."""

    item: ActionItem
    fate: Fate = Fate.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What the report lets pass on; nobody else chooses it."""

    actions: bool = True
    """Their own open action items."""
    points: bool = True
    """Their own open talking points."""
    goals: bool = True
    history: bool = False
    """What both wrote in past meetings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerChange:
    """Somebody gets another manager on a day."""

    NOUN: ClassVar[str] = "manager_change"

    change_id: str
    report: str
    old: str
    new: str
    on: date
    release: Release = Release()
    answered: bool = False
    """The report has chosen; until then the usual holds, and history stays."""
    promises: tuple[Promise, ...] = ()
    done: bool = False
    """The day has come and everything was carried out."""
    wanted_end: tuple[str, ...] = ()
    """Who of the two closed the offer to end the old series in the calendar."""

    @property
    def key(self) -> str:
        """Its id."""
        return self.change_id

    @property
    def belongs_to(self) -> str:
        """The one who gets another manager."""
        return self.report


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedItem:
    """An action item that waits for the new pair's first agenda."""

    NOUN: ClassVar[str] = "handed_item"

    pair_id: PairId
    item: ActionItem

    @property
    def key(self) -> str:
        """The item's."""
        return f"{self.pair_id}/{self.item.item_id}"

    @property
    def belongs_to(self) -> str:
        """The new pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedHistory:
    """Past meetings of an old pair that the report opened for the new one."""

    NOUN: ClassVar[str] = "released_history"

    pair_id: PairId
    """The new pair."""
    old_pair: PairId
    until: date
    """The last day that is open."""

    @property
    def key(self) -> str:
        """One a pair of pairs."""
        return f"{self.pair_id}/{self.old_pair}"

    @property
    def belongs_to(self) -> str:
        """The new pair."""
        return self.pair_id
