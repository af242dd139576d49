"""A calendar that a person opens with their own token, for as long as one request takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.outlook.auth import OnBehalf
from adapters.outlook.calendar import OutlookCalendar
from adapters.outlook.sdk import Sdk
from adapters.outlook.settings import AppCertificate, AppSecret, OutlookSettings
from adapters.outlook.wire import Wire


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
