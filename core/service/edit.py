"""What people do to an agenda on a page, a card or the command line."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from core.carry_over import add_to
from core.errors import InvalidInput, NotFound
from core.model.actions import Action, ActionKind, Happening
from core.model.agenda import (
    ActionItem,
    Agenda,
    Entry,
    ItemState,
    PointId,
    PointState,
    SectionKind,
    TalkingPoint,
    Visibility,
    entry_id,
)
from core.model.people import Side
from core.model.series import SeriesId, Sheet
from core.service.services import Services
from core.store import Transaction

LONGEST = 2000
"""Characters of a talking point: more is a document."""


def add_point(
    services: Services,
    series_id: SeriesId,
    text: str,
    *,
    by: str,
    now: datetime,
    visibility: Visibility = Visibility.SHARED,
) -> TalkingPoint:
    """Add a talking point of one of the two. Raise InvalidInput, NotFound."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise InvalidInput(f"a point has between 1 and {LONGEST} characters")
    with services.store.transaction() as tx:
        sheet = _open(tx, series_id)
        pair = tx.pair(sheet.pair_id)
        side = pair.side(by) if pair else None
        if side is None:
            raise NotFound(f"{by} is not one of the two people of this series")
        point = TalkingPoint(
            point_id=_new_id(sheet, by, words), text=words, owner=by, visibility=visibility
        )
        kind = SectionKind.REPORT if side is Side.REPORT else SectionKind.MANAGER
        agenda = add_to(sheet.agenda, kind, (point,))
        _keep(tx, sheet, agenda, "point.added", by, now, entry=point.point_id)
    return point


def set_done(
    services: Services, series_id: SeriesId, entry: str, done: bool, *, by: str, now: datetime
) -> Entry:
    """Tick or untick a point or an action item. Raise NotFound."""
    with services.store.transaction() as tx:
        sheet = _open(tx, series_id)
        ticked: list[Entry] = []

        def with_state(e: Entry) -> Entry:
            if entry_id(e) != entry:
                return e
            if isinstance(e, ActionItem):
                changed: Entry = replace(e, state=ItemState.DONE if done else ItemState.OPEN)
            else:
                changed = replace(e, state=PointState.DISCUSSED if done else PointState.OPEN)
            ticked.append(changed)
            return changed

        agenda = _mapped(sheet.agenda, with_state)
        if not ticked:
            raise NotFound(f"no entry {entry} on this agenda")
        name = "point.ticked" if done else "point.unticked"
        _keep(tx, sheet, agenda, name, by, now, entry=entry)
    return ticked[0]


def _mapped(agenda: Agenda, change: object) -> Agenda:
    assert callable(change)
    sections = tuple(
        replace(section, entries=tuple(change(e) for e in section.entries))
        for section in agenda.sections
    )
    return replace(agenda, sections=sections)


def _open(tx: Transaction, series_id: SeriesId) -> Sheet:
    sheet = tx.open_sheet(series_id)
    if sheet is None:
        raise NotFound("this series has no agenda: `vieraugen series enable` turns it on")
    return sheet


def _new_id(sheet: Sheet, by: str, words: str) -> PointId:
    taken = {entry_id(e) for s in sheet.agenda.sections for e in s.entries}
    for count in range(len(taken) + 1):
        made = hashlib.sha256(f"{sheet.sheet_id}|{by}|{words}|{count}".encode()).hexdigest()[:16]
        if made not in taken:
            return PointId(made)
    raise AssertionError("unreachable")


def _keep(
    tx: Transaction,
    sheet: Sheet,
    agenda: Agenda,
    name: str,
    by: str,
    now: datetime,
    *,
    entry: str = "",
) -> None:
    tx.put_sheet(replace(sheet, agenda=agenda))
    tx.record(Happening(at=now, name=name, subject=sheet.series_id, by=by, entry=entry))
    tx.want(
        Action(kind=ActionKind.RECONCILE, subject=sheet.series_id, due_at=now, lane=sheet.series_id)
    )
