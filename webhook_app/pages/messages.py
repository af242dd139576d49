"""Messages of one person: what comes next, what went out, and what became of their replies."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from core.service.mailings import Mailing, mailings
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import Guest, app, guest_with


@bp.get("/messages")
def messages(token: str) -> ResponseReturnValue:
    """Show them: times and counts, no words."""
    guest = guest_with(token)
    with app().store.transaction() as tx:
        found = mailings(tx, guest.address, guest.now)
    return show(
        "messages.html",
        guest,
        coming=[_line(guest, m) for m in found.coming],
        past=[line for m in found.past if (line := _line(guest, m))["text"]],
    )


def _line(guest: Guest, mailing: Mailing) -> dict[str, str]:
    kind = "added_one" if (mailing.kind, mailing.points) == ("added", 1) else mailing.kind
    text = guest.words.get(f"message_{kind}", "")
    return {
        "when": guest.times.moment(mailing.at),
        "text": text.format(count=mailing.points),
        "title": mailing.title,
    }
