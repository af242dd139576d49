"""Our answer to an interaction, wrapped as each of Google's hosts wants it."""

from __future__ import annotations

from typing import Any

from adapters.google.card_json import to_card
from adapters.google.interaction import Host, Interaction, Kind
from core.model.cards import Card

Json = dict[str, Any]

LONGEST_NOTICE = 200


def reply(asked: Interaction, card: Card, notice: str, *, changed: bool, endpoint: str) -> Json:
    """Return the JSON that shows a card, and says a word about what was done."""
    drawn, notice = to_card(card, endpoint), notice[:LONGEST_NOTICE]
    match asked.host:
        case Host.CALENDAR:
            return _calendar(asked, card, drawn, notice, changed)
        case Host.CHAT:
            return _chat(asked, card, drawn, notice)
        case Host.LEGACY_CHAT:
            return _legacy(asked, card, drawn, notice)


def _calendar(asked: Interaction, card: Card, drawn: Json, notice: str, changed: bool) -> Json:
    if asked.kind is not Kind.PRESS:
        return {"action": {"navigations": [{"pushCard": drawn}]}}
    if card.is_form:
        return {"renderActions": {"action": {"navigations": [{"pushCard": drawn}]}}}
    # A form was pushed on top of the agenda: back there, and show it as it is now.
    steps: list[Json] = [{"popToRoot": True}] if asked.form else []
    action: Json = {"navigations": [*steps, {"updateCard": drawn}]}
    if notice:
        action["notification"] = {"text": notice}
    return {"renderActions": {"action": action}, "stateChanged": changed}


def _chat(asked: Interaction, card: Card, drawn: Json, notice: str) -> Json:
    if card.is_form:
        return {"action": {"navigations": [{"pushCard": drawn}]}}
    if asked.is_dialog:
        action: Json = {"navigations": [{"endNavigation": {"action": "CLOSE_DIALOG"}}]}
        if notice:
            action["notification"] = {"text": notice}
        return {"action": action}
    kind = "updateMessageAction" if asked.kind is Kind.PRESS else "createMessageAction"
    message = as_message(card, drawn)
    return {"hostAppDataAction": {"chatDataAction": {kind: {"message": message}}}}


def _legacy(asked: Interaction, card: Card, drawn: Json, notice: str) -> Json:
    if card.is_form:
        dialog = {"dialogAction": {"dialog": {"body": drawn}}, "type": "DIALOG"}
        return {"actionResponse": dialog}
    if asked.is_dialog:
        status: Json = {"statusCode": "OK"}
        if notice:
            status["userFacingMessage"] = notice
        return {"actionResponse": {"type": "DIALOG", "dialogAction": {"actionStatus": status}}}
    message = as_message(card, drawn)
    if asked.kind is Kind.PRESS:
        message["actionResponse"] = {"type": "UPDATE_MESSAGE"}
    return message


def as_message(card: Card, drawn: Json) -> Json:
    """Return a Chat message that is this card; who sees no cards reads the text."""
    return {
        "cardsV2": [{"cardId": card.card_id[:64], "card": drawn}],
        "fallbackText": card.text[:1000],
    }
