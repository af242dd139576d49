"""Web addresses in what people write become links; everything else stays words."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{}|]+[^\s<>\"'`\\^{}|.,;:!?)\]]")
_LINK = Markup('<a href="{0}" rel="noreferrer noopener">{0}</a>')


def linked(text: str) -> Markup:
    """Return words as markup, with a link for each address; of http and https alone."""
    made, at = Markup(), 0
    for found in _ADDRESS.finditer(text):
        made += escape(text[at : found.start()]) + _LINK.format(found[0])
        at = found.end()
    return made + escape(text[at:])
