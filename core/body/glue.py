"""Take lines apart that a client or a slip of the finger ran together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final

from core.body.headings import ALL, EITHER_SIGN, known_headings
from core.body.lexicon import Lexicon, begins_prompt, either_rest
from core.body.lines import Line
from core.body.rows import Texts
from core.body.torn import mended
from core.body.words import bare
from core.model.agenda import Section, SectionKind

_BOX: Final = re.compile(r"(?<!\s)\s*(?:[-*•]\s+)?(?=\[[ xX~]?\]|[☐☑☒])")
"""Where a line with a box begins, behind the bullet that a client drew in front of it."""
_LISTED: Final = re.compile(r"\(?\w{1,3}[.)]")
"""A list's number or letter, which stands in front of a box."""
_EITHER: Final = re.compile(rf"\s+(?={EITHER_SIGN}\s*(?:oder|or)\s*:)", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"\s*(?:[(/&+,]|(?:und|oder|and|or)\b)", re.IGNORECASE)
"""What stands behind a heading's first words where the heading itself goes on."""
_LONGEST: Final = 20_000
_MOST: Final = 400


def unglued(
    lines: Sequence[Line],
    sections: Sequence[Section],
    texts: Texts,
    lexicon: Lexicon,
    whole: Mapping[str, int] = MappingProxyType({}),
) -> list[Line]:
    """Return the lines with each on its own again, as far as we know where one ends.

    `whole`: keys of lines that stand as they should, and how often they stood in the base.
    """
    seams = _Seams(lines, sections, texts, lexicon)
    missing = sum(whole.get(words, 0) for words in lexicon.hidden_keys)
    if missing:
        missing -= sum(lexicon.row_key(line) in lexicon.hidden_keys for line in lines)
    if missing > 0:
        lines = mended(lines, missing, seams.knows)
        seams = _Seams(lines, sections, texts, lexicon)
    found: list[Line] = []
    for n, line in enumerate(lines):
        if (
            not line.text
            or lexicon.key(lexicon.marks(line).words) in whole
            or seams.knows(line.text)
        ):
            found.append(line)
            continue
        pieces = seams.apart(line.text, seams.after(n))
        if len(pieces) < 2:
            found.append(line)
            continue
        first = line._replace(text=pieces[0])
        rest = [line._replace(text=p, indent=0, more=False, item=False) for p in pieces[1:]]
        found += [first, *rest]
    return found


