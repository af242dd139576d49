"""Google Workspace: Calendar and Tasks of one account."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from adapters.google.auth import Tokens
from adapters.google.calendar import GoogleCalendar
from adapters.google.messages import GoogleChat
from adapters.google.push import GooglePush
from adapters.google.readers import GoogleReaders
from adapters.google.settings import (
    ACCESS_RULES,
    CHAT_BOT,
    CHAT_SPACES,
    FREE_BUSY,
    TASKS,
    Consent,
    Credentials,
    Delegation,
    GoogleSettings,
)
from adapters.google.tasks import GoogleTasks
from adapters.google.wire import Transport, Wire
from core.ports import Suite

__all__ = ["Consent", "Credentials", "Delegation", "GoogleSettings", "build"]


def utc_now() -> datetime:
    """The time, where nobody hands another clock in."""
    return datetime.now(UTC)


def build(
    settings: GoogleSettings,
    account: str,
    credentials: Credentials,
    *,
    now: Callable[[], datetime] = utc_now,
    sleep: Callable[[float], None] = time.sleep,
) -> Suite:
    """The suite of one account; nothing is asked of Google before it is used."""
    tokens = Tokens(settings, account, credentials)

    def wire(scope: str) -> Wire:
        return Wire(Transport(tokens, scope, settings.time_out), sleep=sleep)

    events = wire(settings.events_scope)
    push = GooglePush(settings=settings, wire=events, now=now) if settings.push_secret else None
    chat = None
    if isinstance(credentials, Delegation):
        chat = GoogleChat(
            settings=settings, app=wire(CHAT_BOT), person=wire(CHAT_SPACES), now=now, sleep=sleep
        )
    return Suite(
        name="google",
        calendar=GoogleCalendar(
            settings=settings, account=account, events=events, free_busy=wire(FREE_BUSY), now=now
        ),
        tasks=GoogleTasks(settings=settings, wire=wire(TASKS), now=now),
        messages=chat,
        push=push,
        readers=GoogleReaders(settings=settings, account=account, wire=wire(ACCESS_RULES)),
    )
