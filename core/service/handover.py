"""A manager change from the first word to the first talk of the new pair (US-5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from core.errors import InvalidInput, NotFound
from core.handover import decided, passed_items, passed_points, promises_of, taken_items
from core.model.actions import Happening
from core.model.agenda import ActionItem, Agenda
from core.model.engagement import DueDay
from core.model.goals import Goal
from core.model.handover import (
    Fate,
    HandedItem,
    ManagerChange,
    Promise,
    Release,
    ReleasedHistory,
)
from core.model.inbox import InboxPoint, Waits
from core.model.people import Pair, PairId, Person, normal_address, pair_id
from core.model.series import SeriesState
from core.model.settings import Bond
from core.pairs import with_manager
from core.service.consent import say_stop
from core.service.ids import short_id
from core.service.settings import pair_settings
from core.store import Transaction

DUE = "manager_change"
"""What a due day says of a change."""


def begin_change(
    tx: Transaction, report: str, old: str, new: str, on: date, *, now: datetime
) -> ManagerChange:
    """Note that somebody gets another manager; the same news twice is one change.

    Nothing moves yet: the report is asked what may pass on. News with another day moves the
    day. Raise InvalidInput.
    """
    report, old, new = normal_address(report), normal_address(old), normal_address(new)
    if len({report, old, new}) != 3:
        raise InvalidInput("a manager change needs three different people")
    for known in tx.nouns(ManagerChange, report):
        if (known.old, known.new, known.done) == (old, new, False):
            moved = replace(known, on=on)
            tx.put_noun(moved)
            tx.put_noun(DueDay(on=on, what=DUE, subject=moved.change_id))
            return moved
    change = ManagerChange(
        change_id=short_id("change", report, old, new, on.isoformat()),
        report=report,
        old=old,
        new=new,
        on=on,
    )
    already = tx.noun(ManagerChange, change.key)
    if already is not None:
        return already
    tx.put_noun(change)
    tx.put_noun(DueDay(on=on, what=DUE, subject=change.change_id))
    for address in (report, old, new):
        if tx.person(address) is None:
            tx.put_person(Person(address=address))
    old_pair = tx.pair(pair_id(report, old))
    if old_pair is not None:
        tx.put_noun(replace(pair_settings(tx, old_pair.pair_id), frozen_on=on))
    tx.record(Happening(at=now, name="manager.changes", subject=report))
    return change


def changes_for(tx: Transaction, reader: str) -> tuple[ManagerChange, ...]:
    """Return the changes in which somebody has a part, each as they may see it.

    The report sees all of it; the former manager their own promises; the new one only the
    promises offered to them. What the report chose is between them and us.
    """
    found = [c for c in tx.nouns(ManagerChange) if reader in (c.report, c.old, c.new)]
    return tuple(seen_by(change, reader) for change in found)


def seen_by(change: ManagerChange, reader: str) -> ManagerChange:
    """Return a change without what is not this reader's."""
    if reader == change.report:
        return replace(change, promises=())
    hidden = replace(change, release=Release(), answered=False)
    if reader == change.old:
        return hidden
    offered = tuple(p for p in change.promises if p.fate in (Fate.OFFERED, Fate.TAKEN))
    return replace(hidden, promises=offered)


def choose_release(
    tx: Transaction, change_id: str, release: Release, *, by: str, now: datetime
) -> ManagerChange:
    """Keep what the report lets pass on. Raise NotFound for anybody else."""
    change = known_change(tx, change_id)
    if by != change.report:
        raise NotFound("only the one who gets another manager chooses what passes on")
    if change.done:
        raise InvalidInput("the change is done: what was released cannot be called back")
    chosen = replace(change, release=release, answered=True)
    tx.put_noun(chosen)
    tx.record(Happening(at=now, name="manager.released", subject=change.report, by=by))
    return chosen


def decide_promise(
    tx: Transaction, change_id: str, item_id: str, fate: Fate, *, by: str, now: datetime
) -> ManagerChange:
    """Let the former manager keep, offer or close a promise, and the new one take an offered.

    Raise NotFound, InvalidInput.
    """
    change = _with_promises(tx, known_change(tx, change_id))
    promise = next((p for p in change.promises if p.item.item_id == item_id), None)
    if promise is None or not _may_decide(change, promise, fate, by):
        raise NotFound("there is no such promise of yours to decide")
    promises = decided(change.promises, item_id, fate)
    changed = replace(change, promises=promises)
    tx.put_noun(changed)
    if fate is Fate.TAKEN and change.done:
        _hand(tx, pair_id(change.report, change.new), taken_items(promises, change.new))
    tx.record(Happening(at=now, name=f"promise.{fate}", subject=change.report, by=by))
    return changed


