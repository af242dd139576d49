"""Lines that stand in a body twice without anybody having typed them: pasted blocks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from core.body.lexicon import Lexicon
from core.body.rows import Row, RowKind, Texts


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


def mark_pasted(rows: Sequence[Row], texts: Texts, lexicon: Lexicon) -> None:
    """Where the whole block was pasted into itself, its lines are twins from there on."""
    headings = Counter(row.section for row in rows if row.kind is RowKind.HEADING)
    if sum(count > 1 for count in headings.values()) < 2:
        return
    seen: set[str] = set()
    for row in rows:
        words = lexicon.key(row.words)
        known = row.kind is RowKind.WORDS and words in texts.entries
        row.twin = row.twin or (known and len(texts.entries[words]) < 2 and words in seen)
        seen.add(words)


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
