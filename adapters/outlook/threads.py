"""The chat thread of a Teams meeting, and which event leads there; needs no library of Graph."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote

from core.model.calendar import CalendarEvent

THREAD = re.compile(r"19:meeting_[\w=+/-]{8,200}@thread\.v2", re.ASCII)


def thread_of(name: str) -> str:
    """Return the chat thread of a meeting, from what Teams calls its chat or its meeting.

    A meeting's id is the base64 of "0#<thread>#0". Empty where it is no meeting's.
    """
    found = THREAD.search(name)
    if found is None and "@" not in name:
        try:
            decoded = base64.b64decode(name + "=" * (-len(name) % 4), validate=True)
        except (binascii.Error, ValueError):
            return ""
        found = THREAD.search(decoded.decode("ascii", "replace"))
    return found[0] if found else ""


def has_thread(event: CalendarEvent, thread: str) -> bool:
    """Tell whether an event's join link or text leads to this thread."""
    return any(leads_to(text, thread) for text in (event.join_url or "", event.body.content))


def leads_to(text: str, thread: str) -> bool:
    """Tell whether a link in a text leads there; Safe Links write it twice in percents."""
    return thread in unquote(unquote(text))
