"""Which templates fit the next talk: offers with a reason, never a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from core.content.loading import load_words
from core.content.template_model import DATED, Anchor, Relation, Template, Trigger
from core.content.texts import Words

TOLERANCE: Final = timedelta(days=14)
"""So far outside its days a template still fits, where no talk lies inside them."""

ASK_AGAIN_AFTER: Final = timedelta(days=28)

URGENCY: Final = (
    Anchor.MANAGER_CHANGE,
    Anchor.LEAVE_END,
    Anchor.FIRST_TALK,
    Anchor.EMPLOYMENT_START,
    Anchor.PROBATION_END,
    Anchor.LAST_DAY,
    Anchor.REVIEW,
    Anchor.CYCLE_MIDDLE,
    Anchor.CYCLE_END,
    Anchor.WEEKS_SINCE,
    Anchor.EVERY_NTH,
    Anchor.EMPTY_AGENDA,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFacts:
    """What is known about a pair before its next talk."""

    talk_on: date
    previous_on: date | None = None
    """The last held talk."""
    following_on: date | None = None
    """The talk after the next one."""
    held: int = 0
    talking_since: date | None = None
    """Day of the pair's first held talk."""
    relation: Relation = Relation.REPORT
    remote: bool = False
    agenda_empty: bool = False
    current: str = ""
    """Template that the talk has anyway."""
    days: Mapping[Anchor, date] = field(default_factory=dict)
    """The dates that dated triggers wait for, where known."""
    used: Mapping[str, date] = field(default_factory=dict)
    """Template id -> day of the last talk held with it."""
    declined: Mapping[str, date] = field(default_factory=dict)
    """Template id -> day on which an offer was last turned down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A template for the next talk, and why."""

    template_id: str
    anchor: Anchor
    reason: Words


def cycle_middle(start: date, end: date) -> date:
    """Return the day halfway through a goal cycle."""
    return start + (end - start) / 2


def due_offers(templates: Mapping[str, Template], facts: TalkFacts) -> tuple[Offer, ...]:
    """Return the templates that fit the next talk, the pressing one first."""
    reasons: dict[str, Anchor] = {}
    for template_id, anchor in sorted(_due(templates, facts), key=_urgency):
        reasons.setdefault(template_id, anchor)
    return tuple(
        Offer(template_id=template_id, anchor=anchor, reason=load_words("offers")[anchor])
        for template_id, anchor in reasons.items()
    )


def _urgency(found: tuple[str, Anchor]) -> tuple[int, str]:
    return URGENCY.index(found[1]), found[0]


def _due(templates: Mapping[str, Template], facts: TalkFacts) -> Iterator[tuple[str, Anchor]]:
    for template in templates.values():
        if template.id == facts.current:
            continue
        if template.relations and facts.relation not in template.relations:
            continue
        for trigger in template.triggers:
            if _is_due(template.id, trigger, facts):
                yield template.id, trigger.on


def _is_due(template_id: str, trigger: Trigger, facts: TalkFacts) -> bool:
    if trigger.remote_only and not facts.remote:
        return False
    match trigger.on:
        case Anchor.DEFAULT | Anchor.CHOSEN:
            return False
        case Anchor.FIRST_TALK:
            return facts.held == 0
        case Anchor.EMPTY_AGENDA:
            return facts.agenda_empty and not _asked_lately(template_id, facts)
        case Anchor.EVERY_NTH:
            return (facts.held + 1) % (trigger.every or 1) == 0
        case Anchor.WEEKS_SINCE:
            return _long_ago(template_id, trigger, facts)
        case _:
            return trigger.on in DATED and _in_its_days(template_id, trigger, facts)


def _asked_lately(template_id: str, facts: TalkFacts) -> bool:
    declined = facts.declined.get(template_id)
    return declined is not None and facts.talk_on - declined < ASK_AGAIN_AFTER


def _long_ago(template_id: str, trigger: Trigger, facts: TalkFacts) -> bool:
    since = facts.used.get(template_id, facts.talking_since)
    if since is None or _asked_lately(template_id, facts):
        return False
    return facts.talk_on - since >= timedelta(weeks=trigger.every or 0)


def _in_its_days(template_id: str, trigger: Trigger, facts: TalkFacts) -> bool:
    anchor = facts.days.get(trigger.on)
    if anchor is None or trigger.from_day is None or trigger.to_day is None:
        return False
    start = anchor + timedelta(days=trigger.from_day)
    end = anchor + timedelta(days=trigger.to_day)
    answered = (facts.used.get(template_id), facts.declined.get(template_id))
    if any(day is not None and day >= start - TOLERANCE for day in answered):
        return False
    return _is_nearest(start, end, facts, may_be_late=trigger.to_day > 0)


def _is_nearest(start: date, end: date, facts: TalkFacts, *, may_be_late: bool) -> bool:
    """Tell whether of the talks around these days the next one is inside, or else nearest."""
    talk, previous, following = facts.talk_on, facts.previous_on, facts.following_on
    if start <= talk <= end:
        return True
    if talk > end:
        late = talk - end
        earlier_was_nearer = previous is not None and start - previous < late
        return may_be_late and late <= TOLERANCE and not earlier_was_nearer
    if following is None or following <= end or start - talk > TOLERANCE:
        return False
    return not may_be_late or start - talk < following - end
