"""Our own plain prose as markup: paragraphs, lists and code; nothing else is markup."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`]+)`")
_ITEM = "- "


def prose(text: str) -> Markup:
    """Return paragraphs; lines that begin with a dash are a list."""
    made = Markup()
    for part in text.split("\n\n"):
        lines = part.splitlines()
        items = [line for line in lines if line.startswith(_ITEM)]
        words = " ".join(line for line in lines if not line.startswith(_ITEM))
        if words:
            made += Markup("<p>{}</p>").format(_inline(words))
        if items:
            listed = (Markup("<li>{}</li>").format(_inline(i.removeprefix(_ITEM))) for i in items)
            made += Markup("<ul>{}</ul>").format(Markup().join(listed))
    return made


def _inline(text: str) -> Markup:
    made, at = Markup(), 0
    for code in _CODE.finditer(text):
        made += escape(text[at : code.start()]) + Markup("<code>{}</code>").format(code[1])
        at = code.end()
    return made + escape(text[at:])
