"""While somebody is away the manager offers their open action items to others (US-6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.carry_over import add_to
from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.agenda import ActionItem, ItemId, ItemState, SectionKind
from core.model.cover import CoverOffer, CoverState
from core.model.handover import HandedItem
from core.model.people import Pair, Person, normal_address
from core.model.series import Sheet
from core.service.edit import one_line
from core.service.ids import short_id
from core.service.open_agenda import keep_agenda, with_entry
from core.service.plans import live_pairs
from core.service.settings import person_settings
from core.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """An open action item of somebody who is away."""

    pair: Pair
    item: ActionItem
    offered_to: str = ""
    """Who has not answered yet."""


def uncovered(tx: Transaction, manager: str, today: date) -> tuple[Uncovered, ...]:
    """Return the open action items of a manager's people who are away today."""
    found = []
    for pair, _, item in _open_items(tx, manager, today):
        offers = [o for o in tx.nouns(CoverOffer) if o.item_id == item.item_id]
        waiting = (o.to for o in offers if o.state is CoverState.OFFERED)
        found.append(Uncovered(pair=pair, item=item, offered_to=next(waiting, "")))
    return tuple(found)


def team_of(tx: Transaction, manager: str, today: date) -> tuple[Person, ...]:
    """Return whom a manager may ask: their own people who are there today, by name."""
    own = (p for p in live_pairs(tx, today) if p.manager == manager)
    there = (p.report for p in own if not person_settings(tx, p.report).is_away(today))
    known = (tx.person(address) or Person(address=address) for address in there)
    return tuple(sorted(known, key=lambda p: (p.called, p.address)))


def offer_cover(
    tx: Transaction, item_id: str, to: str, *, by: str, now: datetime, text: str = ""
) -> CoverOffer:
    """Offer one item; the manager may put it in other words. Raise InvalidInput, NotFound.

    The same person again is the same offer; somebody else withdraws it from the first.
    """
    to, today = normal_address(to), now.date()
    pair, _, item = _item(tx, item_id, by, today)
    if to not in {p.address for p in team_of(tx, by, today)}:
        raise InvalidInput(f"{to} is not one of your people, or is away too")
    offer = CoverOffer(
        offer_id=short_id("cover", pair.pair_id, item_id, to),
        pair_id=pair.pair_id,
        item_id=item.item_id,
        text=one_line(text or item.text),
        due=item.due,
        absent=pair.report,
        manager=by,
        to=to,
        at=now,
    )
    for known in tx.nouns(CoverOffer):
        if known.item_id == item_id and known.state is CoverState.OFFERED:
            if known.to == to:
                return known
            tx.put_noun(replace(known, state=CoverState.WITHDRAWN))
    tx.put_noun(offer)
    tx.record(Happening(at=now, name="cover.offered", subject=pair.pair_id, by=by))
    return offer


def offered_to(tx: Transaction, person: str) -> tuple[CoverOffer, ...]:
    """Return what waits for somebody's answer."""
    mine = tx.nouns(CoverOffer, person)
    return tuple(o for o in mine if o.state is CoverState.OFFERED)


def answer_cover(
    tx: Transaction, offer_id: str, *, take: bool, by: str, now: datetime
) -> CoverOffer:
    """Take an offer, or say no; the first answer counts. Raise NotFound, InvalidInput.

    Who takes it has it on the agenda with their manager and in their own task list. On the
    absent person's agenda it is dropped, so that they come back to no task of the past.
    """
    offer = tx.noun(CoverOffer, offer_id)
    if offer is None or offer.to != by:
        raise NotFound("there is no such offer for you")
    if offer.state is not CoverState.OFFERED:
        return offer
    answered = replace(offer, state=CoverState.TAKEN if take else CoverState.DECLINED)
    if take:
        _drop(tx, offer, now)
        _give(tx, offer, now)
    tx.put_noun(answered)
    tx.record(Happening(at=now, name=f"cover.{answered.state}", subject=offer.pair_id, by=by))
    return answered


def _drop(tx: Transaction, offer: CoverOffer, now: datetime) -> None:
    for sheet in tx.open_sheets_of(offer.pair_id):
        for item in sheet.agenda.action_items:
            if item.item_id == offer.item_id and item.state is ItemState.OPEN:
                agenda = with_entry(sheet.agenda, replace(item, state=ItemState.DROPPED))
                keep_agenda(
                    tx, sheet, agenda, "action.changed", entry=item.item_id, by=offer.to, now=now
                )
                return
    raise InvalidInput("it is done or gone meanwhile: nothing is left to take")


def _give(tx: Transaction, offer: CoverOffer, now: datetime) -> None:
    made = ItemId(short_id("covered", offer.item_id, offer.to))
    item = ActionItem(item_id=made, text=offer.text, owner=offer.to, due=offer.due)
    own = (p for p in live_pairs(tx, now.date()) if p.manager == offer.manager)
    pair = next((p for p in own if p.report == offer.to), None)
    if pair is None:
        raise InvalidInput(f"you and {offer.manager} are no pair any more: nothing is handed on")
    sheet = next(iter(tx.open_sheets_of(pair.pair_id)), None)
    if sheet is None:
        tx.put_noun(HandedItem(pair_id=pair.pair_id, item=item))
        return
    agenda = add_to(sheet.agenda, SectionKind.AGREED, (item,))
    keep_agenda(tx, sheet, agenda, "action.created", entry=made, by=offer.to, now=now)


def _item(
    tx: Transaction, item_id: str, manager: str, today: date
) -> tuple[Pair, Sheet, ActionItem]:
    found = (f for f in _open_items(tx, manager, today) if f[2].item_id == item_id)
    one = next(found, None)
    if one is None:
        raise NotFound("no open action item of somebody of yours who is away has this id")
    return one


def _open_items(
    tx: Transaction, manager: str, today: date
) -> Iterator[tuple[Pair, Sheet, ActionItem]]:
    for pair in live_pairs(tx, today):
        if pair.manager != manager or not person_settings(tx, pair.report).is_away(today):
            continue
        for sheet in tx.open_sheets_of(pair.pair_id):
            for item in sheet.agenda.action_items:
                if item.owner == pair.report and item.state is ItemState.OPEN:
                    yield pair, sheet, item
