"""A task's texts within what its tool takes; the whole of a cut title stands in the notes."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

from core.model.tasks import TaskDraft, TaskLimits

CUT: Final = "…"
"""Ends what goes on elsewhere."""
_JOINER = "\u200d"
_GAP = "\n\n"


def fitted(draft: TaskDraft, limits: TaskLimits) -> TaskDraft:
    """Return a draft that its tool takes whole: the same one gives the same."""
    title = _within(draft.title, limits.title)
    texts = (draft.notes,) if title == draft.title else (draft.title, draft.notes)
    notes = _within(_GAP.join(filter(None, texts)), limits.notes)
    return replace(draft, title=title, notes=notes)


def whole_title(whole: str, shown: str, edited: str) -> str:
    """Return the text after its owner has edited the title that stands for it.

    Where the mark of a cut still ends it, only what was shown was edited and the rest stays.
    """
    head = shown.removesuffix(CUT)
    if shown == whole or not whole.startswith(head) or not edited.endswith((CUT, "...")):
        return edited
    return edited.removesuffix(CUT).removesuffix("...").rstrip() + whole[len(head) :]


def notes_after(before: str, ours: str, theirs: str, limits: TaskLimits) -> str:
    """Return a task's notes where what we say there has changed; what its owner wrote stays."""
    if before == ours:
        return theirs
    if before and before in theirs:
        return _within(theirs.replace(before, ours, 1).strip("\n"), limits.notes)
    if not before and theirs:
        return _within(_GAP.join(filter(None, (ours, theirs))), limits.notes)
    return ours


def _within(text: str, most: int | None) -> str:
    if most is None or _size(text) <= most:
        return text
    head = text[: _fits(text, most - _size(CUT))]
    words = head if text[len(head)].isspace() else head[: _last_gap(head)]
    return words.rstrip() + CUT


def _fits(text: str, most: int) -> int:
    """Return how many characters go into so much room, none of them torn."""
    used = count = 0
    for character in text:
        used += _size(character)
        if used > most:
            break
        count += 1
    while count and _goes_on(text, count):
        count -= 1
    return count


def _goes_on(text: str, at: int) -> bool:
    """Tell whether what begins here belongs to the character before."""
    here = text[at]
    joined = _JOINER in (here, text[at - 1]) or unicodedata.category(here) in ("Mn", "Me", "Mc")
    return joined or 0x1F3FB <= ord(here) <= 0x1F3FF


def _last_gap(head: str) -> int:
    """Return where the last whole word ends; one endless word is cut where it must be."""
    gap = max(head.rfind(" "), head.rfind("\n"))
    return gap if gap > len(head) // 2 else len(head)


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
