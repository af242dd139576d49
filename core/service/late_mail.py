"""A text that a mail brings late into a copy in another house is nobody's edit.

Where the organizer's server tells a guest elsewhere by mail, an older update may arrive behind
what we have written into that copy, and puts the older text in its place. Read as the guest's own
doing it would take back every line that has come since. So what the organizer's copy showed within
the last hour is known by its hash. A mail makes the whole body anew, unlike somebody who takes a
line back; and each such text counts once, so that whoever really means it is believed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.body import read
from core.model.calendar import Body, BodyForm, EventRef
from core.model.earlier import Earlier
from core.model.series import SeriesId
from core.service.copies import Read
from core.store import Store, Transaction

DELAY = timedelta(hours=1)
"""How late a mail may be."""
KEPT = 8
TAG = re.compile(r"<([a-z][a-z0-9]*)", re.IGNORECASE)


def mark_of(body: Body) -> str:
    """Return a hash of what our block shows, whatever the form; empty where there is none."""
    blocks = read(body).blocks
    if not blocks:
        return ""
    lines = (" ".join(line.text.split()).lstrip("*-• ") for line in blocks[0].lines)
    return hashlib.sha256("\n".join(filter(None, lines)).encode()).hexdigest()[:32]


def overtaken(
    store: Store,
    series_id: SeriesId,
    reads: Sequence[Read],
    far: Container[EventRef],
    now: datetime,
) -> tuple[Read, ...]:
    """Return the reads; one that shows a late text is read as if nobody had changed it."""
    if not any(read.copy.event in far for read in reads):
        return tuple(reads)
    with store.transaction() as tx:
        known = tx.noun(Earlier, series_id)
    if known is None:
        return tuple(reads)
    leading = mark_of(next(r for r in reads if r.copy.leading).event.body)
    old = {mark for mark, at in known.marks if now - at <= DELAY and mark != leading}
    return tuple(_calmed(r, old) if r.copy.event in far else r for r in reads)


def _calmed(one: Read, old: Container[str]) -> Read:
    written, body = one.written, one.event.body
    known = [b for b in (written.base, written.pending) if b is not None] if written else []
    if written is None or not known or body in known or not all(_anew(b, body) for b in known):
        return one
    if mark_of(body) not in old or mark_of(body) in map(mark_of, known):
        return one
    calm = replace(written, base=body, pending=None, pending_agenda=None)
    return replace(one, written=calm, late=True)


def _anew(before: Body, after: Body) -> bool:
    """Tell whether the markup has been made anew as a whole."""
    if BodyForm.TEXT in (before.form, after.form):
        return False
    old, new = Counter(TAG.findall(before.content)), Counter(TAG.findall(after.content))
    apart = ((old - new) + (new - old)).total()
    return apart * 2 > max(old.total(), new.total())


def keep_marks(
    tx: Transaction,
    series_id: SeriesId,
    shown: Sequence[Body],
    reads: Sequence[Read],
    now: datetime,
) -> None:
    """Note what the organizer's copy shows and is about to show; a late text has been used up."""
    known = tx.noun(Earlier, series_id) or Earlier(series_id=series_id)
    fresh = [mark for mark in map(mark_of, shown) if mark]
    used = {mark_of(read.event.body) for read in reads if read.late}
    kept = [(m, at) for m, at in known.marks if m not in {*fresh, *used} and now - at <= DELAY]
    marks = (*kept, *((mark, now) for mark in dict.fromkeys(fresh)))[-KEPT:]
    if marks != known.marks:
        tx.put_noun(replace(known, marks=marks))
