"""A person's calendar as a plain page: what stands in the coming events, to be typed into."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from .answers import ApiError
from .editor import opened_on_a_phone
from .event_fields import answer_of
from .recurrence import starts

if TYPE_CHECKING:
    from .server import GoogleServer

STYLE = (
    "body{font:15px/1.4 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "textarea{width:100%;height:14rem;font:inherit}"
    "article{border-top:1px solid #ccc;padding:1rem 0}"
)
WEEKS = timedelta(weeks=2)


def coming(server: GoogleServer, user: str) -> list[tuple[datetime, str]]:
    """Return start and id of what comes in the next weeks."""
    calendar, now = server.world.calendars.by_id[user], server.clock.now()
    found = []
    for row in list(calendar.rows.values()):
        if "recurrence" not in row.fields:
            continue
        for original in starts(row.fields, calendar.zone):
            if not isinstance(original, datetime) or original > now + WEEKS:
                break
            if original > now - timedelta(hours=1):
                local = original.astimezone(ZoneInfo(calendar.zone))
                found.append((local, f"{row.id}_{original.astimezone(UTC):%Y%m%dT%H%M%SZ}"))
    return sorted(found)


def add_calendar_page(app: Flask, server: GoogleServer) -> None:
    """Serve it below /hands, beside the other hands."""

    def page(user: str) -> ResponseReturnValue:
        if user not in server.world.calendars.by_id:
            return "no such person", 404
        if request.method == "POST":
            text = request.form["text"].replace("\r\n", "\n")
            server.ui.edit(user, request.form["event"], lambda _: text, phone=True)
            return redirect(request.path, code=303)
        parts = [_event(server, user, start, event) for start, event in coming(server, user)]
        return (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{STYLE}</style>'
            f"<title>{html.escape(user)}</title><h1>Calendar of {html.escape(user)}</h1>"
            "<p>A stand-in for Google Calendar. What you save here stands in this person's copy."
            f"</p>{''.join(parts)}"
        )

    app.add_url_rule("/hands/calendar/<user>", "calendar-page", page, methods=["GET", "POST"])


def _event(server: GoogleServer, user: str, start: datetime, event: str) -> str:
    try:
        seen = server.ui.see(user, event)
    except ApiError:
        return ""
    if seen.get("status") == "cancelled":
        return ""
    mine = answer_of(seen, user) or {}
    text = html.escape(opened_on_a_phone(seen.get("description", "")))
    return (
        f"<article><h2>{html.escape(seen.get('summary', ''))}</h2>"
        f"<p>{start:%A %d %B, %H:%M}, {html.escape(mine.get('responseStatus', ''))}</p>"
        f'<form method="post"><input type="hidden" name="event" value="{html.escape(event)}">'
        f'<textarea name="text" aria-label="Notes">{text}</textarea><button>Save</button></form>'
        "</article>"
    )
