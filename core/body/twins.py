"""Lines that stand in a body twice without anybody having typed them: pasted blocks, cut ends."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from core.body.lexicon import Lexicon
from core.body.rows import Row, RowKind, Texts
from core.body.values import DamageKind
from core.body.words import bare

_PROMPTS = ("Neue Punkte einfach darunter schreiben", "New points: just")
_FENCES = ("1:1-Agenda Ende", "Ende 1:1-Agenda", "end of 1:1 agenda")


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
            first[lexicon.key(row.words)].append(row.entry)
    used: Counter[str] = Counter()
    for row in rows:
        if not row.twin:
            continue
        words = lexicon.key(row.words)
        names = first.get(words)
        if names:
            row.entry = names[used[words] % len(names)]
            used[words] += 1
        else:
            row.kind = RowKind.OURS


def mark_cut(rows: list[Row], texts: Texts, lexicon: Lexicon) -> list[DamageKind]:
    """Forget the last line where it is only what a cut left of one of ours."""
    while rows and rows[-1].kind is RowKind.OURS:
        rows.pop()
    if not rows or rows[-1].kind is not RowKind.WORDS:
        return []
    row = rows[-1]
    if lexicon.key(row.words) in texts.entries:
        return []
    rest = bare(row.words.rstrip(".… "))
    ours = [*texts.headings, *(bare(k) for k in texts.entries), "neuepunkte", "newpoints"]
    ours += [bare(words) for words in (*_PROMPTS, *_FENCES)]
    if rest and not any(whole.startswith(rest) for whole in ours):
        return []
    row.cut = True
    return [DamageKind.TRUNCATED]
