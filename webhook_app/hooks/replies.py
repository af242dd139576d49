"""Replies by mail, from a mailbox or posted by a mail server: kept, then read once."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta

from core.errors import InvalidInput, NotFound
from core.mail_reply import MailReply, read_reply
from core.model.mailed import MailedTalk, mail_key, received
from core.model.received import Received, ReceivedKind, ReceivedState, lane_of_pair
from core.service.mail_replies import Outcome, judge, judge_big, take_reply
from webhook_app.auth import codes
from webhook_app.hooks.rows import digest_of, pair_lane, received_id
from webhook_app.mail import mailer
from webhook_app.wiring import App

REPLY, LIFE = "mail-reply", timedelta(days=2)
TEXT = """Eine Antwort in deinem Namen kam an, mit {count} Punkt(en). Ist sie von dir?
Dann bestätige sie hier; sonst tu nichts.

A reply in your name has come in, with {count} point(s). If it is yours, confirm it here;
if not, do nothing.

{link}
"""


def take_mail(app: App, raw: bytes, now: datetime) -> Outcome:
    """Keep a mail's row and read it; the same mail again is known."""
    row, outcome = keep_mail(app, raw, now)
    if row is None:
        return outcome
    outcome = _read(app, row, now)
    with app.store.transaction() as tx:
        done = ReceivedState.DONE
        tx.mark_received(row.lane, done, first=row.number, last=row.number, trouble=_word(outcome))
    return outcome


def keep_mail(app: App, raw: bytes, now: datetime) -> tuple[Received | None, Outcome]:
    """Keep what a mail says, if it answers one of ours; return the row if it is to be read.

    Only the writer's own lines are kept, and only of those who may answer: nobody else's words.
    """
    reply = read_reply(raw, app.settings.imap_authserv)
    with app.store.transaction() as tx:
        outcome, mailed = judge(tx, reply)
        if outcome in (Outcome.KNOWN, Outcome.NO_ID):
            return None, outcome
        row = Received(
            received_id=received_id("mail", mail_key(reply.message_id)),
            suite="mail",
            kind=ReceivedKind.REPLY,
            lane=pair_lane(tx, mailed.series_id) if mailed else lane_of_pair(""),
            source_id=mail_key(reply.message_id),
            received_at=now,
            due_at=now,
            digest=digest_of(raw),
            content=json.dumps(asdict(reply)) if outcome is None else "",
            state=ReceivedState.WAITING if outcome is None else ReceivedState.DONE,
            trouble=_word(outcome) if outcome else "",
        )
        fresh = tx.receive(row)
        if outcome is not None:
            tx.put_noun(received(reply.message_id, outcome, now, mailed, 0))
            return None, outcome
        kept = tx.received(row.received_id) or row
    return (kept, Outcome.ADDED) if fresh else (None, Outcome.KNOWN)


def keep_big(app: App, head: bytes, now: datetime) -> Outcome:
    """Note a mail that is too big to be read, by its head; nothing of it is kept."""
    reply = read_reply(head, app.settings.imap_authserv)
    with app.store.transaction() as tx:
        outcome, mailed = judge_big(tx, reply)
        if outcome not in (Outcome.KNOWN, Outcome.NO_ID):
            tx.put_noun(received(reply.message_id, outcome, now, mailed, 0))
    return outcome


def _word(outcome: Outcome) -> str:
    return "" if outcome is Outcome.ADDED else outcome.value


def read_kept(app: App, row: Received, now: datetime) -> None:
    """Read a kept reply, perhaps once more. Raise InvalidInput, NotFound."""
    outcome = _read(app, row, now)
    if outcome is Outcome.NO_AGENDA:
        raise NotFound("this 1:1 has no agenda now: nothing was added")


def _read(app: App, row: Received, now: datetime) -> Outcome:
    if not row.content:
        raise InvalidInput(f"nothing was kept of this mail: {row.trouble or 'no answer of ours'}")
    data = json.loads(row.content)
    for name in ("answers", "points"):
        data[name] = tuple(data[name])
    reply = MailReply(**data)
    # A row is read once; what it adds is known by the mail's own name.
    return take_reply(
        app.services, reply, ask=lambda m, r: ask_by_mail(app, m, r, now), now=now, again=True
    )


def ask_by_mail(app: App, mailed: MailedTalk, reply: MailReply, now: datetime) -> bool:
    """Send a link to whom our mail went: only who reads that mailbox can confirm."""
    sender = mailer(app.settings)
    if sender is None:
        return False
    data = {
        "series": mailed.series_id,
        "points": json.dumps(reply.points),
        "name": mail_key(reply.message_id),
    }
    with app.store.transaction() as tx:
        code = codes.make_code(tx, REPLY, now, person=mailed.person, data=data, life=LIFE)
    link = f"{app.links.root}/auth/reply/{code}"
    sender.send(mailed.person, "1:1", TEXT.format(count=len(reply.points), link=link))
    return True
