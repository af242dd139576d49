"""Plan a talk's reminders, and send each one once, if it still fits when its time comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core.content.texts import text_for
from core.guides import purpose_for, tip_for
from core.model.actions import Action, ActionKind, Happening
from core.model.agenda import ItemState
from core.model.calendar import IdempotencyKey, TimeSlot
from core.model.messages import Message
from core.model.people import Side
from core.model.reminding import PlannedReminder, SentReminder
from core.model.series import SeriesState, Sheet
from core.reminder_text import Reader, after_text, before_text
from core.reminders import Reminder, plan_reminders
from core.service.briefing import ROLES
from core.service.ids import short_id
from core.service.offers import held_days
from core.service.refused_replies import kinds_of, mark_told, refused_replies
from core.service.send_to import send_to
from core.service.services import Circle, Services, circle_of
from core.service.settings import company_settings, pair_settings, person_settings, read_locale
from core.service.shapes import PURPOSE_UNTIL
from core.slots import Availability
from core.store import Transaction


def want_reminders(tx: Transaction, circle: Circle, sheet: Sheet, now: datetime) -> int:
    """Ask for the reminders of a sheet's talk that are not planned yet; return how many."""
    if sheet.place is None or circle.series.state is not SeriesState.ENABLED:
        return 0
    asked = 0
    for planned in _plan(tx, circle, sheet, sheet.place.slot):
        sent = f"{planned.sheet_id}/{planned.person}/{planned.kind}"
        if planned.due < now or tx.noun(SentReminder, sent) is not None:
            continue
        if tx.noun(PlannedReminder, planned.key) is None:
            tx.put_noun(planned)
            tx.want(
                Action(
                    kind=ActionKind.MESSAGE,
                    subject=planned.reminder_id,
                    due_at=planned.due,
                    lane=f"messages {planned.person}",
                )
            )
            asked += 1
    return asked


def _plan(
    tx: Transaction, circle: Circle, sheet: Sheet, slot: TimeSlot
) -> tuple[PlannedReminder, ...]:
    found = []
    for (side, kind), due in plan_reminders(slot, _people(tx, circle)).items():
        person = circle.pair.report if side is Side.REPORT else circle.pair.manager
        found.append(
            PlannedReminder(
                reminder_id=short_id("reminder", sheet.sheet_id, person, kind, due.isoformat()),
                sheet_id=sheet.sheet_id,
                series_id=sheet.series_id,
                pair_id=sheet.pair_id,
                person=person,
                kind=kind.value,
                due=due,
            )
        )
    return tuple(found)


def _people(tx: Transaction, circle: Circle) -> Mapping[Side, Availability]:
    region = company_settings(tx).region
    found = {}
    for side, person in ((Side.REPORT, circle.report), (Side.MANAGER, circle.manager)):
        settings = person_settings(tx, person.address)
        chosen = replace(settings, region=settings.region or region)
        found[side] = Availability(settings=chosen, zone=person.zone)
    return found


def send_reminder(services: Services, reminder_id: str, now: datetime) -> bool:
    """Send a planned reminder, unless it no longer fits; tell whether it went out.

    A talk that moved, a leave, settings that changed since: then it is let go. Raise what the
    channel raises: the same call goes on later.
    """
    with services.store.transaction() as tx:
        planned = tx.noun(PlannedReminder, reminder_id)
        if planned is None:
            return False
        sent = SentReminder(
            sheet_id=planned.sheet_id, person=planned.person, kind=planned.kind, at=now
        )
        settings = person_settings(tx, planned.person)
        refused = refused_replies(tx, planned.person, now)
        known = tx.noun(SentReminder, sent.key) is not None
        message = None if known else _message(services, tx, planned, kinds_of(refused))
    if message is not None:
        recap = planned.kind == Reminder.AFTER
        message = replace(message, about=planned.series_id, is_recap=recap)
    key = IdempotencyKey(f"reminder:{planned.sheet_id}:{planned.person}:{planned.kind}")
    if message is not None and send_to(services, settings, message, key):
        with services.store.transaction() as tx:
            tx.put_noun(sent)
            mark_told(tx, refused)
            tx.remove_noun(PlannedReminder, planned.key)
            tx.record(Happening(at=now, name="reminder.sent", subject=planned.series_id))
        return True
    with services.store.transaction() as tx:
        tx.remove_noun(PlannedReminder, planned.key)
    return False


def _message(
    services: Services, tx: Transaction, planned: PlannedReminder, refused: tuple[str, ...]
) -> Message | None:
    series = tx.series(planned.series_id)
    circle = circle_of(tx, series) if series else None
    sheets = tx.sheets(planned.series_id)
    sheet = next((s for s in sheets if s.sheet_id == planned.sheet_id), None)
    if circle is None or sheet is None or sheet.place is None:
        return None
    if planned not in _plan(tx, circle, sheet, sheet.place.slot):
        return None
    person = circle.person(planned.person)
    other = circle.person(circle.pair.other(planned.person))
    if person is None or other is None or circle.series.state is not SeriesState.ENABLED:
        return None
    settings = pair_settings(tx, circle.pair.pair_id)
    reader = Reader(
        person=person,
        other=other,
        locale=read_locale(person, settings),
        page=services.page_of(person.address),
        talk=f"/talk/{circle.series.series_id}",
        guide=_guide(tx, circle, person.address),
        refused=refused,
    )
    if planned.kind == Reminder.AFTER:
        items = [i for i in sheet.agenda.action_items if i.state is ItemState.OPEN]
        return after_text(reader, items)
    extra = _extra(tx, circle, planned.person, reader.locale)
    return before_text(reader, sheet.agenda.shared(), sheet.place.slot, extra)


def _guide(tx: Transaction, circle: Circle, address: str) -> str:
    side = circle.pair.side(address) or Side.REPORT
    young = len(held_days(tx, circle.pair)) < PURPOSE_UNTIL
    return f"rollout_{side.value}" if young else ""


def _extra(tx: Transaction, circle: Circle, address: str, locale: str) -> list[str]:
    """Return the purpose in the first reminders, and a tip while practice is young."""
    side = circle.pair.side(address) or Side.REPORT
    held = len(held_days(tx, circle.pair))
    bond = pair_settings(tx, circle.pair.pair_id).bond
    tip = tip_for(side, held, wanted=person_settings(tx, address).tips)
    purpose = [purpose_for(ROLES[bond, side], locale)] if held < PURPOSE_UNTIL else []
    return [*purpose, *([text_for(tip.text, locale)] if tip else [])]
