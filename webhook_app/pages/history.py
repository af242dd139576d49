"""What a pair talked about: earlier agendas, and a search in what both may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from core.access import Right
from core.model.agenda import Entry, TalkingPoint, Visibility
from core.model.series import Sheet, SheetState
from webhook_app.pages.board import Board, board_of
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import Guest, Meeting, app, guest_with, meeting_of

LONGEST = 200
"""Characters to search for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where a search found something."""

    when: str
    text: str
    line: str


@bp.get("/talk/<series_id>/history")
def history(token: str, series_id: str) -> ResponseReturnValue:
    """Show earlier meetings, or what a search finds in all of them."""
    meeting = meeting_of(guest_with(token), series_id, Right.READ_HISTORY)
    guest = meeting.guest
    wanted = " ".join(request.args.get("q", "").split())[:LONGEST]
    sheets = _sheets(meeting)
    return show(
        "history.html",
        guest,
        meeting=meeting,
        boards=[] if wanted else _boards(guest, meeting, sheets),
        wanted=wanted,
        hits=list(_hits(guest, sheets, wanted)) if wanted else [],
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


def _hits(guest: Guest, sheets: list[Sheet], wanted: str) -> Iterator[Hit]:
    needle = wanted.casefold()
    for sheet in sheets:
        for section in sheet.agenda.shared().sections:
            for entry in section.entries:
                if not _is_shared(entry):
                    continue
                lines = (entry.text, *entry.notes)
                found = next((line for line in lines if needle in line.casefold()), None)
                if found is not None and sheet.place is not None:
                    when = guest.times.moment(sheet.place.slot.start)
                    line = "" if found == entry.text else found
                    yield Hit(when=when, text=entry.text, line=line)


def _is_shared(entry: Entry) -> bool:
    return not isinstance(entry, TalkingPoint) or entry.visibility is Visibility.SHARED
