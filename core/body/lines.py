"""Visible lines of a body, each with the place in the source that it comes from."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Final, NamedTuple

from core.body.words import tidy
from core.model.calendar import Body, BodyForm

_BREAK: Final = re.compile("\r\n|[\n\r\u2028\u2029\x0b\x0c]")
_LITERAL: Final = re.compile("\r\n|[\n\r\u2028\u2029\x0b\x0c]|\\\\{1,4}[nN](?![a-zäöüß])")
_ESCAPED_FENCE: Final = re.compile(r"\((?:hier schreiben|write here)\)\s*\\{1,4}[nN]")
_ESCAPES: Final = re.compile(r"\\{1,4}([,;\"\\])")
_FILLER: Final = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff]")
_EDGES: Final = " \u200c-\u200f\u202a-\u202e\u2066-\u2069"
"""Joiners and directions say nothing at a line's edge, and hide the signs that stand there."""
_AT_EDGES: Final = re.compile(f"^[{_EDGES}]+|[{_EDGES}]+$")
_DRAWN: Final = re.compile(r"\s*[o§](?:\s{2,}|\s*$)")
SHOWN_CONDITION: Final = re.compile(
    r"(?:<!(?:--)?\s*)?\[(?:if !supportLists|endif)\](?:\s*(?:--)?>)?", re.IGNORECASE
)
"""Word's condition around a drawn bullet, where a host shows it as text (zammad issue 4112)."""
_MOST_BLANKS: Final = 100
"""Of more blank lines, one below the other, nobody sees how many they are."""
_USUAL: Final = 30_000
"""Longer bodies are rare, and nobody should fill the memory with them."""
_TAG_BY_FENCE: Final = re.compile(
    r"(?:(?:<\w[^<>\n]{0,200}>|&nbsp;)[^<>\n]{0,3}1:1[- ]agenda"
    r"|\((?:hier schreiben|write here)\)\s*</?(?:br|b|li|ul|p|div|span|strong|i|u)\b)",
    re.IGNORECASE,
)


Piece = tuple[int, int, int, bool]
"""A stretch of a line: its place in the raw text, its place and length in the source, and whether
it stands there as it is. (No class: of plain tuples the collector of garbage soon knows enough.)"""


class Line(NamedTuple):
    """One line as a reader sees it. (A tuple: tens of thousands are made in a second.)"""

    raw: str
    text: str
    start: int
    end: int
    indent: int = 0
    depth: int = 0
    item: bool = False
    more: bool = False
    title: bool = False
    struck: bool = False
    pieces: tuple[Piece, ...] = ()

    def source(self, at: int, *, behind: bool = False) -> int:
        """Return where in the source a place of the raw text is."""
        return place_in(self.pieces, at, behind=behind) if self.pieces else self.start + at

    def cut(self, start: int, end: int) -> Line:
        """Return the part of it between two places of the raw text."""
        raw = self.raw[start:end]
        pieces = _cut_pieces(self.pieces, start, end)
        return self._replace(
            raw=raw,
            text=visible(raw),
            start=self.source(start),
            end=self.source(end, behind=True),
            indent=self.indent if start == 0 else 0,
            pieces=pieces,
        )


_PLAIN: Final = Line("", "", 0, 0)[5:]
made_line: Final = partial(tuple.__new__, Line)
"""Makes one from a tuple of all its fields, in half the time that the class takes."""


def place_in(pieces: tuple[Piece, ...], at: int, *, behind: bool = False) -> int:
    """Return where in the source a place of a line's raw text is.

    At a seam between two pieces that is the later one's start, or with `behind` the
    earlier one's end.
    """
    for first, start, length, verbatim in reversed(pieces):
        if at > first or (at == first and not behind):
            inside = at - first
            if verbatim:
                return start + min(inside, length)
            return start + (length if inside else 0)
    return pieces[0][1]


