"""Take in what the personnel system says: all of a batch or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.errors import InvalidInput
from core.hris import HrisPlan, Row, plan_rows
from core.model.actions import Happening
from core.model.engagement import DueDay, Engagement
from core.model.people import Pair, Person, pair_id
from core.model.settings import Bond, PairSettings
from core.pairs import with_manager
from core.service.due_days import LAST_DAY
from core.service.handover import begin_change
from core.service.settings import change_person
from core.store import Transaction


def plan_batch(
    tx: Transaction, rows: Sequence[Row], now: datetime, *, as_of: datetime | None = None
) -> HrisPlan:
    """Say what taking rows in would do, or what is wrong with them; keep nothing."""
    known = {e.address: e for e in tx.nouns(Engagement)}
    people = frozenset(p.address for p in tx.people()) | frozenset(known)
    return plan_rows(rows, known, people, now.date(), as_of)


def take_in_batch(
    tx: Transaction,
    plan: HrisPlan,
    now: datetime,
    *,
    locale: str = "en",
    change_on: Mapping[str, str] | None = None,
) -> None:
    """Do what a plan says. Raise InvalidInput, with row numbers, where it has errors.

    No calendar is touched: a new pair is an offer to its manager (R-04), a change of manager
    asks the report first (US-5).
    """
    if plan.errors:
        lines = "\n".join(f"row {e.row}: {e.text}" for e in plan.errors)
        raise InvalidInput(f"nothing was taken in:\n{lines}")
    names = dict(plan.names)
    for engagement in plan.engagements:
        _put_person(tx, engagement.address, names.get(engagement.address, ""), locale)
        if engagement.manager:
            _put_person(tx, engagement.manager, names.get(engagement.manager, ""), locale)
        tx.put_noun(engagement)
        if engagement.ends_on is not None:
            after = engagement.ends_on + timedelta(days=1)
            tx.put_noun(DueDay(on=after, what=LAST_DAY, subject=engagement.address))
    moved = {report for report, _, _ in plan.changed_managers}
    for report, old, new in plan.changed_managers:
        on = _day((change_on or {}).get(report), now)
        if tx.pair(pair_id(report, old)) is None:
            _put_pair(tx, report, new)
        else:
            begin_change(tx, report, old, new, on, now=now)
    for engagement in plan.engagements:
        if engagement.manager and engagement.address not in moved:
            _put_pair(tx, engagement.address, engagement.manager)
        _note_bonds(tx, engagement)
    for address, begins, ends in plan.pauses:
        _pause(tx, address, begins, ends, now)
    count = len(plan.engagements) + len(plan.pauses)
    tx.record(Happening(at=now, name="hris.taken_in", subject="hris", count=count))


def _day(text: str | None, now: datetime) -> date:
    try:
        return date.fromisoformat(text) if text else now.date()
    except ValueError as err:
        raise InvalidInput(f"on {text!r}: a day looks like 2026-03-31") from err


def _put_person(tx: Transaction, address: str, name: str, locale: str) -> None:
    known = tx.person(address)
    if known is None:
        tx.put_person(Person(address=address, name=name, locale=locale))
    elif name and not known.name:
        tx.put_person(replace(known, name=name))


def _put_pair(tx: Transaction, report: str, manager: str) -> None:
    """Keep who manages whom; the pair has no event, and nobody makes one by itself."""
    name = pair_id(report, manager)
    known = tx.pair(name) or Pair(pair_id=name, manager=manager, report=report)
    confirmed = with_manager(known, manager)
    if confirmed != tx.pair(name):
        tx.put_pair(replace(confirmed, ended=known.ended))


def _note_bonds(tx: Transaction, engagement: Engagement) -> None:
    """Say of pairs that exist what they are, where nobody has said so."""
    for pair in tx.pairs():
        if pair.side(engagement.address) is None or tx.noun(PairSettings, pair.pair_id):
            continue
        bond = _bond(tx, pair)
        if bond is not Bond.REPORT:
            tx.put_noun(PairSettings(pair_id=pair.pair_id, bond=bond))


def _bond(tx: Transaction, pair: Pair) -> Bond:
    one = tx.noun(Engagement, pair.report) or Engagement(address=pair.report)
    other = tx.noun(Engagement, pair.manager) or Engagement(address=pair.manager)
    if one.manager == pair.manager or other.manager == pair.report:
        return Bond.REPORT
    above = tx.noun(Engagement, one.manager) if one.manager else None
    if above is not None and above.manager == pair.manager:
        return Bond.SKIP_LEVEL
    return Bond.PEER if one.manager and one.manager == other.manager else Bond.REPORT


def _pause(
    tx: Transaction, address: str, begins: date | None, ends: date | None, now: datetime
) -> None:
    """Keep from when until when somebody is away; why is not kept."""
    if tx.person(address) is None:
        return
    back = now.date() if begins is None and ends is None else None
    change_person(tx, address, paused_from=begins, paused_until=ends, back_on=back, now=now)
