"""A scanner for the HTML of event bodies: visible lines with their places in the source.

It never builds a tree and never drops a character: what is no known tag is text, so that
`<https://...>` stays readable, and every line can be traced to the characters it came from.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from core.body.attributes import BOX, CHECKED, DRAWN, MSO_ITEM, TASK, href_in, is_cut, is_last
from core.body.lines import SHOWN_CONDITION, Line, Piece, Scan, Tag, place_in, visible
from core.body.links import bare_address
from core.body.tags import (
    BLOCKS,
    CELLS,
    CONDITION,
    DOCTYPE,
    ENTITY,
    HEADINGS,
    KNOWN,
    LOOSE_REST,
    MARKUP,
    NAME,
    REST,
    SHELL,
    STRUCK,
    UNSEEN,
    is_tag_name,
)

_HARD_BREAK: Final = re.compile("\r\n|[\n\r\u2028\u2029]")
_SOFT_BREAK: Final = re.compile("[\u2028\u2029]")
_END: Final = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in (*UNSEEN, "body", "mso")
}
_BODY: Final = re.compile(r"<body\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\w")
_NBSP: Final = "\xa0"


def scan_html(content: str, *, soft: bool | None = None) -> Scan:
    """Return the visible lines and the tags; any content can be read, in linear time."""
    seen = _Scanner(content, soft=soft)
    seen.run()
    return Scan(content, True, tuple(seen.lines), tuple(seen.tags), seen.doubtful, seen.cut)


class _Scanner:
    """One pass over the source."""

    def __init__(self, content: str, *, soft: bool | None) -> None:
        self.content = content
        # Google's field mixes newlines and <br>; in a document a newline is only a blank.
        self.hard = not soft and (soft is False or SHELL.search(content) is None)
        self.doubtful = False
        self.cut: int | None = None
        self.lines: list[Line] = []
        self.tags: list[Tag] = []
        self.raw: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0
        self.pre = 0
        self.depth = 0
        self.items: list[bool] = []
        self.item = self.title = False
        self.struck = 0
        self.struck_text = False
        self.plain_text = False
        self.anchor: tuple[int, str] | None = None
        self.drawn = 0
        self.no_end: set[str] = set()
        self.last_comment = content.rfind("-->")
        self.at_break = 0
        self.mso_depth = 0
        self.mso_more = False

    def run(self) -> None:
        content, at, size = self.content, 0, len(self.content)
        while at < size:
            found = MARKUP.search(content, at)
            if found is None:
                self._text(at, size)
                break
            sign, end = found.span()
            if sign > at:
                self._text(at, sign)
            slash, name = found.groups("")
            if (name := name.lower()) in KNOWN:
                at = self._tag(name, slash == "/", sign, end, end)
            else:
                at = self._markup(sign)
        self._flush(size, size)

    def _markup(self, at: int) -> int:
        """Read what begins with `<`; return where it ends."""
        content = self.content
        if content.startswith(("<!", "<?"), at):
            end = self._declaration(at)
            if end is not None:
                return end
        name = NAME.match(content, at)
        if name is None:
            cut = is_cut(content, at)
        else:
            rest = REST.match(content, name.end()) or LOOSE_REST.match(content, name.end())
            known = is_tag_name(tag := name[2].lower())
            if known and rest is not None:
                return self._tag(tag, bool(name[1]), at, rest.end(), name.end())
            cut = is_last(content, at) if known else is_cut(content, at)
        if cut:
            self._cut(at)
            return len(content)
        self._text(at, at + 1)
        return at + 1

    def _declaration(self, at: int) -> int | None:
        content = self.content
        if content.startswith("<!--", at) and at + 4 <= self.last_comment:
            return content.find("-->", at + 4) + 3
        found = CONDITION.match(content, at) or DOCTYPE.match(content, at)
        return found.end() if found else None

    def _tag(self, name: str, closing: bool, start: int, end: int, attributes: int) -> int:
        self.tags.append(Tag(name, closing, start, end))
        if name in UNSEEN and not closing:
            return self._unseen(name, start, end)
        if name == "br" or name == "hr":
            self._flush(start, end, blank=True)
        elif name in BLOCKS:
            self._block(name, closing, start, end, attributes)
        elif name in CELLS and self.raw:
            self._add(" ", start, 0)
        elif name == "a":
            self._anchor(closing, start, attributes, end)
        elif name in STRUCK:
            self.struck = max(0, self.struck + (-1 if closing else 1))
        elif name == "input" and BOX.search(self.content, attributes, end):
            box = "[x] " if CHECKED.search(self.content, attributes, end) else "[ ] "
            self._add(box, start, end - start)
        elif name == "span":
            self._span(closing, attributes, end)
        return end

    def _unseen(self, name: str, start: int, end: int) -> int:
        if name in self.no_end:
            return end
        found = _END[name].search(self.content, end)
        if found is not None:
            return found.end()
        self.no_end.add(name)
        if name == "head":
            body = _BODY.search(self.content, end)
            return body.start() if body else end
        self._cut(start)
        return end

    def _cut(self, at: int) -> None:
        self.cut = at if self.cut is None else self.cut

    def _block(self, name: str, closing: bool, start: int, end: int, attributes: int) -> None:
        self._flush(start, end)
        if name in ("ul", "ol"):
            self.depth = max(0, self.depth + (-1 if closing else 1))
            self.items.append(False) if not closing else self.items and self.items.pop()
            self.item = False
        elif name == "li":
            self.item = not closing
            if self.items:
                self.items[-1] = False
            # Quill and TipTap keep a task list's tick in an attribute alone.
            task = TASK.search(self.content, attributes, end)
            if task is not None:
                ticked = task[1].lower() in ("checked", "true")
                self._add("[x] " if ticked else "[ ] ", end, 0)
        elif name == "pre":
            self.pre = max(0, self.pre + (-1 if closing else 1))
        elif name in HEADINGS:
            self.title = not closing
        elif name == "p":
            found = MSO_ITEM.search(self.content, attributes, end)
            self.mso_depth, self.mso_more = int(found[1]) if found else 0, False

    def _anchor(self, closing: bool, start: int, attributes: int, end: int) -> None:
        if not closing:
            self.anchor = len(self.raw), href_in(self.content, attributes, end)
        elif self.anchor is not None:
            first, href = self.anchor
            label = " ".join("".join(self.raw[first:]).split())
            self.anchor = None
            if label and bare_address(" ".join(href.split())) not in bare_address(label):
                self._add(f" ({href})", start, 0)

    def _span(self, closing: bool, attributes: int, end: int) -> None:
        if self.drawn:
            self.drawn += -1 if closing else 1
        elif not closing and DRAWN.search(self.content, attributes, end):
            self.drawn = 1

    def _text(self, start: int, end: int) -> None:
        if self.drawn:
            return
        text = self.content[start:end]
        if "&" not in text and text.isprintable():
            self._add(text, start, end - start)
            return
        breaks = _HARD_BREAK if self.hard or self.pre else _SOFT_BREAK
        at = start
        for stop in breaks.finditer(self.content, start, end):
            self._run(at, stop.start())
            self.doubtful = self.doubtful or (self.hard and bool(self.raw))
            self._flush(stop.start(), stop.end(), blank=True)
            at = stop.end()
        self._run(at, end)

    def _run(self, start: int, end: int) -> None:
        content, at = self.content, start
        while (sign := content.find("&", at, end)) >= 0:
            found = ENTITY.match(content, sign)
            if found is None or (decoded := unescape(found[0])) == found[0]:
                stop = sign + 1
                self._add(content[at:stop], at, stop - at)
            else:
                stop = found.end()
                if sign > at:
                    self._add(content[at:sign], at, sign - at)
                self._add(decoded, sign, stop - sign)
            at = stop
        if at < end:
            self._add(content[at:end], at, end - at)

    def _add(self, text: str, start: int, length: int) -> None:
        self.raw.append(text)
        self.pieces.append(Piece(self.length, start, length, length == len(text)))
        self.length += len(text)
        if self.struck:
            self.struck_text = self.struck_text or not text.isspace()
        elif not self.plain_text:
            self.plain_text = _WORD.search(text) is not None

    def _flush(self, start: int, after: int, *, blank: bool = False) -> None:
        """End the line that stands before a break; `blank`: an empty one is seen too."""
        if self.raw:
            self._line(start, blank)
        elif blank:
            self.lines.append(Line("", "", self.at_break, start))
        self.anchor = None
        self.drawn = 0  # a drawn bullet ends with its line, closed or not
        self.at_break = after

    def _line(self, start: int, blank: bool) -> None:
        raw = "".join(self.raw)
        text = visible(SHOWN_CONDITION.sub(" ", raw) if "support" in raw else raw)
        if text:
            self._append(raw, text)
        elif blank or _NBSP in raw:
            self.lines.append(Line("", "", self.at_break, start))
        self.raw, self.pieces, self.length = [], [], 0
        self.struck_text = self.plain_text = False

    def _append(self, raw: str, text: str) -> None:
        inside = bool(self.items) and self.items[-1]
        lead = len(raw) - len(raw.lstrip())
        indent = lead if self.hard or self.pre else raw[:lead].count(_NBSP)
        pieces = tuple(self.pieces)
        start = place_in(pieces, lead)
        end = place_in(pieces, len(raw.rstrip()), behind=True)
        line = Line(
            raw,
            text,
            start,
            max(start, end),
            indent,
            self.mso_depth or self.depth,
            self.item or (self.mso_depth > 0 and not self.mso_more),
            (inside and not self.item) or self.mso_more,
            self.title,
            self.struck_text and not self.plain_text,
            pieces,
        )
        self.lines.append(line)
        if self.item:
            self.item = False
            if self.items:
                self.items[-1] = True
        self.mso_more = self.mso_depth > 0
