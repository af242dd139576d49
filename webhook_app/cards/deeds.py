"""Carry out what a press on a card asks for, once; answer with the card to show then."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import InvalidInput, NotFound
from core.model.agenda import PointId
from core.model.cards import FORMS, Card, Deed, Pressed, Verb
from core.model.people import Pair, Person
from core.model.series import SeriesId
from core.service.consent import say_yes
from core.service.edit import add_point, set_done, set_parked
from core.service.notes import write_private
from core.service.open_agenda import open_sheet_for
from core.service.promises import add_item
from webhook_app.cards.agenda_card import agenda_card, home_card
from webhook_app.cards.forms import day_in, form_card, point_in
from webhook_app.cards.suggestions import offers
from webhook_app.cards.words import words_of
from webhook_app.wiring import App

SILENT = frozenset({Verb.HOME, Verb.SHOW})
"""Change nothing: may be asked for again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The card to show, and a word about what was done."""

    card: Card
    notice: str = ""
    changed: bool = False


def press(app: App, deed: Deed, person: Person, form: Mapping[str, str], now: datetime) -> Reply:
    """Do it for this person, who is known for sure. Raise NotFound for others' 1:1s.

    The same press of the same drawing with the same words is carried out once, however often
    it arrives.
    """
    if deed.verb is Verb.HOME:
        return Reply(card=home_card(app, person))
    series_id, pair, names = _own(app, deed, person)
    if deed.verb in FORMS and not form.get("text", "").strip():
        return Reply(card=form_card(deed, person, pair, names))
    notice, changed = "", False
    if deed.verb not in SILENT:
        notice, changed = _once(app, deed, series_id, person, form, now)
    return Reply(card=agenda_card(app, series_id, person, now), notice=notice, changed=changed)


def _own(app: App, deed: Deed, person: Person) -> tuple[SeriesId, Pair, dict[str, str]]:
    series_id = SeriesId(deed.series)
    with app.store.transaction() as tx:
        series = tx.series(series_id)
        pair = tx.pair(series.pair_id) if series and series.pair_id else None
        people = [tx.person(address) for address in pair.addresses] if pair else []
    if pair is None or pair.side(person.address) is None:
        raise NotFound("there is no such 1:1 of yours")
    called = [p.called if p else a for p, a in zip(people, pair.addresses, strict=True)]
    return series_id, pair, dict(zip(pair.addresses, called, strict=True))


def _once(
    app: App,
    deed: Deed,
    series_id: SeriesId,
    person: Person,
    form: Mapping[str, str],
    now: datetime,
) -> tuple[str, bool]:
    words, press_id = words_of(person.locale), press_id_of(deed, person, form)
    with app.store.transaction() as tx:
        known = tx.noun(Pressed, press_id)
    if known is not None:
        return words["again"], False
    notice = _do(app, deed, series_id, person, form, press_id, now)
    # After the deed, which is itself done once under this id: a crash in between repeats nothing.
    with app.store.transaction() as tx:
        tx.put_noun(Pressed(press_id=press_id, person=person.address, at=now))
    return words[notice], True


def press_id_of(deed: Deed, person: Person, form: Mapping[str, str]) -> str:
    """Name a press by who pressed what on which drawing, and with which words."""
    filled = [f"{name}={form[name]}" for name in sorted(form)]
    parts = [person.address, deed.verb, deed.series, deed.entry, deed.mark, *filled]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _do(
    app: App,
    deed: Deed,
    series: SeriesId,
    person: Person,
    form: Mapping[str, str],
    key: str,
    now: datetime,
) -> str:
    services, by, text = app.services, person.address, form.get("text", "")
    match deed.verb:
        case Verb.ADD_POINT:
            add_point(services, series, point_in(form, person), by=by, now=now, key=key)
        case Verb.ADD_ITEM:
            owner, due = form.get("owner") or by, day_in(form)
            add_item(services, series, text, owner=owner, due=due, by=by, now=now, key=key)
        case Verb.ADD_NOTE:
            with app.store.transaction() as tx:
                write_private(tx, open_sheet_for(tx, series, by), text, by=by, now=now, key=key)
            return "note_saved"
        case Verb.TICK | Verb.UNTICK:
            done = deed.verb is Verb.TICK
            set_done(services, series, deed.entry, done, by=by, now=now)
        case Verb.CARRY | Verb.FETCH:
            parked = deed.verb is Verb.CARRY
            set_parked(services, series, PointId(deed.entry), parked, by=by, now=now)
        case Verb.SAY_YES:
            with app.store.transaction() as tx:
                say_yes(tx, series, by=by, now=now)
            return "yes_done"
        case Verb.TAKE | Verb.DISMISS | Verb.MUTE:
            offers.answer(app, deed, person, now)
        case _:
            raise InvalidInput("this card is too old: please open it anew")
    return "saved"
