"""Who reads along, and how questions sound: R-22, R-23, R-25, R-26."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.content.wording import closed_question, questions_in
from core.model.people import Side
from core.model.suggestions import Channel
from core.rules.facts import Point
from core.rules.rule import ANY_PAIR, BOTH, MANAGER, Finding, Rule, Step
from core.rules.seen import Seen
from core.rules.texts import built

SHORTEST_NAME = 3


def third_person(seen: Seen) -> Finding | None:
    """R-22: more than two people are in the series."""
    coming = seen.history.next
    if coming is None or coming.humans <= 2:
        return None
    return Finding(data={"people": coming.humans})


def third_is_allowed(seen: Seen) -> bool:
    """R-22: an interpreter, say; the pair said that it is fine."""
    return seen.history.next is not None and seen.history.next.third_allowed


def exposure(seen: Seen) -> Finding | None:
    """R-23: others can read the event; where it shows less for that, both are told why."""
    coming = seen.history.next
    if coming is not None and coming.lowered in ("reader", "assistant"):
        return Finding(variant=f"lowered_{coming.lowered}", subject=coming.lowered)
    if coming is None or coming.reduced:
        return None
    seen_by = {
        "feed": coming.public_feed,
        "outside": coming.outside_domains > 0,
        "delegate": coming.delegates > 0,
        "shared": coming.shared_calendar,
        "room": coming.rooms > 0,
    }
    who = next((name for name, is_so in seen_by.items() if is_so), None)
    return Finding(variant=who, subject=who) if who else None


def closed_questions(seen: Seen) -> Finding | None:
    """R-25: most questions that the manager shared can be answered by yes or no."""
    asked = [p for p in _recent(seen) if p.by is Side.MANAGER and questions_in(p.text)]
    closed = [p for p in asked if _is_closed(p, seen)]
    if len(asked) < 3 or len(closed) <= 0.5 * len(asked):
        return None
    data = {"closed": len(closed), "asked": len(asked)}
    return Finding(data=data, subject=max(closed, key=lambda p: (p.added_at, p.point_id)).point_id)


def _recent(seen: Seen) -> tuple[Point, ...]:
    starts = [t.start for t in seen.held[-4:]]
    if seen.history.next:
        starts.append(seen.history.next.start)
    return tuple(p for p in seen.points if p.talk in starts)


def _is_closed(point: Point, seen: Seen) -> bool:
    return bool(closed_question(point.text, seen.history.manager.locale))


def names_somebody(seen: Seen) -> Finding | None:
    """R-26: a shared point names a colleague."""
    for point in seen.waiting:
        if any(True for _ in _named(point, seen.history.colleagues)):
            to = frozenset({point.by}) if point.by else None
            return Finding(subject=point.point_id, to=to)
    return None


def names_the_pair(seen: Seen) -> bool:
    """R-26: the name is one of the two's own as well."""
    own = {
        w.casefold() for p in (seen.history.report, seen.history.manager) for w in _words(p.name)
    }
    found = (set(_named(point, seen.history.colleagues)) for point in seen.waiting)
    return all(names <= own for names in found)


def _named(point: Point, colleagues: frozenset[str]) -> Iterator[str]:
    """Yield the names of colleagues that stand in a point as whole words."""
    spoken = {w.casefold() for w in _words(point.text) if w[:1].isupper()}
    for name in colleagues:
        yield from (
            w.casefold() for w in _words(name) if len(w) >= SHORTEST_NAME and w.casefold() in spoken
        )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def rules() -> tuple[Rule, ...]:
    """Return them."""
    return (
        built(
            "R-22",
            third_person,
            third_is_allowed,
            audience=BOTH,
            channel=Channel.CARD,
            step=Step.REDUCE_EXPOSURE,
            relations=ANY_PAIR,
        ),
        built(
            "R-23",
            exposure,
            audience=BOTH,
            channel=Channel.CARD,
            step=Step.REDUCE_EXPOSURE,
            relations=ANY_PAIR,
        ),
        built(
            "R-25",
            closed_questions,
            audience=MANAGER,
            channel=Channel.DRAFT,
            step=Step.REPHRASE,
            min_data=4,
            on=False,
            reads_text=True,
        ),
        built(
            "R-26",
            names_somebody,
            names_the_pair,
            audience=BOTH,
            channel=Channel.DRAFT,
            step=Step.HIDE_POINT,
            reads_text=True,
            relations=ANY_PAIR,
        ),
    )
