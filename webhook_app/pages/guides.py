"""Guides to read: to begin with, for a walk, for hard talks."""

from __future__ import annotations

from itertools import groupby

from flask.typing import ResponseReturnValue

from core.content.texts import text_for
from core.guides import guide_cards, load_guide
from webhook_app.pages.door import bp, show
from webhook_app.pages.guest import guest_with
from webhook_app.pages.words import life_words


@bp.get("/help")
def guides(token: str) -> ResponseReturnValue:
    """List all guides, those to begin with first."""
    guest = guest_with(token)
    locale = guest.person.locale
    cards = guide_cards(None, locale)
    parts = [(kind, list(found)) for kind, found in groupby(cards, key=lambda card: card.kind)]
    return show("help.html", guest, lw=life_words(locale), parts=parts, here="help")


@bp.get("/help/<guide_id>")
def guide(token: str, guide_id: str) -> ResponseReturnValue:
    """Show one guide. Raise NotFound."""
    guest = guest_with(token)
    locale, found = guest.person.locale, load_guide(guide_id)
    parts = [
        (text_for(part.title, locale), [text_for(line, locale) for line in part.lines])
        for part in found.part
    ]
    return show(
        "guide.html",
        guest,
        lw=life_words(locale),
        title=text_for(found.title, locale),
        intro=text_for(found.intro, locale),
        parts=parts,
        here="help",
    )
