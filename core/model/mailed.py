"""Mails that went out about a series, and replies that came in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.model.series import SeriesId


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedTalk:
    """A mail that may be answered: a reply to it is about this series."""

    NOUN: ClassVar[str] = "mailed_talk"

    message_id: str
    person: str
    """Whom it went to: nobody else may answer it."""
    series_id: SeriesId
    at: datetime

    @property
    def key(self) -> str:
        """Digest of its Message-ID."""
        return mail_key(self.message_id)

    @property
    def belongs_to(self) -> str:
        """The person."""
        return self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMail:
    """A mail that was read: the same Message-ID again does nothing. Its words are not kept."""

    NOUN: ClassVar[str] = "received_mail"

    message_id: str
    result: str
    """Of core.service.mail_replies.Outcome."""
    at: datetime
    person: str = ""
    """Whose mail of ours it answered; empty: nobody's."""
    series_id: str = ""
    points: int = 0
    """So many became points."""
    told: bool = False
    """Whether its person was told by a mail that nothing became of it."""

    @property
    def key(self) -> str:
        """Digest of its Message-ID."""
        return mail_key(self.message_id)

    @property
    def belongs_to(self) -> str:
        """The person, or where it came in."""
        return self.person or "mail"


def received(
    message_id: str, result: str, at: datetime, mailed: MailedTalk | None, points: int
) -> ReceivedMail:
    """Note what became of a mail, for whom we had mailed about it."""
    return ReceivedMail(
        message_id=message_id,
        result=result,
        at=at,
        person=mailed.person if mailed else "",
        series_id=mailed.series_id if mailed else "",
        points=points,
    )


def mail_key(message_id: str) -> str:
    """Name a mail by what its Message-ID is, however long."""
    return hashlib.sha256(message_id.strip().encode()).hexdigest()[:32]
