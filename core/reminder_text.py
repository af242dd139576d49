"""A reminder's words: only what both may see, in the reader's language, as text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from core.body import heading
from core.content.loading import load_words
from core.content.texts import text_for
from core.message_text import compose
from core.model.agenda import ActionItem, Entry, ItemState, PointState, SharedAgenda, Visibility
from core.model.calendar import TimeSlot
from core.model.messages import Message
from core.model.people import Person

HIDDEN = {"de": "(vertraulich, nur im Gespräch)", "en": "(confidential, in person only)"}

MOST_DONE = 5
"""Links to what somebody may call done, in one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom the words are."""

    person: Person
    other: Person
    locale: str
    page: str = ""
    """Address of their own page; empty: none is given."""
    talk: str = ""
    """Below that page, the address of this 1:1."""
    guide: str = ""
    """Name of the guide to begin with, while practice is young."""
    refused: tuple[str, ...] = ()
    """Why mails that answered one of ours became no points, each kind once."""


def when_words(start: datetime, zone: str, locale: str) -> str:
    """Return a day and time as people of that language write it."""
    local = start.astimezone(ZoneInfo(zone))
    language = "de" if locale.startswith("de") else "en_GB"
    day = "EEEE, d. MMMM" if language == "de" else "EEEE, d MMMM"
    clock = format_time(local, "short", locale=language)
    return f"{format_date(local, day, locale=language)}, {clock}"


def before_text(
    reader: Reader, shared: SharedAgenda, slot: TimeSlot, extra: Sequence[str]
) -> Message:
    """Return the reminder before a talk, with a copy of what both see. `extra`: purpose, tip."""
    when = when_words(slot.start, reader.person.zone, reader.locale)
    parts = _agenda_parts(reader, shared)
    intro = _say("before_points" if parts else "before_empty", reader)
    subject = _say("before_subject", reader, when=when)
    found = [e for section in shared.sections for e in section.entries if _is_open(e)]
    return _message(reader, subject, [intro, *extra], parts, _own(reader, found))


def after_text(reader: Reader, items: Sequence[ActionItem]) -> Message | None:
    """Return the word after a talk; None where nothing was agreed."""
    mine = [_line(i, reader) for i in items if i.owner == reader.person.address]
    theirs = [_line(i, reader) for i in items if i.owner == reader.other.address]
    parts = [
        (_say(name, reader), lines)
        for name, lines in (("after_mine", mine), ("after_theirs", theirs))
        if lines
    ]
    if not parts:
        return None
    return _message(reader, _say("after_subject", reader), [], parts, _own(reader, items))


def _say(name: str, reader: Reader, **words: str) -> str:
    text = text_for(load_words("reminders")[name], reader.locale)
    return text.format(other=reader.other.called, **words)


def _agenda_parts(reader: Reader, shared: SharedAgenda) -> list[tuple[str, list[str]]]:
    people = (reader.other, reader.person)
    found = []
    for section in shared.sections:
        lines = [_line(e, reader) for e in section.entries if _is_open(e)]
        if lines:
            found.append((heading(section, reader.locale, people), lines))
    return found


def _is_open(entry: Entry) -> bool:
    return entry.state in (PointState.OPEN, ItemState.OPEN)


def _line(entry: Entry, reader: Reader) -> str:
    language = "de" if reader.locale.startswith("de") else "en"
    if not isinstance(entry, ActionItem) and entry.visibility is not Visibility.SHARED:
        return HIDDEN[language]
    due = isinstance(entry, ActionItem) and entry.due
    return f"{entry.text} ({due.isoformat()})" if due else entry.text


def _own(reader: Reader, entries: Sequence[Entry]) -> list[ActionItem]:
    items = [entry for entry in entries if isinstance(entry, ActionItem)]
    return [item for item in items if item.owner == reader.person.address][:MOST_DONE]


def _message(
    reader: Reader,
    subject: str,
    intro: Sequence[str],
    parts: Sequence[tuple[str, list[str]]],
    own: Sequence[ActionItem],
) -> Message:
    links = [(_say("page", reader), reader.page)] if reader.page else []
    for item in own if reader.page and reader.talk else ():
        # Only leads to a button: who looks at links before a person does ticks nothing.
        label = _say("done", reader, text=item.text)
        links.append((label, f"{reader.page}{reader.talk}/done/{item.item_id}"))
    if reader.page and reader.guide:
        links.append((_say("guide", reader), f"{reader.page}/help/{reader.guide}"))
    small = [_say(f"refused_{r}", reader) for r in reader.refused]
    return compose(
        reader.person.address,
        subject,
        intro=intro,
        parts=parts,
        links=links,
        small=[*small, _say("off", reader)],
    )
