"""Where Outlook and To Do do otherwise than one would think, and what we do about it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from html import unescape
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from babel.core import get_global

_HEAD = "040000008200E00074C5B7101A82E008"
"""Begins every GlobalObjectId of Exchange ([MS-OXOCAL] 2.2.1.27)."""
_ALIASES = {
    "UTC": "UTC",
    "tzone://Microsoft/Utc": "UTC",
    "Coordinated Universal Time": "UTC",
    "Kamchatka Standard Time": "Asia/Kamchatka",
    "Mid-Atlantic Standard Time": "Etc/GMT+2",
}
_MEETUP = re.compile(r"/l/meetup-join/([^/?\"'<>\s]+)", re.IGNORECASE)
_MEET = re.compile(
    r"(?:teams\.(?:microsoft|live)\.com|teams\.cloud\.microsoft)/meet/(\d+)", re.IGNORECASE
)
_TAG = re.compile(r"<(?:style|head)\b.*?</(?:style|head)>|<!--.*?-->|<[^>]*>", re.S | re.I)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.I)


def series_uid(ical_uid: str) -> str:
    """The UID that a whole series shares, in everybody's mailbox.

    Exchange writes an occurrence's day into bytes 16 to 19 of its iCalUId; they are zero in the
    series'. UIDs of other suites are kept as they came.
    """
    if not ical_uid.upper().startswith(_HEAD) or len(ical_uid) < 40:
        return ical_uid
    return (ical_uid[:32] + "00000000" + ical_uid[40:]).upper()


def original_day(occurrence_id: str, ical_uid: str) -> date | None:
    """The local day on which the rule put an occurrence; None where neither id says it."""
    try:
        return date.fromisoformat(occurrence_id.rpartition(".")[2])
    except ValueError:
        pass
    if not ical_uid.upper().startswith(_HEAD):
        return None
    try:
        stamped = bytes.fromhex(ical_uid)[16:20]
        return date(int.from_bytes(stamped[:2]), stamped[2], stamped[3])
    except (ValueError, IndexError):
        return None


@lru_cache(maxsize=512)
def zone_name(theirs: str) -> str | None:
    """The IANA name of a zone that may have Windows' name; None where it has no name at all.

    Old clients describe a zone by its rules alone (`tzone://Microsoft/Custom`).
    """
    windows: str | None = get_global("windows_zone_mapping").get(theirs)
    name = _ALIASES.get(theirs) or windows or theirs
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        return None


def join_links(content: str) -> frozenset[str]:
    """What identifies each Teams meeting that one can join from a body, Safe Links unwrapped.

    A body written without it takes the meeting offline or gets it a new link
    (learn.microsoft.com/graph/api/event-update).
    """
    plain = unquote(unquote(unescape(content)))
    found = _MEETUP.findall(plain) + _MEET.findall(plain)
    return frozenset(each.lower() for each in found)


def due_day(moment: datetime) -> date:
    """To Do keeps a day as midnight, in UTC or in its owner's zone: take the nearest one."""
    return (moment + timedelta(hours=12)).date()


def plain_text(content: str) -> str:
    """The text of a task's note that a client has stored as HTML."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", content))).strip()
