"""What this adapter has to be told: where Google is and what we may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

SCOPE = "https://www.googleapis.com/auth/"
EVENTS = f"{SCOPE}calendar.events.owned"
"""Read and write events in the person's own calendars. `calendar.events` reaches shared ones."""
FREE_BUSY = f"{SCOPE}calendar.freebusy"
ACCESS_RULES = f"{SCOPE}calendar.acls.readonly"
"""Who else reads a person's calendar."""
TASKS = f"{SCOPE}tasks"
CHAT_BOT = f"{SCOPE}chat.bot"
"""The Chat app's own: by the service account itself, for nobody else."""
CHAT_SPACES = f"{SCOPE}chat.spaces.create"
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleSettings:
    """The same for every account of an installation."""

    api_root: str | None = None
    """Scheme and host of a gateway or stand-in; None is Google itself."""
    token_uri: str = TOKEN_URI
    events_scope: str = EVENTS
    push_secret: bytes = field(default=b"", repr=False)
    """Signs channel tokens; without it there is no push."""
    chat_space: str = ""
    """The account's direct message with our Chat app, where it is known."""
    addon_url: str = ""
    """Where presses on cards go; empty: cards are not sent."""
    history: timedelta = timedelta(days=35)
    """How far back a first sync looks."""
    time_out: tuple[float, float] = (5, 30)
    """Seconds to connect and to wait for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A service account that the administrator lets act for people."""

    key_file: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One person's own consent."""

    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


Credentials = Delegation | Consent
