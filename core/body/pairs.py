"""Which tag closes which in a body: enough to cut a piece out without breaking the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from core.body.lines import Scan
from core.body.tags import FORMAT, VOID

_OPTIONAL_END: Final = frozenset(("li", "p", "td", "th", "tr", "dt", "dd", "option"))
_NOTHING: Final = re.compile(r"\s+|&nbsp;|<br\s*/?>", re.IGNORECASE)


class Pairs:
    """Which tag closes which: enough of HTML to cut a piece out without breaking the rest."""

    def __init__(self, scanned: Scan) -> None:
        self.content = scanned.content
        self.tags = [t for t in scanned.tags if t.name not in VOID]
        self.partner: dict[int, int] = {}
        stack: list[int] = []
        depth: Counter[str] = Counter()
        for n, tag in enumerate(self.tags):
            if not tag.closing:
                if tag.name in _OPTIONAL_END and stack:
                    self._imply(stack, depth, tag.name)
                stack.append(n)
                depth[tag.name] += 1
            elif depth[tag.name]:
                self._pop(stack, depth, tag.name, n)

    def _imply(self, stack: list[int], depth: Counter[str], name: str) -> None:
        if self.tags[stack[-1]].name == name:
            depth[name] -= 1
            stack.pop()

    def _pop(self, stack: list[int], depth: Counter[str], name: str, closing: int) -> None:
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
            if partner is None or tag.name in ("html", "body"):
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
            right = tag.end
        return left, right

    def _blank(self, start: int, end: int) -> bool:
        """Tell whether nothing is seen between two places."""
        return not _NOTHING.sub("", self.content[start:end])

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
