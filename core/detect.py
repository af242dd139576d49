"""Is this event a 1:1? Exactly two people; rooms and things do not count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.model.calendar import CalendarEvent, EventStatus, Participant, Response, Role
from core.model.people import normal_address
from core.model.series import Why

Resolve = Callable[[str], Sequence[str] | None]
"""Members of a mailing group by its address; None where nobody can tell."""
BossOf = Callable[[str, tuple[str, ...]], str | None]
"""For whom of these people an assistant keeps the calendar; None: for none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What an event is to us, and why."""

    why: Why
    humans: tuple[str, ...] = ()
    organizer: str = ""
    boss: str = ""
    """For whom an assistant invites; empty: the organizer is one of the two, or unknown."""

    @property
    def is_one_on_one(self) -> bool:
        """Whether two people talk here."""
        return self.why is Why.TWO_PEOPLE


def detect(
    event: CalendarEvent,
    *,
    owner: str | None,
    now: datetime,
    resolve: Resolve | None = None,
    boss_of: BossOf | None = None,
) -> Detection:
    """Tell whether an event is a 1:1.

    `owner` is the account it was read from: in an event that names other people the owner is
    one of them, listed or not. None where the calendar is shared by both people. An assistant
    who invites two others, one of whom is their boss, is none of those who talk.
    """
    humans, unknown_group = _humans(event, owner, resolve)
    organizer = _organizer(event, owner)
    two = tuple(h for h in humans if h != organizer)
    boss = boss_of(organizer, two) if boss_of and len(humans) == 3 and len(two) == 2 else None
    humans = two if boss else humans
    why = _why(event, humans, unknown_group, now)
    return Detection(why=why, humans=humans, organizer=organizer, boss=boss or "")


def _why(event: CalendarEvent, humans: tuple[str, ...], unknown_group: bool, now: datetime) -> Why:
    if event.status is EventStatus.CANCELLED:
        return Why.CANCELLED
    if unknown_group:
        return Why.A_GROUP
    if len(humans) < 2:
        return Why.ALONE
    if len(humans) > 2:
        return Why.MORE_THAN_TWO
    if event.slot.all_day:
        return Why.ALL_DAY
    return Why.OVER if _is_over(event, now) else Why.TWO_PEOPLE


def _is_over(event: CalendarEvent, now: datetime) -> bool:
    end = event.slot.end if event.rrule is None else event.ends
    return end is not None and end <= now


def _humans(
    event: CalendarEvent, owner: str | None, resolve: Resolve | None
) -> tuple[tuple[str, ...], bool]:
    found: dict[str, None] = {}
    unknown_group = False
    for participant in event.participants:
        if participant.role is Role.RESOURCE:
            continue
        members = _members(participant, resolve)
        unknown_group = unknown_group or members is None
        found.update(dict.fromkeys(members or ()))
    if owner and found:
        found.setdefault(owner)
    return tuple(sorted(found)), unknown_group


def _members(participant: Participant, resolve: Resolve | None) -> Sequence[str] | None:
    if participant.role is not Role.GROUP:
        return (normal_address(participant.address),)
    members = resolve(participant.address) if resolve else None
    return None if members is None else [normal_address(member) for member in members]


def _organizer(event: CalendarEvent, owner: str | None) -> str:
    for participant in event.participants:
        if participant.role is Role.ORGANIZER:
            return normal_address(participant.address)
    return owner or ""


def declined_by(event: CalendarEvent, addresses: Sequence[str]) -> tuple[str, ...]:
    """Return who of these people said that they won't come."""
    return tuple(
        p.address
        for p in event.participants
        if p.response is Response.DECLINED and p.address in addresses
    )
