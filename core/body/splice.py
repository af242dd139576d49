"""Put the block into a body and take it out: every other character stays as the host gave it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.body.join_blocks import join_spans
from core.body.lines import Line, Scan, Tag, scan
from core.body.read import Reading, read
from core.body.tags import FORMAT, VOID
from core.model.calendar import Body

SHORT_TEXT: Final = 600
"""Characters of people's own text above which the block goes to the top."""
_MAGIC: Final = re.compile(r"(?<![\w#&/])#(?:1on1|vieraugen)\b(?![\w/-])", re.IGNORECASE)
_OPTIONAL_END: Final = frozenset(("li", "p", "td", "th", "tr", "dt", "dd", "option"))
_NOTHING: Final = re.compile(r"\s+|&nbsp;|<br\s*/?>", re.IGNORECASE)
_IMAGE: Final = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)


def replaced(reading: Reading, block: str) -> str:
    """Return the source with the block in place of what is ours in it."""
    content, out, at = reading.scan.content, [], 0
    tags = Pairs(reading.scan) if reading.scan.html else None
    pictures = ""
    for n, (start, end) in enumerate(reading.spans):
        if tags is not None:
            start, end = tags.widened(max(start, at), end, at)
        before, after = tags.dangling(start, end) if tags is not None else ("", "")
        pictures += "".join(_IMAGE.findall(content, start, end)) if tags is not None else ""
        mine = block if n == 0 else ""
        if n and not tags:
            start = _line_start(content, start, at)
        out += [content[at:start], before, mine, after]
        at = end
    return "".join(out) + pictures + content[at:]


def _line_start(content: str, start: int, low: int) -> int:
    """Take the blank lines before a second block along."""
    while start > low and content[start - 1] in " \t\r\n":
        start -= 1
    return start


class Pairs:
    """Which tag closes which: enough of HTML to cut a piece out without breaking the rest."""

    def __init__(self, scanned: Scan) -> None:
        self.content = scanned.content
        self.tags = [t for t in scanned.tags if t.name not in VOID]
        self.partner: dict[int, int] = {}
        stack: list[int] = []
        depth: dict[str, int] = {}
        for n, tag in enumerate(self.tags):
            if not tag.closing:
                if tag.name in _OPTIONAL_END and stack:
                    self._imply(stack, depth, tag.name)
                stack.append(n)
                depth[tag.name] = depth.get(tag.name, 0) + 1
            elif depth.get(tag.name, 0):
                self._pop(stack, depth, tag.name, n)

    def _imply(self, stack: list[int], depth: dict[str, int], name: str) -> None:
        if self.tags[stack[-1]].name == name:
            depth[name] -= 1
            stack.pop()

    def _pop(self, stack: list[int], depth: dict[str, int], name: str, closing: int) -> None:
        while stack:
            opening = stack.pop()
            found = self.tags[opening].name
            depth[found] -= 1
            if found == name:
                self.partner[opening] = closing
                self.partner[closing] = opening
                return

    def widened(self, start: int, end: int, low: int) -> tuple[int, int]:
        """Take along the tags around a piece that hold nothing but it."""
        before = [n for n, t in enumerate(self.tags) if low <= t.start and t.end <= start]
        after = [n for n, t in enumerate(self.tags) if t.start >= end]
        left, right = start, end
        for n in reversed(before):
            tag = self.tags[n]
            if not self._blank(tag.end, left) or tag.closing:
                break
            partner = self.partner.get(n)
            if partner is None or tag.name in ("html", "body", "head"):
                break
            if self.tags[partner].end > right and not self._only(right, partner, after):
                break
            left = tag.start
            right = max(right, self.tags[partner].end)
        for n in after:
            tag = self.tags[n]
            if tag.start < right:
                continue
            partner = self.partner.get(n)
            if partner is None or not self._blank(right, tag.start):
                break
            if not tag.closing and not self._blank(tag.end, self.tags[partner].start):
                break
            if tag.closing and self.tags[partner].start < left:
                break
            if not tag.closing and tag.name != "o:p":
                break
            right = tag.end if tag.closing else self.tags[partner].end
        return left, right

    def _blank(self, start: int, end: int) -> bool:
        """Tell whether nothing is seen between two places."""
        return start >= end or not _NOTHING.sub("", self.content[start:end])

    def _only(self, right: int, closing: int, after: Sequence[int]) -> bool:
        """Tell whether nothing but closing tags of the piece stands before that tag."""
        at = right
        for n in after:
            tag = self.tags[n]
            if not self._blank(at, tag.start) or not tag.closing:
                return False
            if n == closing:
                return True
            at = tag.end
        return False

    def dangling(self, start: int, end: int) -> tuple[str, str]:
        """Return the closing tags before and the opening tags behind that a cut leaves over."""
        before, after = [], []
        for n, tag in enumerate(self.tags):
            if not (start <= tag.start and tag.end <= end):
                continue
            partner = self.partner.get(n)
            if partner is None:
                continue
            other = self.tags[partner]
            if tag.closing and other.start < start:
                before.append(f"</{tag.name}>")
            elif not tag.closing and other.start >= end:
                after.append(self.content[tag.start : tag.end])
        return "".join(before), "".join(after)

    def inside_format(self, at: int) -> bool:
        """Tell whether a place stands inside a paragraph, a list or a format."""
        for n, tag in enumerate(self.tags):
            if tag.start >= at:
                break
            if tag.closing or tag.name not in FORMAT:
                continue
            partner = self.partner.get(n)
            if partner is not None and self.tags[partner].start >= at:
                return True
        return False


