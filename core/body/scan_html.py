"""A scanner for the HTML of event bodies: visible lines with their places in the source.

It never builds a tree and never drops a character: what is no known tag is text, so that
`<https://...>` stays readable, and every line can be traced to the characters it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from core.body.attributes import (
    BOX,
    CHECKED,
    DRAWN,
    MSO_ITEM,
    TASK,
    emoji_in,
    href_in,
    is_cut,
    is_last,
)
from core.body.entities import decoded
from core.body.line_maker import LineMaker
from core.body.lines import Scan, Tag
from core.body.links import bare_address
from core.body.tags import (
    BLOCKS,
    BODY,
    CELLS,
    CONDITION,
    DOCTYPE,
    END,
    HEADINGS,
    KNOWN,
    LOOSE_REST,
    MARKUP,
    NAME,
    PICTURES,
    REST,
    SHELL,
    STRUCK,
    UNSEEN,
    is_tag_name,
)

_HARD_BREAK: Final = re.compile("\r\n|[\n\r\u2028\u2029]")
_SOFT_BREAK: Final = re.compile("[\u2028\u2029]")
_DRAWN: Final = 20
"""A longer text is none that Word drew in front of a line: its end was lost on the way."""
_ITEM_TEXT: Final = "MsoListParagraph"
"""What Word sets like an item; without a list of its own it goes on with the item above."""
# A hundred are made for each body: from a tuple it takes half the time that the class takes.
_tag: Final = partial(tuple.__new__, Tag)


def scan_html(content: str, *, soft: bool | None = None) -> Scan:
    """Return the visible lines and the tags; any content can be read, in linear time."""
    seen = _Scanner(content, soft=soft)
    seen.run()
    return Scan(content, True, tuple(seen.lines), tuple(seen.tags), seen.doubtful, seen.cut)


class _Scanner(LineMaker):
    """One pass over the source."""

    def __init__(self, content: str, *, soft: bool | None) -> None:
        # Google's field mixes newlines and <br>; in a document a newline is only a blank.
        super().__init__(hard=not soft and (soft is False or SHELL.search(content) is None))
        self.content = content
        self.doubtful = False
        self.cut: int | None = None
        self.tags: list[Tag] = []
        self.no_end: set[str] = set()
        self.mso_above = 0
        """Depth of Word's item that has just ended."""
        self.last_comment = content.rfind("-->")

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
                at = self._tag(_tag((name, slash == "/", sign, end)), end)
            else:
                at = self._markup(sign)
        self.flush(size, size)

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
                return self._tag(_tag((tag, bool(name[1]), at, rest.end())), name.end())
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

    def _tag(self, tag: Tag, attributes: int) -> int:
        """Do what a tag asks for; return where what it hides ends, or the tag itself."""
        self.tags.append(tag)
        act = _ACTS.get(tag.name)
        return (act and act(self, tag, attributes)) or tag.end

    def _break(self, tag: Tag, _: int) -> None:
        self.flush(tag.start, tag.end, True)

    def _cell(self, tag: Tag, _: int) -> None:
        if self.raw:
            self.add(" ", tag.start, 0)

    def _strike(self, tag: Tag, _: int) -> None:
        self.struck = max(0, self.struck + (-1 if tag.closing else 1))

    def _input(self, tag: Tag, attributes: int) -> None:
        if BOX.search(self.content, attributes, tag.end):
            ticked = CHECKED.search(self.content, attributes, tag.end)
            self.add("[x] " if ticked else "[ ] ", tag.start, tag.end - tag.start)

    def _picture(self, tag: Tag, _: int) -> None:
        if sign := emoji_in(self.content[tag.start : tag.end]):
            self.add(sign, tag.start, tag.end - tag.start)

    def _unseen(self, tag: Tag, _: int) -> int:
        name, closing, start, end = tag
        if closing or name in self.no_end:
            return end
        found = END[name].search(self.content, end)
        if found is not None:
            return found.end()
        self.no_end.add(name)
        if name == "head":
            body = BODY.search(self.content, end)
            return body.start() if body else end
        self._cut(start)
        return end

    def _cut(self, at: int) -> None:
        self.cut = at if self.cut is None else self.cut

    def _block(self, tag: Tag, _: int) -> None:
        self.flush(tag.start, tag.end)

    def _list(self, tag: Tag, _: int) -> None:
        self.flush(tag.start, tag.end)
        self.depth = max(0, self.depth + (-1 if tag.closing else 1))
        self.items.append(False) if not tag.closing else self.items and self.items.pop()
        self.item = False

    def _item(self, tag: Tag, attributes: int) -> None:
        self.flush(tag.start, tag.end)
        self.item = not tag.closing
        if self.items:
            self.items[-1] = False
        if attributes < tag.end:
            # Quill and TipTap keep a task list's tick in an attribute alone.
            task = TASK.search(self.content, attributes, tag.end)
            if task is not None:
                ticked = task[1].lower() in ("checked", "true")
                self.add("[x] " if ticked else "[ ] ", tag.end, 0)

    def _preformatted(self, tag: Tag, _: int) -> None:
        self.flush(tag.start, tag.end)
        self.pre = max(0, self.pre + (-1 if tag.closing else 1))

    def _heading(self, tag: Tag, _: int) -> None:
        self.flush(tag.start, tag.end)
        self.title = not tag.closing

    def _paragraph(self, tag: Tag, attributes: int) -> None:
        self.flush(tag.start, tag.end)
        above, self.mso_above = self.mso_above, self.mso_depth
        found = MSO_ITEM.search(self.content, attributes, tag.end)
        self.mso_depth, self.mso_more = int(found[1]) if found else 0, False
        if found is None and above and self.content.find(_ITEM_TEXT, attributes, tag.end) >= 0:
            self.mso_depth, self.mso_more = above, True

    def _anchor(self, tag: Tag, attributes: int) -> None:
        if not tag.closing:
            self.anchor = len(self.raw), href_in(self.content, attributes, tag.end)
        elif self.anchor is not None:
            first, href = self.anchor
            label = " ".join("".join(self.raw[first:]).split())
            self.anchor = None
            if label and bare_address(" ".join(href.split())) not in bare_address(label):
                self.add(f" ({href})", tag.start, 0)

    def _span(self, tag: Tag, attributes: int) -> None:
        if self.drawn:
            self.drawn += -1 if tag.closing else 1
        elif not tag.closing and DRAWN.search(self.content, attributes, tag.end):
            self.drawn = 1

    def _text(self, start: int, end: int) -> None:
        text = self.content[start:end]
        if self.drawn and len(text.replace("&nbsp;", "").strip()) <= _DRAWN:
            return
        if "&" not in text and text.isprintable():
            self.add(text, start, end - start)
            return
        breaks = _HARD_BREAK if self.hard or self.pre else _SOFT_BREAK
        at = start
        for stop in breaks.finditer(self.content, start, end):
            self._decoded(at, stop.start())
            self.doubtful = self.doubtful or (self.hard and bool(self.raw))
            self.flush(stop.start(), stop.end(), True)
            at = stop.end()
        self._decoded(at, end)

    def _decoded(self, start: int, end: int) -> None:
        for text, at, length in decoded(self.content, start, end):
            self.add(text, at, length)


_ACTS: Final[dict[str, Callable[[_Scanner, Tag, int], int | None]]] = {
    **dict.fromkeys(BLOCKS, _Scanner._block),
    **dict.fromkeys(HEADINGS, _Scanner._heading),
    **dict.fromkeys(CELLS, _Scanner._cell),
    **dict.fromkeys(STRUCK, _Scanner._strike),
    **dict.fromkeys(UNSEEN, _Scanner._unseen),
    **dict.fromkeys(("ul", "ol"), _Scanner._list),
    **dict.fromkeys(("br", "hr"), _Scanner._break),
    "li": _Scanner._item,
    "pre": _Scanner._preformatted,
    "p": _Scanner._paragraph,
    "a": _Scanner._anchor,
    "input": _Scanner._input,
    "span": _Scanner._span,
    **dict.fromkeys(PICTURES, _Scanner._picture),
}
"""What the tags do that do anything."""
