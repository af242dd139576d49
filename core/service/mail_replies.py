"""Replies by mail become points of who wrote them, once we know that they did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from core.errors import InvalidInput, NotFound
from core.mail_reply import MailReply
from core.model.mailed import MailedTalk, ReceivedMail, mail_key
from core.model.series import SeriesId
from core.service.edit import add_point
from core.service.services import Services

Ask = Callable[[MailedTalk, MailReply], bool]
"""Asks the person by a mail of ours whether the reply is theirs; False: it can't."""


class Outcome(StrEnum):
    """What became of a mail."""

    ADDED = "added"
    ASKED = "asked"
    """Nobody vouches for the sender: its points wait for a click in a mail of ours."""
    KNOWN = "known"
    AUTOMATIC = "automatic"
    NO_ANSWER = "no_answer"
    """Not a reply to a mail of ours."""
    STRANGER = "stranger"
    """Not from the one whom our mail went to."""
    EMPTY = "empty"
    NO_AGENDA = "no_agenda"
    UNVERIFIED = "unverified"


def take_reply(services: Services, reply: MailReply, *, ask: Ask, now: datetime) -> Outcome:
    """Read one mail, once; doing it twice is doing it once."""
    if not reply.message_id:
        return Outcome.NO_ANSWER
    with services.store.transaction() as tx:
        if tx.noun(ReceivedMail, mail_key(reply.message_id)) is not None:
            return Outcome.KNOWN
        found = (tx.noun(MailedTalk, mail_key(name)) for name in reply.answers)
        mailed = next((talk for talk in found if talk is not None), None)
    outcome = _taken(services, reply, mailed, ask, now)
    with services.store.transaction() as tx:
        tx.put_noun(ReceivedMail(message_id=reply.message_id, result=outcome, at=now))
    return outcome


def _taken(
    services: Services, reply: MailReply, mailed: MailedTalk | None, ask: Ask, now: datetime
) -> Outcome:
    if reply.is_automatic:
        return Outcome.AUTOMATIC
    if mailed is None:
        return Outcome.NO_ANSWER
    if reply.sender != mailed.person:
        return Outcome.STRANGER
    if not reply.points:
        return Outcome.EMPTY
    if not reply.is_vouched_for:
        return Outcome.ASKED if ask(mailed, reply) else Outcome.UNVERIFIED
    name = mail_key(reply.message_id)
    return add_points(services, mailed.series_id, reply.points, mailed.person, name, now)


def add_points(
    services: Services,
    series_id: SeriesId,
    points: Sequence[str],
    by: str,
    name: str,
    now: datetime,
) -> Outcome:
    """Add what somebody wrote; `name` is the mail's, so that twice is once."""
    for number, text in enumerate(points):
        try:
            key = f"mail {name} {number}"
            add_point(services, series_id, text, by=by, now=now, key=key)
        except (NotFound, InvalidInput):
            return Outcome.NO_AGENDA
    return Outcome.ADDED
