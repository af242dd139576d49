"""A period in lines, for a review: made from what both see and one's own, edited, never sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.agenda import ActionItem, ItemState, PointState, TalkingPoint, Visibility
from core.model.digest import Digest, DigestLine
from core.model.goals import Goal
from core.model.notes import NoteKind, PrivateNote, SharedNote, owner_key
from core.model.people import Pair, PairId
from core.model.series import Sheet
from core.service.edit import one_line
from core.service.ids import short_id
from core.service.offers import local_day
from core.store import Transaction

HEADINGS = {
    "de": {
        "talked": "Besprochen",
        "done": "Erledigt",
        "decision": "Entschieden",
        "note": "Eigene Notizen",
        "goal": "Ziele",
        "own": "Ergänzt",
    },
    "en": {
        "talked": "Talked about",
        "done": "Done",
        "decision": "Decided",
        "note": "Own notes",
        "goal": "Goals",
        "own": "Added",
    },
}


def make_digest(
    tx: Transaction, pair_id: PairId, *, owner: str, begins: date, ends: date, now: datetime
) -> Digest:
    """Collect a period for one of the two; the same period again keeps what they edited.

    Confidential points, another one's private words and what was left open are not in it.
    Raise NotFound, InvalidInput.
    """
    pair = tx.pair(pair_id)
    if pair is None or pair.side(owner) is None:
        raise NotFound("there is no such pair of yours")
    if ends < begins:
        raise InvalidInput("the period ends before it begins")
    name = short_id("digest", pair_id, owner, begins.isoformat(), ends.isoformat())
    known = tx.noun(Digest, name)
    before = {line.line_id: line for line in known.lines} if known else {}
    fresh = [before.pop(line.line_id, line) for line in _lines(tx, pair, owner, begins, ends)]
    kept = [line for line in before.values() if line.kind == "own"]
    digest = Digest(
        digest_id=name,
        pair_id=pair_id,
        owner=owner,
        begins=begins,
        ends=ends,
        lines=tuple(sorted([*fresh, *kept], key=lambda line: (line.day, line.line_id))),
        changed_at=now,
    )
    tx.put_noun(digest)
    tx.record(Happening(at=now, name="digest.made", subject="digest", by=owner))
    return digest


def _lines(
    tx: Transaction, pair: Pair, owner: str, begins: date, ends: date
) -> Iterator[DigestLine]:
    for series in tx.series_of(pair.pair_id):
        for sheet in tx.sheets(series.series_id):
            day = local_day(sheet.place) if sheet.place else None
            if day is not None and begins <= day <= ends:
                yield from _of_sheet(sheet, day)
    for note in tx.nouns(SharedNote, pair.pair_id):
        if note.kind is NoteKind.DECISION and begins <= note.at.date() <= ends:
            yield _line(note.note_id, note.at.date(), "decision", note.text)
    for private in tx.nouns(PrivateNote, owner_key(owner, pair.pair_id)):
        if begins <= private.at.date() <= ends:
            yield _line(private.note_id, private.at.date(), "note", private.text)
    for goal in tx.nouns(Goal, pair.pair_id):
        if begins <= goal.touched_on <= ends:
            text = f"{goal.title} ({goal.state.value.replace('_', ' ')})"
            yield _line(f"goal {goal.goal_id}", goal.touched_on, "goal", text)


def _of_sheet(sheet: Sheet, day: date) -> Iterator[DigestLine]:
    for section in sheet.agenda.sections:
        for entry in section.entries:
            if isinstance(entry, ActionItem):
                if entry.state is ItemState.DONE:
                    yield _line(entry.item_id, day, "done", entry.text)
            elif _was_talked_about(entry):
                yield _line(entry.point_id, day, "talked", entry.text)


def _was_talked_about(point: TalkingPoint) -> bool:
    shared = point.visibility is Visibility.SHARED
    return shared and point.state is PointState.DISCUSSED and bool(point.text)


def _line(name: str, day: date, kind: str, text: str) -> DigestLine:
    return DigestLine(line_id=short_id("line", kind, name), day=day, kind=kind, text=text)


def strike_line(
    tx: Transaction, digest_id: str, line_id: str, struck: bool, *, by: str, now: datetime
) -> Digest:
    """Leave a line out, or take it back in."""
    return _edited(tx, digest_id, line_id, by, now, struck=struck)


def reword_line(
    tx: Transaction, digest_id: str, line_id: str, text: str, *, by: str, now: datetime
) -> Digest:
    """Say a line in one's own words; the agenda it stems from stays as it is."""
    return _edited(tx, digest_id, line_id, by, now, text=one_line(text))


def add_line(tx: Transaction, digest_id: str, text: str, *, by: str, now: datetime) -> Digest:
    """Add a line of one's own."""
    digest = own_digest(tx, digest_id, by)
    name = f"{len(digest.lines)} {text}"
    line = _line(name, digest.ends, "own", one_line(text))
    changed = replace(digest, lines=(*digest.lines, line), changed_at=now)
    tx.put_noun(changed)
    return changed


def own_digest(tx: Transaction, digest_id: str, by: str) -> Digest:
    """Return one's own digest. Raise NotFound for anybody else's."""
    digest = tx.noun(Digest, digest_id)
    if digest is None or digest.owner != by:
        raise NotFound("there is no such digest of yours")
    return digest


def _edited(
    tx: Transaction,
    digest_id: str,
    line_id: str,
    by: str,
    now: datetime,
    *,
    struck: bool | None = None,
    text: str | None = None,
) -> Digest:
    digest = own_digest(tx, digest_id, by)
    if all(line.line_id != line_id for line in digest.lines):
        raise NotFound(f"no line {line_id} in this digest")

    def changed(line: DigestLine) -> DigestLine:
        if line.line_id != line_id:
            return line
        kept = line.struck if struck is None else struck
        return replace(line, struck=kept, text=line.text if text is None else text)

    edited = replace(digest, lines=tuple(changed(each) for each in digest.lines), changed_at=now)
    tx.put_noun(edited)
    return edited


def digest_markdown(digest: Digest, locale: str) -> str:
    """Return the digest as Markdown, to be copied wherever its owner wants it."""
    words = HEADINGS["de" if locale.startswith("de") else "en"]
    lines = [f"# {digest.begins.isoformat()} – {digest.ends.isoformat()}"]
    for kind, title in words.items():
        found = [line for line in digest.lines if line.kind == kind and not line.struck]
        if found:
            lines += ["", f"## {title}", ""]
            lines += [f"- {line.day.isoformat()}: {line.text}" for line in found]
    return "\n".join(lines) + "\n"
