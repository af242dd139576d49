"""A body's lines cut at the fences, and what a reader knows of them beforehand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
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


class Part(NamedTuple):
    """A line, or the part of one that a fence leaves over."""

    line: Line
    fence: bool | None = None
    """True: it opens; False: it closes; None: no fence."""
    row: int = -1
    """Line of the body in which a fence stands."""


# One for each line: from a tuple it takes half the time that the class takes.
_part: Final = partial(tuple.__new__, Part)


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """Return the lines, each fence apart from what stands beside it."""
    marks = fences(lines)
    if not marks:
        return [_part((line, None, -1)) for line in lines]
    parts: list[Part] = []
    done = 0
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.line, []).append(mark)
    for n, found in by_line.items():
        parts += [_part((line, None, -1)) for line in lines[done:n]]
        parts += _split(lines[n], found)
        done = n + 1
    parts += [_part((line, None, -1)) for line in lines[done:]]
    return _with_signs(parts)


def _with_signs(parts: list[Part]) -> list[Part]:
    """Give a fence its sign back where a line end in the source cut it off."""
    found: list[Part] = []
    for part in parts:
        if part.fence is not None and found and found[-1].line.text in ("▲", "▼"):
            line = part.line._replace(start=found.pop().line.start)
            part = part._replace(line=line)
        found.append(part)
    return found


def _split(line: Line, found: Sequence[Mark]) -> list[Part]:
    parts, at = [], 0
    for mark in found:
        if not _BESIDE.fullmatch(line.raw[at : mark.start]):
            parts.append(Part(line.cut(at, mark.start)))
        fence = line.cut(mark.start, mark.end)
        parts.append(Part(fence, mark.opens, mark.line))
        if mark.typed:
            # Inside the block, and without a place in the source: the fence takes it.
            place = fence.end if mark.opens else fence.start
            typed = Line(mark.typed, mark.typed, place, place)
            parts.insert(len(parts) - (not mark.opens), Part(typed))
        at = mark.end
    if not _BESIDE.fullmatch(line.raw[at:]):
        parts.append(Part(line.cut(at, len(line.raw))))
    return parts
