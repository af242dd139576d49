"""Replies by mail become points of who wrote them, once we know that they did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from core.errors import InvalidInput, NotFound
from core.mail_reply import MailReply
from core.model.mailed import MailedTalk, ReceivedMail, mail_key, received
from core.model.series import SeriesId
from core.service.edit import add_point
from core.service.services import Services
from core.store import Transaction

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
    TOO_BIG = "too_big"
    """Longer than we read: only its head was looked at."""
    NO_AGENDA = "no_agenda"
    UNVERIFIED = "unverified"
    NO_ID = "no_id"
    """Without a Message-ID: no mail, or one that nobody could tell from the next."""


def take_reply(
    services: Services, reply: MailReply, *, ask: Ask, now: datetime, again: bool = False
) -> Outcome:
    """Read one mail, once, or `again`; its points are added once in any case."""
    with services.store.transaction() as tx:
        outcome, mailed = judge(tx, reply, again=again)
    if outcome in (Outcome.KNOWN, Outcome.NO_ID):
        return outcome
    if outcome is None and mailed is not None:
        outcome = _taken(services, reply, mailed, ask, now)
    assert outcome is not None
    with services.store.transaction() as tx:
        points = len(reply.points) if outcome is Outcome.ADDED else 0
        known = tx.noun(ReceivedMail, mail_key(reply.message_id))
        noted = received(reply.message_id, outcome, now, mailed, points)
        tx.put_noun(replace(noted, told=known.told if known else False))
    return outcome


def judge(
    tx: Transaction, reply: MailReply, *, again: bool = False
) -> tuple[Outcome | None, MailedTalk | None]:
    """Say why a mail becomes no points, or (None and) which mail of ours it answers."""
    if not reply.message_id:
        return Outcome.NO_ID, None
    if not again and tx.noun(ReceivedMail, mail_key(reply.message_id)) is not None:
        return Outcome.KNOWN, None
    if reply.is_automatic:
        return Outcome.AUTOMATIC, None
    found = (tx.noun(MailedTalk, mail_key(name)) for name in reply.answers)
    mailed = next((talk for talk in found if talk is not None), None)
    if mailed is None:
        return Outcome.NO_ANSWER, None
    if reply.sender != mailed.person:
        return Outcome.STRANGER, mailed
    return (None if reply.points else Outcome.EMPTY), mailed


def judge_big(tx: Transaction, head: MailReply) -> tuple[Outcome, MailedTalk | None]:
    """Say what becomes of a mail of which only the head was read."""
    outcome, mailed = judge(tx, head)
    return (Outcome.TOO_BIG if outcome in (None, Outcome.EMPTY) else outcome), mailed


def _taken(
    services: Services, reply: MailReply, mailed: MailedTalk, ask: Ask, now: datetime
) -> Outcome:
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
