"""How often we may write where each write mails the attendees, as a pure rule.

A suite without QUIET_UPDATE tells the attendees of every change. So an occurrence gets at most
two writes of our own accord, the last one shortly before it, and none once it is near. What a
person asks for on a page or card is not counted. What may not be written is not lost: it stands
in the store, on the page and on the card.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.model.calendar import TimeSlot
from core.model.series import Place, Spent

MOST = 2
"""Writes of our own accord for one occurrence."""
MOST_OUTSIDE = 1
"""The same where somebody's mailbox is elsewhere: there no mail is put away unseen."""
FREEZE = timedelta(minutes=20)
"""Before the start nothing is written: Exchange shows each update from 15 minutes on."""
SETTLED = timedelta(minutes=5)
"""How long people must have written nothing before we use one of the writes up."""
LAST_CALL = timedelta(hours=2)
"""The last write waits until so long before the start: then it carries all that was added."""
MARGIN = timedelta(minutes=2)
"""So long before the freeze what waits is written at the latest."""
PAUSE = timedelta(minutes=1)
"""Between two writes that people ask for: five points in a row are one mail."""
KEPT = timedelta(days=14)
"""How long after an occurrence we know what it had."""


class Verdict(StrEnum):
    """Whether a change may go into the event."""

    NOW = "now"
    LATER = "later"
    """At the time that the decision names."""
    SPENT = "spent"
    """The occurrence has had its writes."""
    FROZEN = "frozen"
    """It is too near, under way or over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the rule says, and when to ask it again."""

    verdict: Verdict
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A change that waits to be written."""

    slot: TimeSlot
    asked: bool = False
    """A person asked for it on a page or card."""
    fresh: bool = False
    """People have changed something since the rule was asked last."""
    first: bool = False
    """Nothing of ours stands in this occurrence: people need the place to type into."""
    announced: bool = False
    """It is counted already: a write that was cut off."""
    outside: bool = False
    """Somebody's mailbox is outside the organizer's company: each write is a mail to be seen."""


def decide(spent: Spent, wish: Wish, now: datetime) -> Decision:
    """Say whether a wish may be written now."""
    frozen = wish.slot.start - FREEZE
    if now >= frozen:
        return Decision(verdict=Verdict.FROZEN)
    if wish.announced:
        return Decision(verdict=Verdict.NOW)
    if wish.asked:
        return _from(spent.last + PAUSE if spent.last else now, now)
    left = allowed(outside=wish.outside) - used(spent, outside=wish.outside)
    if left <= 0:
        return Decision(verdict=Verdict.SPENT)
    if wish.first:
        return Decision(verdict=Verdict.NOW)
    due = spent.due
    if due is None or wish.fresh:
        due = now + SETTLED
    if left == 1:
        due = max(due, wish.slot.start - LAST_CALL)
    return _from(min(due, frozen - MARGIN), now)


def _from(due: datetime, now: datetime) -> Decision:
    if now >= due:
        return Decision(verdict=Verdict.NOW)
    return Decision(verdict=Verdict.LATER, at=due)


def allowed(*, outside: bool) -> int:
    """Return how many writes of our own accord an occurrence has."""
    return MOST_OUTSIDE if outside else MOST


def used(spent: Spent, *, outside: bool) -> int:
    """Return how many of them are used up; where all mail is seen, asked ones use them up too."""
    return spent.automatic + (spent.asked if outside else 0)


def spend(spent: Spent, wish: Wish, now: datetime) -> Spent:
    """Count a write that is about to happen."""
    if wish.announced:
        return replace(spent, due=None)
    return replace(
        spent,
        automatic=spent.automatic + (not wish.asked),
        asked=spent.asked + wish.asked,
        last=now,
        due=None,
    )


def spent_at(all_spent: Iterable[Spent], place: Place) -> Spent:
    """Return what an occurrence has had, wherever it has been moved."""
    found = next((s for s in all_spent if s.original_start == place.original_start), None)
    fresh = found or Spent(original_start=place.original_start, ends=place.slot.end)
    return replace(fresh, ends=place.slot.end)


def with_spent(all_spent: Iterable[Spent], spent: Spent, now: datetime) -> tuple[Spent, ...]:
    """Return the account with one occurrence's line renewed and old ones dropped."""
    others = (s for s in all_spent if s.original_start != spent.original_start)
    return (*(s for s in others if s.ends > now - KEPT), spent)
