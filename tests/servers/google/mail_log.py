"""Every mail that Google would have sent, and who caused it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    at: datetime
    to: str
    kind: str
    """invitation, update, cancellation or response."""
    event_id: str
    summary: str
    cause: str
    """"person" for a hand in the web client, else the API method."""


@dataclass(slots=True)
class MailLog:
    sent: list[Mail] = field(default_factory=list)

    def add(self, mail: Mail) -> None:
        self.sent.append(mail)

    @property
    def caused_by_api(self) -> list[Mail]:
        return [mail for mail in self.sent if mail.cause != "person"]
