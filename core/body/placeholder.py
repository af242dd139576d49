"""The line that stands for a confidential point: known also with words typed into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from core.body.words import repaired

Words = tuple[str, ...]
_WORDS: Final[tuple[Words, ...]] = (
    ("vertraulich", "nur", "im", "gespräch"),
    ("confidential", "in", "person", "only"),
)
_WIDE: Final = str.maketrans("（）［］", "()[]")
_TOKEN: Final = re.compile(r"\S+")
_TORN: Final = re.compile(r"[^\s)]*\)+(?=\w)|\S+")
"""Behind a bracket that closes, another line may have been joined."""
_BEGUN: Final = re.compile(r"\(\s*(vertraulich|confidential)\b(?!\s*\))", re.IGNORECASE)
_GLUED: Final = re.compile(r"(?<=\S)(?=\((?:vertraulich|confidential)\s*\S)", re.IGNORECASE)
"""Where a placeholder was joined to the end of another line."""
_CLOSED: Final = re.compile(r"(?<=\))(?=\w)")
"""Where another line was joined to a placeholder's end."""
_SIGNS: Final = "()[]-–—?!.,:;*_\"' "


class Stretch(NamedTuple):
    """A stretch of a line that says some words of a placeholder, but not its first."""

    start: int
    end: int
    words: Words
    before: Words
    """The words between the first and these."""
    closes: bool
    """Whether it says the last one, with the bracket behind it."""


def beside_placeholder(text: str) -> str | None:
    """Return the words of a line beside our placeholder in it; None: there is none."""
    low = text.casefold()
    for words in _WORDS:
        rest = _beside(_as_written(text), words) if words[0] in low else None
        if rest is not None:
            return rest
    return None


def _as_written(text: str) -> str:
    text = repaired(text)
    return text.translate(_WIDE) if "（" in text else text


def begun_in(text: str) -> tuple[Words, list[int]] | None:
    """Return the placeholder that begins in a line and where there its first words may end.

    None: none begins there.
    """
    text = text.translate(_WIDE)
    begun = _BEGUN.search(text)
    if begun is None:
        return None
    words = next(words for words in _WORDS if words[0] == begun[1].casefold())
    ends = [begun.end()]
    for token in _TORN.finditer(text, begun.end()):
        if len(ends) < len(words) and _is_word(_bare(token[0]), words[len(ends)]):
            ends.append(token.end())
    return words, ends


def pieces_in(text: str) -> list[Stretch]:
    """Return what may have been torn off a placeholder: what closes it, or stands at an edge."""
    text = text.translate(_WIDE)
    low = text.casefold()
    found: list[Stretch] = []
    for words in _WORDS:
        if any(word[:5] in low for word in words[1:]):
            tokens = list(_TORN.finditer(text))
            said = [_bare(token[0]) for token in tokens]
            found += [s for s in _runs(tokens, said, words) if s.closes or _at_edge(text, s)]
    return found


def _runs(tokens: Sequence[re.Match[str]], said: Sequence[str], words: Words) -> Iterator[Stretch]:
    """Yield the longest runs of a placeholder's words, its first left out, in no other brackets."""
    first = depth = 0
    while first < len(tokens):
        start = next((n for n in range(1, len(words)) if _is_word(said[first], words[n])), 0)
        behind, at = first + bool(start), start + bool(start)
        while (
            start and behind < len(tokens) and at < len(words) and _is_word(said[behind], words[at])
        ):
            behind, at = behind + 1, at + 1
        run = [token[0] for token in tokens[first : max(behind, first + 1)]]
        if start and not depth and "(" not in "".join(run):
            closes = at == len(words) and ")" in run[-1]
            span = tokens[first].start(), tokens[behind - 1].end()
            yield Stretch(*span, words[start:at], words[1:start], closes)
        else:
            depth = max(0, depth + sum(part.count("(") - part.count(")") for part in run))
        first += len(run)


def _at_edge(text: str, stretch: Stretch) -> bool:
    return not (_bare(text[: stretch.start]) and _bare(text[stretch.end :]))


def _beside(text: str, words: tuple[str, ...]) -> str | None:
    """Take the placeholder's words out in their order, with its brackets and dash."""
    at, rest, opened = 0, [], False
    for found in _TOKEN.finditer(_CLOSED.sub(" ", _GLUED.sub(" ", text))):
        token = found[0]
        bare = _bare(token)
        if at < len(words) and _is_word(bare, words[at]) and (opened or token.startswith("(")):
            opened, at = True, at + 1
        elif not (0 < at < len(words) and not bare):
            rest.append(token)
    return " ".join(rest) if at == len(words) else None


def _bare(token: str) -> str:
    return token.strip(_SIGNS).casefold()


def _is_word(seen: str, word: str) -> bool:
    if word == "gespräch":
        # Code pages and decomposed letters change the umlaut.
        return re.fullmatch(r"gespr\S{1,3}ch", seen) is not None
    return seen == word
