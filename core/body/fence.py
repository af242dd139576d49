"""Where our block begins and ends: two lines known by their words, not by their signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from core.body.beside import words_beside
from core.body.lines import Line
from core.body.remembered import remembered
from core.body.words import INVISIBLE

_NAME: Final = r"1\s?[:.∶：]\s?1[\s\-–—‐‑−­]{0,3}agenda"
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
_FOREIGN: Final = r"[^()\d/（）]{0,30}1\s?[:.∶：]\s?1[^()\d/（）]{0,30}"
"""What a translator makes of our names: only the sign and the figures are left."""
_FOREIGN_ASK: Final = r"[(（][^()\n（）]{0,40}[)）]"
_OPEN_FOREIGN: Final = re.compile(
    rf"(?P<sign>[▼▾⏷]\W{{0,3}}){_FOREIGN}(?P<words>{_FOREIGN_ASK})"
    rf"(?:\s*/\s*{_FOREIGN}{_FOREIGN_ASK})?"
)
_CLOSE_FOREIGN: Final = re.compile(rf"(?P<sign>[▲▴⏶]\W{{0,3}}){_FOREIGN}(?:/{_FOREIGN})?$")
_HALF_BEFORE: Final = re.compile(rf"[\s>]*[▼▾⏷▲▴⏶]\W{{0,3}}{_FOREIGN}(?:{_FOREIGN_ASK})?\s*/\s*")
_HALF_ALIKE: Final = re.compile(
    rf"[\s>]*(?:[▲▴⏶]\W{{0,3}}(?!{_END}\b)[^\W\d]+(?:\s[^\W\d]+)?\s{_NAME}"
    rf"|[▼▾⏷]\W{{0,3}}{_NAME}\s*{_FOREIGN_ASK})\s*/\s*",
    re.IGNORECASE,
)
"""The same where the name reads alike in both languages ("Einde 1:1-agenda"), or the words in
the brackets share one of ours ("schrijf hier")."""
_HALF_BEHIND: Final = re.compile(rf"\s*/\s*{_FOREIGN}{_FOREIGN_ASK}")
_OURS: Final = re.compile(rf"{_NAME}|hier|schreib|write|here|\bende?\b", re.IGNORECASE)
"""With one of our words in it, it is ours, and any other word in it was typed by somebody."""
_SIGN: Final = re.compile("(?P<opens>[▼▾⏷])|[▲▴⏶]")
_ONE: Final = re.compile(r"1\s?[:.∶：]\s?1[\s\-–—‐‑−­]{0,3}")
_ASKS: Final = (("1:1", "agenda", "hier", "schreiben"), ("1:1", "agenda", "write", "here"))
_ENDS: Final = (("ende", "1:1", "agenda"), ("end", "of", "1:1", "agenda"))
_LONGEST: Final = 160
"""In a longer line more than a fence ran together."""
_LEAD: Final = re.compile(
    r"(?:[\s>*_\-–—•·|#▼▲▾▴?\ufffd\u200b-\u200f\ufeff\ufe0fâÂ\x80-\x9f²¼ï¸]|&#\w{1,6};|&nbsp;)*"
)
"""Signs that hosts put in front of it; its own sign in a wrong code page, or as its number."""
_ODD: Final = re.compile(f"[\uff01-\uff5e]|{INVISIBLE.pattern}")
"""What is wide or invisible."""
_SIGN_OR_ODD: Final = re.compile(f"[▼▾⏷▲▴⏶\uff01-\uff5e{INVISIBLE.pattern[1:-1]}]")
_WIDE: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_WORD: Final = re.compile(r"\w")
_BOX: Final = r"(?:\[[ xX~]?\]|[☐☑☒✔✓✅])"
_BOXED: Final = re.compile(rf"{_BOX}\s*$")
_POINT: Final = re.compile(rf"[\s>*•·–-]*{_BOX}")


class Mark(NamedTuple):
    """A fence found in the lines."""

    line: int
    opens: bool
    start: int
    end: int
    """Where in the line's raw text it stands."""
    typed: str = ""
    """What somebody typed into it."""


def fences(lines: Sequence[Line]) -> list[Mark]:
    """Return all fences in order; more than one may stand in a line that ran together."""
    found: list[Mark] = []
    signed: list[tuple[int, str, Sequence[int]]] = []
    for n, line in enumerate(lines):
        if line.raw.count("1") + line.raw.count("１") < 2:
            continue
        if "genda" not in line.raw.lower() and _SIGN_OR_ODD.search(line.raw) is None:
            continue
        raw, places = _bared(line.raw)
        named = "genda" in raw.lower()
        if (named or _SIGN.search(raw)) and not _is_note(line):
            signed.append((n, raw, places))
            spans, typed = _read(raw) if named else ((), "")
            found += _marks(n, spans, places, typed)
    for opens, pattern in ((True, _OPEN_FOREIGN), (False, _CLOSE_FOREIGN)):
        if signed and all(mark.opens is not opens for mark in found):
            for n, raw, places in signed:
                foreign = pattern.match(raw, len(raw) - len(raw.lstrip("> \t\xa0")))
                if foreign is not None and not _OURS.search(foreign[0]):
                    found += _marks(n, [(opens, _span(raw, foreign))], places)
    found.sort(key=lambda mark: (mark.line, mark.start))
    return found if len(found) < 3 else _without_quoted(found, lines)


