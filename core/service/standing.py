"""What stands where for a pair: each copy's exact text, its readers, and what we keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.body import has_block
from core.errors import OneOnOneError
from core.model.agenda import ActionItem, Visibility
from core.model.calendar import Body, CalendarEvent, Participant
from core.model.series import Copy, LinkState, SeriesId, Sheet, Written
from core.service.consent import known_series
from core.service.copies import read_at
from core.service.exposure import Onlookers, onlookers
from core.service.houses import distant
from core.service.notes import private_notes
from core.service.open_agenda import is_hidden_from, is_private
from core.service.services import Circle, Services, circle_of
from core.service.settings import pair_settings
from core.store import Transaction

NOBODY = Onlookers()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCopy:
    """One copy as it is."""

    whose: str | None
    """Address; None: both people see this very event."""
    leading: bool
    body: Body
    has_block: bool
    fresh: bool
    """False: the calendar did not answer, this is what we last saw there."""
    apart: bool = False
    """The organizer's text does not come here by itself: it is another house's calendar."""
    readers: tuple[Participant, ...] = ()
    """Who stands in the event, rooms too: a room's calendar is often open to many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the server keeps, in numbers."""

    shared: int = 0
    sensitive: int = 0
    private: int = 0
    """Of the one who asks; nobody is told how many the other has."""
    sheets: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The whole answer."""

    copies: tuple[StandingCopy, ...]
    kept: Kept
    tasks: tuple[ActionItem, ...]
    """Action items that have a task in their owner's list."""
    onlookers: Onlookers = NOBODY
    lowered: str = ""
    """Why the events show less than the two chose: a name of core.service.exposure.Lowered."""
    group_reads: frozenset[str] = frozenset()
    """Those of them whose list a whole group reads."""


def what_stands(services: Services, series_id: SeriesId, *, by: str) -> Standing:
    """Read each copy and count what we keep. Raise NotFound where there is no such series."""
    with services.store.transaction() as tx:
        series = known_series(tx, series_id)
        circle, sheet = circle_of(tx, series), tx.open_sheet(series_id)
        written = tx.written(sheet.sheet_id) if sheet else ()
        kept = _kept(tx, series_id, sheet, by)
        tasks = _tasks(tx, series_id, sheet)
        group_reads = _group_reads(tx, series_id, circle)
        seeing = onlookers(tx, circle.pair) if circle else NOBODY
    copies = _copies(services, circle, sheet, written) if circle and sheet else ()
    return Standing(
        copies=copies,
        kept=kept,
        tasks=tasks,
        onlookers=seeing,
        lowered=circle.lowered.value if circle and circle.lowered else "",
        group_reads=group_reads,
    )


def _copies(
    services: Services, circle: Circle, sheet: Sheet, written: Sequence[Written]
) -> tuple[StandingCopy, ...]:
    if sheet.place is None:
        return ()
    found, far = [], distant(services, circle)
    for copy in circle.read:
        one = _only(circle, copy)
        try:
            reads = read_at(services, one, sheet.place, {}, written)
        except OneOnOneError:
            stands = _remembered(copy, written)
        else:
            stands = [_standing(copy, read.event) for read in reads]
        found += [replace(each, apart=copy.event in far) for each in stands]
    return tuple(found)


def _only(circle: Circle, copy: Copy) -> Circle:
    return Circle(
        series=circle.series,
        pair=circle.pair,
        manager=circle.manager,
        report=circle.report,
        copies=(copy,),
    )


def _standing(copy: Copy, event: CalendarEvent) -> StandingCopy:
    return StandingCopy(
        whose=copy.whose,
        leading=copy.leading,
        body=event.body,
        has_block=has_block(event.body),
        fresh=True,
        readers=event.participants,
    )


def _remembered(copy: Copy, written: Sequence[Written]) -> list[StandingCopy]:
    last = next((w for w in written if w.event.calendar_id == copy.event.calendar_id), None)
    if last is None or last.base is None:
        return []
    return [
        StandingCopy(
            whose=copy.whose,
            leading=copy.leading,
            body=last.base,
            has_block=has_block(last.base),
            fresh=False,
        )
    ]


def _kept(tx: Transaction, series_id: SeriesId, sheet: Sheet | None, by: str) -> Kept:
    entries = [e for s in sheet.agenda.sections for e in s.entries] if sheet else []
    seen = [e for e in entries if not is_hidden_from(e, by)]
    drafts = sum(1 for e in seen if is_private(e))
    pair = tx.pair(sheet.pair_id) if sheet else None
    notes = len(private_notes(tx, pair, by)) if pair else 0
    points = sheet.agenda.points if sheet else ()
    sensitive = sum(1 for p in points if p.visibility is Visibility.SENSITIVE)
    return Kept(
        shared=len(seen) - drafts - sensitive,
        sensitive=sensitive,
        private=drafts + notes,
        sheets=len(tx.sheets(series_id)) - (1 if sheet else 0),
    )


def _tasks(tx: Transaction, series_id: SeriesId, sheet: Sheet | None) -> tuple[ActionItem, ...]:
    linked = {k.item_id for k in tx.task_links(series_id) if k.state is LinkState.LINKED}
    items = sheet.agenda.action_items if sheet else ()
    return tuple(item for item in items if item.item_id in linked)


def _group_reads(tx: Transaction, series_id: SeriesId, circle: Circle | None) -> frozenset[str]:
    if circle is None:
        return frozenset()
    chosen = pair_settings(tx, circle.pair.pair_id)
    shared = {chosen.shared_list, *chosen.former_lists} - {""}
    links = tx.task_links(series_id)
    return frozenset(k.item_id for k in links if k.ref and k.ref.list_id in shared)
