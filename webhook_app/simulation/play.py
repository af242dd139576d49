"""Play the company week by week: people act, the engine looks, the rules speak or are silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.held import Verdict
from core.model.engagement import Engagement
from core.model.meetings import Meeting
from core.model.suggestions import Suggestion
from core.service.held_talks import verdicts
from core.service.settings import change_pair, change_person
from core.store import Transaction
from webhook_app.simulation import habits
from webhook_app.simulation.behaviours import PORTRAITS, Behaviour
from webhook_app.simulation.world import START, WEEK, Couple, World, company


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What happened to one pair."""

    couple: Couple
    meetings: tuple[tuple[Meeting, Verdict], ...]
    said: tuple[Suggestion, ...]

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


def play(pairs: int, weeks: int, *, tell: Callable[[int], None] | None = None) -> Play:
    """Play so many pairs over so many weeks; the same numbers give the same play."""
    world = company(pairs, weeks=weeks)
    _open(world, weeks)
    for week in range(weeks):
        for day in range(5):
            _day(world, week, START + week * WEEK + timedelta(days=day))
        if tell is not None:
            tell(week)
    return Play(
        weeks=weeks,
        began=START,
        ended=world.now,
        pairs=tuple(_played(world, couple) for couple in world.couples),
        bodies_written=len(world.server.writes),
        actions_run=world.reconciled,
    )


def _open(world: World, weeks: int) -> None:
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
            _settle(world, couple, weeks, tx)


def _settle(world: World, couple: Couple, weeks: int, tx: Transaction) -> None:
    report, now = couple.report.address, world.now
    match couple.behaviour:
        case Behaviour.FREE:
            change_pair(tx, couple.pair_id, now=now, free_talk=True)
        case Behaviour.ON_LEAVE:
            first, back = (START + week * WEEK for week in habits.LEAVE)
            change_person(
                tx,
                report,
                now=now,
                paused_from=first.date(),
                paused_until=back.date(),
            )
        case Behaviour.NEW:
            begins = START + (couple.begins - 1) * WEEK
            tx.put_noun(
                Engagement(address=report, manager=couple.manager.address, starts_on=begins.date())
            )
        case Behaviour.REVIEW:
            review = START + (weeks // 2) * WEEK
            tx.put_noun(
                Engagement(address=report, manager=couple.manager.address, review_on=review.date())
            )
        case _:
            pass


def _day(world: World, week: int, morning: datetime) -> None:
    """One working day: what comes between, preparations for tomorrow, talks, one last look."""
    today = [(c, start) for c in world.couples if _on(start := c.talk_in(week), morning)]
    soon = [(c, w) for c in world.couples if (w := _prepares(c, week, morning)) is not None]
    world.now = morning + timedelta(hours=1)
    changed: set[str] = set()
    for couple in world.couples:
        if couple.begins and couple.begins == week + 1 and morning.weekday() == 4:
            world.open_series(couple)
            changed |= {couple.manager.address, couple.report.address}
    for couple, start in today:
        assert start is not None
        changed |= habits.before(world, couple, week, start)
    world.look(changed)
    for couple in world.couples:
        if couple.begins and couple.begins == week + 1 and morning.weekday() == 4:
            world.say_yes(couple)
    world.now = morning + timedelta(hours=3)
    changed = set()
    for couple, start in today:
        sheet = world.sheet(couple)
        if sheet and sheet.place and sheet.place.original_start == start:
            changed |= habits.during(world, couple)
    for couple, talk_week in soon:
        if world.sheet(couple) is not None and not _away(couple, talk_week):
            changed |= habits.prepare(world, couple, talk_week)
    world.now = morning + timedelta(hours=12)
    world.look(changed)


def _away(couple: Couple, week: int) -> bool:
    first, back = habits.LEAVE
    return couple.behaviour is Behaviour.ON_LEAVE and first <= week < back


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