def _without_quoted(found: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    """Between a beginning and its end that have their signs, what has none is a person's line."""
    signed = [_signed(lines[mark.line].raw[mark.start : mark.end]) for mark in found]
    kept: list[Mark] = []
    opened: int | None = None
    for mark, has_sign in zip(found, signed, strict=True):
        if has_sign and not mark.opens and opened is not None:
            del kept[opened:]
        kept.append(mark)
        if has_sign:
            opened = len(kept) if mark.opens else None
    return kept


def _signed(fence: str) -> bool:
    return "?" in fence or _SIGN.search(fence) is not None


@remembered
def _read(raw: str) -> tuple[Sequence[tuple[bool, tuple[int, int]]], str]:
    """Return the fences in a line, and what was typed into the one that it is."""
    spans = _in_line(raw)
    into = _typed_into(raw, spans)
    if into is None:
        return spans, ""
    return [(into[0], (len(raw) - len(raw.lstrip()), len(raw.rstrip())))], into[1]


def _marks(
    n: int,
    spans: Sequence[tuple[bool, tuple[int, int]]],
    places: Sequence[int],
    typed: str = "",
) -> list[Mark]:
    return [Mark(n, opens, places[a], places[b - 1] + 1, typed) for opens, (a, b) in spans]


def _is_note(line: Line) -> bool:
    """Below a point somebody may write about fences: without the sign it is none."""
    return (line.more or line.indent > 3) and not any(sign in line.raw for sign in "▲▼▾▴⏶⏷")


def _bared(raw: str) -> tuple[str, Sequence[int]]:
    """Return a line without invisible and wide signs, and where each of its characters stood."""
    if _ODD.search(raw) is None:
        return raw, range(len(raw))
    raw = raw.translate(_WIDE)
    places = [n for n, sign in enumerate(raw) if not INVISIBLE.match(sign)]
    return "".join(raw[n] for n in places), places


def _in_line(raw: str) -> list[tuple[bool, tuple[int, int]]]:
    """Return where fences stand; one whose words changed only where none of its kind is whole."""
    found: list[tuple[re.Match[str], bool]] = []
    for opens, strict, loose in ((True, _OPEN, _OPEN_LOOSE), (False, _CLOSE, _CLOSE_LOOSE)):
        whole = list(strict.finditer(raw))
        found += [(match, opens) for match in whole or loose.finditer(raw)]
    found.sort(key=lambda one: one[0].span())
    # No whole one holds another's sign: what reaches into the next has only its words changed.
    behind = [*(match.start() for match, _ in found[1:]), len(raw)]
    seen = [
        (opens, _span(raw, match))
        for (match, opens), end in zip(found, behind, strict=False)
        if match.end() <= end and _is_fence(raw, match)
    ]
    return sorted(seen, key=lambda mark: mark[1])


def _typed_into(raw: str, spans: Sequence[tuple[bool, tuple[int, int]]]) -> tuple[bool, str] | None:
    """Return which fence it is and what was typed into it, where all its words still stand there.

    `spans`: the fence that was found without such words; the other language's half may follow it.
    """
    sign = _SIGN.search(raw)
    if sign is None or len(raw) > _LONGEST or not _LEAD.fullmatch(raw, 0, sign.start()):
        return None
    opens = sign["opens"] is not None
    strict = _OPEN if opens else _CLOSE
    if strict.fullmatch(raw.strip()) or any(other is not opens for other, _ in spans):
        return None
    one, other = _ASKS if opens else _ENDS
    both: list[tuple[str, ...]] = [(*one, *other), (*other, *one)]
    halves: list[tuple[str, ...]] = [one, other]
    if spans and not _WORD.search(raw[sign.end() : spans[0][1][0]]):
        found = [_ONE.sub("1:1 ", raw[start:end]) for _, (start, end) in spans]
        if any(words_beside(text, ours) == "" for text in found for ours in both):
            return None
        halves = [] if strict.search(raw) else halves
    text = _ONE.sub("1:1 ", raw)
    known = (words_beside(text, ours) for ours in (*both, *halves))
    typed = next((words for words in known if words is not None), None)
    return (opens, typed) if typed else None


def _is_fence(raw: str, found: re.Match[str]) -> bool:
    """A fence stands alone or has its sign; in a line with a box it is a point about fences."""
    before = raw[: found.start()]
    if _BOXED.search(before) or (not found["sign"] and _POINT.match(before)):
        return False
    opens = "words" in found.groupdict()
    if _foreign_half(raw, found.start()):
        return True
    if found["sign"] or (_LEAD.fullmatch(before) and (opens or not _WORD.search(raw, found.end()))):
        return True
    return "words" in found.groupdict() and "(" in found["words"]


def _foreign_half(raw: str, end: int) -> bool:
    """Tell whether a translator changed the half in front of a fence's name."""
    if _HALF_ALIKE.fullmatch(raw, 0, end):
        return True
    half = _HALF_BEFORE.fullmatch(raw, 0, end)
    return half is not None and not _OURS.search(half[0])


def _span(raw: str, found: re.Match[str]) -> tuple[int, int]:
    """Take the signs before it along, and the half of it that a translator changed."""
    lead = _LEAD.match(raw)
    start = found.start()
    if (lead and lead.end() >= start) or _foreign_half(raw, start):
        start = len(raw) - len(raw.lstrip())
    half = _HALF_BEHIND.match(raw, found.end()) if "words" in found.groupdict() else None
    end = half.end() if half and not _OURS.search(half[0]) else found.end()
    while end < len(raw) and raw[end] in "*_▼▲▾▴":
        end += 1
    return start, end
