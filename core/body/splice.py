"""Put the block into a body and take it out: every other character stays as the host gave it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from itertools import filterfalse
from typing import Final

from core.body.attributes import emoji_in
from core.body.join_blocks import join_spans
from core.body.lines import Line, Scan, Tag, scan
from core.body.magic_word import without_magic_word
from core.body.pairs import Pairs
from core.body.read import Reading, read
from core.body.tags import BLOCKS
from core.model.calendar import Body

SHORT_TEXT: Final = 600
"""Characters of people's own text above which the block goes to the top."""
_HERE: Final = "\x00block\x00"
_HEAD: Final = re.compile(r"</head\s*>|<html\b[^<>]*>", re.IGNORECASE)
"""What stands before everything that a reader sees, where there is no body tag."""
_TAG: Final = re.compile(r"<[^<>]*>")
_NAME: Final = re.compile(r"</?([\w:-]+)")
_WORD: Final = re.compile(r"\w")
_IMAGE: Final = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)


def replaced(reading: Reading, block: str) -> str:
    """Return the source with the block in place of what is ours in it."""
    content, out, at = reading.scan.content, [], 0
    tags = Pairs(reading.scan) if reading.scan.html else None
    pictures = ""
    for n, (start, end) in enumerate(reading.spans):
        before = after = ""
        if tags is not None:
            start, end = tags.widened(max(start, at), end, at)
            before, after = tags.dangling(start, end)
            pictures += "".join(filterfalse(emoji_in, _IMAGE.findall(content, start, end)))
        mine = block if n == 0 else ""
        if n and not tags:
            start = _line_start(content, start, at)
        elif not tags and block:
            mine = _on_its_own(mine, content[at:start], content[end:])
        elif n == 0 and block:
            above, below = _glued(reading, start, end)
            before += "<br>" * (above and not _breaks(before))
            after = "<br>" * (below and not _breaks(after)) + after
        out += [content[at:start], before, mine, after]
        at = end
    return "".join(out) + pictures + content[at:]


def _on_its_own(block: str, above: str, below: str) -> str:
    """Part the block from the text with which a slip of the finger ran it together."""
    newline = "\r\n" if "\r\n" in block else "\n"
    before = newline if above.rpartition("\n")[2].strip() else ""
    behind = newline if below.partition("\n")[0].strip() else ""
    return f"{before}{block}{behind}"


def _glued(reading: Reading, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether in HTML text stands right before the first piece, and right behind it.

    In one line with it, or in the next: a tag around the piece alone goes with it.
    """
    content, lines = reading.scan.content, reading.scan.lines
    other = next((at for at, _ in reading.spans[1:]), len(content))
    first = next((line for line in lines if line.end >= start), None)
    last = next((line for line in reversed(lines) if line.start <= end), None)
    return (
        first is not None and _has_words(content[first.start : start]),
        last is not None and _has_words(content[end : min(last.end, other)]),
    )


def _breaks(tags: str) -> bool:
    return not BLOCKS.isdisjoint(_NAME.findall(tags.lower()))


def _has_words(source: str) -> bool:
    return _WORD.search(unescape(_TAG.sub("", source))) is not None


def _line_start(content: str, start: int, low: int) -> int:
    """Take the blank lines before a second block along."""
    return low + len(content[low:start].rstrip(" \t\r\n"))


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
        return block + content
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
    below = any(line.text and (line.start >= at or line.end > at) for line in scanned.lines)
    behind = "<br>" if below else ""
    return content[:at] + gap + block + behind + content[at:]


def _lines_before(lines: Sequence[Line], at: int) -> bool:
    return any(line.text and (line.start < at or line.end <= at) for line in lines)


def _after_block_tag(tags: Sequence[Tag], content: str, at: int) -> bool:
    last = next((t for t in reversed(tags) if t.end <= at), None)
    if last is None or content[last.end : at].strip():
        return False
    return last.name in ("p", "div", "ul", "ol", "table") and last.closing


def _html_place(scanned: Scan, pairs: Pairs, spot: int) -> int:
    lines = scanned.lines
    if spot < len(lines):
        for line in reversed(lines[: spot + 1]):
            if line is lines[spot] or line.text:
                at = _outer_start(pairs, line.start)
                if not pairs.inside_format(at):
                    return at
                if line is not lines[spot] and not pairs.inside_format(line.end):
                    return line.end
        return _body_start(scanned)
    return _body_end(scanned)


def _outer_start(pairs: Pairs, at: int) -> int:
    """Step over the opening tags that stand right before a line."""
    for n in range(pairs.before(at) - 1, -1, -1):
        tag = pairs.tags[n]
        if tag.closing or tag.name in ("html", "body") or pairs.content[tag.end : at].strip():
            break
        at = tag.start
    return at


def _body_start(scanned: Scan) -> int:
    body = next((t for t in scanned.tags if t.name == "body" and not t.closing), None)
    if body is not None:
        return body.end
    first = next(line.start for line in scanned.lines if line.text)
    return max((found.end() for found in _HEAD.finditer(scanned.content, 0, first)), default=0)


def _body_end(scanned: Scan) -> int:
    ends = [t for t in scanned.tags if t.closing and t.name in ("body", "html", "html-blob")]
    whole = len(scanned.content) if scanned.cut is None else scanned.cut
    return min(ends[0].start, whole) if ends else whole


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
    # Tags that hold nothing but the block go with it, so only a mark says where it stood.
    before, _, after = replaced(reading, _HERE).partition(_HERE)
    if not reading.scan.html:
        return _joined(before, after)
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
