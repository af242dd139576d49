"""Replies of which nothing came: their person hears of it in the next mail to them, once.

They are told why, and nothing else: not who wrote, and no word of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.model.mailed import ReceivedMail
from core.service.mail_replies import Outcome
from core.store import Transaction

WORDS = {
    Outcome.STRANGER: "stranger",
    Outcome.TOO_BIG: "big",
    Outcome.EMPTY: "empty",
    Outcome.UNVERIFIED: "unsure",
    Outcome.NO_AGENDA: "late",
}
"""How each is called among the words of reminders."""
FRESH = timedelta(days=30)
"""Who gets mail more seldom is not told of old stories."""


def refused_replies(tx: Transaction, person: str, now: datetime) -> Sequence[ReceivedMail]:
    """Return replies of which their person was not told yet, oldest first."""
    found = [
        mail
        for mail in tx.nouns(ReceivedMail, person)
        if not mail.told and mail.result in WORDS and now - mail.at <= FRESH
    ]
    return sorted(found, key=lambda mail: mail.at)


def kinds_of(mails: Sequence[ReceivedMail]) -> tuple[str, ...]:
    """Return why they were refused, each kind once."""
    return tuple(dict.fromkeys(WORDS[Outcome(mail.result)] for mail in mails))


def mark_told(tx: Transaction, mails: Sequence[ReceivedMail]) -> None:
    """Note that their person knows."""
    for mail in mails:
        tx.put_noun(replace(mail, told=True))
