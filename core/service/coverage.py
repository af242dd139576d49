"""Figures for the company, where it turned them on: counted once a month, and only then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from core.aggregates import shares
from core.errors import InvalidInput, NotSupported
from core.model.coverage import Coverage, Share
from core.model.engagement import Engagement
from core.model.people import Pair, pair_id
from core.model.settings import PersonSettings
from core.model.switches import AGGREGATES, SwitchEntry, positions
from core.service.held_talks import held_starts
from core.service.plans import live_pairs
from core.store import Transaction

WHOLE = ""
"""The department of a figure for the whole company."""
OFF = "the company makes no figures: `vieraugen rules switch aggregates on --by WHO` would"


def coverage(tx: Transaction, month: str, *, now: datetime) -> Coverage:
    """Return a month's figures. Raise NotSupported where they are off, InvalidInput.

    A month is counted once, when it is over: asked again after somebody came, went or changed
    the department, it says the same, so that two answers have no difference.
    """
    if not is_on(tx):
        raise NotSupported(OFF)
    first, end = _span(month)
    if end > now.date():
        raise InvalidInput(f"{month} is not over: figures are made of whole months")
    known = tx.noun(Coverage, month)
    if known is not None:
        return known
    found = _shares(tx, first, end, now)
    made = Coverage(
        month=month,
        shares=tuple(Share(department=name, met=met) for name, met in found.items()),
        made_at=now,
    )
    tx.put_noun(made)
    return made


def _shares(tx: Transaction, first: date, end: date, now: datetime) -> Mapping[str, int]:
    """Return shares by department; one for all where the company names no departments.

    It is one or the other, and a month is counted once: so no total stands beside its parts.
    """
    people = list(_people(tx, first, end, now)) or list(_reports(tx, first, end, now))
    if any(department for _, department, _ in people):
        return shares(people)
    whole = shares((address, "all", met) for address, _, met in people)
    return {WHOLE: whole["all"]} if whole else {}


def _reports(
    tx: Transaction, first: date, end: date, now: datetime
) -> Iterator[tuple[str, str, bool]]:
    """Yield the reports of all pairs with an agenda: where no personnel system says who is there.

    Who has two such pairs met if one of them did.
    """
    met: dict[str, bool] = {}
    for pair in live_pairs(tx, end):
        if not _was_away(tx, pair.report, first, end):
            days = (start.astimezone(UTC).date() for start in held_starts(tx, pair, now))
            both = any(first <= day < end for day in days)
            met[pair.report] = met.get(pair.report, False) or both
    yield from ((address, "", is_so) for address, is_so in met.items())


def is_on(tx: Transaction) -> bool:
    """Tell whether the company makes figures; a fresh installation does not."""
    return positions(tx.nouns(SwitchEntry)).get(AGGREGATES, False)


def forget(tx: Transaction) -> int:
    """Forget every figure that was made; return how many months."""
    made = tx.nouns(Coverage)
    for month in made:
        tx.remove_noun(Coverage, month.key)
    return len(made)


def _span(month: str) -> tuple[date, date]:
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month) is None:
        raise InvalidInput(f"{month[:20]!r} is no month: 2026-10, please")
    first = date.fromisoformat(f"{month}-01")
    return first, (first + timedelta(days=32)).replace(day=1)


def _people(
    tx: Transaction, first: date, end: date, now: datetime
) -> Iterator[tuple[str, str, bool]]:
    """Yield who was there all month with a manager, their department, and whether they met."""
    for place in tx.nouns(Engagement):
        whole = place.works_on(first) and place.works_on(end - timedelta(days=1))
        if not place.manager or not whole or _was_away(tx, place.address, first, end):
            continue
        name = pair_id(place.manager, place.address)
        pair = tx.pair(name) or Pair(pair_id=name, manager=place.manager, report=place.address)
        days = (start.astimezone(UTC).date() for start in held_starts(tx, pair, now))
        yield place.address, place.department, any(first <= day < end for day in days)


def _was_away(tx: Transaction, address: str, first: date, end: date) -> bool:
    """Tell whether somebody was on leave for part of it: then they are not counted."""
    settings = tx.noun(PersonSettings, address)
    if settings is None or (settings.paused_from is None and settings.paused_until is None):
        return False
    begun = settings.paused_from is None or settings.paused_from < end
    return begun and (settings.paused_until is None or settings.paused_until > first)
