"""Every meeting mail that the tenant sends, and whether its recipient gets to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tests.servers.graph.answers import Json

TIMES = frozenset({"start", "end", "isAllDay", "recurrence", "zone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one person."""

    kind: Literal["invitation", "update", "cancellation", "response", "message"]
    sender: str
    recipient: str
    subject: str
    uid: str = ""
    original_start: datetime | None = None
    """Which occurrence it is about; None: the whole meeting, or none."""
    sent: datetime
    visible: bool
    """False: applied to the calendar by the mailbox itself and put into Deleted Items."""
    why: str
    cause: Literal["app", "person"]
    """Whether our program or a person in Outlook did what is told here."""
    content: Json
    """What the mail carries: for a foreign recipient, all there is."""


class MailLog:
    """Keeps all mails in the order in which they were sent."""

    def __init__(self) -> None:
        self.all: list[Mail] = []
        self.on_mail: Callable[[Mail], None] | None = None
        """Called for each mail: how another suite's stand-in gets what is sent to its people."""

    def add(self, mail: Mail) -> None:
        self.all.append(mail)
        if self.on_mail:
            self.on_mail(mail)

    @property
    def visible(self) -> list[Mail]:
        return [mail for mail in self.all if mail.visible]


def update_visibility(
    rule: str, changed: frozenset[str], until_start: timedelta, *, inside: bool
) -> tuple[bool, str]:
    """Apply VisibleMeetingUpdateProperties to one update: is it seen, and why.

    Each entry of the rule is a property, or AllProperties, with or without minutes before
    the start. Changes of time and recurrence are always seen; other organizations' mailboxes
    process nothing by themselves.
    """
    if not inside:
        return True, "outside the organization"
    if changed & TIMES:
        return True, "time or recurrence changed"
    for entry in filter(None, rule.split(",")):
        name, _, minutes = entry.strip().partition(":")
        concerned = name == "AllProperties" or name.lower() in {key.lower() for key in changed}
        if concerned and (not minutes or until_start <= timedelta(minutes=int(minutes))):
            return True, f"rule {entry.strip()}"
    return False, "auto-processed"