class _Seams:
    """Knows what may stand on a line of its own."""

    def __init__(
        self,
        lines: Sequence[Line],
        sections: Sequence[Section],
        texts: Texts,
        lexicon: Lexicon,
    ) -> None:
        self.lines = lines
        self.texts = texts
        self.lexicon = lexicon
        self.sections = sections

    @cached_property
    def headings(self) -> list[tuple[str, str, int]]:
        """Headings as they are written and without capitals, and their sections."""
        people = self.lexicon.setting.people
        return [
            (words, words.casefold(), n)
            for n, section in enumerate(self.sections)
            for words in sorted(known_headings(section, people), key=len)[::-1]
        ]

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Headings without capitals."""
        return tuple(folded for _, folded, _ in self.headings)

    @cached_property
    def titled(self) -> set[int]:
        """Sections whose heading has a line of its own."""
        there = {bare(line.text) for line in self.lines}
        people = self.lexicon.setting.people
        return {
            n
            for n, section in enumerate(self.sections)
            if any(bare(words) in there for words in known_headings(section, people))
        }

    def _may_be(self, words: str, section: int) -> bool:
        """Tell whether a heading may be in a line with other words."""
        return section not in self.titled and bool(bare(words))

    @cached_property
    def empty(self) -> set[int]:
        """Sections without entries."""
        return {n for n, section in enumerate(self.sections) if not section.entries}

    @cached_property
    def prompts(self) -> list[str]:
        """Our prompt in each language without capitals, where it has no line of its own."""
        if any(begins_prompt(line.text) for line in reversed(self.lines)):
            return []
        return [w.prompt.rstrip(":").casefold() for w in ALL]

    def knows(self, text: str) -> bool:
        words = self.lexicon.marks_of_line(text).words
        return (
            self.lexicon.key(words) in self.texts.entries
            or self.lexicon.letters(text) in self.texts.headings
            or self.lexicon.letters(words) in self.texts.headings
            or self.lexicon.key(either_rest(words) or words) in self.texts.notes
        )

    def after(self, n: int) -> int | None:
        """Return the section of the entry on the next line; None where there is none."""
        for line in self.lines[n + 1 : n + 4]:
            if line.text:
                return self.texts.entries.get(self.lexicon.key(self.lexicon.marks(line).words))
        return None

    def apart(self, text: str, section_below: int | None) -> list[str]:
        if len(text) > _LONGEST:
            return [text]
        pieces = self._at_boxes(text)
        boxed = len(pieces) > 1
        found: list[str] = []
        for piece in pieces:
            head, tails = self._without_tails(piece, sure=boxed)
            lead, rest = self._lead(head, section_below if not tails else None)
            found += [part for part in (lead, rest, *tails) if part]
        return found

    def _at_boxes(self, text: str) -> list[str]:
        boxes = _BOX.finditer(text) if any(map(text.count, "[☐☑☒")) else ()
        cuts = [m.span() for m in boxes if self._ends_here(text[: m.start()])][:_MOST]
        if EITHER_SIGN in text:
            cuts = sorted({*cuts, *(found.span() for found in _EITHER.finditer(text))})[:_MOST]
        if not cuts:
            return [text]
        edges = [(0, 0), *cuts, (len(text), len(text))]
        parts = [text[a:b].strip() for (_, a), (b, _) in itertools.pairwise(edges)]
        known = (self.knows(self._without_tails(part, sure=True)[0]) for part in parts)
        return parts if any(known) else [text]

    def _ends_here(self, text: str) -> bool:
        """Tell whether a line may end here: behind a name and its colon, or "!!", words come."""
        marks = self.lexicon.marks_in(text.strip())
        words = marks.words
        if marks.hidden and not words:
            return False
        named = words.endswith(":") and self.lexicon.names.of(words[:-1]) is not None
        return bool(text.strip()) and not named and _LISTED.fullmatch(text.strip()) is None

    def _without_tails(self, text: str, *, sure: bool) -> tuple[str, list[str]]:
        """Take headings and the prompt off the end of a line."""
        tails: list[str] = []
        for _ in range(4):
            tail = self._tail(text, sure=sure)
            if tail is None:
                break
            text = text[: len(text) - len(tail)].rstrip()
            tails.insert(0, tail)
        return text, tails

    def _tail(self, text: str, *, sure: bool) -> str | None:
        low = text.casefold()
        if len(low) != len(text):
            return None
        for prompt in self.prompts:
            at = low.find(prompt)
            if at > 0 and (sure or self.knows(text[:at])):
                return text[at:]
        for words, folded, section in self.headings if low.endswith(self.folded) else ():
            if low.endswith(folded) and len(words) < len(text) and self._may_be(words, section):
                head = text[: len(text) - len(words)]
                if self.knows(head) or (sure and head.endswith(" ")):
                    return text[len(text) - len(words) :]
        return None

    def _lead(self, text: str, section_below: int | None) -> tuple[str, str]:
        """Take a heading off the front of a line."""
        low = text.casefold()
        for words, folded, section in self.headings if low.startswith(self.folded) else ():
            size = len(words)
            if not low.startswith(folded) or len(text) <= size:
                continue
            if not self._may_be(words, section):
                continue
            rest = text[size:].lstrip(" :–—-")
            apart = not text[size].isalnum()
            if rest and (
                self.knows(rest)
                or text[size] == ":"
                or (apart and self._is_typed_behind(text[size:], section, section_below))
                or self.lexicon.marks_in(rest).box
            ):
                return text[:size], text[size:].lstrip(" :")
        return "", text

    def _is_typed_behind(self, rest: str, section: int, section_below: int | None) -> bool:
        """Tell whether words behind a heading are a line, and not its title in other words."""
        if section in self.empty:
            return True
        title = self.sections[section].kind is SectionKind.TOPIC and _GOES_ON.match(rest)
        return section_below == section and not title
