"""Windows zone names, `tzone://` names and IANA names, as mailboxes mix them.

The pairs are Unicode CLDR's windowsZones (territory 001), the part used in tests and the demo.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tests.servers.graph.answers import bad_request

WINDOWS = {
    "UTC": "UTC",
    "GMT Standard Time": "Europe/London",
    "W. Europe Standard Time": "Europe/Berlin",
    "Romance Standard Time": "Europe/Paris",
    "Central Europe Standard Time": "Europe/Budapest",
    "Central European Standard Time": "Europe/Warsaw",
    "FLE Standard Time": "Europe/Kiev",
    "GTB Standard Time": "Europe/Bucharest",
    "Eastern Standard Time": "America/New_York",
    "Central Standard Time": "America/Chicago",
    "Mountain Standard Time": "America/Denver",
    "Pacific Standard Time": "America/Los_Angeles",
    "E. South America Standard Time": "America/Sao_Paulo",
    "India Standard Time": "Asia/Calcutta",
    "China Standard Time": "Asia/Shanghai",
    "Tokyo Standard Time": "Asia/Tokyo",
    "AUS Eastern Standard Time": "Australia/Sydney",
    "New Zealand Standard Time": "Pacific/Auckland",
    "Singapore Standard Time": "Asia/Singapore",
    "South Africa Standard Time": "Africa/Johannesburg",
    "tzone://Microsoft/Utc": "UTC",
}
IANA = {iana: windows for windows, iana in reversed(WINDOWS.items())}
CUSTOM = "tzone://Microsoft/Custom"
"""A zone that an old client described by its rules alone: it has no name anywhere."""


def windows_name(iana: str) -> str:
    """Return the name that Exchange would keep; an IANA name that it does not know stays."""
    return IANA.get(iana, iana)


def zone_of(name: str) -> ZoneInfo:
    """Return the zone; refuse an unknown name in Graph's words."""
    try:
        return ZoneInfo(WINDOWS.get(name, name))
    except (ZoneInfoNotFoundError, ValueError) as err:
        raise bad_request(
            f"A valid TimeZone value must be specified. The following TimeZone value is not "
            f"supported: '{name}'.",
            "TimeZoneNotSupportedException",
        ) from err
