"""A manager's own 1:1s over half a year, a picture for each: nobody else sees them."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from core.service.insights import insights
from webhook_app.insights import picture, summary
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import app, guest_with
from webhook_app.pages.words import insight_words, life_words


@bp.get("/insights")
def own_insights(token: str) -> ResponseReturnValue:
    """Show the pairs that one manages; who manages nobody sees that."""
    guest = guest_with(token)
    locale = guest.person.locale
    words = insight_words(locale)
    with app().store.transaction() as tx:
        found = insights(tx, guest.address, guest.now)
    shown = [(one, picture(one, words), summary(one, words)) for one in found]
    return show("insights.html", guest, lw=life_words(locale), shown=shown, here="")
