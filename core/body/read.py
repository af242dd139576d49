"""Find our block in a body: its lines, the source that it takes, and what is broken about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from core.body.join_blocks import join_spans
from core.body.lexicon import prompt_rest
from core.body.lines import Line, Scan, scan
from core.body.markers import marks_of
from core.body.parts import NOTHING, Known, Parts, parts_of
from core.body.placeholder import beside_placeholder
from core.body.values import DamageKind
from core.model.calendar import Body

_NO_LETTER: Final = re.compile(r"\W+")
_NEAR: Final = 12
"""Lines around a block without fences that may still be lines of ours, edited."""


class Block(NamedTuple):
    """One stretch between two fences, or what is left of it."""

    lines: tuple[Line, ...]
    spans: tuple[tuple[int, int], ...]
    """Its source, without the host's join blocks inside it."""
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found in a body."""

    scan: Scan
    blocks: tuple[Block, ...]
    broken: tuple[DamageKind, ...]
    empty: bool
    """Nobody can see anything in it."""

    @property
    def lines(self) -> list[Line]:
        """All the blocks' lines, in order."""
        return [line for block in self.blocks for line in block.lines]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """All source that is ours."""
        return [span for block in self.blocks for span in block.spans]


def read(body: Body, known: Known = NOTHING, *, expected: int = 0) -> Reading:
    """Find the block. `expected`: how many known lines a block without fences should show."""
    first = _reading(scan(body), known, expected)
    if not first.scan.doubtful and not _has_breaks(first, known):
        return first
    second = _reading(scan(body, soft=first.scan.doubtful), known, expected)
    return second if _sense(second, known) > _sense(first, known) else first


def _has_breaks(reading: Reading, known: Known) -> bool:
    """Tell whether newlines taken for blanks stand in a line that we do not know as it is."""
    return any("\n" in line.raw.strip() and not known(line) for line in reading.lines)


def _reading(scanned: Scan, known: Known, expected: int) -> Reading:
    finder = _Finder(parts_of(scanned.lines), known, expected)
    blocks = finder.blocks()
    if scanned.doubtful:
        blocks = [b._replace(lines=_rejoined(b.lines, known)) for b in blocks]
    return Reading(
        scan=scanned,
        blocks=tuple(blocks),
        broken=tuple(dict.fromkeys(finder.broken)),
        empty=not any(line.text for line in scanned.lines),
    )


def _rejoined(lines: Sequence[Line], known: Known) -> tuple[Line, ...]:
    """Join the lines that a newline in the source cut, where they make one that we know."""
    found: list[Line] = []
    for line in lines:
        if found and line.text and found[-1].text and not known(line):
            text = f"{found[-1].text} {line.text}"
            whole = found[-1]._replace(text=text)
            if known(whole) and not known(found[-1]):
                found[-1] = whole
                continue
        found.append(line)
    return tuple(found)


def _sense(reading: Reading, known: Known) -> tuple[int, int, int]:
    """Say how much sense it makes: the fences of one block, its boxes, and how much we know.

    A break in the source that is none to a reader may stand between a box's brackets.
    Letters are counted and not lines: a line end in the middle makes two lines of one. Beside
    a placeholder or the prompt anything may stand, a whole block that ran together too. A
    heading counts once: where a typed line is wrapped behind a name, that is no second one.
    """
    fences = max((block.opened + block.closed for block in reading.blocks), default=0)
    found = [line for line in reading.lines if line.text and known(line)]
    headings = {_NO_LETTER.sub("", line.text) for line in found if known.heads(line)}
    others = (_letters(line.text) for line in found if not known.heads(line))
    boxes = sum(marks_of(line.text).box for line in reading.lines)
    return fences, boxes, len("".join(headings)) + sum(others)


def _letters(text: str) -> int:
    """Count the letters of a line that we know."""
    beside = beside_placeholder(text) or prompt_rest(text) or ""
    return len(_NO_LETTER.sub("", text)) - len(_NO_LETTER.sub("", beside))


