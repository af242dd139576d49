"""What a reader sees of a body as lines, and what people do to such lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from html.parser import HTMLParser
from typing import Final

from core.body import Body, BodyForm
from core.model.agenda import Agenda, entry_id
from tests.core.body.words import count_words, plain

BLOCKS: Final = frozenset(
    ["p", "div", "br", "h1", "h2", "h3", "h4", "li", "ul", "ol", "table", "tr", "body", "html"]
)
BOXES: Final = ("[ ]", "[x]", "[~]")


class Role(Enum):
    """What a visible line is."""

    OPEN = auto()
    CLOSE = auto()
    HEADING = auto()
    ITEM = auto()
    NOTE = auto()
    PROMPT = auto()
    BLANK = auto()
    TYPED = auto()
    OUTSIDE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One visible line."""

    text: str
    role: Role
    indent: int = 0
    bullet: bool = False
    """An item of a list: HTML shows the sign, the text need not."""
    inside: bool = False
    """Stands in the list item above, behind a br."""
    entry: str | None = None
    """Id of the point or action item that it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The lines of a body, and what the person who edits it has typed and taken away."""

    lines: tuple[Line, ...]
    typed: Counter[str] = field(default_factory=Counter)
    deleted: frozenset[str] = frozenset()
    """Ids whose lines are gone."""
    changed: frozenset[str] = frozenset()
    """Ids whose words are not as they were."""
    ticked: frozenset[str] = frozenset()

    def with_lines(self, lines: Sequence[Line], typed: str = "") -> Page:
        """Return the page with other lines, after words were typed."""
        return replace(self, lines=tuple(lines), typed=self.typed + count_words(typed))


class _Seen(HTMLParser):
    """Collects (depth, is a list item, text) per visible line of well-formed HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, bool, str]] = []
        self._depth = 0
        self._item = False
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.flush()
            self._depth += tag in ("ul", "ol")
            self._item = tag == "li"
            if self._item:
                self.found.append((self._depth, True, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
            self._depth -= tag in ("ul", "ol")
            self._item = False

    def handle_data(self, data: str) -> None:
        self._text += data

    def flush(self) -> None:
        text = plain(self._text)
        self._text = ""
        if text and self._item and self.found and not self.found[-1][2]:
            self.found[-1] = (self._depth, True, text)
        elif text:
            self.found.append((self._depth, self._item, text))


def page_of(body: Body, agenda: Agenda) -> Page:
    """Return the lines of a block that we rendered, each with its role."""
    if body.form is BodyForm.HTML:
        seen = _Seen()
        seen.feed(body.content)
        seen.close()
        seen.flush()
        raw = seen.found
    else:
        split = [line for line in body.content.split("\n") if line.strip()]
        raw = [(len(t) - len(t.lstrip()), False, t.strip()) for t in split]
    return Page(lines=tuple(_with_roles(raw, agenda, in_html=body.form is BodyForm.HTML)))


def _with_roles(
    raw: Sequence[tuple[int, bool, str]], agenda: Agenda, *, in_html: bool
) -> list[Line]:
    left = [entry for section in agenda.shared().sections for entry in section.entries]
    lines: list[Line] = []
    last = len(raw) - 1
    notes: list[str] = []
    for n, (indent, bullet, text) in enumerate(raw):
        role, entry = Role.HEADING, None
        boxed = text.startswith(BOXES)
        shown = next((e for e in left if boxed and _shows(text, e.text)), None)
        if n == 0:
            role = Role.OPEN
        elif n == last:
            role = Role.CLOSE
        elif not boxed and any(plain(note) and plain(note) in text for note in notes):
            role = Role.NOTE
        elif bullet or indent or boxed:
            role = Role.ITEM if shown else Role.BLANK
        elif "darunter" in text or "below" in text:
            role = Role.PROMPT
        if role is Role.ITEM and shown:
            left.remove(shown)
            entry, notes = entry_id(shown), list(shown.notes)
        inside = role is Role.NOTE and in_html and not bullet
        lines.append(
            Line(
                text=text,
                role=role,
                indent=indent + inside,
                bullet=bullet or inside,
                inside=inside,
                entry=entry,
            )
        )
    return lines


def _shows(line: str, text: str) -> bool:
    """Tell whether the line shows an entry; sensitive ones come without words."""
    return plain(text) in line if text else any(w in line for w in ("(vertraulich", "(confid"))