def place(body: Body, block: str, *, magic_word_gone: bool = True) -> Body:
    """Return the body with a first block where people find it.

    Below a short text of people's own, at the top of a long one, and always before the
    host's join block.
    """
    source = without_magic_word(body) if magic_word_gone else body
    scanned = scan(source)
    content = source.content
    if scanned.html:
        placed = _placed_html(scanned, content, block)
    else:
        placed = _placed_text(scanned, content, block)
    return replace(source, content=placed, rich=None)


def _spot(scanned: Scan) -> int:
    """Return the line before which the block goes; the number of lines: at the end."""
    lines = scanned.lines
    spans = join_spans(lines)
    limit = spans[0][0] if spans else len(lines)
    own = sum(len(line.text) for line in lines[:limit])
    return 0 if own > SHORT_TEXT else limit


def _placed_text(scanned: Scan, content: str, block: str) -> str:
    if not content.strip():
        return block if not content else block + content
    newline = "\r\n" if "\r\n" in content else "\n"
    block = block.replace("\n", newline)
    spot = _spot(scanned)
    at = scanned.lines[spot].start if spot < len(scanned.lines) else len(content)
    before, after = content[:at], content[at:]
    if before.strip():
        ends = before.endswith(newline * 2) or not before
        gap = "" if ends else newline if before.endswith(("\n", "\r")) else newline * 2
        before += gap
    return before + block + (newline * 2 + after if after.strip() else after)


def _placed_html(scanned: Scan, content: str, block: str) -> str:
    spot = _spot(scanned)
    pairs = Pairs(scanned)
    at = _html_place(scanned, pairs, spot)
    before = _lines_before(scanned.lines, at)
    gap = "<br><br>" if before and not _after_block_tag(scanned.tags, content, at) else ""
    behind = "<br>" if any(line.text and line.start >= at for line in scanned.lines) else ""
    return content[:at] + gap + block + behind + content[at:]


def _lines_before(lines: Sequence[Line], at: int) -> bool:
    return any(line.text and line.end <= at for line in lines)


def _after_block_tag(tags: Sequence[Tag], content: str, at: int) -> bool:
    last = next((t for t in reversed(tags) if t.end <= at), None)
    if last is None or content[last.end : at].strip():
        return False
    return last.name in ("p", "div", "ul", "ol", "table", "hr") and last.closing


