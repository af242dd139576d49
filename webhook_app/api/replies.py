"""A repeated POST with the same Idempotency-Key gets the first answer again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from core.store import Transaction
from webhook_app.problems import HttpRefusal

KEPT = timedelta(hours=24)
LOST = timedelta(minutes=1)
"""After that a request without an answer is one whose process died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReply:
    """What was answered to a key, or that it is being answered."""

    NOUN: ClassVar[str] = "kept_reply"

    reply_id: str
    asked: str
    """Digest of what was asked."""
    at: datetime
    status: int = 0
    """0: still at work."""
    text: str = ""
    etag: str = ""

    @property
    def key(self) -> str:
        """Digest of who, what and their key."""
        return self.reply_id

    @property
    def belongs_to(self) -> str:
        """The day: old ones go together."""
        return self.at.date().isoformat()


def reply_id(*parts: str) -> str:
    """Name what belongs together."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def begin(tx: Transaction, name: str, asked: str, now: datetime) -> KeptReply | None:
    """Return the answer that was given; None: go on, and we note that you do.

    Raise HttpRefusal: 409 while the first is still at work, 422 for another question.
    """
    known = tx.noun(KeptReply, name)
    if known is not None and now - known.at < KEPT:
        if known.asked != asked:
            raise HttpRefusal(422, "this Idempotency-Key was used for something else")
        if known.status:
            return known
        if now - known.at < LOST:
            raise HttpRefusal(409, "the same request is at work: ask again in a moment")
    tx.put_noun(KeptReply(reply_id=name, asked=asked, at=now))
    yesterday = (now - 2 * KEPT).date().isoformat()
    for old in tx.nouns(KeptReply, yesterday, limit=100):
        tx.remove_noun(KeptReply, old.reply_id)
    return None


def forget(tx: Transaction, name: str) -> None:
    """Note that the request failed: the next one with the key tries anew."""
    tx.remove_noun(KeptReply, name)
