"""Where our block begins and ends: two lines known by their words, not by their signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from core.body.lines import Line
from core.body.words import INVISIBLE

_NAME: Final = r"1\s?[:.∶：]\s?1[\s\-–—‑­]{0,3}agenda"
_ASK: Final = r"\(?\s*(?:hier\s+schreiben|write\s+here)\s*\)?"
_OPEN: Final = re.compile(
    rf"(?P<sign>[▼▾⏷]\W{{0,3}}|\?\s)?{_NAME}\s*(?P<words>{_ASK})(?:\s*/\s*{_NAME}\s*{_ASK})?",
    re.IGNORECASE,
)
_OPEN_LOOSE: Final = re.compile(
    rf"(?P<sign>[▼▾⏷])\W{{0,3}}{_NAME}\s*(?:\([^()\n]{{0,40}}\))?", re.IGNORECASE
)
_END: Final = r"(?:ende(?:\s+der)?|end(?:\s+of)?(?:\s+the)?)"
_CLOSE: Final = re.compile(
    rf"(?P<sign>[▲▴⏶]\W{{0,3}}|\?\s)?\b{_END}\s+{_NAME}(?:\s*/\s*{_END}\s+{_NAME})?",
    re.IGNORECASE,
)
_CLOSE_LOOSE: Final = re.compile(
    rf"(?P<sign>[▲▴⏶])\W{{0,3}}[^\W\d][^\n]{{0,20}}{_NAME}", re.IGNORECASE
)
_LEAD: Final = re.compile(r"[\s>*_\-–—•·|#▼▲▾▴?\ufffd\u200b-\u200f\ufeff\ufe0f]*")
_WORD: Final = re.compile(r"\w")
_BOXED: Final = re.compile(r"(?:\[[ xX~]?\]|[☐☑☒✔✓✅])\s*$")


class Mark(NamedTuple):
    """A fence found in the lines."""

    line: int
    opens: bool
    start: int
    end: int
    """Where in the line's raw text it stands."""


def fences(lines: Sequence[Line]) -> list[Mark]:
    """Return all fences in order; more than one may stand in a line that ran together."""
    found = []
    for n, line in enumerate(lines):
        if "1" not in line.raw:
            continue
        raw, places = _bared(line.raw)
        if "genda" in raw.lower() and not _is_note(line):
            for opens, (start, end) in _in_line(raw):
                found.append(Mark(n, opens, places[start], places[end - 1] + 1))
    return found


def _is_note(line: Line) -> bool:
    """Below a point somebody may write about fences: without the sign it is none."""
    return (line.more or line.indent > 3) and not any(sign in line.raw for sign in "▲▼▾▴⏶⏷")


def _bared(raw: str) -> tuple[str, Sequence[int]]:
    """Return a line without invisible signs, and where each of its characters stood."""
    if raw.isascii() or not INVISIBLE.search(raw):
        return raw, range(len(raw))
    places = [n for n, sign in enumerate(raw) if not INVISIBLE.match(sign)]
    return "".join(raw[n] for n in places), places


def _in_line(raw: str) -> list[tuple[bool, tuple[int, int]]]:
    marks = [(True, m) for m in _OPEN.finditer(raw)]
    marks += [(False, m) for m in _CLOSE.finditer(raw)]
    if not marks:
        marks = [(True, m) for m in _OPEN_LOOSE.finditer(raw)]
        marks += [(False, m) for m in _CLOSE_LOOSE.finditer(raw)]
    seen = [(opens, _span(raw, m)) for opens, m in marks if _is_fence(raw, m)]
    return sorted(seen, key=lambda mark: mark[1])


def _is_fence(raw: str, found: re.Match[str]) -> bool:
    """A fence stands alone or has its sign; behind a box it is a point about fences."""
    before = raw[: found.start()]
    if _BOXED.search(before):
        return False
    opens = "words" in found.groupdict()
    if found["sign"] or (_LEAD.fullmatch(before) and (opens or not _WORD.search(raw, found.end()))):
        return True
    return "words" in found.groupdict() and "(" in found["words"]


def _span(raw: str, found: re.Match[str]) -> tuple[int, int]:
    """Take the signs before it along."""
    lead = _LEAD.match(raw)
    start = found.start()
    if lead and lead.end() >= start:
        start = len(raw) - len(raw.lstrip())
    end = found.end()
    while end < len(raw) and raw[end] in "*_▼▲▾▴":
        end += 1
    return start, end
