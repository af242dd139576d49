"""Microsoft 365: Outlook's calendar, To Do and chosen plans of one account.

Importing this costs nothing: Microsoft's libraries are loaded when a suite is built.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.outlook.kept import read_secret, read_settings, secret_text, settings_text
from adapters.outlook.settings import (
    AppCertificate,
    AppSecret,
    Consent,
    Credentials,
    OutlookSettings,
)
from core.ports import Suite

if TYPE_CHECKING:
    from adapters.outlook.auth import Bearer

__all__ = [
    "AppCertificate",
    "AppSecret",
    "Consent",
    "Credentials",
    "OutlookSettings",
    "build",
    "secret_text",
    "settings_text",
]


def _utc_now() -> datetime:
    return datetime.now(UTC)


def build(
    settings: Mapping[str, str],
    secret: str,
    *,
    now: Callable[[], datetime] = _utc_now,
    sleep: Callable[[float], None] = time.sleep,
    keep_secret: Callable[[str], None] | None = None,
    bearer: Bearer | None = None,
) -> Suite:
    """Return the suite of one account; nothing is asked of Microsoft before it is used.

    `settings` are those that `settings_text` made, `secret` is what `secret_text` made.
    `keep_secret` gets the new text where Entra ID replaces a person's refresh token.
    `bearer` gives the access tokens in place of what the secret says: a broker of your own.
    """
    from adapters.outlook.auth import Tokens, app_tokens
    from adapters.outlook.calendar import OutlookCalendar
    from adapters.outlook.messages import OutlookMail
    from adapters.outlook.planner import PlannerTasks
    from adapters.outlook.push import OutlookPush
    from adapters.outlook.readers import OutlookReaders
    from adapters.outlook.sdk import Sdk
    from adapters.outlook.task_lists import PersonTasks
    from adapters.outlook.tasks import OutlookTasks
    from adapters.outlook.wire import Wire

    credentials, push_secret = read_secret(secret)
    known, account = read_settings(settings, push_secret)

    def keep(refresh_token: str) -> None:
        if keep_secret is not None and isinstance(credentials, Consent):
            fresh = replace(credentials, refresh_token=refresh_token)
            keep_secret(secret_text(fresh, push_secret))

    tokens: Bearer
    if bearer is not None:
        tokens = bearer
    elif isinstance(credentials, Consent):
        tokens = Tokens(known, credentials, keep=keep)
    else:
        tokens = app_tokens(known, credentials)
    wire = Wire(Sdk(known, tokens), tokens, graph_root=known.graph_root, sleep=sleep)
    sender = settings.get("mail_sender", "")
    user_id = settings.get("user_id", "")
    planner = PlannerTasks(user_id=user_id, client_id=known.client_id, wire=wire, now=now)
    push = OutlookPush(settings=known, account=account, wire=wire, now=now)
    return Suite(
        name="outlook",
        calendar=OutlookCalendar(settings=known, account=account, wire=wire, now=now),
        tasks=PersonTasks(todo=OutlookTasks(account=account, wire=wire), planner=planner),
        messages=OutlookMail(sender=sender, wire=wire) if sender else None,
        push=push if push_secret else None,
        readers=OutlookReaders(account=account, wire=wire),
    )
