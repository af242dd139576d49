"""The event that a person has open in Outlook or the meeting they have open in Teams."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from adapters.outlook.auth import OnBehalf
from adapters.outlook.calendar import OutlookCalendar
from adapters.outlook.sdk import Sdk
from adapters.outlook.settings import AppCertificate, AppSecret, OutlookSettings
from adapters.outlook.wire import Wire
from core.model.calendar import CalendarEvent

THREAD = re.compile(r"19:meeting_[\w=+/-]{8,200}@thread\.v2", re.ASCII)


@contextmanager
def by_their_own_token(
    settings: OutlookSettings,
    client: AppSecret | AppCertificate,
    assertion: str,
    account: str,
) -> Iterator[OutlookCalendar]:
    """Open a person's calendar for one request, with the token that the pane has sent."""
    from datetime import UTC, datetime

    tokens = OnBehalf(settings, client, assertion)
    wire = Wire(Sdk(settings, tokens), tokens, graph_root=settings.graph_root)
    try:
        yield OutlookCalendar(
            settings=settings, account=account, wire=wire, now=lambda: datetime.now(UTC)
        )
    finally:
        wire.close()


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
