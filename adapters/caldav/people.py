"""Who takes part in an event: ORGANIZER and ATTENDEE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from adapters.caldav.ical_lines import Property
from adapters.caldav.ical_resource import Component
from core.model.calendar import Participant, Response, Role
from core.model.people import normal_address

_KINDS = {"ROOM": Role.RESOURCE, "RESOURCE": Role.RESOURCE, "GROUP": Role.GROUP}
_ROLES = {"OPT-PARTICIPANT": Role.OPTIONAL, "NON-PARTICIPANT": Role.OPTIONAL}
_RESPONSES = {
    "ACCEPTED": Response.ACCEPTED,
    "TENTATIVE": Response.TENTATIVE,
    "DECLINED": Response.DECLINED,
    "DELEGATED": Response.DECLINED,
}
"""Any other PARTSTAT counts as NEEDS-ACTION (RFC 5545 section 3.2.12)."""


def participants_of(component: Component) -> tuple[Participant, ...]:
    """Return everybody once, the organizer first."""
    found: dict[str, Participant] = {}
    organizer = component.get(b"ORGANIZER")
    if organizer is not None:
        one = _participant(organizer)
        # Who calls a meeting and says nothing else means to come.
        found[one.address] = replace(one, role=Role.ORGANIZER, response=Response.ACCEPTED)
    for prop in component.all(b"ATTENDEE"):
        one = _participant(prop)
        known = found.get(one.address)
        if known is None:
            found[one.address] = one
        elif "PARTSTAT" in prop.params:
            found[one.address] = replace(known, response=one.response, name=known.name or one.name)
    for address, comment, stamp in _comments(component):
        if address in found:
            found[address] = replace(found[address], comment=comment, answered=stamp)
    return tuple(found.values())


def _comments(component: Component) -> Iterator[tuple[str, str, str]]:
    """Yield what attendees wrote beside their answers, and when, as the organizer's copy shows it.

    iCloud and Apple's server keep it in lines of its own (caldav-privatecomments), others in a
    parameter of the attendee.
    """
    for prop in component.all(b"X-CALENDARSERVER-ATTENDEE-COMMENT"):
        whose = normal_address(prop.params.get("X-CALENDARSERVER-ATTENDEE-REF", ""))
        yield whose, prop.text, prop.params.get("X-CALENDARSERVER-DTSTAMP", "")
    for prop in component.all(b"ATTENDEE"):
        if comment := prop.params.get("X-RESPONSE-COMMENT", "").strip():
            yield _address(prop), comment, ""


def _participant(prop: Property) -> Participant:
    params = prop.params
    role = _ROLES.get(params.get("ROLE", "").upper(), Role.REQUIRED)
    return Participant(
        address=_address(prop),
        name=params.get("CN", "").strip(),
        role=_KINDS.get(params.get("CUTYPE", "").upper(), role),
        response=_RESPONSES.get(params.get("PARTSTAT", "").upper(), Response.NEEDS_ACTION),
    )


def _address(prop: Property) -> str:
    """Return the mail address; iCloud names people by a path and gives EMAIL beside it."""
    value = normal_address(prop.text)
    if "@" in value and not value.startswith(("/", "http:", "https:", "urn:")):
        return value
    return normal_address(prop.params.get("EMAIL", "")) or value
