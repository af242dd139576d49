"""Play the company week by week: people act, the engine looks, the rules speak or are silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.held import Verdict
from core.model.meetings import Meeting
from core.model.suggestions import Suggestion
from core.service.held_talks import verdicts
from webhook_app.simulation import habits, hands
from webhook_app.simulation.behaviours import PORTRAITS
from webhook_app.simulation.company import START, WEEK, Couple, company, with_bodies
from webhook_app.simulation.crowd import Crowd, crowd_of
from webhook_app.simulation.outline import Outline
from webhook_app.simulation.settling import settle
from webhook_app.simulation.world import World

BODIES = 20
"""Pairs that get calendars, unless somebody asks for more."""
MORNING, NOON, EVENING = timedelta(hours=1), timedelta(hours=3), timedelta(hours=12)
"""When the day's three looks are, counted from six o'clock UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What happened to one pair."""

    couple: Couple
    meetings: tuple[tuple[Meeting, Verdict], ...]
    said: tuple[Suggestion, ...]
    with_bodies: bool = True
    """It had calendars: its agendas were written and read back."""

    @property
    def false_alarms(self) -> tuple[Suggestion, ...]:
        """What a rule said without the pair's behaviour giving it a reason."""
        expects = PORTRAITS[self.couple.behaviour].expects
        return tuple(s for s in self.said if s.rule_id not in expects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What happened to the company."""

    weeks: int
    began: datetime
    ended: datetime
    pairs: tuple[Played, ...]
    bodies_written: int
    actions_run: int

    @property
    def said(self) -> tuple[Suggestion, ...]:
        """Everything that was said, oldest first."""
        found = [s for pair in self.pairs for s in pair.said]
        return tuple(sorted(found, key=lambda s: (s.at, s.pair_id)))


def play(
    pairs: int, weeks: int, *, bodies: int = BODIES, tell: Callable[[int], None] | None = None
) -> Play:
    """Play so many pairs over so many weeks; the same numbers give the same play.

    Whole teams with at least `bodies` pairs in them get calendars, and the engine works on these.
    The others behave alike and hear the same rules, without a word being written anywhere.
    """
    return play_with(company(pairs, weeks=weeks), weeks, bodies=bodies, tell=tell)


def play_with(
    couples: tuple[Couple, ...],
    weeks: int,
    *,
    bodies: int,
    tell: Callable[[int], None] | None = None,
) -> Play:
    """Play these pairs over so many weeks."""
    drawn = with_bodies(couples, bodies)
    numbers = {couple.number for couple in drawn}
    world = World(drawn)
    crowd = crowd_of(tuple(c for c in couples if c.number not in numbers), weeks, START)
    _open(world, crowd, weeks)
    for week in range(weeks):
        for day in range(5):
            morning = START + week * WEEK + timedelta(days=day)
            _day(world, week, morning)
            _outlined_day(crowd, week, morning)
        if tell is not None:
            tell(week)
    ended = START + (weeks - 1) * WEEK + timedelta(days=4) + EVENING
    found = [_played(world, couple) for couple in drawn]
    found += [_outlined(outline, ended) for outline in crowd.outlines]
    return Play(
        weeks=weeks,
        began=START,
        ended=ended,
        pairs=tuple(sorted(found, key=lambda pair: pair.couple.number)),
        bodies_written=len(world.server.writes),
        actions_run=world.reconciled,
    )


def _open(world: World, crowd: Crowd, weeks: int) -> None:
    for couple in world.couples:
        if couple.begins == 0:
            world.open_series(couple)
    world.look()
    for couple in world.couples:
        if couple.begins == 0:
            world.say_yes(couple)
    world.look()
    with world.store.transaction() as tx:
        for couple in world.couples:
            settle(tx, couple, weeks, world.now)
    for outline in crowd.outlines:
        if outline.couple.begins == 0:
            outline.open_series(0)


def _day(world: World, week: int, morning: datetime) -> None:
    """One working day: what comes between, preparations for tomorrow, talks, one last look."""
    today = [(c, start) for c in world.couples if (start := _today(c, week, morning))]
    soon = [(c, w) for c in world.couples if (w := _prepares(c, week, morning)) is not None]
    world.now = morning + MORNING
    changed: set[str] = set()
    new = [couple for couple in world.couples if _is_new(couple, week, morning)]
    for couple in new:
        world.open_series(couple)
        changed |= {couple.manager.address, couple.report.address}
    for couple, start in today:
        changed |= hands.before(world, couple, week, start)
    world.look(changed)
    for couple in new:
        world.say_yes(couple)
    world.plan()
    world.now = morning + NOON
    changed = set()
    for couple, start in today:
        sheet = world.sheet(couple)
        if sheet and sheet.place and sheet.place.original_start == start:
            changed |= hands.during(world, couple)
    for couple, talk_week in soon:
        if world.sheet(couple) is not None and not habits.is_away(couple, talk_week):
            changed |= hands.prepare(world, couple, talk_week)
    world.now = morning + EVENING
    world.look(changed)


def _outlined_day(crowd: Crowd, week: int, morning: datetime) -> None:
    """The same day for those without calendars."""
    noon, evening = morning + NOON, morning + EVENING
    for outline in crowd.outlines:
        couple = outline.couple
        start = _today(couple, week, morning)
        if _is_new(couple, week, morning):
            outline.open_series(couple.begins)
        if start:
            outline.before(week, start)
    crowd.plan(morning + MORNING)
    for outline in crowd.outlines:
        couple = outline.couple
        start = _today(couple, week, morning)
        if start and outline.is_for(start):
            outline.during(noon)
        soon = _prepares(couple, week, morning)
        if soon is not None and outline.start and not habits.is_away(couple, soon):
            outline.prepare(soon, noon, evening)
        outline.evening(evening)


def _today(couple: Couple, week: int, morning: datetime) -> datetime | None:
    start = couple.talk_in(week)
    return start if _on(start, morning) else None


def _is_new(couple: Couple, week: int, morning: datetime) -> bool:
    """Tell whether the series of somebody new is made today: on Friday, for the week after."""
    return bool(couple.begins) and couple.begins == week + 1 and morning.weekday() == 4


def _prepares(couple: Couple, week: int, morning: datetime) -> int | None:
    """Return the week of the talk that the two prepare today, two working days ahead."""
    ahead = [2 if morning.weekday() < 3 else 4]
    if morning == START:
        ahead.append(1)
    days = [morning + timedelta(days=n) for n in ahead]
    for talk_week in (week, week + 1):
        if any(_on(couple.talk_in(talk_week), day) for day in days):
            return talk_week
    return None


def _on(start: datetime | None, morning: datetime) -> bool:
    return start is not None and start.date() == morning.date()


def _played(world: World, couple: Couple) -> Played:
    with world.store.transaction() as tx:
        pair = tx.pair(couple.pair_id)
        meetings = verdicts(tx, pair, world.now) if pair else ()
        said = tx.nouns(Suggestion, couple.pair_id)
    return Played(
        couple=couple,
        meetings=tuple(meetings),
        said=tuple(sorted(said, key=lambda s: (s.at, s.rule_id))),
    )


def _outlined(outline: Outline, now: datetime) -> Played:
    return Played(
        couple=outline.couple,
        meetings=outline.verdicts(now),
        said=tuple(sorted(outline.said, key=lambda s: (s.at, s.rule_id))),
        with_bodies=False,
    )
