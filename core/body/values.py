"""What the agenda text engine takes and gives: copies, changes, damage and results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model.agenda import Agenda
from core.model.calendar import Body
from core.model.people import Person


class Exposure(StrEnum):
    """How much of the agenda an event may show."""

    FULL = "full"
    TITLES = "titles"
    """Headings and the points' own lines; no notes and no second wordings."""
    LINK = "link"
    """Nothing but the way to the agenda."""


class ChangeKind(StrEnum):
    """What somebody did to the agenda in an event's body."""

    ADDED = "added"
    EDITED = "edited"
    TICKED = "ticked"
    UNTICKED = "unticked"
    MOVED = "moved"
    REMOVED = "removed"
    REMOVAL_ASKED = "removal_asked"
    """The other person's line is gone from this copy: it stays until its owner agrees."""
    PARKED = "parked"
    NOTED = "noted"
    ASSIGNED = "assigned"
    DUE = "due"
    HIDDEN = "hidden"
    """Marked as confidential."""
    RENAMED = "renamed"
    """A heading; `entry_id` is empty."""
    SETTLED = "settled"
    CLASH = "clash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that somebody did."""

    kind: ChangeKind
    entry_id: str
    by: str | None = None
    """Address of the one in whose copy it was found; None: an event that both share."""
    before: str = ""
    after: str = ""
    elsewhere: bool = False
    """Added, and typed in no place of theirs: a host may have brought it from another copy."""


class DamageKind(StrEnum):
    """What can be broken in a body."""

    BLOCK_GONE = "block_gone"
    EMPTIED = "emptied"
    START_MISSING = "start_missing"
    END_MISSING = "end_missing"
    DOUBLED = "doubled"
    TRUNCATED = "truncated"
    GLUED = "glued"
    LINES_GONE = "lines_gone"
    """So much is gone, or so oddly, that nobody deletes like this."""
    CROWDED = "crowded"
    """More lines than an agenda has: what stands behind the first `MOST_LINES` goes below it."""
    OVERWRITTEN = "overwritten"
    """The host put another copy's text in its place."""
    JOIN_BLOCK_LOST = "join_block_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something broken in a copy, and therefore not believed."""

    kind: DamageKind
    copy: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One person's copy of an occurrence, with what we last knew of it."""

    name: str
    theirs: Body
    base_agenda: Agenda | None = None
    base_body: Body | None = None
    copy_of: Person | None = None
    """None: an event that both people share."""
    organizer: bool | None = None
    """Whether its owner organizes the event; None: not known, the manager is supposed to.
    Hosts carry the organizer's text into other copies, never the other way round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Who and when: what a merge needs beside the texts."""

    people: tuple[Person, ...]
    """Manager and report, as everywhere in this package."""
    now: datetime
    zone: str
    locale: str
    other_locale: str | None
    link: str | None
    exposure: Exposure
    budget: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """The merged agenda and what to write where."""

    agenda: Agenda
    bodies: Mapping[str, Body]
    """What each copy should hold."""
    writes: Mapping[str, bool]
    """Which copies would look different to a person."""
    changes: tuple[Change, ...] = ()
    damage: tuple[Damage, ...] = ()
    may_write: bool = True
    """False where a write would make things worse: the host's join block is lost."""

    @property
    def body(self) -> Body:
        """Body of the first copy."""
        return next(iter(self.bodies.values()))

    @property
    def write(self) -> bool:
        """Whether a person would see a difference in any copy."""
        return any(self.writes.values())
