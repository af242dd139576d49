"""How the tests compare and count words, on their own and not by the engine's means."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD])
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Return text composed, without invisible characters, with single blanks."""
    composed = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return " ".join(composed.replace("\ufe0f", "").split())


def count_words(text: str) -> Counter[str]:
    """Count the words of plain text, whatever stands between them."""
    return Counter(_WORD.findall(plain(text).casefold()))


def seen_in_html(content: str) -> str:
    """Return roughly what a reader sees: tags are breaks, references are resolved."""
    bare = re.sub(r"(?s)<!--.*?-->|<(style|script|head)\b.*?</\1>", " ", content)
    inline = re.sub(r"(?i)</?(span|b|i|u|a|em|strong|font|o:p)\b[^<>]*>", "", bare)
    return html.unescape(re.sub(r"(?s)</?[a-zA-Z!][^<>]*>", "\n", inline))
