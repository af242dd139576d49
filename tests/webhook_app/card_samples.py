"""Cards of made-up people as Teams gets them: for the schema, the renderer and docs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from adapters.outlook.teams_cards import drawn
from core.model.cards import Deed, Verb
from tests.webhook_app.cards_app import ANNA, BEN, NOW, SERIES, cards_app
from webhook_app.cards.agenda_card import agenda_card, home_card
from webhook_app.cards.deeds import press


def samples() -> dict[str, dict[str, Any]]:
    """Return the agenda, a form and the list of one's own 1:1s, by name."""
    with tempfile.TemporaryDirectory() as folder:
        app = cards_app(Path(folder))
        try:
            form = Deed(verb=Verb.ADD_ITEM, series=SERIES, mark="m")
            refresh = Deed(verb=Verb.SHOW, series=SERIES)
            agenda = agenda_card(app, SERIES, ANNA, NOW)
            german = agenda_card(app, SERIES, BEN, NOW)
            return {
                "agenda": drawn(agenda, refresh=refresh, users=("29:anna",)),
                "agenda-de": drawn(german, refresh=refresh, users=("29:ben",)),
                "form": drawn(press(app, form, ANNA, {}, NOW).card),
                "home": drawn(home_card(app, ANNA)),
            }
        finally:
            app.close()
