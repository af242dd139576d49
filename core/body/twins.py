"""Lines that stand in a body twice without anybody having typed them: pasted blocks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from core.body.lexicon import Lexicon, prompt_rest
from core.body.lines import Line
from core.body.rows import Row, RowKind, Texts
from core.body.words import bare

_PROMPT: Final = "▼"
_BEGUN: Final = 8
"""Letters by which lines are looked up."""
_TIMES: Final = 60
"""How often at most a block is looked for in one: nobody pastes it more often."""
_MOST: Final = 16
"""Lines of the base that begin alike, with which a line is compared."""


def of_second_block(
    rows: Sequence[Row], texts: Texts, seen: set[str], lexicon: Lexicon
) -> list[Row]:
    """Keep of a second block what the first does not have; twins only to hold notes."""
    kept = []
    for row in rows:
        words = lexicon.key(row.words)
        if row.kind is RowKind.WORDS and words in texts.entries:
            row.twin = True
        elif _is_known(row, words, texts, seen):
            continue
        kept.append(row)
    return kept


def _is_known(row: Row, words: str, texts: Texts, seen: set[str]) -> bool:
    if row.kind is RowKind.EITHER:
        return words in texts.notes
    return row.kind is RowKind.WORDS and (words in texts.notes or words in seen)


def pieces(lines: Sequence[Line], texts: Texts, lexicon: Lexicon) -> list[Sequence[Line]]:
    """Cut a block's lines apart where the whole block was pasted into itself.

    Two of its headings, or one and the prompt, that stand there twice show it.
    """
    signs = [_sign(line, texts, lexicon) for line in lines]
    counts = Counter(sign for sign in signs if sign)
    often = [sign for sign, count in counts.items() if count > len(texts.headings.get(sign, "1"))]
    if len(often) < 2:
        return [lines]
    found: list[Sequence[Line]] = []
    start, seen = 0, Counter[str]()
    for n, sign in enumerate(signs):
        again = sign and seen[sign] >= len(texts.headings.get(sign, "1"))
        if again and len(found) < _TIMES:
            found.append(lines[start:n])
            start = n
            seen.clear()
        seen[sign] += 1
    return [*found, lines[start:]]


class Joined:
    """Lines of a base that may stand in one line now, in the order that they had."""

    def __init__(self, base: Sequence[Row], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.rows = [row for row in base if bare(_own(row))]
        self.bares = [bare(_own(row)) for row in self.rows]
        self.whole = set(self.bares)
        self.found: dict[str, list[Row]] = {}
        """Each text is looked for once."""
        self.first: dict[str, list[int]] = defaultdict(list)
        for n, words in enumerate(self.bares):
            self.first[words[:_BEGUN]].append(n)

    def apart(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Return the lines with each on its own again.

        Only where nothing is believed that is taken back: what was joined would stand twice.
        """
        found: list[Line] = []
        for line in lines:
            words = self.lexicon.marks(line).words
            rows = self.found.get(words)
            if rows is None:
                rows = self.found[words] = self._in(bare(words))
            if len(rows) < 2:
                found.append(line)
                continue
            first = line.text.removesuffix(words) + _own(rows[0])
            found.append(line._replace(text=first, raw=first))
            for row in rows[1:]:
                text = row.line.text
                found.append(line._replace(text=text, raw=text, indent=0, more=False, item=False))
        return found

    def _in(self, words: str) -> list[Row]:
        """Return the rows that these words are, one behind the other; none where they are one."""
        if words in self.whole:
            return []
        starts = [n for size in range(1, _BEGUN + 1) for n in self.first.get(words[:size], ())]
        for start in starts[:_MOST]:
            at, n = 0, start
            while n < len(self.bares) and words.startswith(self.bares[n], at):
                at, n = at + len(self.bares[n]), n + 1
            if at == len(words):
                return self.rows[start:n]
        return []


def _own(row: Row) -> str:
    return row.words if row.kind is RowKind.WORDS else row.line.text


def _sign(line: Line, texts: Texts, lexicon: Lexicon) -> str:
    """Return what shows where in the block a line stands: the heading that it is, or the prompt."""
    marks = lexicon.marks(line)
    if marks.box:
        return ""
    if prompt_rest(line.text) is not None:
        return _PROMPT
    letters = lexicon.letters(line.text)
    if letters not in texts.headings:
        return ""
    return "" if texts.knows(lexicon.key(marks.words)) else letters


def match_twins(rows: Sequence[Row], lexicon: Lexicon) -> None:
    """Give a second block's lines the entries of the first's."""
    first: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.entry is not None:
            for words in _keys(row, lexicon):
                first[words].append(row.entry)
    used: Counter[str] = Counter()
    for row in rows:
        if not row.twin:
            continue
        keys = _keys(row, lexicon)
        known = next((words for words in keys if first.get(words)), None)
        if known is not None:
            row.entry = first[known][used[known] % len(first[known])]
            used[known] += 1
        elif len(keys) == 1:
            row.kind = RowKind.OURS


def _keys(row: Row, lexicon: Lexicon) -> list[str]:
    """Return what a line may be known by: its words, and its placeholder with words behind it."""
    words, placeholder = lexicon.key(row.words), lexicon.row_key(row.line)
    hidden = placeholder in lexicon.hidden_keys and placeholder != words
    return [words, placeholder] if hidden else [words]
