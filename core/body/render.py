"""The block as text that reads well on a phone, and as HTML that needs no style sheet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from html import escape
from itertools import accumulate, groupby
from typing import Final

import nh3

from core.body.given import want_shared
from core.body.shown import Kind, Shown, Style, shown_lines, style_for
from core.body.values import Exposure
from core.model.agenda import (
    ActionItem,
    Entry,
    ItemState,
    PointState,
    Section,
    SectionKind,
    SharedAgenda,
    entry_id,
)
from core.model.calendar import BodyForm
from core.model.people import Person

BUDGET: Final = 6000
_LISTED: Final = (Kind.ENTRY, Kind.NOTE, Kind.EITHER, Kind.BULLET)
_URL: Final = re.compile(r"https?://[^\s<>\"()]++")
_ALLOWED: Final = {"a", "b", "br", "i", "li", "ul"}
_RESERVE: Final = 120
"""Room for the line that says how many entries stand behind the link."""


def render(
    shared: SharedAgenda,
    *,
    form: BodyForm,
    locale: str,
    people: Sequence[Person] = (),
    other_locale: str | None = None,
    link: str | None = None,
    exposure: Exposure = Exposure.FULL,
    budget: int = BUDGET,
) -> str:
    """Return our block alone, fences included."""
    want_shared(shared)
    style = style_for(locale, other_locale, people, link, Exposure(exposure))
    return fitting(shared.sections, style, BodyForm(form), budget)[0]


def fitting(
    sections: Sequence[Section], style: Style, form: BodyForm, budget: int
) -> tuple[str, list[Shown]]:
    """Return the block that fits into the budget, and its lines; people's own go last of all."""
    lines = shown_lines(sections, style)
    block = written(lines, form)
    if style.exposure is Exposure.LINK or len(block) <= budget:
        return block, lines
    bare = style._replace(exposure=Exposure.TITLES)
    lines = shown_lines(sections, bare)
    block = written(lines, form)
    if len(block) <= budget:
        return block, lines
    costs = {line.entry: _cost(line, form) for line in lines if line.kind is Kind.ENTRY}
    room = len(block) - budget + _RESERVE + len(style.link or "") * 2
    names = [name for name in _least_first(sections) if name in costs]
    many = bisect_left(list(accumulate(costs[name] for name in names)), room) + 1
    lines = shown_lines(sections, bare, frozenset(names[:many]))
    return written(lines, form), lines


def _cost(line: Shown, form: BodyForm) -> int:
    """Return how many characters an entry's line takes among others."""
    if form is BodyForm.HTML:
        return len(f"<li>{_linked(line.text)}</li>")
    return len(_text_line(line)) + 1


def _least_first(sections: Sequence[Section]) -> list[str]:
    """Order entries by how little it hurts to find them behind the link."""
    ranked = [
        (_worth(section, entry), -n, entry_id(entry))
        for section in sections
        for n, entry in enumerate(section.entries)
    ]
    return [name for _, _, name in sorted(ranked)]


def _worth(section: Section, entry: Entry) -> int:
    if entry.state not in (PointState.OPEN, ItemState.OPEN):
        return 0
    if isinstance(entry, ActionItem):
        return 3
    if entry.owner is None:
        return 1
    return 2 if section.kind is SectionKind.CARRIED else 4


def written(lines: Sequence[Shown], form: BodyForm) -> str:
    """Write lines in a form."""
    if form is BodyForm.HTML:
        return _html(lines)
    return "\n".join(_text_line(line) for line in lines)


def _text_line(line: Shown) -> str:
    match line.kind:
        case Kind.ENTRY:
            return f" {line.text}"
        case Kind.NOTE | Kind.EITHER:
            return f"     {line.text}"
        case Kind.BULLET:
            return " -"
        case _:
            return line.text


def _html(lines: Sequence[Shown]) -> str:
    parts: list[str] = []
    for listed, group in groupby(lines, key=lambda line: line.kind in _LISTED):
        run = list(group)
        if listed:
            parts.append(_list(run))
        else:
            parts.append("<br>".join(_html_line(line) for line in run))
    return checked("".join(parts))


def _list(run: Sequence[Shown]) -> str:
    items: list[str] = []
    for line in run:
        if line.kind is Kind.BULLET:
            items.append("<br>")
        elif line.kind is Kind.ENTRY or not items:
            items.append(_linked(line.text))
        else:
            items[-1] += f"<br>{_linked(line.text)}"
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _html_line(line: Shown) -> str:
    match line.kind:
        case Kind.OPEN | Kind.CLOSE | Kind.HEADING:
            return f"<b>{_escaped(line.text)}</b>"
        case Kind.PROMPT:
            return f"<i>{_escaped(line.text)}</i>"
        case _:
            return _linked(line.text)


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _linked(text: str) -> str:
    """Escape a text and make its addresses links."""
    if "http" not in text:
        return _escaped(text)
    parts, at = [], 0
    for found in _URL.finditer(text):
        address = found[0].rstrip(".,;:!?'")
        parts.append(_escaped(text[at : found.start()]))
        parts.append(f'<a href="{escape(address)}">{_escaped(address)}</a>')
        at = found.start() + len(address)
    return "".join(parts) + _escaped(text[at:])


def checked(html: str) -> str:
    """Let nothing through but what we write ourselves, should an escape ever be forgotten."""
    return nh3.clean(html, tags=_ALLOWED, attributes={"a": {"href"}}, link_rel=None)
