"""Text as people see it: what differs only by what clients do to it is folded away."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Final

from core.body.links import plain_links
from core.body.remembered import remembered

_GONE: Final = dict.fromkeys(
    [
        *range(0x00, 0x09),
        *range(0x0E, 0x20),
        *range(0x7F, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        0xFEFF,
        *range(0xE0000, 0xE0080),
    ]
)
_SAME: Final = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "′": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "«": '"',
        "»": '"',
        "″": '"',
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "−": "-",
        "⁄": "/",
        "×": "x",
        "△": "▲",
        "▽": "▼",
        "→": "->",
        "⇒": "=>",
        "←": "<-",
        "☐": "[ ]",
        "☑": "[x]",
        "☒": "[x]",
        "☺": ":)",
        "☹": ":(",
        "©": "(c)",
        "®": "(r)",
        "™": "(tm)",
    }
)
_LOST: Final = str.maketrans(dict.fromkeys(map(chr, range(55296, 57344)), "�"))
_SAME_OR_GONE: Final = {**_GONE, **_SAME, **_LOST}
_DASHES: Final = re.compile(r"-{2,}")
_DRAWN: Final = " -‐‑‒–—―−=_*#~.·•…─━═"
_NO_WORD: Final = re.compile(r"[\W_]+")
_UNKNOWN: Final = re.compile(r"[?\ufffd]+")

_MISREAD: Final = frozenset("ÃâÂð")
"""What a sign begins with whose bytes were taken for letters."""
_UNUSUAL: Final = _MISREAD.union(map(chr, _SAME_OR_GONE))
_WESTERN: Final = {
    ord(bytes([n]).decode("cp1252")): n
    for n in range(0x80, 0xA0)
    if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def tidy(text: str) -> str:
    """Return a text with single blanks, and none at its edges."""
    if "  " not in text and text.isprintable() and text[:1] != " " != text[-1:]:
        return text
    return " ".join(text.split())


def bared(text: str) -> str:
    """Return a text without signs that nobody sees."""
    return INVISIBLE.sub("", text) if not text.isascii() else text


@remembered
def clean(text: str) -> str:
    """Return a person's words as we keep them: single blanks, nothing that breaks encoders."""
    if not text.isprintable():
        text = text.translate(_LOST).replace("\x00", " ")
    return tidy(text)


@remembered
def fold(text: str) -> str:
    """Return what a reader sees: quotes, dashes, blanks and invisible signs made equal."""
    if "&" in text and ";" in text:
        text = unescape(text)
    if not text.isascii():
        if not _UNUSUAL.isdisjoint(text):
            text = repaired(text).translate(_SAME_OR_GONE)
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text).translate(_SAME_OR_GONE)
    elif not text.isprintable():
        text = text.translate(_GONE)
    if "http" in text or "mailto:" in text:
        text = plain_links(text)
    if "--" in text:
        text = _DASHES.sub("-", text)
    return tidy(text)


def repaired(text: str) -> str:
    """Return a text as it was before a host took its UTF-8 for a western code page."""
    if _MISREAD.isdisjoint(text):
        return text
    try:
        return text.translate(_WESTERN).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def key(text: str) -> str:
    """Return what two lines share that say the same, but for capitals."""
    return fold(text).casefold()


def bare(text: str) -> str:
    """Return letters and digits alone."""
    return _NO_WORD.sub("", key(text))


def is_drawn(text: str) -> bool:
    """Tell whether a line was only drawn, as a rule between others is: nothing is said in it."""
    return not text.strip(_DRAWN)


def same_words(seen: str, known: str) -> bool:
    """Tell whether `seen` is `known` after all that hosts do to text on their way."""
    one, other = fold(seen), fold(known)
    if one == other:
        return True
    if one.replace(" ", "") == other.replace(" ", "") and len(one) < len(other):
        # Some clients eat the blank at the fold of an iCalendar line (calendarize issue 724).
        return True
    if "?" not in one:
        return False
    return _downgraded(one, "cp1252") == _downgraded(other, "cp1252") or (
        one.isascii() and _downgraded(one, "ascii") == _downgraded(other, "ascii")
    )


def _downgraded(text: str, page: str) -> str:
    """Return text as old code pages leave it: what they lack is a question mark."""
    return _UNKNOWN.sub("?", text.encode(page, "replace").decode(page))
