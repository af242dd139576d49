"""One 1:1: its agenda, the meeting itself, and three topics for a walk."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.model.series import Sheet
from webhook_app.pages.beside import beside
from webhook_app.pages.board import board_of
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import Guest, Meeting, app, guest_with, meeting_of
from webhook_app.pages.own_notes import own_note

TOPICS = 3
"""So many go along on a walk."""


@bp.get("/talk/<series_id>")
def agenda(token: str, series_id: str) -> ResponseReturnValue:
    """Show the agenda of the next meeting."""
    guest, meeting, sheet = _opened(token, series_id)
    return show(
        "agenda.html",
        guest,
        meeting=meeting,
        board=board_of(guest, meeting, sheet),
        side=beside(meeting, sheet),
        here="agenda",
    )


@bp.get("/talk/<series_id>/meet")
def meet(token: str, series_id: str) -> ResponseReturnValue:
    """Show the meeting: one point after the other, with a quiet timer."""
    guest, meeting, sheet = _opened(token, series_id)
    board = board_of(guest, meeting, sheet)
    with app().store.transaction() as tx:
        note = own_note(tx, meeting.pair, sheet, guest.address)
    private = note.text if note else ""
    return show("meet.html", guest, meeting=meeting, board=board, private=private, here="meet")


@bp.get("/talk/<series_id>/walk")
def walk(token: str, series_id: str) -> ResponseReturnValue:
    """Show three topics in big letters."""
    guest, meeting, sheet = _opened(token, series_id)
    topics = board_of(guest, meeting, sheet).open_points[:TOPICS]
    return show("walk.html", guest, meeting=meeting, topics=topics, here="walk")


@bp.get("/talk/<series_id>/done/<entry>")
def done(token: str, series_id: str, entry: str) -> ResponseReturnValue:
    """Ask whether an action item is done: a mail's link leads here, and looking ticks nothing."""
    guest, meeting, sheet = _opened(token, series_id)
    rows = board_of(guest, meeting, sheet).rows
    row = next((row for row in rows if row.entry_id == entry and row.is_item), None)
    return show("done.html", guest, meeting=meeting, row=row, here="agenda")


def _opened(token: str, series_id: str) -> tuple[Guest, Meeting, Sheet]:
    meeting = meeting_of(guest_with(token), series_id)
    guest = meeting.guest
    with app().store.transaction() as tx:
        sheet = tx.open_sheet(meeting.series.series_id)
    if sheet is None:
        raise NotFound("this 1:1 has no agenda: say yes on your overview first")
    return guest, meeting, sheet
