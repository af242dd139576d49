"""What the engine reads of a tag itself: where a link leads, and whether the tag was cut off."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from core.body.links import unwrap
from core.body.tags import KNOWN

_HREF: Final = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_ORIGINAL: Final = re.compile(r"\boriginalsrc\s*=\s*\"([^\"]*)\"", re.IGNORECASE)
CHECKED: Final = re.compile(r"\schecked\b", re.IGNORECASE)
BOX: Final = re.compile(r"\btype\s*=\s*[\"']?checkbox", re.IGNORECASE)
DRAWN: Final = re.compile(r"mso-list\s*:\s*Ignore|\bMsoCommentReference\b", re.IGNORECASE)
"""Of Word's own: the sign in front of an item, and the number of a comment."""
MSO_ITEM: Final = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.IGNORECASE)
_EMOJI: Final = re.compile(r"\balt\s*=\s*(?:\"([^\"\w]{1,12})\"|'([^'\w]{1,12})')", re.IGNORECASE)
TASK: Final = re.compile(
    r"\b(?:data-(?:list|checked)|aria-checked)\s*=\s*[\"']?(checked|true|unchecked|false)\b",
    re.IGNORECASE,
)

_NAMESPACED: Final = re.compile(r"[a-z]\w{0,2}:\w{0,9}|(?:o|w|v|m|st1|u1|x):\w+")
"""A name of Office's own, such as `o:p`, whole or begun."""
_LONGEST: Final = 17
"""What is longer is no tag's name, whole or begun."""
_ANGLE: Final = re.compile("[<>]")
_DECLARED: Final = re.compile(r"<!-{0,2}(?:\[[^<>]{0,80})?")
"""The beginning of a comment or condition; words behind it may be somebody's."""


def href_in(content: str, start: int, end: int) -> str:
    """Return where a link leads, without what gateways wrapped around it; else nothing."""
    original = _ORIGINAL.search(content, start, end)
    found = original or _HREF.search(content, start, end)
    if found is None:
        return ""
    href = unescape(next(group for group in found.groups() if group is not None)).strip()
    return unwrap(href) if href[:4].lower() == "http" else ""


def emoji_in(tag: str) -> str:
    """Return the emoji that an image or a chat's own tag stands for; other images say nothing."""
    found = _EMOJI.search(tag)
    return unescape(found[1] or found[2]).strip() if found else ""


def is_cut(content: str, at: int) -> bool:
    """Tell whether the source ends inside a tag's name or a condition."""
    if _DECLARED.fullmatch(content, at):
        return True
    if len(content) - at > _LONGEST:
        return False
    tail = content[at + 1 :].lstrip("/").lower()
    begun = tail and any(name.startswith(tail) for name in KNOWN)
    return bool(begun) or _NAMESPACED.fullmatch(tail) is not None


def is_last(content: str, at: int) -> bool:
    """Tell whether the source ends inside the tag that begins here."""
    return _ANGLE.search(content, at + 1) is None
