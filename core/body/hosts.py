"""What hosts do to a copy as a whole: lose its join block, put another copy's text in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from core.body.join_blocks import has_teams_block
from core.body.lines import scan
from core.body.markers import without_bullet
from core.body.values import Copy
from core.body.words import fold
from core.model.calendar import Body


def join_lost(copy: Copy) -> bool:
    """Tell whether the Teams block is gone: written so, the online meeting would be switched off.

    See https://learn.microsoft.com/graph/api/event-update.
    """
    base = copy.base_body
    return (
        base is not None
        and has_teams_block(base.content)
        and not has_teams_block(copy.theirs.content)
    )


def seen_lines(body: Body) -> Counter[str]:
    """Count the lines that a reader sees in a body, whatever bullets stand in front."""
    words = (fold(without_bullet(line.text)) for line in scan(body).lines if line.text)
    return Counter(line for line in words if any(c.isalnum() for c in line))


def _apart(one: Counter[str], other: Counter[str]) -> int:
    return ((one - other) + (other - one)).total()


def is_overwritten(copy: Copy, copies: Sequence[Copy]) -> bool:
    """Tell whether a host put another copy's text in the place of this one's."""
    if copy.base_body is None or len(copies) < 2:
        return False
    theirs, base = seen_lines(copy.theirs), seen_lines(copy.base_body)
    if theirs == base:
        return False
    for other in copies:
        if other is copy or other.base_body is None:
            continue
        if seen_lines(other.base_body) == base:
            continue
        if _apart(theirs, seen_lines(other.theirs)) < _apart(theirs, base):
            return True
    return False


def shows_another(copy: Copy, others: Sequence[Copy]) -> bool:
    """Tell whether an overwritten copy shows another's text and nobody has touched it since."""
    theirs = _lines(copy.theirs)
    return any(_lines(other.theirs) == theirs for other in others)


def _lines(body: Body) -> list[list[str]]:
    """Return what stands in a body line by line, signs and all, but for what makes it a list."""
    return [without_bullet(line.text).split() for line in scan(body).lines if line.text]
