"""What people do to the lines of a page, each edit with the account of its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from hypothesis import strategies as st

from tests.core.body.manglers.lines import Line, Page, Role
from tests.core.body.words import count_words

Draw = st.DrawFn
Words = Callable[[Draw], str]
"""Draws words that nobody else types."""
Edit = Callable[[Draw, Page, Words], Page]

BULLETS: Final = ("", "- ", "* ", "• ", "– ", "1. ", "2) ", "[ ] ", "☐ ", "- [ ] ", "→ ")
MARKERS: Final = ("", "", "", "TODO ", "TODO Ben: ", "@Anna ", "AI: ", "Aufgabe: ", "Ben: ", "~ ")
SENSITIVE: Final = ("!! ", "(vertraulich) ", "(confidential) ")
TAILS: Final = (
    "",
    "",
    "",
    " bis Freitag",
    " by 12 June",
    " nächste Woche",
    " (done)",
    " ✔",
    "?",
    "!",
)
TICKS: Final = ("[x]", "[X]", "☑", "✔", "(x)")
_BOX: Final = re.compile(r"^(\[ \]|☐)")


def add_line(draw: Draw, page: Page, words: Words) -> Page:
    """Type a line somewhere inside the block."""
    at = _inside(draw, page)
    typed = words(draw)
    mark = draw(st.sampled_from(MARKERS + SENSITIVE))
    tail = draw(st.sampled_from(TAILS))
    listed = page.lines[at - 1].bullet or (at < len(page.lines) and page.lines[at].bullet)
    bullet = "" if listed else draw(st.sampled_from(BULLETS))
    line = Line(
        text=f"{bullet}{mark}{typed}{tail}",
        role=Role.TYPED,
        indent=_indent(page, at),
        bullet=listed and draw(st.booleans()),
    )
    return page.with_lines([*page.lines[:at], line, *page.lines[at:]], typed)


def add_lines_twice(draw: Draw, page: Page, words: Words) -> Page:
    """Type the same line twice on purpose."""
    at = _inside(draw, page)
    typed = words(draw)
    line = Line(text=f"- {typed}", role=Role.TYPED, indent=_indent(page, at))
    return page.with_lines([*page.lines[:at], line, line, *page.lines[at:]], f"{typed} {typed}")


def type_outside(draw: Draw, page: Page, words: Words) -> Page:
    """Type above or below the block."""
    typed = words(draw)
    line = Line(text=typed, role=Role.OUTSIDE)
    at = draw(st.sampled_from([0, len(page.lines)]))
    return page.with_lines([*page.lines[:at], line, *page.lines[at:]], typed)


def tick(draw: Draw, page: Page, words: Words) -> Page:
    """Tick a point or action item in its box."""
    boxed = [n for n, line in _items(page) if _BOX.match(line.text)]
    if not boxed:
        return page
    n = draw(st.sampled_from(boxed))
    line = page.lines[n]
    ticked = replace(line, text=_BOX.sub(draw(st.sampled_from(TICKS)), line.text))
    done = replace(page, ticked=page.ticked | {str(line.entry)})
    return done.with_lines(_put(page, n, ticked))


def add_words(draw: Draw, page: Page, words: Words) -> Page:
    """Type words behind a point."""
    items = list(_items(page))
    if not items:
        return page
    n, line = draw(st.sampled_from(items))
    typed = words(draw)
    edited = _changed(page, line)
    return edited.with_lines(_put(page, n, replace(line, text=f"{line.text} {typed}")), typed)


def add_note(draw: Draw, page: Page, words: Words) -> Page:
    """Type a note, indented, below a point."""
    items = list(_items(page))
    if not items:
        return page
    n, line = draw(st.sampled_from(items))
    typed = words(draw)
    deeper = line.indent + (1 if line.bullet else 4)
    bullet = "" if line.bullet else draw(st.sampled_from(("", "- ", "* ")))
    note = Line(
        text=bullet + typed,
        role=Role.NOTE,
        indent=deeper,
        bullet=line.bullet,
        inside=line.bullet and draw(st.booleans()),
    )
    return page.with_lines([*page.lines[: n + 1], note, *page.lines[n + 1 :]], typed)


def add_words_to_note(draw: Draw, page: Page, words: Words) -> Page:
    """Type words behind a note."""
    notes = [n for n, line in enumerate(page.lines) if line.role is Role.NOTE]
    if not notes:
        return page
    n = draw(st.sampled_from(notes))
    line, typed = page.lines[n], words(draw)
    return page.with_lines(_put(page, n, replace(line, text=f"{line.text} {typed}")), typed)


def delete(draw: Draw, page: Page, words: Words) -> Page:
    """Delete a point's line with the notes below it."""
    items = list(_items(page))
    if len(items) < 2:
        return page
    n, line = draw(st.sampled_from(items))
    whole, rest = _taken_out(page, n)
    typed = page.typed - count_words("\n".join(each.text for each in whole))
    gone = replace(page, deleted=page.deleted | {str(line.entry)}, typed=typed)
    return gone.with_lines(rest)


