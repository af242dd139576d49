"""The address at which an event meets online, where it is sure that it is one."""

from __future__ import annotations

import re

from adapters.caldav.ical_resource import Component

_PROPERTIES = (
    b"X-GOOGLE-CONFERENCE",
    b"X-MICROSOFT-SKYPETEAMSMEETINGURL",
    b"X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)
_TEXTS = (b"URL", b"LOCATION", b"DESCRIPTION")
_MEETING = re.compile(
    r"https://(?:"
    r"teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/"
    r"|meet\.google\.com/[a-z]{3}-"
    r"|(?:[\w-]+\.)*zoom\.us/(?:j|my|w)/"
    r"|(?:[\w-]+\.)*webex\.com/(?:meet/|join/|[\w-]+/j\.php)"
    r"|(?:meet\.jit\.si|whereby\.com)/\w"
    r")[^\s<>\"']*",
    re.IGNORECASE,
)


def join_url_of(component: Component) -> str | None:
    """Return it; an address in running text counts only where its host is for meetings alone."""
    conference = _conference(component)
    if conference:
        return conference
    for name in _PROPERTIES:
        value = component.text(name).strip()
        if value.lower().startswith("https://"):
            return value
    for name in _TEXTS:
        found = _MEETING.search(component.text(name))
        if found:
            return found[0].rstrip(".,;)]")
    return None


def _conference(component: Component) -> str | None:
    """Read CONFERENCE (RFC 7986 section 5.11): one with picture before one with sound alone."""
    offered = [
        (not _features(prop.params.get("FEATURE", "")) & {"VIDEO", "SCREEN"}, prop.text.strip())
        for prop in component.all(b"CONFERENCE")
        if prop.text.strip().lower().startswith(("https://", "http://"))
    ]
    return min(offered, key=lambda one: one[0])[1] if offered else None


def _features(text: str) -> set[str]:
    return {feature.strip().upper() for feature in text.split(",")}
