"""Whether two blocks look the same to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.body.lexicon import Lexicon, heading_letters, is_ours, is_sign, prompt_rest
from core.body.lines import Line
from core.body.words import fold, same_words

Sight = tuple[str, str]
"""What kind of line it is, and its words."""


def sights(
    lines: Sequence[Line], headings: Mapping[str, Sequence[int]], lexicon: Lexicon
) -> list[Sight]:
    """Return what a reader takes in; bullets, blank lines and empty headings are nothing."""
    seen: list[Sight] = []
    for line in lines:
        found = _sight(line, headings, lexicon)
        if found is None:
            continue
        if seen and seen[-1][0] == "heading" and found[0] in ("heading", "ours"):
            seen.pop()
        seen.append(found)
    if seen and seen[-1][0] == "heading":
        seen.pop()
    return seen


def _sight(line: Line, headings: Mapping[str, Sequence[int]], lexicon: Lexicon) -> Sight | None:
    if not line.text or is_sign(line.text):
        return None
    rest = prompt_rest(line.text)
    if rest is not None:
        return ("words", rest) if rest else None
    if is_ours(line.text, lexicon.setting.link):
        return ("ours", fold(line.text))
    marks = lexicon.marks(line)
    if not marks.words:
        return None
    if not marks.box:
        places = headings.get(heading_letters(line.text)) or headings.get(
            heading_letters(marks.words)
        )
        if places:
            return ("heading", str(places[0]))
    box = "x" if marks.ticked else "~" if marks.parked else "box" if marks.box else ""
    return (f"{box}{'!' if marks.hidden else ''}", lexicon.named(marks.words))


def look_alike(there: Sequence[Sight], ours: Sequence[Sight], *, boxes_count: bool) -> bool:
    """Tell whether a person would see no difference.

    `boxes_count`: a line without box differs from one with it. Else it does not where no
    line at all has a box: a host that drops them would be corrected for ever.
    """
    if len(there) != len(ours):
        return False
    boxed = boxes_count or any(kind.startswith(("box", "x", "~")) for kind, _ in there)
    return all(
        (a[0] == b[0] or (not boxed and {a[0], b[0]} <= {"", "box"}))
        and (a[1] == b[1] or same_words(a[1], b[1]))
        for a, b in zip(there, ours, strict=True)
    )
