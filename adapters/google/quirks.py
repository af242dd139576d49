"""Where Google does otherwise than one would think, and what we do about it."""

from __future__ import annotations

import re

from core.model.calendar import BodyForm

DESCRIPTION_LIMIT = 8192
"""Characters, markup included. Not documented; quoted by support.nylas.com (10571467644957)."""

_RANGE = re.compile(r"_R\d{8}(?:T\d{6})?(?=@|$)")
_MARKUP = re.compile(
    r"</?(?:br|ul|ol|li|b|i|u|a|span|p|div|strong|em|html-blob|h[1-6])(?:\s[^>]*)?/?>"
    r"|&(?:lt|gt|amp|nbsp|quot|#\d+);",
    re.IGNORECASE,
)
_JOIN_BLOCK = re.compile(r"-::~(?::~)+.*?-::~(?::~)+", re.DOTALL)


def body_form(description: str) -> BodyForm:
    """Tell markup from plain text: the field holds either and no flag says which.

    A tag counts only with a name that Google's editor writes: `<https://…>` in a plain text is
    a link and no tag (kewisch/gdata-provider#316).
    """
    return BodyForm.HTML if _MARKUP.search(description) else BodyForm.TEXT


def series_base(uid_or_id: str) -> str:
    """What all parts of a series that was split ("this and following") share.

    Google names them BASE, BASE_R20261202T090000 and so on, without nesting. An occurrence's id
    says nothing about its part, so a series is never derived from it.
    """
    return _RANGE.sub("", uid_or_id)


def join_block(description: str) -> str | None:
    """The Meet block between its two lines, which must outlive every write."""
    found = _JOIN_BLOCK.search(description)
    return found[0] if found else None
