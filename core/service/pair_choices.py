"""What a pair tells the rules about itself: checked, then kept with its settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from core.content.prompts import Topic
from core.errors import InvalidInput
from core.model.agenda import ActionItem, TalkingPoint, Visibility
from core.model.people import Pair
from core.model.settings import PairSettings
from core.service.settings import change_pair
from core.store import Transaction


def choose(
    tx: Transaction, pair: Pair, *, now: datetime, by: str | None = None, **changes: Any
) -> PairSettings:
    """Change a pair's settings. Raise InvalidInput for an unknown topic or entry, NotFound.

    Topics are the report's to name: who is known to be the other one is refused.
    """
    if "unwanted" in changes:
        if by is not None and by != pair.report:
            raise InvalidInput("only the report says which topics are better not asked about")
        _check("topic", changes["unwanted"], [t.value for t in Topic])
    if "waiting" in changes:
        _check("talking point", changes["waiting"], (p.point_id for p in _points(tx, pair)))
    if "said_done" in changes:
        _check("action item", changes["said_done"], (i.item_id for i in _items(tx, pair)))
    return change_pair(tx, pair.pair_id, now=now, by=by, **changes)


def _check(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    there = list(known)
    for name in names:
        if name not in there:
            hint = f": there are {', '.join(there)}" if what == "topic" else " of this pair"
            raise InvalidInput(f"{name!r} is no {what}{hint}")


def _points(tx: Transaction, pair: Pair) -> Iterable[TalkingPoint]:
    for sheet in tx.open_sheets_of(pair.pair_id):
        for section in sheet.agenda.sections:
            yield from (p for p in section.points if p.visibility is not Visibility.PRIVATE)


def _items(tx: Transaction, pair: Pair) -> Iterable[ActionItem]:
    for sheet in tx.open_sheets_of(pair.pair_id):
        yield from sheet.agenda.action_items
