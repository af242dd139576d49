"""A person's calendar as a plain page: what stands in the coming meetings, to be typed into."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from tests.servers.graph import body_store
from tests.servers.graph.mailbox_state import View
from tests.servers.graph.zones import zone_of

if TYPE_CHECKING:
    from tests.servers.graph.server import GraphServer

STYLE = (
    "body{font:15px/1.4 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "textarea{width:100%;height:14rem;font:inherit}"
    "article{border-top:1px solid #ccc;padding:1rem 0}"
)
TEAMS_BLOCK = '<div class="me-email-text"'
WEEKS = timedelta(weeks=2)


def add_calendar_page(app: Flask, server: GraphServer) -> None:
    """Serve it beside Graph, below /hands."""

    def page(address: str) -> ResponseReturnValue:
        box = server.state.tenant.mailboxes.get(address.lower())
        if box is None:
            return "no such person", 404
        if request.method == "POST":
            day = date.fromisoformat(request.form["day"]) if request.form["day"] else None
            typed = request.form["text"].replace("\r\n", "\n")
            type_notes(server, address, request.form["uid"], day, typed)
            return redirect(request.path, code=303)
        now = server.clock.now()
        with server.state.lock:
            parts = [_event(server, address, view) for view in box.in_window(now, now + WEEKS)]
        name = escape(box.name)
        return (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{STYLE}</style>'
            f"<title>{name}</title><h1>Calendar of {name}</h1>"
            "<p>A stand-in for Outlook. What you save here stands in this person's copy.</p>"
            f"{''.join(parts)}"
        )

    app.add_url_rule("/hands/calendar/<address>", "calendar-page", page, methods=["GET", "POST"])


def shown_notes(server: GraphServer, address: str, uid: str, day: date | None) -> str:
    """What Outlook's form shows as text, without the Teams block: nobody types in that."""
    mine = server.ui.body(address, uid, day).partition(TEAMS_BLOCK)[0]
    return body_store.as_text(mine).replace("\r\n", "\n").replace("\xa0", " ")


def type_notes(server: GraphServer, address: str, uid: str, day: date | None, text: str) -> None:
    """Save a text in Outlook's form; below it the Teams block stays as it was."""
    _, block, rest = server.ui.body(address, uid, day).partition(TEAMS_BLOCK)
    typed = "<br>\r\n".join(escape(line, quote=False) for line in text.split("\n"))
    server.ui.edit_body(address, uid, day, f"<div>{typed}</div>{block}{rest}")
    server.keep()


def _event(server: GraphServer, address: str, view: View) -> str:
    day = view.day.isoformat() if view.day else ""
    start = view.start.astimezone(zone_of(view.props["zone"]))
    text = escape(shown_notes(server, address, view.item.uid, view.day))
    return (
        f"<article><h2>{escape(view.props['subject'])}</h2><p>{start:%A %d %B, %H:%M}</p>"
        f'<form method="post"><input type="hidden" name="uid" value="{escape(view.item.uid)}">'
        f'<input type="hidden" name="day" value="{day}">'
        f'<textarea name="text" aria-label="Notes">{text}</textarea><button>Save</button></form>'
        "</article>"
    )
