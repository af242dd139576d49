"""What the works council sees: the pack and the log of switches, and nothing of any pair (US-8)."""

from __future__ import annotations

import json

from flask.typing import ResponseReturnValue

from core.errors import NotFound, NotSignedIn
from core.model.access import Via
from core.model.switches import SwitchEntry, broken_line
from core.service.council_pack import council_pack
from webhook_app.auth.who import council
from webhook_app.pages.door import bp, show
from webhook_app.pages.export import file_of
from webhook_app.pages.guest import Guest, app, guest_with
from webhook_app.pages.words import life_words


@bp.get("/council")
def council_page(token: str) -> ResponseReturnValue:
    """Show switches and what is kept, to who is named as the works council."""
    guest = _member(token)
    with app().store.transaction() as tx:
        pack = council_pack(tx, guest.now, guest.person.locale)
        log = tx.nouns(SwitchEntry)
    return show(
        "council.html",
        guest,
        lw=life_words(guest.person.locale),
        pack=pack,
        log=log,
        broken=broken_line(log),
        head=log[-1].seal if log else "",
        here="",
    )


@bp.get("/council.json")
def council_json(token: str) -> ResponseReturnValue:
    """Return the pack as a file."""
    guest = _member(token)
    with app().store.transaction() as tx:
        pack = council_pack(tx, guest.now, guest.person.locale)
    text = json.dumps(pack, ensure_ascii=False, indent=2)
    return file_of(text, "application/json", "vieraugen-pack.json")


def _member(token: str) -> Guest:
    guest = guest_with(token)
    if guest.address not in council():
        raise NotFound("there is no such page")
    if guest.via is Via.LINK:
        raise NotSignedIn("sign in for this: a link alone does not open it")
    return guest
