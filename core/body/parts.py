"""A body's lines cut at the fences, and what a reader knows of them beforehand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from core.body.fence import Mark, fences
from core.body.lines import Line

_BESIDE: Final = re.compile(r"(?:[\s>*_#=|\"'`„“”-]|\(?\d{1,3}[.)]\s){0,12}")
"""What hosts and lists put beside a fence: nobody's words."""


class Known(Protocol):
    """What a reader of a body knows beforehand."""

    def __call__(self, line: Line, /) -> bool:
        """Tell whether a line is one that we know: an entry, a heading, one of our own words."""

    def holds(self, line: Line, /) -> bool:
        """Tell whether a line is one of ours with more words in it."""

    def heads(self, line: Line, /) -> bool:
        """Tell whether a line is a heading of ours, which a signature may be too."""

    def goes_on(self, line: Line, /) -> bool:
        """Tell whether an entry with more words in it stands there: surely no text of a host."""


class _Nothing:
    """Knows no line at all."""

    def __call__(self, _: Line, /) -> bool:
        return False

    def holds(self, _: Line, /) -> bool:
        return False

    heads = goes_on = holds


NOTHING: Final[Known] = _Nothing()
"""For who reads a body without an agenda."""


class Fence(NamedTuple):
    """A fence among the lines."""

    opens: bool
    row: int
    """Line of the body in which it stands."""


class Parts(NamedTuple):
    """A body's lines; of a line with a fence in it each part is one."""

    lines: list[Line]
    fences: dict[int, Fence]
    """By place among the lines, in order."""


def parts_of(lines: Sequence[Line]) -> Parts:
    """Return the lines, each fence apart from what stands beside it."""
    by_line: dict[int, list[Mark]] = {}
    for mark in fences(lines):
        by_line.setdefault(mark.line, []).append(mark)
    parts = Parts([], {})
    done = 0
    for n, marks in by_line.items():
        parts.lines.extend(lines[done:n])
        for line, fence in _split(lines[n], marks):
            _add(parts, line, fence)
        done = n + 1
    parts.lines.extend(lines[done:])
    return parts


def _add(parts: Parts, line: Line, fence: Fence | None) -> None:
    """Add a part; a fence gets its sign back where a line end in the source cut it off."""
    if fence is not None:
        if parts.lines and parts.lines[-1].text in ("▲", "▼"):
            line = line._replace(start=parts.lines.pop().start)
        parts.fences[len(parts.lines)] = fence
    parts.lines.append(line)


def _split(line: Line, found: Sequence[Mark]) -> list[tuple[Line, Fence | None]]:
    parts: list[tuple[Line, Fence | None]] = []
    at = 0
    for mark in found:
        if not _BESIDE.fullmatch(line.raw[at : mark.start]):
            parts.append((line.cut(at, mark.start), None))
        fence = line.cut(mark.start, mark.end)
        parts.append((fence, Fence(mark.opens, mark.line)))
        if mark.typed:
            # Inside the block, and without a place in the source: the fence takes it.
            place = fence.end if mark.opens else fence.start
            typed = Line(mark.typed, mark.typed, place, place)
            parts.insert(len(parts) - (not mark.opens), (typed, None))
        at = mark.end
    if not _BESIDE.fullmatch(line.raw[at:]):
        parts.append((line.cut(at, len(line.raw)), None))
    return parts
