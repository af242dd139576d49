"""What of an agenda stands in a block: headings, entries and our own lines, before any form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from core.body.headings import (
    CLOSE_SIGN,
    EITHER_SIGN,
    OPEN_SIGN,
    called,
    heading,
    said,
    words_of,
)
from core.body.values import Exposure
from core.body.words import clean
from core.model.agenda import (
    ActionItem,
    Entry,
    ItemState,
    PointState,
    Section,
    SectionKind,
    TalkingPoint,
    Visibility,
    entry_id,
)
from core.model.people import Person

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_OPEN: Final = "[ ] "
_DONE: Final = "[x] "
_PARKED: Final = "[~] "
_PERSONS: Final = (SectionKind.REPORT, SectionKind.MANAGER)


class Kind(StrEnum):
    """What a line of the block is."""

    OPEN = "open"
    HEADING = "heading"
    ENTRY = "entry"
    NOTE = "note"
    EITHER = "either"
    REST = "rest"
    PROMPT = "prompt"
    BULLET = "bullet"
    LINK = "link"
    CLOSE = "close"


class Shown(NamedTuple):
    """One line of the block."""

    kind: Kind
    text: str
    entry: str = ""
    """Id of the entry that it shows."""
    section: int = -1
    """Of a heading."""


class Style(NamedTuple):
    """For whom and how much."""

    locale: str
    other_locale: str | None
    people: Sequence[Person]
    link: str | None
    exposure: Exposure
    names: Mapping[str, str]
    """What the people are called in a line, by address."""
    lines: dict[int, tuple[Entry, str]]
    """Entries' lines, by identity: one merge asks for them again and again."""


def style_for(
    locale: str,
    other_locale: str | None,
    people: Sequence[Person],
    link: str | None,
    exposure: Exposure,
) -> Style:
    """Return how a block is written for these people."""
    names = {person.address: called(person.address, people) for person in people}
    return Style(locale, other_locale, people, link, exposure, names, {})


def day_words(day: date, locale: str) -> str:
    """Return a due day with its preposition: "bis 12.06.", "by 12 June"."""
    due = words_of(locale).due
    if locale.casefold().startswith("de"):
        return f"{due} {day.day:02}.{day.month:02}."
    return f"{due} {day.day} {_MONTHS[day.month - 1]}"


def harmless(text: str) -> str:
    """Return a person's words so that no line of them can be taken for a fence."""
    return clean(text).replace("▲", "△").replace("▼", "▽")


def entry_words(entry: Entry, style: Style) -> str:
    """Return an entry's line without its box."""
    known = style.lines.get(id(entry))
    if known is None:
        known = style.lines[id(entry)] = entry, _words(entry, style)
    return known[1]


def _words(entry: Entry, style: Style) -> str:
    if isinstance(entry, ActionItem):
        owner = f"{_name(entry.owner, style)}: " if entry.owner else ""
        due = f" {day_words(entry.due, style.locale)}" if entry.due else ""
        return f"{owner}{harmless(entry.text)}{due}"
    if entry.visibility is not Visibility.SHARED:
        return words_of(style.locale).hidden
    times = f" ({entry.carried}×)" if entry.carried else ""
    return f"{harmless(entry.text)}{times}"


def _name(address: str, style: Style) -> str:
    return style.names.get(address) or called(address, ())


def entry_box(entry: Entry) -> str:
    """Return the box in front of an entry."""
    if entry.state in (PointState.DISCUSSED, ItemState.DONE):
        return _DONE
    return _PARKED if entry.state is PointState.PARKED else _OPEN


def in_block(entry: Entry) -> bool:
    """Tell whether an entry has a line in the block at all."""
    if isinstance(entry, ActionItem):
        return entry.state is not ItemState.DROPPED and _has_words(entry.text)
    if entry.visibility is Visibility.PRIVATE:
        return False
    return entry.visibility is Visibility.SENSITIVE or _has_words(entry.text)


def _has_words(text: str) -> bool:
    return text[:1].isalnum() or bool(clean(text))


def shown_lines(
    sections: Sequence[Section], style: Style, left_out: frozenset[str] = frozenset()
) -> list[Shown]:
    """Return the block's lines in order; `left_out` names entries that do not fit."""
    lines = [Shown(Kind.OPEN, f"{OPEN_SIGN} {said('opening', style.locale, style.other_locale)}")]
    if style.exposure is Exposure.LINK:
        lines.append(Shown(Kind.LINK, _elsewhere(style)))
    else:
        for at in in_order(sections):
            lines += _section(at, sections[at], style, left_out)
        lines += _below(style, len(left_out))
    closing = said("closing", style.locale, style.other_locale)
    return [*lines, Shown(Kind.CLOSE, f"{CLOSE_SIGN} {closing}")]


def in_order(sections: Sequence[Section]) -> list[int]:
    """Return the sections' places in the order in which they are shown: the report first."""
    firsts = [n for n, s in enumerate(sections) if s.kind in _PERSONS]
    ranked = sorted(firsts, key=lambda n: sections[n].kind is not SectionKind.REPORT)
    placed = dict(zip(firsts, ranked, strict=True))
    return [placed.get(n, n) for n in range(len(sections))]


def _section(at: int, section: Section, style: Style, left_out: frozenset[str]) -> list[Shown]:
    entries = [e for e in section.entries if in_block(e) and entry_id(e) not in left_out]
    quiet = section.kind in (SectionKind.CARRIED, SectionKind.AGREED)
    if not entries and (quiet or (section.entries and section.kind not in _PERSONS)):
        return []
    title = clean(heading(section, style.locale, style.people, style.other_locale))
    lines = [Shown(Kind.HEADING, title, section=at)] if title else []
    for entry in entries:
        lines += _entry(entry, style)
    return lines


def _entry(entry: Entry, style: Style) -> list[Shown]:
    lines = [Shown(Kind.ENTRY, entry_box(entry) + entry_words(entry, style), entry_id(entry))]
    hidden = isinstance(entry, TalkingPoint) and entry.visibility is not Visibility.SHARED
    if hidden or style.exposure is Exposure.TITLES:
        return lines
    if entry.other_wording:
        either = f"{EITHER_SIGN} {words_of(style.locale).either} {harmless(entry.other_wording)}"
        lines.append(Shown(Kind.EITHER, either))
    return lines + [Shown(Kind.NOTE, harmless(n)) for n in entry.notes if clean(n)]


def _below(style: Style, missing: int) -> list[Shown]:
    lines = []
    if missing:
        rest = words_of(style.locale).rest.format(n=missing)
        lines.append(Shown(Kind.REST, f"{rest} {style.link}" if style.link else rest.rstrip(":")))
    lines.append(Shown(Kind.PROMPT, said("prompt", style.locale, style.other_locale)))
    lines.append(Shown(Kind.BULLET, ""))
    if style.link and not missing:
        lines.append(Shown(Kind.LINK, f"{words_of(style.locale).more} {style.link}"))
    return lines


def _elsewhere(style: Style) -> str:
    words = said("elsewhere", style.locale, style.other_locale)
    return f"{words} {style.link}" if style.link else words.rstrip(":")
