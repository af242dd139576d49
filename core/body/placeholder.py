"""The line that stands for a confidential point: known also with words typed into it."""

from __future__ import annotations

import re
from typing import Final

from core.body.words import repaired

_WORDS: Final = (
    ("vertraulich", "nur", "im", "gespräch"),
    ("confidential", "in", "person", "only"),
)
_WIDE: Final = str.maketrans("（）［］", "()[]")
_TOKEN: Final = re.compile(r"\S+")
_BEGUN: Final = re.compile(r"\(\s*(?:vertraulich|confidential)\b(?!\s*\))", re.IGNORECASE)
_GLUED: Final = re.compile(r"(?<=\S)(?=\((?:vertraulich|confidential)\s*\S)", re.IGNORECASE)
"""Where a placeholder was joined to the end of another line."""
_CLOSED: Final = re.compile(r"(?<=\))(?=\w)")
"""Where another line was joined to a placeholder's end."""
_SIGNS: Final = "()[]-–—?!.,:;*_\"'"


def beside_placeholder(text: str) -> str | None:
    """Return the words of a line beside our placeholder in it; None: there is none."""
    text = repaired(text)
    if "（" in text:
        text = text.translate(_WIDE)
    low = text.casefold()
    for words in _WORDS:
        rest = _beside(text, words) if words[0] in low else None
        if rest is not None:
            return rest
    return None


def may_begin_placeholder(text: str) -> bool:
    """Tell whether a placeholder may begin in this line and end in the next."""
    return _BEGUN.search(text) is not None


def is_end_of_placeholder(text: str) -> bool:
    """Tell whether a line is nothing but the last words of a placeholder."""
    if ")" not in text:
        return False
    bare = [token.strip(_SIGNS).casefold() for token in _TOKEN.findall(text)]
    said = [word for word in bare if word]
    return any(
        said and len(said) < len(words) and all(map(_is_word, said, words[-len(said) :]))
        for words in _WORDS
    )


def _beside(text: str, words: tuple[str, ...]) -> str | None:
    """Take the placeholder's words out in their order, with its brackets and dash."""
    at, rest, opened = 0, [], False
    for found in _TOKEN.finditer(_CLOSED.sub(" ", _GLUED.sub(" ", text))):
        token = found[0]
        bare = token.strip(_SIGNS).casefold()
        if at < len(words) and _is_word(bare, words[at]) and (opened or token.startswith("(")):
            opened, at = True, at + 1
        elif not (0 < at < len(words) and not bare):
            rest.append(token)
    return " ".join(rest) if at == len(words) else None


def _is_word(seen: str, word: str) -> bool:
    if word == "gespräch":
        # Code pages and decomposed letters change the umlaut.
        return re.fullmatch(r"gespr\S{1,3}ch", seen) is not None
    return seen == word
