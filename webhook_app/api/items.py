"""Action items: who does what until when."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from core.access import Right
from core.model.access import Scope
from core.model.agenda import ActionItem
from core.service import promises
from webhook_app.api.answers import EntryOut, entry_out
from webhook_app.api.contract import Answer, Ask, Form, Operations, Page, Paging, Reply
from webhook_app.api.paging import page_of
from webhook_app.api.pairs import pairs_of
from webhook_app.api.points import EDIT, Line, current_entry, expected, shown

items = Operations("action items")
READ = Scope.AGENDA_READ


class ItemIn(Form):
    """A new action item."""

    text: Line
    owner: str | None = Field(default=None, max_length=254, description="One of the two.")
    due: date | None = None


class ItemChangeIn(Form):
    """Who does it, and by when."""

    owner: str | None = Field(max_length=254)
    due: date | None


class ItemOut(Answer):
    """An action item with where it stands."""

    series: str
    number: int
    item: EntryOut


class ItemsQuery(Paging):
    """Which action items."""

    state: Literal["open", "done", "dropped", "all"] = "open"


@items.add(
    "POST",
    "/series/{series}/action-items",
    "Add an action item",
    **EDIT,
    body=ItemIn,
    example={"text": "Settle the budget", "owner": "ben@example.com", "due": "2027-01-15"},
    answer=EntryOut,
    status=201,
)
def add_item(ask: Ask) -> Reply:
    item = promises.add_item(
        ask.app.services,
        ask.of_series.series_id,
        ask.body.text,
        owner=ask.body.owner,
        due=ask.body.due,
        by=ask.author,
        now=ask.now,
        key=ask.key,
    )
    return shown(ask, item)


@items.add(
    "PUT",
    "/series/{series}/action-items/{entry}",
    "Say anew who does it, and by when",
    **EDIT,
    body=ItemChangeIn,
    example={"owner": "anna@example.com", "due": None},
    answer=EntryOut,
    etag=True,
    match=True,
)
def change_item(ask: Ask) -> Reply:
    current_entry(ask)
    changed = promises.change_item(
        ask.app.services,
        ask.of_series.series_id,
        ask.path["entry"],
        owner=ask.body.owner,
        due=ask.body.due,
        by=ask.author,
        now=ask.now,
        expect=expected(ask),
    )
    return shown(ask, changed)


@items.add(
    "GET",
    "/action-items",
    "Action items on the open agendas of your pairs",
    right=Right.READ_CATALOGUE,
    scope=READ,
    query=ItemsQuery,
    answer=Page[ItemOut],
)
def list_items(ask: Ask) -> Reply:
    found: list[ItemOut] = []
    with ask.app.store.transaction() as tx:
        sheets = [
            sheet
            for pair in pairs_of(tx, ask)
            if pair.ended is None
            for sheet in tx.open_sheets_of(pair.pair_id)
        ]
    for sheet in sheets:
        for item in sheet.agenda.action_items:
            if ask.query.state in ("all", item.state.value):
                found.append(_item_out(sheet.series_id, sheet.number, item))
    return Reply(value=page_of(found, ask.query, key=lambda i: i.item.id))


def _item_out(series: str, number: int, item: ActionItem) -> ItemOut:
    return ItemOut(series=series, number=number, item=entry_out(item))
