"""A block that a browser translated: what stands in the place of our words says the same still."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from core.body.lexicon import prompt_rest
from core.body.lines import Line
from core.body.near import is_free
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


def _match_placeholders(work: Work, rows: Sequence[Row]) -> None:
    """A line in brackets in the place of a placeholder is the placeholder."""
    place = {row.entry: n for n, row in enumerate(rows) if row.entry is not None}
    last = -1
    for own in work.base.rows:
        if own.entry is None:
            continue
        if own.entry in place:
            last = place[own.entry]
        elif work.lexicon.is_hidden(own.words):
            free = (n for n in range(last + 1, len(rows)) if rows[n].entry is None)
            n = next((n for n in free if _BRACKETS.fullmatch(rows[n].words)), None)
            if n is not None and is_free(rows[n]):
                rows[n].entry, rows[n].words, last = own.entry, own.words, n


def _match_prompt(rows: Sequence[Row]) -> None:
    """Of the lines behind all that we know the only one without box and bullet is the prompt.

    Where there are more it is the one that asks, with a colon.
    """
    known = [n for n, row in enumerate(rows) if not is_free(row) and row.kind is not RowKind.OURS]
    free = [n for n in range(max(known, default=-1) + 1, len(rows)) if is_free(rows[n])]
    plain = [n for n in free if not _is_typed(rows[n])]
    asked = [n for n in plain if rows[n].words.endswith((":", "："))] if len(plain) > 1 else plain
    if len(asked) == 1:
        rows[asked[0]].kind = RowKind.OURS
        for later in rows[asked[0] + 1 :]:
            later.below = True


def _is_typed(row: Row) -> bool:
    return row.marks.box or row.marks.bullet or row.line.item
