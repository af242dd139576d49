"""Whether two blocks look the same to a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import tee, zip_longest
from typing import Final

from core.body.lexicon import Lexicon, is_sign, prompt_rest
from core.body.lines import Line
from core.body.notes import same_note
from core.body.own_lines import own_rest
from core.body.words import fold, is_drawn, same_words

_BULLETS: Final = ("o", "§")
"""What Word draws as bullets: alone in a line it is read as one."""
Sight = tuple[str, str]
"""What kind of line it is, and its words."""


def sights(
    lines: Iterable[Line], headings: Mapping[str, Sequence[int]], lexicon: Lexicon
) -> Iterator[Sight]:
    """Yield what a reader takes in; bullets, blank lines and empty headings are nothing."""
    last: Sight | None = None
    for line in lines:
        found = _sight(line, headings, lexicon)
        if found is None:
            continue
        if last is not None and not (last[0] == "heading" and found[0] in ("heading", "ours")):
            yield last
        last = found
    if last is not None and last[0] != "heading":
        yield last


def _sight(line: Line, headings: Mapping[str, Sequence[int]], lexicon: Lexicon) -> Sight | None:
    if not line.text:
        return None
    # What is struck through is written with its tick: hosts drop the stroke on their way.
    marks = lexicon.marks_of_line(line.text)
    if not marks.box:
        if is_sign(line.text):
            return None
        rest = prompt_rest(line.text)
        if rest is not None:
            return ("words", rest) if rest else None
        if own_rest(line.text, lexicon.setting.link) is not None:
            return ("ours", fold(line.text))
        places = headings.get(lexicon.letters(line.text)) or headings.get(
            lexicon.letters(marks.words)
        )
        if places and marks.words:
            return ("heading", str(places[0]))
    # A note of dashes alone becomes one long dash in some clients, which is a mere bullet.
    drawn = line.text in _BULLETS or (not marks.box and is_drawn(marks.words))
    if drawn or not marks.words:
        return None
    box = "x" if marks.ticked else "~" if marks.parked else "box" if marks.box else ""
    words = f"{marks.numbered if not marks.box else ''}{lexicon.named(marks.words)}"
    return (f"{box}{'!' if marks.hidden else ''}", words)


def look_alike(there: Iterable[Sight], ours: Iterable[Sight], *, boxes_count: bool) -> bool:
    """Tell whether a person would see no difference; the first one ends the search.

    `boxes_count`: a line without box differs from one with it. Else it does not where no
    line at all has a box: a host that drops them would be corrected for ever.
    """
    boxed = boxes_count
    if not boxed:
        there, ahead = tee(there)
        boxed = any(kind.startswith(("box", "x", "~")) for kind, _ in ahead)
    return all(
        a is not None and b is not None and _same(a, b, boxed=boxed)
        for a, b in zip_longest(there, ours)
    )


def _same(one: Sight, other: Sight, *, boxed: bool) -> bool:
    if one[0] != other[0] and (boxed or not {one[0], other[0]} <= {"", "box"}):
        return False
    return one[1] == other[1] or same_words(one[1], other[1]) or same_note(one[1], other[1])
