"""What people do to the points of an agenda on a page, a card or the command line."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from core.carry_over import add_to
from core.errors import InvalidInput, NotFound
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
from core.service.open_agenda import (
    Expect,
    find_entry,
    is_private,
    keep_agenda,
    open_sheet_for,
    with_entries,
    with_entry,
)
from core.service.services import Services
from core.service.walk import require_place
from core.store import Transaction

LONGEST = 2000
"""Characters of a talking point: more is a document."""

MOST = 200
"""Entries of an agenda: more is a backlog."""


def one_line(text: str) -> str:
    """Return the words in one line. Raise InvalidInput where there are none or too many."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise InvalidInput(f"a point has between 1 and {LONGEST} characters")
    return words


def add_point(
    services: Services,
    series_id: SeriesId,
    text: str,
    *,
    by: str,
    now: datetime,
    visibility: Visibility = Visibility.SHARED,
    key: str = "",
) -> TalkingPoint:
    """Add a talking point of one of the two. Raise InvalidInput, NotFound.

    The same `key` again is the same point: nothing is added a second time, whatever has
    become of the first one.
    """
    words = one_line(text)
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        pair = tx.pair(sheet.pair_id)
        side = pair.side(by) if pair else None
        point = TalkingPoint(
            point_id=PointId(new_id(tx, sheet, by, words, key)),
            text=words,
            owner=by,
            visibility=visibility,
        )
        known = _known(tx, sheet, point.point_id)
        if isinstance(known, TalkingPoint):
            return known
        require_room(sheet.agenda)
        require_place(tx, sheet)
        kind = SectionKind.REPORT if side is Side.REPORT else SectionKind.MANAGER
        agenda = add_to(sheet.agenda, kind, (point,))
        _keep(tx, sheet, agenda, "point.added", point, by=by, now=now)
    return point


def set_done(
    services: Services, series_id: SeriesId, entry: str, done: bool, *, by: str, now: datetime
) -> Entry:
    """Tick or untick a point or an action item. Raise NotFound."""
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        _, found = find_entry(sheet.agenda, entry, by)
        if isinstance(found, ActionItem):
            ticked: Entry = replace(found, state=ItemState.DONE if done else ItemState.OPEN)
            name = "action.done" if done else "action.changed"
        else:
            ticked = replace(found, state=PointState.DISCUSSED if done else PointState.OPEN)
            name = "point.ticked" if done else "point.unticked"
        agenda = with_entry(sheet.agenda, ticked)
        _keep(tx, sheet, agenda, name, found, by=by, now=now)
    return ticked


def set_parked(
    services: Services, series_id: SeriesId, point: str, parked: bool, *, by: str, now: datetime
) -> TalkingPoint:
    """Keep a point for later, or bring it back. Raise InvalidInput, NotFound."""
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        found = require_point(find_entry(sheet.agenda, point, by)[1])
        moved = replace(found, state=PointState.PARKED if parked else PointState.OPEN)
        name = "point.parked" if parked else "point.unticked"
        agenda = with_entry(sheet.agenda, moved)
        _keep(tx, sheet, agenda, name, found, by=by, now=now)
    return moved


def set_visibility(
    services: Services,
    series_id: SeriesId,
    point: str,
    visibility: Visibility,
    *,
    by: str,
    now: datetime,
) -> TalkingPoint:
    """Share a draft, or mark a point confidential or shared. Raise InvalidInput, NotFound.

    Only its owner takes the mark "confidential" away or makes a point private.
    """
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        found = require_point(find_entry(sheet.agenda, point, by)[1])
        if visibility is not Visibility.SENSITIVE and found.owner not in (by, None):
            raise InvalidInput("only the one whose point it is can open it up or take it back")
        changed = replace(found, visibility=visibility)
        agenda = with_entry(sheet.agenda, changed)
        name = "point.added" if is_private(found) else "point.edited"
        keep_agenda(tx, sheet, agenda, name, entry=point, by=by, now=now)
    return changed


def move_entry(
    services: Services, series_id: SeriesId, entry: str, after: str, *, by: str, now: datetime
) -> None:
    """Put an entry behind another of its section; `after` empty: first. Raise NotFound."""
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        section, found = find_entry(sheet.agenda, entry, by)
        others = [e for e in section.entries if e is not found]
        names = [entry_id(e) for e in others]
        if after and after not in names:
            raise NotFound(f"no entry {after} in this section: somebody may have moved it on")
        others.insert(names.index(after) + 1 if after else 0, found)
        sections = tuple(
            replace(s, entries=tuple(others)) if s is section else s for s in sheet.agenda.sections
        )
        agenda = replace(sheet.agenda, sections=sections)
        _keep(tx, sheet, agenda, "point.moved", found, by=by, now=now)


def remove_entry(
    services: Services,
    series_id: SeriesId,
    entry: str,
    *,
    by: str,
    now: datetime,
    expect: Expect | None = None,
) -> None:
    """Take an entry off the agenda; twice is once. Raise what `expect` raises."""
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        try:
            _, found = find_entry(sheet.agenda, entry, by)
        except NotFound:
            if expect:
                raise
            return
        if expect:
            expect(found)
        agenda = with_entries(sheet.agenda, lambda e: None if e is found else e)
        _keep(tx, sheet, agenda, "point.removed", found, by=by, now=now)


def _keep(
    tx: Transaction,
    sheet: Sheet,
    agenda: Agenda,
    name: str,
    entry: Entry,
    *,
    by: str,
    now: datetime,
) -> None:
    quiet = is_private(entry)
    keep_agenda(tx, sheet, agenda, name, entry=entry_id(entry), by=by, now=now, quiet=quiet)


def require_point(entry: Entry) -> TalkingPoint:
    """Return it as a talking point. Raise InvalidInput where it is an action item."""
    if isinstance(entry, ActionItem):
        raise InvalidInput("that is an action item: it can be ticked, changed or removed")
    return entry


def require_room(agenda: Agenda) -> None:
    """Raise InvalidInput where an agenda is full."""
    if sum(len(section.entries) for section in agenda.sections) >= MOST:
        raise InvalidInput(f"this agenda has {MOST} entries: tick or park some first")


def new_id(tx: Transaction, sheet: Sheet, by: str, words: str, key: str = "") -> str:
    """Return an id for a new entry; the same one for the same key."""
    if key:
        return hashlib.sha256(f"{sheet.series_id}|{by}|key|{key}".encode()).hexdigest()[:16]
    every = tx.sheets(sheet.series_id)
    taken = {entry_id(e) for s in every for sec in s.agenda.sections for e in sec.entries}
    for count in range(len(taken) + 1):
        made = hashlib.sha256(f"{sheet.sheet_id}|{by}|{words}|{count}".encode()).hexdigest()[:16]
        if made not in taken:
            return made
    raise AssertionError("unreachable")


def _known(tx: Transaction, sheet: Sheet, entry: str) -> Entry | None:
    """Return an entry of any sheet of the series, the open one first."""
    for known in (sheet, *tx.sheets(sheet.series_id)):
        for section in known.agenda.sections:
            for found in section.entries:
                if entry_id(found) == entry:
                    return found
    return None
