"""What the calendar of the year brings: R-27 to R-30."""

from __future__ import annotations

from datetime import timedelta

from core.content.template_model import Relation
from core.model.suggestions import Channel
from core.rules.facts import Leave
from core.rules.rule import BOTH, MANAGER, Finding, Guard, Rule, Step
from core.rules.seen import DAY, Seen
from core.rules.texts import built
from core.rules.values import Facts

SOON_BACK = 10 * DAY
SHORTEST_LEAVE = 28 * DAY
EVERY_NTH = 6
FRESH = timedelta(days=7)
QUARTER = timedelta(days=91)
REVIEW_SOON = 21 * DAY
HALF_A_YEAR = timedelta(days=182)


def soon_back(seen: Seen) -> Finding | None:
    """R-27: the report's leave ends within ten days."""
    leave = _ending(seen)
    if leave is None:
        return None
    data: Facts = {"report": seen.history.report.called, "back": leave.back}
    return Finding(data=data, subject="return")


def _ending(seen: Seen) -> Leave | None:
    soon = (
        leave
        for leave in seen.history.report.leaves
        if leave.first <= seen.today < leave.back <= seen.today + SOON_BACK
    )
    return max(soon, key=lambda leave: (leave.confirmed, leave.back - leave.first), default=None)


def unsure_or_short(seen: Seen) -> bool:
    """R-27: nobody confirmed the date, or it is a holiday."""
    leave = _ending(seen)
    return leave is None or not leave.confirmed or leave.back - leave.first < SHORTEST_LEAVE


def pulse(seen: Seen) -> Finding | None:
    """R-28: after every sixth talk."""
    held = seen.held
    if len(held) % EVERY_NTH or seen.now - held[-1].end > FRESH:
        return None
    return Finding(data={"talks": EVERY_NTH})


def wants_no_pulse(seen: Seen) -> bool:
    """R-28: the pair turned it off."""
    return not seen.history.setting.pulse


def review_season(seen: Seen) -> Finding | None:
    """R-29: the review is within three weeks."""
    day = seen.history.review_on
    if day is None or not seen.today <= day <= seen.today + REVIEW_SOON:
        return None
    return Finding(data={"review": day}, subject="review_prep")


def has_no_reviews(seen: Seen) -> bool:
    """R-29: these two have no reviews."""
    return not seen.history.setting.reviews


def skip_level(seen: Seen) -> Finding | None:
    """R-30: no skip-level talk for half a year."""
    last = seen.held[-1].start if seen.held else None
    coming = seen.history.next
    if coming is not None and coming.start <= seen.now + HALF_A_YEAR:
        return None
    if last is not None and seen.now - last < HALF_A_YEAR:
        return None
    return Finding(data={"report": seen.history.report.called}, subject="skip")


def spans_too_many(seen: Seen) -> bool:
    """R-30: more people than talks would be possible."""
    return seen.history.manager.wide_span


def rules() -> tuple[Rule, ...]:
    """Return them."""
    return (
        built(
            "R-27",
            soon_back,
            unsure_or_short,
            audience=MANAGER,
            channel=Channel.CARD,
            step=Step.USE_TEMPLATE,
            exempt=frozenset({Guard.LEAVE_OF_REPORT}),
        ),
        built(
            "R-28",
            pulse,
            wants_no_pulse,
            audience=BOTH,
            channel=Channel.CARD,
            step=Step.GIVE_PULSE,
            min_data=EVERY_NTH,
            cooldown=QUARTER,
            on=False,
        ),
        built(
            "R-29",
            review_season,
            has_no_reviews,
            audience=BOTH,
            channel=Channel.CARD,
            step=Step.USE_TEMPLATE,
            window=REVIEW_SOON,
        ),
        built(
            "R-30",
            skip_level,
            spans_too_many,
            audience=MANAGER,
            channel=Channel.CARD,
            step=Step.USE_TEMPLATE,
            relations=frozenset({Relation.SKIP_LEVEL}),
            cooldown=HALF_A_YEAR,
            on=False,
        ),
    )
