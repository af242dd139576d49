"""Which tag closes which in a body: enough to cut a piece out without breaking the rest."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
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
        self.starts = [tag.start for tag in self.tags]
        self.ends = [tag.end for tag in self.tags]
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

    def before(self, at: int) -> int:
        """Return how many tags end there or before."""
        return bisect_right(self.ends, at)

    def widened(self, start: int, end: int, low: int) -> tuple[int, int]:
        """Take along the tags around a piece that hold nothing but it."""
        behind = bisect_left(self.starts, end)
        left, right = start, end
        for n in range(self.before(start) - 1, bisect_left(self.starts, low) - 1, -1):
            tag = self.tags[n]
            if not self._blank(tag.end, left) or tag.closing:
                break
            partner = self.partner.get(n)
            if partner is None or tag.name in ("html", "body"):
                break
            if self.tags[partner].end > right and not self._only(right, partner, behind):
                break
            left = tag.start
            right = max(right, self.tags[partner].end)
        for n in range(behind, len(self.tags)):
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

    def _only(self, right: int, closing: int, behind: int) -> bool:
        """Tell whether nothing but closing tags of the piece stands before that tag."""
        at = right
        for n in range(behind, len(self.tags)):
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
        for n in range(bisect_left(self.starts, start), self.before(end)):
            tag, partner = self.tags[n], self.partner.get(n)
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
        nearest = bisect_left(self._formatted, (at, 0)) - 1
        return nearest >= 0 and at <= self._formatted[nearest][1]

    @cached_property
    def _formatted(self) -> list[tuple[int, int]]:
        """Return where formats begin and end, those inside others left out."""
        found: list[tuple[int, int]] = []
        for n, tag in enumerate(self.tags):
            partner = self.partner.get(n)
            if tag.closing or tag.name not in FORMAT or partner is None:
                continue
            end = self.tags[partner].start
            if not found or end > found[-1][1]:
                found.append((tag.start, end))
        return found
