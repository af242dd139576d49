"""What the rules may know about a pair, gathered from the store: counted rather than quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.content.prompts import Topic
from core.held import judge, moment_of, talks_outside
from core.kinds import kind_of, topics_of
from core.model import people
from core.model.agenda import ActionItem, ItemState, PointState, TalkingPoint
from core.model.meetings import FirstSeen, Meeting, MeetingState
from core.model.people import Pair
from core.model.series import Series, SeriesState, Sheet, SheetState, Why
from core.model.settings import PairSettings
from core.model.suggestions import Mute, Suggestion, Tap, TapKind
from core.rules.facts import (
    Action,
    Elsewhere,
    Extra,
    History,
    Next,
    Past,
    Person,
    Point,
    Setting,
    Talk,
)
from core.service.settings import pair_settings
from core.store import Transaction

SHEETS = 12
"""Meetings back that rules look at."""
A_TALK = 30
"""Minutes that a talk outside the calendar counts for."""


def history_of(
    tx: Transaction, pair: Pair, now: datetime, *, installed_on: date, extra: Extra
) -> History:
    """Return all that rules see of one pair. Private points and sensitive words stay out."""
    known = [s for s in tx.series_of(pair.pair_id) if s.state is not SeriesState.OTHER]
    enabled = [s for s in known if s.state is SeriesState.ENABLED]
    sheets = sorted(
        (sheet for s in known for sheet in tx.sheets(s.series_id)[-SHEETS:]),
        key=lambda sheet: (sheet.number, sheet.sheet_id),
    )
    chosen = pair_settings(tx, pair.pair_id)
    taps = tx.nouns(Tap, pair.pair_id)
    report = extra.report or _person(tx, pair.report)
    main = min(enabled, key=lambda s: (s.slot.start, s.series_id), default=None)
    return History(
        pair_id=pair.pair_id,
        manager=extra.manager or _person(tx, pair.manager),
        report=report,
        installed_on=installed_on,
        relation=extra.relation,
        agreed=timedelta(days=chosen.agreed_days) if chosen.agreed_days else None,
        rrule=main.rrule if main else None,
        manager_since=extra.manager_since,
        left_alone=chosen.left_alone,
        review_on=extra.review_on,
        has_series=main is not None and (main.ends is None or main.ends > now),
        paused=main is not None and main.reason is Why.MORE_THAN_TWO,
        next=_next(main, sheets, chosen, extra, now) if main else None,
        talks=_talks(tx, pair, taps, report.zone, now),
        points=tuple(_points(pair, tx, sheets, chosen, now)),
        actions=_actions(pair, sheets, chosen, now),
        goals=extra.goals,
        colleagues=extra.colleagues,
        setting=_setting(chosen, extra),
        elsewhere=_elsewhere(pair, taps),
        past=tuple(_past(pair, s) for s in tx.nouns(Suggestion, pair.pair_id)),
        mutes=frozenset(str(m.rule_id) for m in tx.nouns(Mute, pair.pair_id)),
    )


def _person(tx: Transaction, address: str) -> Person:
    known = tx.person(address) or people.Person(address=address)
    return Person(address=address, name=known.called, zone=known.zone, locale=known.locale)


def _next(
    main: Series,
    sheets: Sequence[Sheet],
    chosen: PairSettings,
    extra: Extra,
    now: datetime,
) -> Next | None:
    coming = [s.place for s in sheets if s.state is SheetState.OPEN and s.place is not None]
    slots = [place.slot for place in coming if place.slot.end > now]
    if not slots:
        return None
    slot = min(slots, key=lambda s: s.start)
    return Next(
        start=slot.start,
        minutes=round((slot.end - slot.start) / timedelta(minutes=1)),
        template=extra.template,
        humans=max(2, len(main.humans)),
        third_allowed=chosen.third_allowed,
        delegates=extra.delegates,
        rooms=extra.rooms,
        outside_domains=extra.outside_domains,
        shared_calendar=extra.shared_calendar,
        public_feed=extra.public_feed,
        reduced=extra.reduced,
        lowered=extra.lowered,
    )


def _talks(
    tx: Transaction, pair: Pair, taps: Sequence[Tap], zone: str, now: datetime
) -> tuple[Talk, ...]:
    meetings = tx.nouns(Meeting, pair.pair_id)
    talks = [
        Talk(
            start=m.start,
            minutes=max(1, round((m.end - m.start) / timedelta(minutes=1))),
            state=judge(m, taps, pair, zone, now).state,
            moved_same_day=m.moved_on_the_day,
            template=m.template,
        )
        for m in meetings
    ]
    for day in talks_outside(taps, pair, [m.start.date() for m in meetings]):
        start = moment_of(day, now)
        talks.append(Talk(start=start, minutes=A_TALK, state=MeetingState.HELD))
    return tuple(talks)


def _points(
    pair: Pair, tx: Transaction, sheets: Sequence[Sheet], chosen: PairSettings, now: datetime
) -> list[Point]:
    found: dict[str, Point] = {}
    earlier: list[Point] = []
    for sheet in sheets:
        noted = tx.noun(FirstSeen, sheet.sheet_id)
        seen_at = {str(p.point_id): p.at for p in noted.points} if noted else {}
        start = sheet.place.slot.start if sheet.place else now
        for point in _shared_points(sheet):
            is_open = sheet.state is SheetState.OPEN and point.state is PointState.OPEN
            known = found.get(point.point_id)
            if known is None or not point.carried:
                # The same words written again for a later talk are a new point.
                earlier += [known] if known is not None else []
                known = _point(pair, point, start, seen_at)
            found[point.point_id] = replace(known, carried=point.carried, is_open=is_open)
    return [
        replace(p, waits_outside=p.point_id in chosen.waiting) for p in (*earlier, *found.values())
    ]


def _shared_points(sheet: Sheet) -> Iterator[TalkingPoint]:
    """Yield what both may see: private points are dropped, sensitive ones have no words."""
    for section in sheet.agenda.shared().sections:
        yield from section.points


def _point(
    pair: Pair, point: TalkingPoint, start: datetime, seen_at: Mapping[str, datetime]
) -> Point:
    return Point(
        point_id=point.point_id,
        talk=start,
        by=pair.side(point.owner) if point.owner else None,
        added_at=seen_at.get(point.point_id, start - timedelta(days=1)),
        kind=kind_of(point.text),
        topics=topics_of(point.text),
        text=point.text,
    )


def _actions(
    pair: Pair, sheets: Sequence[Sheet], chosen: PairSettings, now: datetime
) -> tuple[Action, ...]:
    latest: dict[str, tuple[ActionItem, date]] = {}
    for sheet in sheets:
        held_on = (sheet.place.slot.start if sheet.place else now).date()
        for item in sheet.agenda.action_items:
            known = latest.get(item.item_id)
            is_same = known is not None and known[0].state is item.state
            latest[item.item_id] = (item, known[1] if known and is_same else held_on)
    return tuple(
        Action(
            item_id=item.item_id,
            owner=side,
            due=item.due,
            done_on=min(since, now.date()) if item.state is ItemState.DONE else None,
            dropped=item.state is ItemState.DROPPED,
            said_done=item.item_id in chosen.said_done,
        )
        for item, since in latest.values()
        if item.owner is not None and (side := pair.side(item.owner)) is not None
    )


def _setting(chosen: PairSettings, extra: Extra) -> Setting:
    return Setting(
        remote=extra.remote,
        free_talk=extra.free_talk,
        project_phase_from=extra.project_phase_from,
        unwanted=frozenset(Topic(name) for name in chosen.unwanted if name in set(Topic)),
        pulse=extra.pulse,
        reviews=chosen.reviews,
    )


def _elsewhere(pair: Pair, taps: Sequence[Tap]) -> tuple[Elsewhere, ...]:
    answers = {TapKind.TALKED: "R-03"}
    return tuple(
        Elsewhere(rule_id=tap.rule_id or answers[tap.kind], on=tap.on, by=frozenset({side}))
        for tap in taps
        if (side := pair.side(tap.by)) is not None
        and (tap.kind in answers or tap.kind is TapKind.ELSEWHERE)
    )


def _past(pair: Pair, suggestion: Suggestion) -> Past:
    sides = (pair.side(address) for address in suggestion.to)
    return Past(
        rule_id=suggestion.rule_id,
        at=suggestion.at,
        meeting=suggestion.meeting,
        to=frozenset(side for side in sides if side is not None),
        subject=suggestion.subject,
    )