def _may_decide(change: ManagerChange, promise: Promise, fate: Fate, by: str) -> bool:
    if by == change.new:
        return promise.fate is Fate.OFFERED and fate is Fate.TAKEN
    return by == change.old and promise.fate is not Fate.TAKEN and fate is not Fate.TAKEN


def promises_to_decide(tx: Transaction, change_id: str, *, by: str) -> tuple[Promise, ...]:
    """Return the former manager's open promises to the report, as they stand now."""
    change = known_change(tx, change_id)
    if by != change.old:
        raise NotFound("there is no such promise of yours to decide")
    return _with_promises(tx, change).promises


def _with_promises(tx: Transaction, change: ManagerChange) -> ManagerChange:
    """Until the day comes the agenda says what is promised."""
    if change.done:
        return change
    known = {p.item.item_id: p.fate for p in change.promises}
    found = promises_of(_agendas(tx, change), change.old)
    fresh = tuple(replace(p, fate=known.get(p.item.item_id, p.fate)) for p in found)
    return replace(change, promises=fresh)


def carry_out_due(tx: Transaction, change_id: str, now: datetime) -> None:
    """Carry a change out if its day has come; twice is once."""
    change = tx.noun(ManagerChange, change_id)
    if change is not None and not change.done and change.on <= now.date():
        carry_out(tx, change, now)


def carry_out(tx: Transaction, change: ManagerChange, now: datetime) -> ManagerChange:
    """Freeze the old pair and give the new one what the report released, and no more.

    The old series stays in the calendar, without our text; both keep what they wrote. Private
    notes belong to their author and never move.
    """
    change = _with_promises(tx, change)
    agendas = _agendas(tx, change)
    new = _new_pair(tx, change)
    for point in passed_points(agendas, change.report, change.release):
        tx.put_noun(
            InboxPoint(
                pair_id=new.pair_id, point=point, since=now, waits=Waits.NEXT, by=change.report
            )
        )
    items = passed_items(agendas, change.report, change.release)
    _hand(tx, new.pair_id, [*items, *taken_items(change.promises, change.new)])
    old = tx.pair(pair_id(change.report, change.old))
    if old is not None:
        _pass_goals_and_history(tx, change, old, new)
        _freeze(tx, old, change, now)
    done = replace(change, done=True)
    tx.put_noun(done)
    tx.record(Happening(at=now, name="manager.changed", subject=change.report))
    return done


def _new_pair(tx: Transaction, change: ManagerChange) -> Pair:
    name = pair_id(change.report, change.new)
    known = tx.pair(name) or Pair(pair_id=name, manager=change.new, report=change.report)
    pair = replace(with_manager(known, change.new), ended=None)
    tx.put_pair(pair)
    tx.put_noun(replace(pair_settings(tx, name), bond=Bond.REPORT, frozen_on=None))
    return pair


def _hand(tx: Transaction, pair: PairId, items: Sequence[ActionItem]) -> None:
    for item in items:
        tx.put_noun(HandedItem(pair_id=pair, item=item))


def _pass_goals_and_history(tx: Transaction, change: ManagerChange, old: Pair, new: Pair) -> None:
    if change.release.goals:
        for goal in tx.nouns(Goal, old.pair_id):
            tx.put_noun(replace(goal, pair_id=new.pair_id))
    if change.release.history:
        tx.put_noun(ReleasedHistory(pair_id=new.pair_id, old_pair=old.pair_id, until=change.on))


def _freeze(tx: Transaction, old: Pair, change: ManagerChange, now: datetime) -> None:
    ended = datetime.combine(change.on, time(), UTC)
    tx.put_pair(replace(old, ended=min(ended, now)))
    tx.put_noun(replace(pair_settings(tx, old.pair_id), frozen_on=change.on))
    for series in tx.series_of(old.pair_id):
        if series.state is SeriesState.ENABLED:
            say_stop(tx, series.series_id, remove=True, by=None, now=now)


def known_change(tx: Transaction, change_id: str) -> ManagerChange:
    """Return a change. Raise NotFound."""
    change = tx.noun(ManagerChange, change_id)
    if change is None:
        raise NotFound("there is no such manager change")
    return change


def _agendas(tx: Transaction, change: ManagerChange) -> list[Agenda]:
    sheets = tx.open_sheets_of(pair_id(change.report, change.old))
    return [sheet.agenda for sheet in sheets]