def move(draw: Draw, page: Page, words: Words) -> Page:
    """Take a point and its notes elsewhere in the block: another order or another section."""
    items = list(_items(page))
    if not items:
        return page
    n, _ = draw(st.sampled_from(items))
    whole, rest = _taken_out(page, n)
    at = _inside(draw, page.with_lines(rest))
    while at < len(rest) and rest[at].role is Role.NOTE:
        at += 1
    return page.with_lines([*rest[:at], *whole, *rest[at:]])


def split(draw: Draw, page: Page, words: Words) -> Page:
    """Press Enter in the middle of a point."""
    items = [(n, line) for n, line in _items(page) if len(line.text.split(" ")) > 3]
    if not items:
        return page
    n, line = draw(st.sampled_from(items))
    parts = line.text.split(" ")
    cut = draw(st.integers(3, len(parts) - 1))
    first = replace(line, text=" ".join(parts[:cut]))
    second = replace(line, text=" ".join(parts[cut:]), role=Role.TYPED, entry=None)
    return _changed(page, line).with_lines([*page.lines[:n], first, second, *page.lines[n + 1 :]])


def join(draw: Draw, page: Page, words: Words) -> Page:
    """Press Backspace at the start of the line behind a point."""
    pairs = [
        (n, line)
        for n, line in _items(page)
        if page.lines[n + 1].role in (Role.ITEM, Role.HEADING, Role.TYPED)
    ]
    if not pairs:
        return page
    n, line = draw(st.sampled_from(pairs))
    after = page.lines[n + 1]
    joined = replace(line, text=f"{line.text} {after.text}")
    both = _changed(_changed(page, line), after)
    return both.with_lines([*page.lines[:n], joined, *page.lines[n + 2 :]])


def rename_heading(draw: Draw, page: Page, words: Words) -> Page:
    """Add words to a heading."""
    headings = [n for n, line in enumerate(page.lines) if line.role is Role.HEADING]
    if not headings:
        return page
    n = draw(st.sampled_from(headings))
    extra = draw(st.sampled_from((":", " (neu)", "  ", " 📌")))
    line = page.lines[n]
    return page.with_lines(_put(page, n, replace(line, text=line.text + extra)))


CALM: Final[tuple[Edit, ...]] = (
    add_line,
    add_line,
    add_lines_twice,
    type_outside,
    tick,
    add_words,
    add_note,
    add_words_to_note,
    move,
)
"""What leaves every item of ours as it was, but for words behind it and ticks."""
ALL: Final[tuple[Edit, ...]] = (*CALM, delete, split, join, rename_heading)


def _items(page: Page) -> Sequence[tuple[int, Line]]:
    return [(n, line) for n, line in enumerate(page.lines) if line.role is Role.ITEM]


def _taken_out(page: Page, n: int) -> tuple[list[Line], list[Line]]:
    """Return a point with its notes, and all other lines."""
    end = n + 1
    while page.lines[end].role is Role.NOTE:
        end += 1
    return list(page.lines[n:end]), [*page.lines[:n], *page.lines[end:]]


def _inside(draw: Draw, page: Page) -> int:
    """Draw a place between the fences."""
    opening = next((n for n, line in enumerate(page.lines) if line.role is Role.OPEN), 0)
    closing = [n for n, line in enumerate(page.lines) if line.role is Role.CLOSE]
    return draw(st.integers(opening + 1, closing[-1] if closing else len(page.lines)))


def _indent(page: Page, at: int) -> int:
    return page.lines[at - 1].indent if page.lines[at - 1].role is not Role.NOTE else 1


def _put(page: Page, n: int, line: Line) -> list[Line]:
    return [*page.lines[:n], line, *page.lines[n + 1 :]]


def _changed(page: Page, line: Line) -> Page:
    return replace(page, changed=page.changed | {line.entry}) if line.entry else page
