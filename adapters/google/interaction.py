"""What Google posts to our one address, in all its dialects, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from core.errors import InvalidInput

Json = Mapping[str, Any]


class Host(StrEnum):
    """Where a card is drawn, and how the answer has to be wrapped."""

    CALENDAR = "calendar"
    CHAT = "chat"
    """Chat in the dialect of add-ons."""
    LEGACY_CHAT = "legacy chat"


class Kind(StrEnum):
    """What has happened."""

    HOME = "home"
    EVENT_OPEN = "event open"
    PRESS = "press"
    MESSAGE = "message"
    ADDED = "added"
    REMOVED = "removed"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One thing that a person did in Google's clients."""

    host: Host
    kind: Kind
    claimed: str = ""
    """Address of the person in a Chat event: true where the system's token holds."""
    user_token: str = ""
    """Who it is in the Calendar add-on: the only thing to believe there."""
    system_token: str = ""
    """A second place where the token of the request may stand."""
    space: str = ""
    direct: bool = False
    """Whether the space is the direct message of this person and the app."""
    text: str = ""
    event_id: str = ""
    series_id: str = ""
    calendar_id: str = ""
    parameters: Mapping[str, str]
    form: Mapping[str, str]
    is_dialog: bool = False
    """Whether the press stood in a dialog."""
    opens_dialog: bool = False


PAYLOADS = {
    "messagePayload": Kind.MESSAGE,
    "addedToSpacePayload": Kind.ADDED,
    "removedFromSpacePayload": Kind.REMOVED,
    "buttonClickedPayload": Kind.PRESS,
    "appCommandPayload": Kind.MESSAGE,
}
LEGACY = {
    "MESSAGE": Kind.MESSAGE,
    "ADDED_TO_SPACE": Kind.ADDED,
    "REMOVED_FROM_SPACE": Kind.REMOVED,
    "CARD_CLICKED": Kind.PRESS,
    "APP_COMMAND": Kind.MESSAGE,
}


def parse(body: object) -> Interaction:
    """Read what came. Raise InvalidInput where it has none of the shapes."""
    if not isinstance(body, dict):
        raise InvalidInput("this is no event of Google's")
    try:
        if "chat" in body:
            return _chat(body)
        if "commonEventObject" in body:
            return _calendar(body)
        if "type" in body:
            return _legacy(body)
    except (AttributeError, TypeError, KeyError, ValueError) as err:
        raise InvalidInput("this is no event of Google's") from err
    raise InvalidInput("this is no event of Google's")


def _calendar(body: Json) -> Interaction:
    common, calendar = body["commonEventObject"], body.get("calendar") or {}
    tokens = body.get("authorizationEventObject") or {}
    parameters = _strings(common.get("parameters"))
    kind = Kind.PRESS if parameters else Kind.EVENT_OPEN if calendar.get("id") else Kind.HOME
    return Interaction(
        host=Host.CALENDAR,
        kind=kind,
        user_token=str(tokens.get("userIdToken", "")),
        system_token=str(tokens.get("systemIdToken", "")),
        event_id=str(calendar.get("id", "")),
        series_id=str(calendar.get("recurringEventId", "")),
        calendar_id=str(calendar.get("calendarId", "")),
        parameters=parameters,
        form=_form(common.get("formInputs")),
    )


def _chat(body: Json) -> Interaction:
    chat, common = body["chat"], body.get("commonEventObject") or {}
    tokens = body.get("authorizationEventObject") or {}
    name = next((n for n in PAYLOADS if n in chat), "")
    payload = chat.get(name) or {}
    message = payload.get("message") or {}
    space = payload.get("space") or message.get("space") or {}
    return Interaction(
        host=Host.CHAT,
        kind=PAYLOADS.get(name, Kind.OTHER),
        claimed=_address(chat.get("user")),
        user_token=str(tokens.get("userIdToken", "")),
        system_token=str(tokens.get("systemIdToken", "")),
        space=str(space.get("name", "")),
        direct=_is_direct(space),
        text=str(message.get("argumentText") or message.get("text") or ""),
        parameters=_strings(common.get("parameters")),
        form=_form(common.get("formInputs")),
        is_dialog=bool(payload.get("isDialogEvent")),
        opens_dialog=payload.get("dialogEventType") == "REQUEST_DIALOG",
    )


def _legacy(body: Json) -> Interaction:
    common, message = body.get("common") or {}, body.get("message") or {}
    space = body.get("space") or message.get("space") or {}
    listed = (body.get("action") or {}).get("parameters") or []
    parameters = _strings(common.get("parameters"))
    parameters |= {str(each["key"]): str(each.get("value", "")) for each in listed}
    return Interaction(
        host=Host.LEGACY_CHAT,
        kind=LEGACY.get(str(body["type"]), Kind.OTHER),
        claimed=_address(body.get("user")),
        space=str(space.get("name", "")),
        direct=_is_direct(space),
        text=str(message.get("argumentText") or message.get("text") or ""),
        parameters=parameters,
        form=_form(common.get("formInputs")),
        is_dialog=bool(body.get("isDialogEvent")),
        opens_dialog=body.get("dialogEventType") == "REQUEST_DIALOG",
    )


def _address(user: object) -> str:
    if not isinstance(user, dict) or user.get("type", "HUMAN") != "HUMAN":
        return ""
    return str(user.get("email", "")).strip().lower()


def _is_direct(space: Json) -> bool:
    direct = space.get("spaceType") == "DIRECT_MESSAGE" or space.get("type") == "DM"
    return direct and bool(space.get("singleUserBotDm", True))


def _strings(given: object) -> dict[str, str]:
    return {str(n): str(v) for n, v in given.items()} if isinstance(given, dict) else {}


def _form(inputs: object) -> dict[str, str]:
    """The first value of each field; a day is the UTC day of its midnight, never localised."""
    found: dict[str, str] = {}
    for name, given in inputs.items() if isinstance(inputs, dict) else ():
        values = (given.get("stringInputs") or {}).get("value") or []
        if values:
            found[str(name)] = str(values[0])
        elif "dateInput" in given:
            moment = int(given["dateInput"]["msSinceEpoch"]) / 1000
            found[str(name)] = datetime.fromtimestamp(moment, UTC).date().isoformat()
    return found
