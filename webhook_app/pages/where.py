"""What stands where: the exact text in each copy, who can read it, and what the server keeps."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from core.access import Right
from core.body import readable
from core.service.readers import look_soon
from core.service.standing import what_stands
from webhook_app.jobs.clock import utc_now
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import app, guest_with, meeting_of


@bp.get("/talk/<series_id>/where")
def where(token: str, series_id: str) -> ResponseReturnValue:
    """Read each copy again and show it."""
    meeting = meeting_of(guest_with(token), series_id, Right.READ_AGENDA)
    guest = meeting.guest
    with app().store.transaction() as tx:
        look_soon(tx, meeting.series.series_id, utc_now())
    standing = what_stands(app().services, meeting.series.series_id, by=guest.address)
    return show(
        "where.html", guest, meeting=meeting, standing=standing, here="where", readable=readable
    )
