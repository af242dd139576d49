"""Labelled histories: pairs of people for whom a rule is to speak or to be silent, and why.

A file a rule in `histories`, a row a history: whether the rule speaks (or which of its texts),
why, and what differs from the file's base. Days count from now: -3 was three days ago.

    talks    "7 14c 21m 28u 35@60 42=career": days ago; c cancelled, n not held, u unknown,
             m moved on its day, @minutes, =template
    next     "+2@30=quick" or an ISO time in UTC; "" for none
    points   "R obstacle @7 -9 open x3 #goals out ! *2 : words": whose (R, M, B), what; the talk
             that it was written for (else the next), when; ! typed during the talk
    actions  "M due-30 done-2 dropped said": whose, and days
    goals    "linked-60 mentioned-50 cycle-40+50 checked-3 elsewhere"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from core.content.prompts import Topic
from core.content.template_model import ItemType, Relation
from core.kinds import TOPICS
from core.model.meetings import MeetingState
from core.model.people import Side
from core.rules.facts import (
    Action,
    Elsewhere,
    Goal,
    History,
    Next,
    Past,
    Point,
    Setting,
    Talk,
)
from tests.core.rules.labelled_people import day_of, manager, maybe, report

FOLDER = Path(__file__).parent / "histories"
NOW = datetime(2026, 3, 11, 8, tzinfo=UTC)
"""A Wednesday, nine o'clock in Berlin."""
SIDES = {"R": Side.REPORT, "M": Side.MANAGER, "B": None}
STATES = {
    "c": MeetingState.CANCELLED,
    "n": MeetingState.NOT_HELD,
    "u": MeetingState.UNKNOWN,
    "": MeetingState.HELD,
}
TALK = re.compile(r"^(?P<ago>[\d.]+)(?P<state>[cnu]?)(?P<moved>m?)(@(?P<min>\d+))?(=(?P<t>\w+))?$")
COMING = re.compile(r"^(?P<at>\+[\d.]+|[\d:T-]+)(@(?P<min>\d+))?(=(?P<t>\w+))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One history, and what is to happen."""

    rule_id: str
    number: int
    speaks: bool
    variant: str
    why: str
    guard: bool
    """The condition holds, and the rule's own guard keeps it silent."""
    now: datetime
    history: History
    others: tuple[History, ...]

    @property
    def name(self) -> str:
        """What a test calls it."""
        return f"{self.rule_id} {self.number}: {self.why}"


def labelled() -> tuple[Labelled, ...]:
    """Return every labelled history."""
    return tuple(c for path in sorted(FOLDER.glob("*.toml")) for c in _read(path))


def _read(path: Path) -> list[Labelled]:
    data = tomllib.loads(path.read_text("utf-8"))
    found = []
    for number, (says, why, changes) in enumerate(data["rows"], start=1):
        given = {**data.get("base", {}), **changes}
        now = (
            datetime.fromisoformat(given.pop("now")).replace(tzinfo=UTC) if "now" in given else NOW
        )
        guard, others = given.pop("guard", False), given.pop("others", [])
        found.append(
            Labelled(
                rule_id=path.stem,
                number=number,
                speaks=bool(says),
                variant=says if isinstance(says, str) else "",
                why=why,
                guard=guard,
                now=now,
                history=history(given, now),
                others=tuple(_other(other, given, now, n) for n, other in enumerate(others)),
            )
        )
    return found


def history(given: dict[str, Any], now: datetime) -> History:
    """Return the history of one row; a word that nobody knows is an error."""
    left = dict(given)
    coming = _coming(left, now)
    made = History(
        pair_id=left.pop("pair", "anna+ben"),
        manager=manager(left, now),
        report=report(left, now),
        installed_on=day_of(now, left.pop("installed", -400)),
        relation=Relation(left.pop("relation", "report")),
        agreed=timedelta(days=d) if (d := left.pop("agreed", 0)) else None,
        rrule=left.pop("rrule", None),
        manager_since=maybe(now, left.pop("since", None)),
        left_alone=left.pop("alone", False),
        review_on=maybe(now, left.pop("review", None)),
        has_series=left.pop("series", coming is not None),
        next=coming,
        talks=tuple(_talk(t, now) for t in left.pop("talks", "").split()),
        points=_points(left.pop("points", []), now, coming),
        actions=tuple(_action(a, now, n) for n, a in enumerate(left.pop("actions", []))),
        goals=tuple(_goal(g, now, n) for n, g in enumerate(left.pop("goals", []))),
        colleagues=frozenset(filter(None, left.pop("colleagues", "").split("|"))),
        setting=_setting(left, now),
        elsewhere=tuple(_elsewhere(e, now) for e in left.pop("elsewhere", [])),
        past=tuple(_past(p, now, coming) for p in left.pop("past", [])),
        mutes=frozenset(left.pop("mutes", "").split()),
    )
    assert not left, f"not known: {sorted(left)}"
    return made


def _other(given: dict[str, Any], base: dict[str, Any], now: datetime, number: int) -> History:
    name = f"other{number}"
    plain = {k: v for k, v in base.items() if k in ("talks", "next", "agreed", "rrule", "span")}
    made = history({**plain, **given, "pair": f"ben+{name}"}, now)
    address = f"{name}@example.com"
    return replace(made, report=replace(made.report, address=address, name=name.capitalize()))


def _coming(left: dict[str, Any], now: datetime) -> Next | None:
    text = left.pop("next", "+2@30")
    extras = {
        name: left.pop(name)
        for name in ("delegates", "rooms", "humans", "reduced", "lowered")
        if name in left
    }
    extras |= {
        field: left.pop(name)
        for name, field in (
            ("third", "third_allowed"),
            ("outside", "outside_domains"),
            ("shared_calendar", "shared_calendar"),
            ("feed", "public_feed"),
        )
        if name in left
    }
    if not text:
        return None
    found = COMING.match(text)
    assert found, text
    at = found["at"]
    start = (
        now + timedelta(days=float(at))
        if at.startswith("+")
        else datetime.fromisoformat(at).replace(tzinfo=UTC)
    )
    return Next(
        start=start, minutes=int(found["min"] or 30), template=found["t"] or "weekly", **extras
    )


def _talk(text: str, now: datetime) -> Talk:
    found = TALK.match(text)
    assert found, text
    return Talk(
        start=now - timedelta(days=float(found["ago"])),
        minutes=int(found["min"] or 30),
        state=STATES[found["state"]],
        moved_same_day=bool(found["moved"]),
        template=found["t"] or "weekly",
    )


def _points(rows: list[str], now: datetime, coming: Next | None) -> tuple[Point, ...]:
    points: list[Point] = []
    for row in rows:
        head, _, words = row.partition(":")
        times = next((int(w[1:]) for w in head.split() if w.startswith("*")), 1)
        points += [
            _point(head, words.strip(), now, coming, f"p{len(points) + n}") for n in range(times)
        ]
    return tuple(points)


def _point(head: str, words: str, now: datetime, coming: Next | None, name: str) -> Point:
    side, kind, *rest = head.split()
    ago = next((float(w[1:]) for w in rest if w.startswith("@")), None)
    start = coming.start if coming else now
    talk = now - timedelta(days=ago) if ago is not None else start
    added = next((now + timedelta(days=float(w)) for w in rest if w[0] == "-"), None)
    before = talk - timedelta(days=1) if ago is not None else now - timedelta(days=1)
    during = talk + timedelta(minutes=5) if "!" in rest else None
    what = ItemType(kind)
    named = {Topic(w[1:]) for w in rest if w.startswith("#")}
    topic = TOPICS.get(what)
    return Point(
        point_id=name,
        talk=talk,
        by=SIDES[side],
        added_at=during or added or before,
        kind=what,
        topics=frozenset(named | ({topic} if topic else set())),
        carried=next((int(w[1:]) for w in rest if w[0] == "x"), 0),
        is_open="open" in rest or (ago is None and "done" not in rest),
        waits_outside="out" in rest,
        shared="private" not in rest,
        text=words,
    )


def _number(text: str, name: str) -> float | None:
    found = re.search(rf"\b{name}([+-][\d.]+)", text)
    return float(found[1]) if found else None


def _action(text: str, now: datetime, number: int) -> Action:
    return Action(
        item_id=f"a{number}",
        owner=SIDES[text[0]] or Side.REPORT,
        due=maybe(now, _number(text, "due")),
        done_on=maybe(now, _number(text, "done")),
        dropped="dropped" in text,
        said_done="said" in text,
    )


def _goal(text: str, now: datetime, number: int) -> Goal:
    cycle = re.search(r"cycle(-[\d.]+)\+(-?[\d.]+)", text)
    return Goal(
        goal_id=f"g{number}",
        linked_on=day_of(now, _number(text, "linked") or 0),
        mentioned_on=maybe(now, _number(text, "mentioned")),
        cycle_start=day_of(now, float(cycle[1])) if cycle else None,
        cycle_end=day_of(now, float(cycle[2])) if cycle else None,
        checked_on=maybe(now, _number(text, "checked")),
        tracked_elsewhere="elsewhere" in text,
    )


def _setting(left: dict[str, Any], now: datetime) -> Setting:
    return Setting(
        remote=left.pop("remote", False),
        free_talk=left.pop("free", False),
        project_phase_from=maybe(now, left.pop("project", None)),
        unwanted=frozenset(Topic(name) for name in left.pop("unwanted", "").split()),
        pulse=left.pop("pulse", True),
        reviews=left.pop("reviews", True),
    )


def _elsewhere(text: str, now: datetime) -> Elsewhere:
    """Read "R-03 -5 RM"."""
    rule, day, who = text.split()
    sides = frozenset(side for w in who if (side := SIDES[w]) is not None)
    return Elsewhere(rule_id=rule, on=day_of(now, float(day)), by=sides)


def _past(text: str, now: datetime, coming: Next | None) -> Past:
    """Read "R-02 -10", with "next" where it was made for the coming talk, "=subject"."""
    rule, day, *rest = text.split()
    return Past(
        rule_id=rule,
        at=now + timedelta(days=float(day)),
        meeting=coming.start if coming and "next" in rest else None,
        subject=next((w[1:] for w in rest if w.startswith("=")), ""),
    )