def _html_place(scanned: Scan, pairs: Pairs, spot: int) -> int:
    lines = scanned.lines
    if spot < len(lines):
        for line in reversed(lines[: spot + 1]):
            at = _outer_start(pairs, line.start)
            if line is lines[spot] or line.text:
                if not pairs.inside_format(at):
                    return at
                if line is not lines[spot] and not pairs.inside_format(line.end):
                    return line.end
        return _body_start(scanned)
    return _body_end(scanned)


def _outer_start(pairs: Pairs, at: int) -> int:
    """Step over the opening tags that stand right before a line."""
    for tag in reversed(pairs.tags):
        if tag.end > at:
            continue
        if tag.closing or tag.name in ("html", "body") or pairs.content[tag.end : at].strip():
            break
        at = tag.start
    return at


def _body_start(scanned: Scan) -> int:
    body = next((t for t in scanned.tags if t.name == "body" and not t.closing), None)
    if body is not None:
        return body.end
    head = next((t for t in scanned.tags if t.name in ("html", "head")), None)
    return head.end if head is not None and not scanned.lines else 0


def _body_end(scanned: Scan) -> int:
    ends = [t for t in scanned.tags if t.closing and t.name in ("body", "html", "html-blob")]
    whole = len(scanned.content) if scanned.cut is None else scanned.cut
    return ends[0].start if ends else whole


def remove(body: Body, *, original: Body | None = None) -> Body:
    """Return the body without our block.

    Where nobody changed the text around it, that is the original, byte for byte.
    """
    reading = read(body)
    if not reading.blocks:
        return body
    left = replace(body, content=_without(reading), rich=None)
    if original is not None and original.form is body.form and _same_text(left, original):
        return original
    return left


def _without(reading: Reading) -> str:
    content = replaced(reading, "")
    if not reading.scan.html:
        start = reading.spans[0][0]
        return _joined(content[:start], content[start:])
    start = reading.spans[0][0]
    before, after = content[:start], content[start:]
    if before.endswith("<br><br>"):
        before = before[:-8]
    return before + after.removeprefix("<br>")


def _joined(before: str, after: str) -> str:
    """Close the gap that the block's blank lines leave."""
    if not before.strip():
        return before + after.lstrip("\r\n") if after.strip() else before + after
    if not after.strip():
        return before.rstrip("\r\n") + after
    for gap in ("\r\n\r\n", "\n\n"):
        if before.endswith(gap) and after.startswith(gap):
            return before + after[len(gap) :]
    return before + after


def _same_text(one: Body, other: Body) -> bool:
    return _visible(one) == _visible(other)


def _visible(body: Body) -> list[str]:
    return [line.text for line in scan(body).lines if line.text]


def has_block(body: Body) -> bool:
    """Tell whether our block, or a part of it with a fence, stands in the body."""
    return bool(read(body).blocks)


def magic_word(body: Body) -> bool:
    """Tell whether somebody typed the word that asks for an agenda."""
    return any("#" in line.text and _MAGIC.search(line.text) for line in scan(body).lines)


def without_magic_word(body: Body) -> Body:
    """Return the body without that word."""
    if not magic_word(body):
        return body
    return replace(body, content=_without_word(scan(body)))


def _without_word(scanned: Scan) -> str:
    content = scanned.content
    cuts: list[tuple[int, int]] = []
    for line in scanned.lines:
        for found in _MAGIC.finditer(line.raw) if "#" in line.raw else ():
            start, end = line.source(found.start()), line.source(found.end(), behind=True)
            alone = not (line.raw[: found.start()] + line.raw[found.end() :]).strip()
            if alone and not scanned.html:
                start, end = _whole_line(content, line)
            elif content[start - 1 : start] == " ":
                start -= 1
            cuts.append((start, end))
    for start, end in reversed(cuts):
        content = content[:start] + content[end:]
    return content


def _whole_line(content: str, line: Line) -> tuple[int, int]:
    end = line.end
    if content.startswith("\r\n", end):
        return line.start, end + 2
    if end < len(content):
        return line.start, end + 1
    start = line.start
    if content[:start].endswith("\r\n"):
        return start - 2, end
    return max(0, start - 1) if start else start, end