def _cut_pieces(pieces: tuple[Piece, ...], start: int, end: int) -> tuple[Piece, ...]:
    kept = []
    for n, (at, source, length, verbatim) in enumerate(pieces):
        stop = pieces[n + 1][0] if n + 1 < len(pieces) else end
        low, high = max(at, start), min(stop, end)
        if low < high and verbatim:
            kept.append((low - start, source + low - at, high - low, True))
        elif low < high:
            kept.append((low - start, source, length, False))
    return tuple(kept)


class Tag(NamedTuple):
    """A tag in the source."""

    name: str
    closing: bool
    start: int
    end: int


class Scan(NamedTuple):
    """A body's visible lines and, where it is HTML, its tags."""

    content: str
    html: bool
    lines: tuple[Line, ...]
    tags: tuple[Tag, ...]
    doubtful: bool = False
    """Newlines were taken for line ends, and may be mere blanks."""
    cut: int | None = None
    """Where a tag or an unseen part begins that has no end: nothing is seen behind it."""


def scan(body: Body, *, soft: bool | None = None) -> Scan:
    """Read a body's visible lines; any content can be read.

    `soft`: whether in HTML a newline is a blank; None: as the body seems to mean it.
    """
    read = _remembered if len(body.content) <= _USUAL else _scan
    return read(body.content, body.form is BodyForm.HTML, soft)


def _scan(content: str, html: bool, soft: bool | None) -> Scan:
    # scan_html makes Line values: at the top the import would be a circle.
    from core.body.scan_html import scan_html

    if html or is_source(content):
        return scan_html(content, soft=soft)
    return Scan(content, False, tuple(scan_text(content)), ())


# One reconciliation asks a dozen times what the same few bodies show.
_remembered = lru_cache(maxsize=16)(_scan)


def is_source(content: str) -> bool:
    """Tell whether a text shows HTML as its source, as text clients leave it in one field.

    Seen in issue 308 of Etar, and in Thunderbird with Google calendars.
    """
    return "<" in content and _TAG_BY_FENCE.search(content) is not None


def visible(raw: str) -> str:
    """Return a line's text with single blanks; Word's drawn bullets become real ones."""
    if "  " not in raw and raw.isprintable() and raw[:1] not in " o§" and raw[-1] != " ":
        return raw
    text = tidy(raw)
    if not text.isprintable():
        text = _AT_EDGES.sub("", tidy(_FILLER.sub("", text)))
    if text and text[0] in "o§" and (drawn := _DRAWN.match(raw)):
        return f"• {' '.join(raw[drawn.end() :].split())}".rstrip()
    return text


def as_text(raw: str) -> str:
    """Return how a line of plain text is read: without the backslashes of its way."""
    text = visible(raw) if raw else ""
    return _ESCAPES.sub(r"\1", text) if "\\" in text else text


def scan_text(content: str) -> list[Line]:
    """Return the lines of a plain text."""
    if "supportLists" in content:
        content = SHOWN_CONDITION.sub(lambda found: " " * len(found[0]), content)
    # Backslashes pile up on some ways between calendars: etesync/android issue 219.
    escaped = "\\n" in content.lower() and _ESCAPED_FENCE.search(content) is not None
    breaks = _LITERAL if escaped else _BREAK
    found, at, blanks = [], 0, 0
    for stop in breaks.finditer(content):
        end = stop.start()
        blanks = blanks + 1 if end == at else 0
        if blanks <= _MOST_BLANKS:
            found.append(_text_line(content[at:end], at, end))
        at = stop.end()
    found.append(_text_line(content[at:], at, len(content)))
    return found


def _text_line(raw: str, start: int, end: int) -> Line:
    text, indent = as_text(raw), 0
    if raw[:1].isspace():
        indent = len(raw) - len(raw.lstrip())
        if "\t" in raw[:indent]:
            indent = len(raw[:indent].expandtabs(4))
    return made_line((raw, text, start, end, indent, *_PLAIN))