class _Finder:
    """Goes through the parts and closes what is open."""

    def __init__(self, parts: Parts, known: Known, expected: int) -> None:
        self.lines, self.fences = parts
        self.known = known
        self.expected = expected
        self.broken: list[DamageKind] = []
        spans = join_spans(self.lines, self.fences)
        self.join = [span for span in spans if not self._is_ours(*span)]

    def _is_ours(self, low: int, high: int) -> bool:
        """Tell whether all that looks like a join block is an entry's own words."""
        lines = [line for line in self.lines[low:high] if line.text]
        return all(self.known(line) for line in lines)

    def blocks(self) -> list[Block]:
        marks = [(n, fence.opens) for n, fence in self.fences.items()]
        if not marks:
            return self._unfenced()
        found: list[Block] = []
        low, at, unclosed = 0, 0, 0
        while at < len(marks):
            n, opens = marks[at]
            following = marks[at + 1] if at + 1 < len(marks) else None
            if opens and following is not None and not following[1]:
                block, low = self._block(n, following[0] + 1), following[0] + 1
                if self.fences[n].row == self.fences[following[0]].row:
                    self.broken.append(DamageKind.GLUED)
                at += 2
            elif opens:
                limit = following[0] if following else len(self.lines)
                stop = self._end(n + 1, limit)
                block, low = self._block(n, stop, closed=False), stop
                self._note(DamageKind.END_MISSING, stop, limit)
                at, unclosed = at + 1, unclosed + 1
            else:
                block = self._block(self._start(low, n), n + 1, opened=False)
                self.broken.append(DamageKind.START_MISSING)
                low = n + 1
                at, unclosed = at + 1, unclosed - 1
            found.append(block)
            if unclosed > 0 and block.closed and (at == len(marks) or marks[at][1]):
                found += self._tail(low, marks[at][0] if at < len(marks) else len(self.lines))
        if len(found) > 1:
            self.broken.append(DamageKind.DOUBLED)
        return found

    def _tail(self, low: int, limit: int) -> list[Block]:
        """Return what a block that was pasted into an open one pushed down, if anything."""
        first = next((n for n in range(low, limit) if self.lines[n].text), limit)
        if first == limit or not self.known(self.lines[first]):
            return []
        return [self._block(first, self._end(first, limit), opened=False, closed=False)]

    def _note(self, kind: DamageKind, stop: int, limit: int) -> None:
        self.broken.append(kind)
        rest = any(line.text for line in self.lines[stop:limit])
        if not rest and limit == len(self.lines):
            self.broken.append(DamageKind.TRUNCATED)

    def _block(self, start: int, stop: int, *, opened: bool = True, closed: bool = True) -> Block:
        lines: list[Line] = []
        spans: list[tuple[int, int]] = []
        at = start
        joins = [(low, high) for low, high in self.join if low < stop and high > start]
        for low, high in (*joins, (stop, stop)):
            run = self.lines[at : max(low, at)]
            lines += [line for n, line in enumerate(run, at) if n not in self.fences]
            full = [line for line in run if line.end > line.start]
            if full:
                spans.append((full[0].start, full[-1].end))
            at = high
        return Block(tuple(lines), tuple(spans), opened, closed)

    def _end(self, start: int, limit: int, *, rest: bool = True) -> int:
        """Return where a block without closing fence ends: behind the last line we know.

        `rest`: a line at the very end may be what a cut left.
        """
        for low, _ in self.join:
            if low >= start:
                limit = min(limit, low)
                break
        last = self._last(start, limit)
        while last < limit and _is_typed(self.lines[last]):
            last += 1
        if rest and self._is_rest(last, limit):
            last = limit
        return last

    def _last(self, start: int, limit: int) -> int:
        """Return where the lines end that we know; below the prompt a name may be a signature."""
        last, below = start, False
        for n in range(start, limit):
            line = self.lines[n]
            below = below or prompt_rest(line.text) is not None
            known = self._is_ours_at(n) if below else self.known(line)
            if line.text and (known or (n - last < _NEAR and self.known.goes_on(line))):
                last = n + 1
        return last

    def _is_ours_at(self, n: int) -> bool:
        """Tell whether a line that we know stands there, and no name in a greeting or signature.

        A heading has lines of ours below it, or another heading; the very last may have been cut.
        """
        line = self.lines[n]
        if not self.known(line) or not self.known.heads(line):
            return self.known(line)
        behind = range(n + 1, len(self.lines))
        below = next((m for m in behind if self.lines[m].text), None)
        if below is None or below in self.fences:
            return True
        under = self.lines[below]
        return self.known(under) or self.known.goes_on(under) or _is_typed(under)

    def _is_rest(self, last: int, limit: int) -> bool:
        """A single line at the very end is what a cut left of one of ours."""
        if limit != len(self.lines):
            return False
        tail = [n for n in range(last, limit) if self.lines[n].text]
        return len(tail) == 1 and tail[0] == last

    def _start(self, low: int, stop: int) -> int:
        """Return where a block without opening fence starts: with the first line we know."""
        for _, high in self.join:
            if high <= stop:
                low = max(low, high)
        for n in range(low, stop):
            if self.lines[n].text and self._is_ours_at(n):
                return self._pasted_above(self._above(n, low), low)
        return stop

    def _pasted_above(self, start: int, low: int) -> int:
        """Take the lines of a list along that begin right behind the block before."""
        between = self.lines[low:start]
        typed = all(_is_typed(line) or line.indent > 3 for line in between)
        return low if low and typed else start

    def _above(self, first: int, low: int) -> int:
        """Take lines of ours along that somebody edited above the first that we know."""
        start = first
        for n in range(first - 1, max(low, first - _NEAR) - 1, -1):
            if self.lines[n].text and self.known.holds(self.lines[n]):
                start = n
        return start

    def _unfenced(self) -> list[Block]:
        """Both fences are gone: the block is what stands between the lines that we know."""
        if not self.expected:
            return []
        hits = [n for n, line in enumerate(self.lines) if line.text and self.known(line)]
        hits = [n for n in hits if not any(low <= n < high for low, high in self.join)]
        first = next((n for n in hits if self._is_ours_at(n)), None)
        if len(hits) < min(2, self.expected) or first is None:
            self.broken.append(DamageKind.BLOCK_GONE)
            return []
        self.broken = [DamageKind.START_MISSING, DamageKind.END_MISSING]
        stop = self._end(first, len(self.lines), rest=False)
        stop = max(stop, self._last(first, hits[-1] + 1))
        joins = [high for _, high in self.join if high <= first]
        start = self._above(first, max(joins, default=0))
        return [self._block(start, stop, opened=False, closed=False)]


def _is_typed(line: Line) -> bool:
    """Tell whether a line looks like one of a list."""
    if not line.text:
        return False
    if line.item or line.more:
        return True
    marks = marks_of(line.text)
    return marks.box or marks.bullet
