"""Say for any body what is read in it, what is believed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from difflib import ndiff
from itertools import pairwise
from typing import Final

from core.body.headings import ALL
from core.body.lines import scan
from core.body.markers import marks_of
from core.body.merge import merge
from core.body.read import Reading, read
from core.body.values import Change, MergeResult
from core.body.words import bare
from core.model.agenda import (
    ActionItem,
    Agenda,
    Entry,
    Section,
    SectionKind,
    TalkingPoint,
    Visibility,
    entry_id,
)
from core.model.calendar import Body
from core.model.people import Person

_LONGEST: Final = 2_000
_LONG_GONE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The day of an account that nobody gives a day."""


def explain(
    body: Body,
    *,
    base: Body | None = None,
    agenda: Agenda | None = None,
    copy_of: Person | None = None,
    people: Sequence[Person] = (),
    now: datetime | None = None,
    zone: str = "UTC",
    locale: str = "en",
) -> str:
    """Return a printable account of a body, read against its base where there is one."""
    on = now or _LONG_GONE
    known = agenda if agenda is not None else _agenda_of(base, body, people, zone, locale, on)
    result = merge(
        base_agenda=known,
        base_body=base,
        theirs=body,
        ours=known,
        copy_of=copy_of,
        people=people,
        now=on,
        zone=zone,
        locale=locale,
    )
    parts = [_found(read(body)), _damage(result), _changes(result), _agenda(result.agenda)]
    if base is not None:
        parts.append(_picture(base, body))
    parts.append(_write(result, body))
    return "\n\n".join(part for part in parts if part) + "\n"


def _agenda_of(
    base: Body | None,
    body: Body,
    people: Sequence[Person],
    zone: str,
    locale: str,
    now: datetime,
) -> Agenda:
    """Read a base as an agenda of its own, where nobody gives us the agenda behind it."""
    sections = Agenda(sections=tuple(_sections(read(base if base is not None else body))))
    if base is None:
        return sections
    return merge(
        base_agenda=None,
        base_body=None,
        theirs=base,
        ours=sections,
        people=people,
        now=now,
        zone=zone,
        locale=locale,
    ).agenda


def _sections(reading: Reading) -> Iterator[Section]:
    """Yield a section for each line without sign that stands right above one with a box."""
    lines = [line for line in reading.lines if line.text]
    for line, after in pairwise(lines):
        marks = marks_of(line.text)
        plain = not (marks.box or marks.bullet or line.item or line.indent > 1)
        if plain and marks_of(after.text).box:
            words = bare(line.text)
            kinds = (SectionKind.AGREED, SectionKind.CARRIED)
            kind = next(
                (k for k in kinds if any(bare(getattr(w, k.value)) in words for w in ALL)), None
            )
            yield Section(kind=kind) if kind else Section(title=line.text)


def _found(reading: Reading) -> str:
    rows = [f"form: {'HTML' if reading.scan.html else 'plain text'}"]
    rows.append(f"lines a person sees: {sum(bool(line.text) for line in reading.scan.lines)}")
    rows.append(f"blocks: {len(reading.blocks)}")
    for block in reading.blocks:
        spans = ", ".join(f"{start}-{end}" for start, end in block.spans)
        fences = f"start {_yes(block.opened)}, end {_yes(block.closed)}"
        rows.append(f"  characters {spans}; fences: {fences}; {len(block.lines)} lines")
        rows += [f"    | {line.text[:_LONGEST]}" for line in block.lines if line.text]
    return "\n".join(rows)


def _yes(there: bool) -> str:
    return "found" if there else "missing"


def _damage(result: MergeResult) -> str:
    if not result.damage:
        return "damage: none; what is gone counts as deleted"
    rows = [f"  {damage.kind.value}" for damage in result.damage]
    return "\n".join(["damage: only what was added is believed, not what is gone", *rows])


def _changes(result: MergeResult) -> str:
    rows = [f"  {_change(change, result.agenda)}" for change in result.changes]
    return "\n".join(["changes:", *(rows or ["  none"])])


def _change(change: Change, agenda: Agenda) -> str:
    """Say what was done to which entry; the words of what is hidden stay hidden."""
    entries = {entry_id(e): e for s in agenda.shared().sections for e in s.entries}
    entry = entries.get(change.entry_id)
    hidden = isinstance(entry, TalkingPoint) and entry.visibility is not Visibility.SHARED
    words = " -> ".join(part for part in (change.before, change.after) if part)
    if hidden:
        words = "(confidential)"
    elif not words and entry is not None:
        words = entry.text
    return f"{change.kind.value}: {words}" + (f" by {change.by}" if change.by else "")


def _agenda(agenda: Agenda) -> str:
    rows = ["agenda:"]
    for section in agenda.sections:
        rows.append(f"  {section.kind.value} {section.title or section.owner or ''}".rstrip())
        rows += [f"    {_entry(entry)}" for entry in section.entries]
    return "\n".join(rows)


def _entry(entry: Entry) -> str:
    words = [f"[{entry.state.value}]"]
    if isinstance(entry, TalkingPoint):
        hidden = entry.visibility.value != "shared"
        words += [f"({entry.visibility.value})"] if hidden else [entry.text]
    if isinstance(entry, ActionItem):
        words += ["action:", entry.text, f"due {entry.due}" if entry.due else ""]
    words.append(f"<{entry.owner}>" if entry.owner else "")
    return " ".join(word for word in words if word)


def _picture(base: Body, body: Body) -> str:
    """Draw the difference between the base and the body, line by line."""
    before = [line.text for line in scan(base).lines if line.text]
    after = [line.text for line in scan(body).lines if line.text]
    rows = [row for row in ndiff(before[:_LONGEST], after[:_LONGEST]) if row[0] != "?"]
    return "\n".join(["what changed since the base:", *(f"  {row.rstrip()}" for row in rows)])


def _write(result: MergeResult, body: Body) -> str:
    if not result.may_write:
        return "write: no, the join block is lost"
    if not result.write:
        return "write: no, a person would see no difference"
    size = len(result.body.content) - len(body.content)
    return f"write: yes ({size:+} characters)"
