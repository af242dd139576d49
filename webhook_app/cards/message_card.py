"""The card that goes with a message: the agenda before a talk, what was agreed after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.errors import OneOnOneError
from core.model.cards import Card, CardSection, Row
from core.model.messages import Message
from core.model.people import Person
from core.model.series import SeriesId
from webhook_app.cards.agenda_card import agenda_card
from webhook_app.wiring import App

MOST_LINES = 12


def message_card(app: App, message: Message, now: datetime) -> Card | None:
    """Return the card with one-tap ticks; None where the message is about no agenda."""
    if not message.about:
        return None
    with app.store.transaction() as tx:
        person = tx.person(message.to) or Person(address=message.to)
    try:
        card = agenda_card(app, SeriesId(message.about), person, now)
    except OneOnOneError:
        return None
    card = replace(card, title=message.subject)
    return replace(card, sections=(_said(message), *card.sections)) if message.is_recap else card


def _said(message: Message) -> CardSection:
    """What the recap says, without its links, which are buttons here."""
    links = {button.url for button in message.buttons}
    lines = [line.strip() for line in message.body.text.splitlines() if line.strip()]
    kept = [line for line in lines if not any(link in line for link in links)]
    return CardSection(rows=tuple(Row(text=line) for line in kept[:MOST_LINES]))
