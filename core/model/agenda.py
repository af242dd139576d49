"""The agenda: ordered sections of talking points and action items.

An agenda is general: any number of sections with any titles. `Agenda.from_dict`
builds one from plain data; `agenda.shared()` alone makes what may be rendered.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, NewType

PointId = NewType("PointId", str)
ItemId = NewType("ItemId", str)


class PointState(StrEnum):
    """Where a talking point stands."""

    OPEN = "open"
    DISCUSSED = "discussed"
    PARKED = "parked"
    """Kept for later: not on the next agenda, not lost."""


class Visibility(StrEnum):
    """Who may see a talking point, and where."""

    SHARED = "shared"
    SENSITIVE = "sensitive"
    """Both people see it after sign-in; calendars, mails and cards hold a placeholder only."""
    PRIVATE = "private"
    """Its author alone, until they share it."""


class ItemState(StrEnum):
    """Where an action item stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class SectionKind(StrEnum):
    """What a section is for; the renderer knows a heading for each but TOPIC."""

    REPORT = "report"
    """The report's own points: always first."""
    MANAGER = "manager"
    CARRIED = "carried"
    """Open from last time."""
    AGREED = "agreed"
    """Action items."""
    TOPIC = "topic"
    """Any other, by its own title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkingPoint:
    """One line that two people want to talk about."""

    point_id: PointId
    text: str
    owner: str | None = None
    """Address of the one whose point it is; None: both."""
    state: PointState = PointState.OPEN
    visibility: Visibility = Visibility.SHARED
    notes: tuple[str, ...] = ()
    """Lines written below it."""
    carried: int = 0
    """How many times it has travelled to a next meeting."""
    other_wording: str = ""
    """After a clash: the second wording, shown marked until somebody settles it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """What somebody promised."""

    item_id: ItemId
    text: str
    owner: str | None = None
    """Address; None: nobody has taken it yet."""
    due: date | None = None
    """A day, not a time: the most that all suites keep."""
    state: ItemState = ItemState.OPEN
    notes: tuple[str, ...] = ()
    other_wording: str = ""


Entry = TalkingPoint | ActionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it, in order."""

    kind: SectionKind = SectionKind.TOPIC
    title: str = ""
    """Heading as written; empty: the renderer's own word for the kind (or the owner's name)."""
    titles: tuple[tuple[str, str], ...] = ()
    """Headings by locale ("de", "en"), where a template brings them."""
    owner: str | None = None
    """Address of the one whose section it is: new lines in it are theirs."""
    entries: tuple[Entry, ...] = ()

    @property
    def points(self) -> tuple[TalkingPoint, ...]:
        """Its talking points, in order."""
        return tuple(e for e in self.entries if isinstance(e, TalkingPoint))

    @property
    def action_items(self) -> tuple[ActionItem, ...]:
        """Its action items, in order."""
        return tuple(e for e in self.entries if isinstance(e, ActionItem))


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The ordered sections of one meeting, with everything that both people may not share."""

    sections: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        ids = [entry_id(entry) for section in self.sections for entry in section.entries]
        if len(ids) != len(set(ids)):
            raise ValueError("an agenda holds each point and action item once")

    @property
    def points(self) -> tuple[TalkingPoint, ...]:
        """All talking points, in order."""
        return tuple(p for s in self.sections for p in s.points)

    @property
    def action_items(self) -> tuple[ActionItem, ...]:
        """All action items, in order."""
        return tuple(i for s in self.sections for i in s.action_items)

    def shared(self) -> SharedAgenda:
        """Drop what is private and the words of what is sensitive: this alone may be rendered."""
        sections = tuple(_shared_section(section) for section in self.sections)
        return SharedAgenda(sections=sections, _seal=_SEAL)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Agenda:
        """Build an agenda from plain data, as JSON gives it.

        Shape (every key but `text` may be left out)::

            {"sections": [{
                "title": "Anna", "kind": "report", "owner": "anna@example.com",
                "points": [{"text": "...", "owner": "anna@example.com", "state": "open",
                            "visibility": "shared", "notes": ["..."], "carried": 0, "id": "p1"}],
                "action_items": [{"text": "...", "owner": "ben@example.com",
                                  "due": "2026-06-12", "state": "open", "id": "a1"}]}]}

        `kind` is one of report, manager, carried, agreed, topic (default). `title` is a
        string, or an object of locale and heading. A point without owner belongs to its
        section's owner. `sensitive: true` is short for `visibility: "sensitive"`. In place of
        `points` and `action_items` a section may have `entries`, a mixed list in which an
        action item carries `"action": true`. An entry may be its text alone. Ids are made
        where none are given. Raise InvalidInput, naming the place, where the data has
        another shape or a key is mistyped; other keys are left alone.
        """
        # agenda_data builds these very classes: at the top the import would be a circle.
        from core.model.agenda_data import agenda_from_dict

        return agenda_from_dict(data)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that `from_dict` turns into an equal agenda."""
        from core.model.agenda_data import agenda_to_dict

        return agenda_to_dict(self)


EMPTY_AGENDA: Final = Agenda()

_SEAL: Final = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAgenda:
    """What may leave the engine. Only `Agenda.shared()` makes one."""

    sections: tuple[Section, ...]
    _seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self._seal is not _SEAL:
            raise TypeError("only Agenda.shared() makes a SharedAgenda")


def entry_id(entry: Entry) -> str:
    """Return the id of either kind of entry."""
    return entry.point_id if isinstance(entry, TalkingPoint) else entry.item_id


def _shared_section(section: Section) -> Section:
    kept = tuple(e for e in map(_shared_entry, section.entries) if e is not None)
    return section if kept == section.entries else replace(section, entries=kept)


def _shared_entry(entry: Entry) -> Entry | None:
    if isinstance(entry, ActionItem) or entry.visibility is Visibility.SHARED:
        return entry
    if entry.visibility is Visibility.PRIVATE:
        return None
    return TalkingPoint(
        point_id=entry.point_id,
        text="",
        owner=entry.owner,
        state=entry.state,
        visibility=Visibility.SENSITIVE,
        carried=entry.carried,
    )
