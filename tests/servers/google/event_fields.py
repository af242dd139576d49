"""What a written event may say: the rules for its fields, before anything is stored."""

from __future__ import annotations

import copy
import re
import secrets

from .answers import Json, invalid
from .calendar_state import Assumptions
from .directory import Directory

READ_ONLY = {
    "kind",
    "etag",
    "id",
    "htmlLink",
    "created",
    "updated",
    "creator",
    "organizer",
    "iCalUID",
    "recurringEventId",
    "originalStartTime",
    "hangoutLink",
    "locked",
    "privateCopy",
    "eventType",
    "attendeesOmitted",
}
PRIVATE = {"reminders", "colorId", "transparency", "visibility", "eventLabelId"}
"""Each person's own, like extendedProperties.private and their own entry in attendees."""
TIMED = {"start", "end", "recurrence"}
DESCRIPTION_LIMIT = 8192
ID = re.compile(r"[a-v0-9]{5,1024}")


def merged(fields: Json, patch: Json) -> Json:
    """Patch semantics: null removes, objects merge, lists are replaced."""
    result = copy.deepcopy(fields)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            old = result.get(name)
            result[name] = merged(old if isinstance(old, dict) else {}, value)
        else:
            result[name] = copy.deepcopy(value)
    return result


def accepted(body: Json, assumptions: Assumptions, *, conference_version: int) -> Json:
    """The part of a request body that Google would take, or a refusal."""
    kept = {name: value for name, value in body.items() if name not in READ_ONLY}
    if conference_version < 1:
        kept.pop("conferenceData", None)
    description = kept.get("description") or ""
    if len(description) > DESCRIPTION_LIMIT:
        kept["description"] = _shortened(description, assumptions)
    _check_properties(kept.get("extendedProperties") or {})
    for name in ("start", "end"):
        if name in kept:
            kept[name] = _one_form(kept[name])
    return kept


def _shortened(description: str, assumptions: Assumptions) -> str:
    if assumptions.long_description == "truncate":
        return description[:DESCRIPTION_LIMIT]
    if assumptions.long_description == "keep":
        return description
    raise invalid(f"The description is longer than {DESCRIPTION_LIMIT} characters.")


def _check_properties(properties: Json) -> None:
    for each in properties.values():
        for key, value in (each or {}).items():
            if len(key) > 44 or len(value or "") > 1024:
                raise invalid("Extended property key or value is too long.")


def _one_form(value: Json) -> Json:
    """A time that becomes a date stops being a time, and the other way round."""
    if value.get("date"):
        return value | {"dateTime": None}
    if value.get("dateTime"):
        return value | {"date": None}
    return value


def create_conference(fields: Json) -> None:
    """Carry out conferenceData.createRequest, as Meet does."""
    request = fields.get("conferenceData", {}).get("createRequest")
    if request is None or "conferenceId" in fields["conferenceData"]:
        return
    letters = "abcdefghijkmnopqrstuvwxyz"
    code = "-".join("".join(secrets.choice(letters) for _ in range(n)) for n in (3, 4, 3))
    uri = f"https://meet.google.com/{code}"
    fields["hangoutLink"] = uri
    fields["conferenceData"] = {
        "createRequest": request | {"status": {"statusCode": "success"}},
        "entryPoints": [{"entryPointType": "video", "uri": uri, "label": uri[8:]}],
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
        "conferenceId": code,
    }


def settle_attendees(fields: Json, directory: Directory) -> None:
    """Fill in what Google adds to a guest list."""
    organizer = fields["organizer"]["email"]
    for guest in fields.get("attendees", []):
        if not guest.get("email"):
            raise invalid("Missing attendee email.")
        guest.pop("self", None)
        address = guest["email"].lower()
        guest.setdefault("responseStatus", "needsAction")
        guest.pop("organizer", None)
        if address == organizer:
            guest["organizer"] = True
        if address in directory.rooms:
            room = {"resource": True, "responseStatus": "accepted"}
            guest.update(room | {"displayName": directory.rooms[address]})


def addresses(fields: Json) -> list[str]:
    return [guest["email"].lower() for guest in fields.get("attendees", [])]


def own_part(fields: Json) -> Json:
    """What of an event is one copy's own."""
    own = {name: fields[name] for name in PRIVATE if name in fields}
    private = fields.get("extendedProperties", {}).get("private")
    return copy.deepcopy(own | ({"extendedProperties": {"private": private}} if private else {}))


def shared_part(fields: Json) -> Json:
    """What of an event all copies have in common."""
    shared = copy.deepcopy({name: each for name, each in fields.items() if name not in PRIVATE})
    properties = shared.pop("extendedProperties", {})
    if properties.get("shared"):
        shared["extendedProperties"] = {"shared": properties["shared"]}
    return shared


def shared_changes(old: Json, new: Json, me: str) -> set[str]:
    """Shared fields that differ, one's own answer to the invitation left aside."""
    before, after = shared_part(old), shared_part(new)
    names = {name for name in before | after if before.get(name) != after.get(name)}
    if "attendees" in names and _without(before, me) == _without(after, me):
        names.discard("attendees")
    return names - {"extendedProperties"}


def _without(fields: Json, me: str) -> list[Json]:
    return [guest for guest in fields.get("attendees", []) if guest["email"].lower() != me]


def answer_of(fields: Json, me: str) -> Json | None:
    for guest in fields.get("attendees", []):
        if guest["email"].lower() == me:
            return dict(guest)
    return None


def differing(new: Json, old: Json) -> set[str]:
    return {name for name in new | old if new.get(name) != old.get(name)}
