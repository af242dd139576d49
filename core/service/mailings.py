"""What goes to one person and what came back from them: times and counts, never words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.model.first_message import FirstMessage, FirstState
from core.model.mailed import MailedTalk, ReceivedMail
from core.model.reminding import PlannedReminder
from core.model.series import SeriesId
from core.store import Transaction

MOST = 20
"""Lines of what was: the rest is in the mailbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """One line."""

    at: datetime
    kind: str
    """`first`, `before` and `after` are to come, `first_sent` and `sent` went out, else what
    became of a reply (core.service.mail_replies.Outcome)."""
    title: str
    """Of the 1:1; empty: it is gone."""
    points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailings:
    """Of one person."""

    coming: tuple[Mailing, ...]
    """Soonest first."""
    past: tuple[Mailing, ...]
    """Newest first."""


def mailings(tx: Transaction, person: str, now: datetime) -> Mailings:
    """Return what is planned for somebody, what was mailed to them and what they answered."""

    def title(series_id: str) -> str:
        series = tx.series(SeriesId(series_id))
        return series.title if series else ""

    coming = [
        Mailing(at=p.due, kind=p.kind, title=title(p.series_id))
        for p in tx.nouns(PlannedReminder, person)
        if p.due > now
    ]
    first = tx.noun(FirstMessage, person)
    if first is not None and first.state is FirstState.PLANNED:
        coming.append(Mailing(at=first.due, kind="first", title=""))
    sent = [
        Mailing(at=m.at, kind="sent", title=title(m.series_id))
        for m in tx.nouns(MailedTalk, person)
    ]
    if first is not None and first.state is FirstState.SENT:
        sent.append(Mailing(at=first.due, kind="first_sent", title=""))
    replies = [
        Mailing(at=r.at, kind=r.result, title=title(r.series_id), points=r.points)
        for r in tx.nouns(ReceivedMail, person)
    ]
    past = sorted([*sent, *replies], key=lambda m: m.at, reverse=True)
    return Mailings(
        coming=tuple(sorted(coming, key=lambda m: m.at)),
        past=tuple(past[:MOST]),
    )
