"""A press on a card, from whichever host: kept, carried out once, answered with a card."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from core.errors import InvalidInput, NotFound, OneOnOneError
from core.model.cards import FORMS, Deed, Verb, deed_of
from core.model.people import Person
from core.model.received import Received, ReceivedKind, ReceivedState
from webhook_app.cards.deeds import SILENT, Reply, press, press_id_of
from webhook_app.hooks.rows import digest_of, pair_lane, received_id
from webhook_app.wiring import App

LOST = timedelta(seconds=10)
"""A press that is not done by then has lost its process: the engine carries it out."""
PATIENCE = 2.0
"""Seconds that a press waits for the one before: a deed takes milliseconds, Slack waits three."""
PAUSE = 0.01
FORGOTTEN = "a private note's words are not kept here: write it again"


def take_press(
    app: App, suite: str, deed: Deed, person: Person, form: Mapping[str, str], now: datetime
) -> Reply:
    """Keep the press, do it for this person, who is known for sure; answer with a card.

    Raise NotFound for others' 1:1s, InvalidInput.
    """
    asks_for_a_form = deed.verb in FORMS and not form.get("text", "").strip()
    if deed.verb in SILENT or asks_for_a_form:
        return press(app, deed, person, form, now)
    row = _kept(app, suite, deed, person, form, now)
    _await_turn(app, row, now)
    try:
        reply = press(app, deed, person, form, now)
    except OneOnOneError as err:
        _mark(app, row, ReceivedState.FAILED, str(err))
        raise
    _mark(app, row, ReceivedState.DONE)
    return reply


def _kept(
    app: App, suite: str, deed: Deed, person: Person, form: Mapping[str, str], now: datetime
) -> Received:
    """Keep one row of it; of a private note no word."""
    name = press_id_of(deed, person, form)
    what = {"deed": deed.parameters(), "person": person.address, "form": dict(form)}
    content = "" if deed.verb is Verb.ADD_NOTE else json.dumps(what)
    with app.store.transaction() as tx:
        lane = pair_lane(tx, deed.series)
        row = Received(
            received_id=received_id(suite, name),
            suite=suite,
            kind=ReceivedKind.PRESS,
            lane=lane,
            source_id=name,
            received_at=now,
            due_at=now + LOST,
            digest=digest_of(content.encode()),
            content=content,
        )
        tx.receive(row)
        return tx.received(row.received_id) or row


def _await_turn(app: App, row: Received, now: datetime) -> None:
    """Return when all that came in before this press is done: of two at once, the later wins.

    What a process left waiting that was killed is carried out here.
    """
    began = time.monotonic()
    while (head := _head(app, row)) is not None:
        waited = time.monotonic() - began
        if head.kind is not ReceivedKind.PRESS:
            return
        if waited < PATIENCE and head.due_at > now + timedelta(seconds=waited):
            time.sleep(PAUSE)
            continue
        try:
            carry_out(app, head, now)
        except OneOnOneError as err:
            _mark(app, head, ReceivedState.FAILED, str(err))
        else:
            _mark(app, head, ReceivedState.DONE)


def _head(app: App, row: Received) -> Received | None:
    """Return what is to be done before it; None: it is its turn."""
    with app.store.transaction() as tx:
        head = tx.head_of(row.lane)
    return head if head is not None and head.number < row.number else None


def _mark(app: App, row: Received, state: ReceivedState, trouble: str = "") -> None:
    with app.store.transaction() as tx:
        tx.mark_received(row.lane, state, first=row.number, last=row.number, trouble=trouble)


def carry_out(app: App, row: Received, now: datetime) -> None:
    """Do a kept press; one that was done does nothing more. Raise InvalidInput, NotFound."""
    if not row.content:
        raise InvalidInput(FORGOTTEN)
    what = json.loads(row.content)
    with app.store.transaction() as tx:
        person = tx.person(what["person"])
    if person is None:
        raise NotFound("whoever pressed is no longer here")
    press(app, deed_of(what["deed"]), person, what["form"], now)
