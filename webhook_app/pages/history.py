"""What a pair talked about: earlier agendas, and a search in what both may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from core.access import Right
from core.model.agenda import ItemState, PointState
from core.model.series import Sheet, SheetState
from core.service.old_pairs import released_sheets
from core.service.search import LONGEST, search
from webhook_app.pages.board import Board, board_of
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import Guest, Meeting, app, guest_with, meeting_of

DONE = (PointState.DISCUSSED, ItemState.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where a search found something."""

    when: str
    text: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A meeting with somebody's former manager, which they opened to the new one."""

    when: str
    lines: tuple[tuple[str, bool], ...]
    """What both may see, each with whether it is done."""


@bp.get("/talk/<series_id>/history")
def history(token: str, series_id: str) -> ResponseReturnValue:
    """Show earlier meetings, or what a search finds in all of them."""
    meeting = meeting_of(guest_with(token), series_id, Right.READ_HISTORY)
    guest = meeting.guest
    wanted = " ".join(request.args.get("q", "").split())[:LONGEST]
    return show(
        "history.html",
        guest,
        meeting=meeting,
        boards=[] if wanted else _boards(guest, meeting, _sheets(meeting)),
        released=[] if wanted else _released(meeting),
        wanted=wanted,
        hits=list(_hits(guest, meeting, wanted)) if wanted else [],
        here="history",
    )


def _sheets(meeting: Meeting) -> list[Sheet]:
    """Return every agenda of the pair, the newest first: history belongs to the pair."""
    with app().store.transaction() as tx:
        series = tx.series_of(meeting.pair.pair_id)
        sheets = [sheet for one in series for sheet in tx.sheets(one.series_id)]
    return sorted((s for s in sheets if s.place), key=_start, reverse=True)


def _start(sheet: Sheet) -> float:
    return sheet.place.slot.start.timestamp() if sheet.place else 0.0


def _boards(guest: Guest, meeting: Meeting, sheets: list[Sheet]) -> list[Board]:
    closed = [s for s in sheets if s.state is SheetState.CLOSED]
    return [board_of(guest, meeting, sheet) for sheet in closed]


def _released(meeting: Meeting) -> list[Released]:
    """Return what the report opened of the time before, as both may see it: no secret word."""
    guest = meeting.guest
    with app().store.transaction() as tx:
        sheets = released_sheets(tx, meeting.pair, guest.address)
    found = []
    for sheet in sorted(sheets, key=_start, reverse=True):
        entries = [e for s in sheet.agenda.shared().sections for e in s.entries]
        lines = tuple((e.text, e.state in DONE) for e in entries if e.text)
        if sheet.place and lines:
            found.append(Released(when=guest.times.moment(sheet.place.slot.start), lines=lines))
    return found


def _hits(guest: Guest, meeting: Meeting, wanted: str) -> Iterator[Hit]:
    """Search what both may see: own drafts and private notes stand on the agenda, not here."""
    words = wanted.casefold().split()
    with app().store.transaction() as tx:
        found = search(tx, [meeting.pair], wanted, by=None, private=False)
    for hit in found:
        first, *rest = hit.text.split("\n")
        here = all(word in first.casefold() for word in words)
        lines = [line for line in rest if any(word in line.casefold() for word in words)]
        when = guest.times.moment(hit.start) if hit.start else guest.words["unplaced"]
        yield Hit(when=when, text=first, line="" if here or not lines else lines[0])
