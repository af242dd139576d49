"""Tell a manager once what was found, before anything is written: one message, ever.

It goes to who organizes 1:1s and whose own account is connected. Who has said yes or stop to one
already knows, and is not told. It is noted before it is sent: rather none than two.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import OneOnOneError
from core.first_text import Found, first_text
from core.model.actions import Action, ActionKind, Happening
from core.model.calendar import IdempotencyKey
from core.model.first_message import FirstMessage, FirstState
from core.model.messages import Message
from core.model.people import Person
from core.model.series import Series, SeriesState
from core.reminders import next_good_moment
from core.service.ids import short_id
from core.service.send_to import send_to
from core.service.services import Services
from core.service.settings import company_settings, person_settings
from core.slots import Availability
from core.store import Transaction

PREFIX = "first "
SETTLE = timedelta(minutes=15)
"""A first reading finds one series after the other: all of them are told together."""
LATER = timedelta(days=1)
"""When to look again where it is switched off, or nobody can be reached yet."""
KNOWS = (SeriesState.ENABLED, SeriesState.DISABLED)


def plan_first_message(tx: Transaction, series: Series, now: datetime) -> None:
    """Plan it for who organizes a 1:1 that was found, unless it was planned before."""
    who = series.organizer or ""
    if series.state is not SeriesState.FOUND or tx.noun(FirstMessage, who) is not None:
        return
    if all(connection.person != who for connection in tx.connections()):
        return
    _plan(tx, who, next_good_moment(now + SETTLE, _availability(tx, who)))


def _plan(tx: Transaction, who: str, due: datetime) -> None:
    """Each time has an action of its own: the one that runs cannot be put off."""
    tx.put_noun(FirstMessage(person=who, due=due))
    subject, lane = f"{PREFIX}{who} {due.isoformat()}", f"messages {who}"
    tx.want(Action(kind=ActionKind.MESSAGE, subject=subject, due_at=due, lane=lane))


def _availability(tx: Transaction, who: str) -> Availability:
    settings, person = person_settings(tx, who), tx.person(who) or Person(address=who)
    region = settings.region or company_settings(tx).region
    return Availability(settings=replace(settings, region=region), zone=person.zone)


def send_first_message(services: Services, subject: str, now: datetime) -> bool:
    """Send it, unless they know by now; tell whether it went out. Raise what a channel raises."""
    who, _, due = subject.removeprefix(PREFIX).partition(" ")
    with services.store.transaction() as tx:
        planned = tx.noun(FirstMessage, who)
        if planned is None or planned.due.isoformat() != due:
            return False
        if planned.state is not FirstState.PLANNED:
            _end_interrupted(tx, planned)
            return False
        found = _found(tx, who)
        settings = person_settings(tx, who)
        if found is None or not (settings.reminders and settings.channels):
            tx.put_noun(replace(planned, state=FirstState.LET_GO))
            return False
        moment = next_good_moment(now, _availability(tx, who))
        if moment > now or not services.first_message:
            _plan(tx, who, moment if moment > now else now + LATER)
            return False
    message = _message(services, found, now)
    return _sent(services, planned, message, now)


def _end_interrupted(tx: Transaction, planned: FirstMessage) -> None:
    if planned.state is FirstState.BEGUN:
        tx.put_noun(replace(planned, state=FirstState.SENT))


def _sent(services: Services, planned: FirstMessage, message: Message, now: datetime) -> bool:
    """Note it, send it, and take the note back where it surely did not go out."""
    who = planned.person
    with services.store.transaction() as tx:
        settings = person_settings(tx, who)
        tx.put_noun(replace(planned, state=FirstState.BEGUN))
    try:
        went = send_to(services, settings, message, IdempotencyKey(f"first:{who}"))
    except OneOnOneError:
        with services.store.transaction() as tx:
            tx.put_noun(planned)
        raise
    with services.store.transaction() as tx:
        if went:
            tx.put_noun(replace(planned, state=FirstState.SENT))
            tx.record(Happening(at=now, name="first_message.sent", subject=short_id(who)))
        else:
            _plan(tx, who, now + LATER)
    return went


def _found(tx: Transaction, who: str) -> Found | None:
    """Return what was found in their calendars; None: there is nothing, or they know already."""
    own = [s for s in tx.all_series() if who in s.humans or s.organizer == who]
    talks = [s for s in own if s.state is SeriesState.FOUND and s.organizer == who]
    if not talks or any(s.state in KNOWS for s in own):
        return None
    person = tx.person(who) or Person(address=who)
    others = {a for s in talks for a in s.humans if a != who}
    named = (tx.person(address) or Person(address=address) for address in sorted(others))
    return Found(
        person=person,
        talks=len(talks),
        others=tuple(p.called for p in named),
        not_talks=sum(s.state is SeriesState.OTHER for s in own),
        first=min(talks, key=lambda s: (s.slot.start, s.series_id)),
    )


def _message(services: Services, found: Found, now: datetime) -> Message:
    page = services.page_of(found.person.address)
    return first_text(found, page=page, admin=services.admin, block=_block(services, found, now))


def _block(services: Services, found: Found, now: datetime) -> tuple[str, ...]:
    """Return the very lines that a yes would write into the next talk; empty: not now."""
    # The body's engine is loaded by the one message that shows it.
    from core.body import readable
    from core.service.preview import preview

    try:
        outcome = preview(services, found.first.series_id, now)
    except OneOnOneError as err:
        if err.retryable:
            raise
        return ()
    lines = readable(outcome.writes[0].after).splitlines() if outcome.writes else []
    starts = [n for n, line in enumerate(lines) if line.lstrip().startswith("▼")]
    ends = [n for n, line in enumerate(lines) if line.lstrip().startswith("▲")]
    return tuple(lines[starts[0] : ends[-1] + 1]) if starts and ends else ()
