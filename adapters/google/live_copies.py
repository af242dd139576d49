"""Live check (a), as far as a program can: an event of one test calendar, and its copy in another.

Both calendars are the tester's own; one is invited as the guest, by its address. So nobody's
real calendar is written and nobody is told.
"""

from __future__ import annotations

from typing import Any

from adapters.google.wire import Json, Wire
from core.errors import NotFound, PermissionDenied

FIRST, SECOND, OWN = "the organizer's", "the organizer's, once more", "the guest's own"


def try_copies(
    wire: Wire, service: Any, organizer: str, guest: str, event: Json
) -> tuple[bool | None, str]:
    """Return whether Google does otherwise than we assume, and what was seen; None: no copy."""

    def patched(calendar_id: str, event_id: str, text: str) -> None:
        wire.send(
            service.events().patch(
                calendarId=calendar_id,
                eventId=event_id,
                body={"description": text},
                sendUpdates="none",
            )
        )

    def shown(calendar_id: str, event_id: str) -> str:
        found = wire.send(service.events().get(calendarId=calendar_id, eventId=event_id))
        return str(found.get("description", ""))

    body = event | {"description": FIRST, "attendees": [{"email": guest}]}
    insert = service.events().insert(calendarId=organizer, body=body, sendUpdates="none")
    made = str(wire.send(insert, again=False)["id"])
    try:
        if shown(guest, made) != FIRST:
            return True, "a guest's copy does not show the organizer's text"
    except NotFound:
        return None, "an invited calendar of one's own gets no copy here"
    try:
        patched(guest, made, OWN)
    except PermissionDenied:
        taken = "is refused by the API"
    else:
        taken = "is taken by the API"
        if shown(organizer, made) == OWN:
            return True, "what a guest writes stands in the organizer's copy as well"
    patched(organizer, made, SECOND)
    if shown(guest, made) != SECOND:
        return True, "the organizer's next text does not reach a guest's copy"
    return False, f"the organizer's text replaces the guest's; a guest's own {taken}"
