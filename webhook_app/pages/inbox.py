"""Between meetings: points that wait for the next one, and what was parked."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from core.access import Right
from core.model.agenda import Visibility
from core.model.inbox import InboxPoint, Waits
from core.service.inbox import inbox_of
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import Meeting, app, guest_with, meeting_of


@bp.get("/talk/<series_id>/inbox")
def inbox(token: str, series_id: str) -> ResponseReturnValue:
    """Show what waits."""
    meeting = meeting_of(guest_with(token), series_id)
    with app().store.transaction() as tx:
        waiting = inbox_of(tx, meeting.pair.pair_id, reader=meeting.guest.address)
    parts = [
        (meeting.guest.words["inbox_next"], [w for w in waiting if w.waits is Waits.NEXT]),
        (meeting.guest.words["inbox_aside"], [w for w in waiting if w.waits is Waits.ASIDE]),
    ]
    shown = [(title, [_shown(meeting, w) for w in found]) for title, found in parts if found]
    return show("inbox.html", meeting.guest, meeting=meeting, parts=shown, here="inbox")


def _shown(meeting: Meeting, waiting: InboxPoint) -> dict[str, object]:
    """Return a waiting point for this reader; a confidential one as its door allows."""
    point, guest = waiting.point, meeting.guest
    secret = point.visibility is Visibility.SENSITIVE
    readable = not secret or guest.may(meeting.pair, Right.READ_SENSITIVE)
    return {
        "id": point.point_id,
        "text": point.text if readable else guest.words["confidential"],
        "owner": meeting.name(point.owner),
        "mine": point.owner in (None, guest.address),
        "visibility": point.visibility.value,
    }
