"""Action items that people make, hand over and date on a page or a card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from core.carry_over import add_to
from core.content.template_model import ItemType
from core.errors import InvalidInput
from core.kinds import marked
from core.model.agenda import ActionItem, ItemId, SectionKind, Visibility, entry_id
from core.model.people import normal_address
from core.model.series import SeriesId, Sheet
from core.service.edit import new_id, one_line, require_room
from core.service.open_agenda import Expect, find_entry, keep_agenda, open_sheet_for, with_entry
from core.service.services import Services
from core.store import Transaction


def add_item(
    services: Services,
    series_id: SeriesId,
    text: str,
    *,
    owner: str | None,
    due: date | None = None,
    by: str,
    now: datetime,
    key: str = "",
) -> ActionItem:
    """Add a promise; the same `key` again is the same one. Raise InvalidInput, NotFound."""
    words = one_line(text)
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        item = ActionItem(
            item_id=ItemId(new_id(tx, sheet, by, words, key)),
            text=words,
            owner=_of_the_two(tx, sheet, owner),
            due=due,
        )
        if known := _known(tx, sheet, item.item_id):
            return known
        require_room(sheet.agenda)
        agenda = add_to(sheet.agenda, SectionKind.AGREED, (item,))
        keep_agenda(tx, sheet, agenda, "action.created", entry=item.item_id, by=by, now=now)
    return item


def take_on(
    services: Services, series_id: SeriesId, point: str, *, by: str, now: datetime
) -> ActionItem:
    """Let the manager take on what the report asked support for: their own action item (SD-34).

    The point stays; twice is once. Raise InvalidInput for the report, or for a confidential
    point: a task tool shows its words to others. Raise NotFound.
    """
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        pair = tx.pair(sheet.pair_id)
        _, found = find_entry(sheet.agenda, point, by)
    if isinstance(found, ActionItem) or pair is None or by != pair.manager:
        raise InvalidInput("the manager takes a point on that the report has brought")
    if found.visibility is not Visibility.SHARED:
        raise InvalidInput("a confidential point makes no task: write a promise in other words")
    words = marked(found.text, ItemType.POINT, "en")
    return add_item(services, series_id, words, owner=by, by=by, now=now, key=f"help {point}")


def change_item(
    services: Services,
    series_id: SeriesId,
    item: str,
    *,
    owner: str | None,
    due: date | None,
    by: str,
    now: datetime,
    expect: Expect | None = None,
) -> ActionItem:
    """Say anew who does it and by when. Raise InvalidInput, NotFound, and what `expect` raises."""
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        _, found = find_entry(sheet.agenda, item, by)
        if not isinstance(found, ActionItem):
            raise InvalidInput("that is a talking point: it has no day to be due")
        if expect:
            expect(found)
        changed = replace(found, owner=_of_the_two(tx, sheet, owner), due=due)
        agenda = with_entry(sheet.agenda, changed)
        keep_agenda(tx, sheet, agenda, "action.changed", entry=item, by=by, now=now)
    return changed


def _of_the_two(tx: Transaction, sheet: Sheet, owner: str | None) -> str | None:
    if not owner:
        return None
    pair, address = tx.pair(sheet.pair_id), normal_address(owner)
    if pair is None or pair.side(address) is None:
        raise InvalidInput("an action item belongs to one of the two people")
    return address


def _known(tx: Transaction, sheet: Sheet, item: str) -> ActionItem | None:
    for known in (sheet, *tx.sheets(sheet.series_id)):
        for found in known.agenda.action_items:
            if entry_id(found) == item:
                return found
    return None
