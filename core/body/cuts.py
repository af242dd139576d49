"""The last line of a body that a host cut off: what it may be, and what is missing of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from core.body.headings import ALL
from core.body.lexicon import Lexicon
from core.body.rows import Row, RowKind, Texts
from core.body.values import DamageKind
from core.body.words import bare
from core.body.work import Work

_FENCES: Final = ("1:1-Agenda Ende", "Ende 1:1-Agenda", "end of 1:1 agenda")
_REST_BEGUN: Final = re.compile(
    r"(?:…|\.\.\.)\s?(?:(?:u|un|und|a|an|and)(?:\s\d{0,4}(?:\s\w{0,7})?)?)?"
)
_ASKS: Final = ("hier schreiben", "write here")
_BOX_BEGUN: Final = re.compile(r"\[[xX~]?")
_ENTITY_BEGUN: Final = re.compile(r"&#?\w{0,8}[.… ]*$")
_LINK_BEGUN: Final = re.compile(r"\s?<(?:h|ht|htt|http\S*|m|ma|mai|mail|mailto\S*)?$")
"""What a cut left of the second half of `link<link>`, as converters write it."""
_LONGEST: Final = 200
"""A line with fewer words is compared word by word."""


def mark_cut(rows: list[Row], texts: Texts, lexicon: Lexicon) -> list[DamageKind]:
    """Forget the last line where it is only what a cut left of one of ours."""
    row = rows[-1] if rows else None
    if row is None or row.kind not in (RowKind.WORDS, RowKind.EITHER):
        return []
    if texts.knows(lexicon.key(row.words)):
        return []
    rests = [bare(row.words), bare(_ENTITY_BEGUN.sub("", row.words))]
    begun = _REST_BEGUN.fullmatch(row.words) or _BOX_BEGUN.fullmatch(row.words)
    ours = begun or (
        # Right behind the opening fence's sign and name its last words may have been cut.
        len(rows) == 1 and any(bare(ask).startswith(rests[0]) for ask in _ASKS)
    )
    if all(rests) and not ours and not any(_begins_ours(r, texts, lexicon) for r in rests):
        return []
    row.cut = True
    return [DamageKind.TRUNCATED]


def _begins_ours(rest: str, texts: Texts, lexicon: Lexicon) -> bool:
    """Tell whether one of our lines begins so."""
    known = [bare(k) for k in (*texts.entries, *texts.notes)]
    if any(whole.startswith(rest) for whole in (*texts.headings, *known)):
        return True
    either = [bare(words.either) for words in ALL]
    if any((word + whole).startswith(rest) for word in either for whole in known):
        return True
    link = lexicon.setting.link or ""
    ours = (
        text
        for w in ALL
        for text in (w.opening, w.prompt, w.hidden, f"{w.more} {link}", f"{w.elsewhere} {link}")
    )
    return any(bare(text).startswith(rest) for text in (*_FENCES, *ours))


def mend_cut(work: Work, rows: Sequence[Row]) -> None:
    """Give the last line of a cut body the words back that it had and that the cut took.

    Somebody may have typed into it, or joined the next line to it, before it was cut.
    """
    row = rows[-1] if rows else None
    own = work.base.row(row.entry) if row is not None else None
    if row is None or own is None or row.cut or DamageKind.TRUNCATED not in work.broken:
        return
    now, before = _LINK_BEGUN.sub("", row.words).split(), own.words.split()
    if row.same is not None or not now or max(len(now), len(before)) >= _LONGEST:
        return
    last = behind = 0
    for at, there, size in SequenceMatcher(a=before, b=now).get_matching_blocks()[:-1]:
        last, behind = at + size, there + size
    tail, rest = before[last:], bare("".join(now[behind:]))
    begun = bare("".join(tail)).startswith(rest) if tail else _begins_missing(work, rows, rest)
    if rest and begun:
        now = now[:behind]
    elif tail and len(now) > behind and bare(tail[0]).startswith(bare(now[-1])):
        now = now[:-1]
    row.words = " ".join([*now, *tail])


def _begins_missing(work: Work, rows: Sequence[Row], rest: str) -> bool:
    """Tell whether a line that is not there any more begins so."""
    seen = work.seen(rows)
    return any(
        name not in seen and bare(work.base.rows[n].words).startswith(rest)
        for name, n in work.base.row_of.items()
    )
