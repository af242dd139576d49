"""A block that a browser translated: what stands in the place of our words says the same still."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from core.body.align import gaps
from core.body.lexicon import prompt_rest
from core.body.lines import Line
from core.body.near import Slot, is_free, is_listed
from core.body.rows import Row, RowKind
from core.body.words import bare
from core.body.work import Work

_BRACKETS: Final = re.compile(r"[(（].{6,}[)）]")


def is_translated(lines: Sequence[Line], before: Sequence[Line]) -> bool:
    """Tell whether both fences have their signs, and other words than before.

    A person may rewrite one of them.
    """
    return all(_is_other(_fences(lines, sign), _fences(before, sign)) for sign in "▼▲")


def _is_other(now: set[str], before: set[str]) -> bool:
    return bool(now and before) and not any(own in words for own in before for words in now)


def _fences(lines: Sequence[Line], sign: str) -> set[str]:
    return {bare(line.text) for line in lines if sign in line.text and "1" in line.text}


def match_translated(work: Work, rows: Sequence[Row]) -> None:
    """Recognise placeholders and the prompt by their place between lines that we know."""
    _match_placeholders(work, rows)
    if not any(prompt_rest(row.line.text) is not None for row in rows):
        _match_prompt(rows)


def match_places(rows: Sequence[Row], shown: Sequence[Slot]) -> None:
    """Recognise what stands between two lines that are sure by its order, where none is missing."""
    place = {row.entry: n for n, row in enumerate(rows) if row.entry is not None}
    for run, low, high in gaps(shown, place, len(rows)):
        boxed = [row for row in rows[low + 1 : high] if row.marks.box and is_free(row)]
        if len(boxed) == len(run):
            for slot, row in zip(run, boxed, strict=True):
                row.entry = slot.entry


def _match_placeholders(work: Work, rows: Sequence[Row]) -> None:
    """A line in brackets in the place of a placeholder is the placeholder."""
    place = {row.entry: n for n, row in enumerate(rows)}
    behind = rows
    for own in work.base.rows:
        if own.entry is None:
            continue
        if own.entry in place:
            behind = rows[place[own.entry] :]
        elif work.lexicon.is_hidden(own.words):
            free = (row for row in behind if is_free(row))
            found = next((row for row in free if _BRACKETS.fullmatch(row.words)), None)
            if found is not None:
                found.entry, found.words = own.entry, own.words


def _match_prompt(rows: Sequence[Row]) -> None:
    """Of the lines behind all that we know the only one without box and bullet is the prompt.

    Where there are more it is the one that asks, with a colon.
    """
    back = (row for row in reversed(rows) if row.kind is not RowKind.OURS)
    plain = [row for row in takewhile(is_free, back) if not is_listed(row)]
    asked = [row for row in plain if row.words.endswith((":", "："))] or plain
    if len(asked) == 1:
        asked[0].kind = RowKind.OURS
        for later in takewhile(lambda row: row is not asked[0], reversed(rows)):
            later.below = True
