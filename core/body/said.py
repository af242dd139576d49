"""What a line says about an entry: its words without the signs that we write around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from core.body.due_words import find_due
from core.body.lexicon import BOX, Lexicon, without_count
from core.body.markers import Marks
from core.body.words import fold
from core.model.agenda import ActionItem, Entry

_DONE: Final = re.compile(r"[\s,:–—-]*(?:ist\s+|is\s+)?(?:erledigt|done|besprochen|discussed)[.!]?")
_DONE_BEFORE: Final = re.compile(r"(?:(?:erledigt|done|besprochen|discussed)[\s,:–—-]*|x\s)")
_UNSEEN: Final = 64
"""So many signs that nobody sees may stand in what we wrote around words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a line says about an entry."""

    words: str
    text: str
    owner: str | None
    due: date | None
    marks: Marks
    action: bool


def said_by(words: str, marks: Marks, lexicon: Lexicon, *, action: bool) -> Said:
    """Read a line as a talking point or as an action item."""
    plain = without_count(words)
    promise = lexicon.promise(plain, agreed=action)
    if action:
        return Said(
            words=words,
            text=promise.text,
            owner=promise.owner,
            due=promise.due,
            marks=marks,
            action=True,
        )
    return Said(words=words, text=plain, owner=None, due=None, marks=marks, action=promise.marked)


def as_shown(said: Said, entry: Entry, lexicon: Lexicon) -> Said:
    """Return what a line of ours says, where its words alone could be read otherwise."""
    if lexicon.is_hidden(said.words) or fold(entry.text) not in fold(said.words):
        return said
    if isinstance(entry, ActionItem) and said.action:
        return replace(said, text=entry.text, owner=entry.owner, due=entry.due)
    return replace(said, text=entry.text)


def said_since(now: Said, before: Said, lexicon: Lexicon) -> Said:
    """Read a line against what it said: what we wrote around its words is still around them.

    So words that look like signs ("TODO Ben: call", "(2×)") stay words.
    """
    if now.action == before.action and fold(now.words) == fold(before.words):
        return replace(now, text=before.text, owner=before.owner, due=before.due)
    if fold(now.text) == fold(before.text):
        return now
    frame = _frame(before)
    if frame is None or lexicon.is_hidden(before.words):
        return now
    lead, tail = frame
    middle, kept_lead = _without_lead(now.words, lead)
    middle, kept_tail = _without_tail(middle, tail)
    if not now.action:
        return replace(now, text=middle) if kept_lead else now
    if not kept_lead or (not lead and _names_somebody(middle, before, lexicon)):
        if _only_renamed(now.words, before, lead, lexicon):
            return replace(now, text=before.text)
        return _typed_in_front(now, before) if now.owner is None else now
    held = replace(now, text=middle, owner=before.owner, due=before.due)
    if tail and kept_tail:
        return held
    return _due_behind(replace(held, due=None), before, lexicon)


def _typed_in_front(now: Said, before: Said) -> Said:
    """Read words in front of a whole line of ours: who does it and when stay as they were."""
    if not now.words.endswith(f" {before.words}"):
        return now
    text = f"{now.words.removesuffix(before.words)}{before.text}"
    return replace(now, text=text, owner=before.owner, due=before.due)


def _names_somebody(words: str, before: Said, lexicon: Lexicon) -> bool:
    """Tell whether an owner now stands in front where nobody stood."""
    known = lexicon.promise(before.text, agreed=True).owner
    return known is None and lexicon.promise(words, agreed=True).owner is not None


def _only_renamed(words: str, before: Said, lead: str, lexicon: Lexicon) -> bool:
    """Tell whether nothing but who does it stands in front of the words that we know."""
    rest, folded = fold(before.words)[len(lead) :].lstrip(), fold(words)
    front = folded[: len(folded) - len(rest)]
    return folded.endswith(rest) and lexicon.promise(f"{front}w", agreed=True).text == "w"


def _frame(before: Said) -> tuple[str, str] | None:
    """Return what stood in front of the entry's words and behind them."""
    whole, text = fold(before.words), fold(before.text)
    at = whole.find(text)
    if at < 0:
        return None
    return whole[:at].strip(), whole[at + len(text) :].strip()


def _without_lead(words: str, lead: str) -> tuple[str, bool]:
    """Take what we wrote in front off a line; say whether it was there."""
    if not lead:
        return words, True
    for end in range(len(lead) + _UNSEEN):
        if fold(words[:end]) == lead:
            return words[end:].lstrip(), True
    return words, False


def _without_tail(words: str, tail: str) -> tuple[str, bool]:
    """Take what we wrote behind off a line, wherever it stands now; say whether it did."""
    if not tail:
        return words, True
    for start in reversed(range(len(words))) if tail in fold(words) else ():
        found = _stretch(words, start, tail)
        if found is not None:
            return _around(words, start, found), True
    return words, False


def _stretch(words: str, start: int, tail: str) -> int | None:
    """Return where the words from `start` on say `tail`."""
    if not fold(words[start:]).startswith(tail):
        return None
    for size in range(len(tail) + _UNSEEN):
        if fold(words[start : start + size]) == tail:
            return start + size
    return None


def _around(words: str, start: int, end: int) -> str:
    return " ".join(part for part in (words[:start].rstrip(), words[end:].lstrip()) if part)


def _due_behind(said: Said, before: Said, lexicon: Lexicon) -> Said:
    """Find the day in what stands behind the words that we know."""
    known, text = fold(before.text), said.text
    start = next((n for n in range(len(text)) if fold(text[:n]) == known), None)
    if start is None:
        start = 0 if find_due(before.text, lexicon.today) is None else len(text)
    due = find_due(text[start:], lexicon.today)
    if due is None:
        return said
    return replace(said, text=_around(text, start + due.start, start + due.end), due=due.day)


def signs_inside(now: Said, before: Said, lexicon: Lexicon) -> Said:
    """Read signs that stand before what we write behind the words: "Budget !! bis 12.06."."""
    if now.text == before.text:
        return now
    inside, own = (lexicon.marks_in(BOX + text) for text in (now.text, before.text))
    hidden, ticked = inside.hidden and not own.hidden, inside.ticked and not own.ticked
    if not (hidden or ticked):
        return now
    marks = now.marks._replace(hidden=now.marks.hidden or hidden, ticked=now.marks.ticked or ticked)
    return replace(now, text=inside.words, marks=marks)


def without_done(now: str, before: str) -> tuple[str, bool]:
    """Take "done" off a line that else says what it said: behind it, or in front of it."""
    known = fold(before)
    folded = fold(now)
    behind = folded.startswith(known) and _DONE.fullmatch(folded[len(known) :].casefold())
    front = folded[: len(folded) - len(known)].casefold() if folded.endswith(known) else ""
    if behind or (known and _DONE_BEFORE.fullmatch(front)):
        return before, True
    return now, False
