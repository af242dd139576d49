"""A pair without calendars: what its habits come to, as the rules would see it.

The same pair with calendars hears the same: `tests/webhook_app/simulation` compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.held import Verdict, judge
from core.kinds import kind_of, topics_of
from core.model.meetings import Meeting, MeetingState, Trace
from core.model.people import Person, Side
from core.model.series import SheetId
from core.model.suggestions import Suggestion, Tap, TapKind
from core.rules.facts import Action, Elsewhere, Extra, History, Next, Past, Point, Setting, Talk
from core.service.snapshot import SHEETS
from webhook_app.simulation import habits
from webhook_app.simulation.company import Couple
from webhook_app.simulation.habits import STAYS, Between

MOVED = timedelta(hours=2)


@dataclass(slots=True, kw_only=True)
class Outline:
    """One pair: its talks, points and promises as they would have been kept."""

    couple: Couple
    extra: Extra
    installed_on: datetime
    week: int = 0
    """The talk that its agenda is for."""
    start: datetime | None = None
    """Where that talk stands now; None: none is planned yet."""
    moved: bool = False
    humans: int = 2
    sheet: int = 0
    meetings: list[Meeting] = field(default_factory=list)
    taps: list[Tap] = field(default_factory=list)
    points: list[tuple[int, Point]] = field(default_factory=list)
    """With the sheet on which each last stood."""
    actions: list[tuple[int, Action]] = field(default_factory=list)
    said: list[Suggestion] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    """The meetings as rules see them."""
    past: list[Past] = field(default_factory=list)
    """What was said as rules see it."""

    def hear(self, said: Suggestion) -> None:
        """Keep what a rule said; the same again has no effect."""
        if all(s.suggestion_id != said.suggestion_id for s in self.said):
            self.said.append(said)
            self.past.append(_past(self.couple, said))

    def open_series(self, week: int) -> None:
        """Make the series and say yes to it."""
        self._go_to(week)

    def before(self, week: int, start: datetime) -> None:
        """Let come between the talk of a week what its habits bring."""
        if not self.is_for(start):
            return
        match habits.between(self.couple, week):
            case Between.CANCELLED:
                self._leave(cancelled=True)
            case Between.ELSEWHERE:
                for person in (self.couple.report, self.couple.manager):
                    self.taps.append(_talked(self.couple, person, start))
                self._leave(cancelled=True)
            case Between.MOVED:
                self.start, self.moved = start + MOVED, True
                self._follow(self.sheet)
            case Between.THIRD:
                self.humans = 3
            case Between.NOTHING:
                pass

    def prepare(self, week: int, now: datetime, evening: datetime) -> None:
        """Write for the coming talk: the first is read at once, the second in the evening."""
        when = now if len(habits.lines(self.couple, week)) == 2 else evening
        for person, texts in habits.lines(self.couple, week).items():
            self.points += [(self.sheet, self._point(person, text, when)) for text in texts]
            when = evening
        for owner, due in habits.promises(self.couple, week):
            item = f"{self.couple.number} {week} {owner.address}"
            action = Action(item_id=item, owner=self._side(owner), due=(now + due).date())
            self.actions.append((self.sheet, action))

    def during(self, now: datetime) -> None:
        """Tick what was talked about."""
        if self.start is None or habits.ticks(self.couple) is None or self.humans > 2:
            return
        self.points = [
            (sheet, replace(p, is_open=p.is_open and any(word in p.text for word in STAYS)))
            if sheet == self.sheet
            else (sheet, p)
            for sheet, p in self.points
        ]
        self.actions = [
            (sheet, replace(a, done_on=self.start.date()))
            if a.done_on is None and self._kept(a, now)
            else (sheet, a)
            for sheet, a in self.actions
        ]

    def evening(self, now: datetime) -> None:
        """Close a talk that is over, and carry what is open to the next."""
        if self.start is not None and self.humans == 2 and self._end <= now:
            self._leave(cancelled=False)

    def history(self, now: datetime) -> History:
        """Return what the rules see of the pair."""
        couple, seen = self.couple, self.sheet - SHEETS
        assert self.extra.manager is not None
        assert self.extra.report is not None
        return History(
            pair_id=couple.pair_id,
            manager=self.extra.manager,
            report=self.extra.report,
            installed_on=self.installed_on.date(),
            manager_since=self.extra.manager_since,
            review_on=self.extra.review_on,
            rrule=couple.rrule if self.start else None,
            has_series=self.start is not None,
            paused=self.humans > 2,
            next=self._next(now),
            talks=tuple(self.talks),
            points=tuple(p for sheet, p in self.points if sheet > seen),
            actions=tuple(a for sheet, a in self.actions if sheet > seen),
            setting=Setting(free_talk=self.extra.free_talk, pulse=self.extra.pulse),
            elsewhere=tuple(_elsewhere(couple, tap) for tap in self.taps),
            past=tuple(self.past),
        )

    def verdicts(self, now: datetime) -> tuple[tuple[Meeting, Verdict], ...]:
        """Return its meetings, each with what became of it."""
        zone = self.couple.report.zone
        return tuple((m, judge(m, self.taps, self.couple.pair, zone, now)) for m in self.meetings)

    def is_for(self, start: datetime) -> bool:
        """Tell whether its agenda is for the talk that was to be at that time."""
        return self._original == start

    @property
    def _original(self) -> datetime | None:
        return self.couple.talk_in(self.week) if self.start is not None else None

    @property
    def _end(self) -> datetime:
        assert self.start is not None
        return self.start + timedelta(minutes=self.couple.minutes)

    def _go_to(self, week: int) -> None:
        while habits.is_away(self.couple, week) or self.couple.talk_in(week) is None:
            week += 1
        self.week, self.start, self.moved = week, self.couple.talk_in(week), False

    def _leave(self, *, cancelled: bool) -> None:
        assert self.start is not None
        self.meetings.append(self._meeting(cancelled=cancelled))
        self.talks.append(self._talk(self.meetings[-1]))
        before = self.sheet
        self._go_to(self.week + 1)
        if cancelled:
            self._follow(before)
            return
        self.sheet += 1
        self.points = [
            (self.sheet, replace(p, carried=p.carried + 1)) if n == before and p.is_open else (n, p)
            for n, p in self.points
        ]
        self.actions = [
            (self.sheet, a) if n == before and a.done_on is None else (n, a)
            for n, a in self.actions
        ]

    def _follow(self, sheet: int) -> None:
        """Let the points of a sheet be for the talk where it stands now."""
        assert self.start is not None
        self.points = [
            (n, replace(p, talk=self.start)) if n == sheet and not p.carried else (n, p)
            for n, p in self.points
        ]

    def _meeting(self, *, cancelled: bool) -> Meeting:
        assert self.start is not None
        return Meeting(
            series_id=self.couple.series_id,
            pair_id=self.couple.pair_id,
            occurrence=str(self._original),
            start=self.start,
            end=self._end,
            sheet_id=SheetId(str(self.sheet)),
            accepted=() if cancelled else self.couple.pair.addresses,
            traces=(Trace.TICK,) if habits.ticks(self.couple) and not cancelled else (),
            cancelled=cancelled,
            moved_on_the_day=self.moved,
        )

    def _talk(self, meeting: Meeting) -> Talk:
        state = MeetingState.HELD
        if meeting.cancelled and not any(t.on == meeting.start.date() for t in self.taps):
            state = MeetingState.CANCELLED
        return Talk(
            start=meeting.start,
            minutes=self.couple.minutes,
            state=state,
            moved_same_day=meeting.moved_on_the_day,
        )

    def _next(self, now: datetime) -> Next | None:
        if self.start is None or self._end <= now:
            return None
        minutes = self.couple.minutes
        return Next(start=self.start, minutes=minutes, humans=self.humans)

    def _point(self, person: Person, text: str, when: datetime) -> Point:
        assert self.start is not None
        return Point(
            point_id=f"{self.couple.number} {self.sheet} {text}",
            talk=self.start,
            by=self._side(person),
            added_at=when,
            kind=kind_of(text),
            topics=topics_of(text),
            is_open=True,
            text=text,
        )

    def _side(self, person: Person) -> Side:
        return Side.REPORT if person == self.couple.report else Side.MANAGER

    def _kept(self, action: Action, now: datetime) -> bool:
        owner = self.couple.report if action.owner is Side.REPORT else self.couple.manager
        return habits.is_kept(self.couple, owner.address, action.due, now.date())


def _talked(couple: Couple, person: Person, start: datetime) -> Tap:
    return Tap(pair_id=couple.pair_id, kind=TapKind.TALKED, on=start.date(), by=person.address)


def _elsewhere(couple: Couple, tap: Tap) -> Elsewhere:
    side = Side.REPORT if tap.by == couple.report.address else Side.MANAGER
    return Elsewhere(rule_id="R-03", on=tap.on, by=frozenset({side}))


def _past(couple: Couple, said: Suggestion) -> Past:
    sides = (couple.pair.side(address) for address in said.to)
    return Past(
        rule_id=said.rule_id,
        at=said.at,
        meeting=said.meeting,
        to=frozenset(side for side in sides if side is not None),
        subject=said.subject,
    )
