"""Recognise entries in a body by text, order and section: exact first, then what is like them.

Twins (equal lines) and edited lines are told apart by their neighbours: between two lines that
are sure, the best pairing that keeps the order wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from rapidfuzz.fuzz import ratio

from core.body.lexicon import Lexicon
from core.body.near import Near, Slot, is_free
from core.body.rows import Row, RowKind
from core.body.words import bare

LIKE: Final = 0.62
"""From here on a line is an edit of another."""
LIKE_IN_PLACE: Final = 0.42
"""The same for a line with a box in the very place of the other."""
_SAME: Final = 3.0
_OTHERS: Final = 40
"""Entries at most whose words are compared with a line that stands in another's place."""
_MORE: Final = 0.1
"""So much more another one has to be alike."""
_LONGEST: Final = 20_000
"""In a longer line a whole block ran together: it is no one entry's."""
_GRID: Final = 2_500
"""Cells up to which a gap is solved exactly; larger ones are searched near the diagonal."""


def match_exactly(rows: Sequence[Row], slots: Sequence[Slot], lexicon: Lexicon) -> None:
    """Pair lines whose words are the same, where no twin makes it doubtful."""
    by_key = _rows_by_key(rows, lexicon)
    waiting: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.keys:
            waiting[slot.keys[0]].append(slot)
    for known, wanted in waiting.items():
        found = by_key.get(known, [])
        if len(found) == len(wanted):
            _pair(rows, found, wanted)


def match_in_place(
    rows: Sequence[Row], slots: Sequence[Slot], lexicon: Lexicon, *, whole: bool
) -> None:
    """Pair split lines, then what stands between two sure lines.

    `whole`: nothing is broken, so that the place says something.
    """
    _match_split(rows, unmatched(rows, slots), lexicon)
    _match_gaps(rows, slots, lexicon, in_place=whole)


def match_moved(rows: Sequence[Row], slots: Sequence[Slot], lexicon: Lexicon) -> None:
    """Pair what was moved, and then what was moved and edited."""
    for nth in range(max((len(s.keys) for s in slots), default=0)):
        _match_equal(rows, unmatched(rows, slots), lexicon, nth)
    _match_alike(rows, slots, lexicon)


def _rows_by_key(
    rows: Sequence[Row], lexicon: Lexicon, *, loosely: bool = False
) -> dict[str, list[int]]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        if is_free(row):
            for known in lexicon.keys_of(row.words, row.marks)[: None if loosely else 1]:
                by_key[known].append(n)
    return by_key


def unmatched(rows: Sequence[Row], slots: Sequence[Slot]) -> list[Slot]:
    """Return the entries that no line has been found for."""
    seen = {row.entry for row in rows}
    return [slot for slot in slots if slot.entry not in seen]


def _match_equal(rows: Sequence[Row], slots: Sequence[Slot], lexicon: Lexicon, nth: int) -> None:
    by_key = _rows_by_key(rows, lexicon, loosely=nth > 0) if slots else {}
    waiting: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        if nth < len(slot.keys) and slot.keys[nth] in by_key:
            waiting[slot.keys[nth]].append(slot)
    for known, wanted in waiting.items():
        _pair(rows, [n for n in by_key[known] if is_free(rows[n])], wanted)


def _pair(rows: Sequence[Row], found: list[int], wanted: list[Slot]) -> None:
    """Pair equal lines: by section, those with a box first, then in order."""
    places = sorted(rows[n].section for n in found)
    if len(found) == len(wanted) and places != sorted(slot.section for slot in wanted):
        for slot, n in zip(wanted, found, strict=True):
            rows[n].entry = slot.entry
        return
    by_section: dict[int, list[int]] = defaultdict(list)
    for n in found:
        by_section[rows[n].section].append(n)
    slots: dict[int, list[Slot]] = defaultdict(list)
    for slot in wanted:
        slots[slot.section].append(slot)
    left = [s for place, some in slots.items() for s in _paired(rows, by_section[place], some)]
    _paired(rows, sorted(n for n in found if rows[n].entry is None), left)


def _paired(rows: Sequence[Row], found: Sequence[int], wanted: Sequence[Slot]) -> Sequence[Slot]:
    """Pair in order, lines with a box first where there are too many; return what is left."""
    boxed = sorted(found, key=lambda n: not rows[n].marks.box)[: len(wanted)]
    for slot, n in zip(wanted, sorted(boxed), strict=False):
        rows[n].entry = slot.entry
    return wanted[len(boxed) :]


def _match_split(rows: Sequence[Row], slots: Sequence[Slot], lexicon: Lexicon) -> None:
    """Recognise a line that somebody broke in two: the first half is the entry."""
    whole: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        whole[bare(slot.shown or "")].append(slot)
    free = [row for row in rows if is_free(row)] if whole else []
    for one, other in pairwise(free):
        if one.entry is not None or one.heir is not None:
            continue
        head, tail = bare(one.words), bare(other.words)
        twins = whole.get(head + tail) if head and tail else None
        if not twins:
            continue
        slot = next((s for s in twins if s.section == one.section), twins[0])
        twins.remove(slot)
        own = bare(slot.text)
        if own and own in tail and not lexicon.is_hidden(slot.shown or ""):
            # Only what we write in front, a name, was cut off.
            other.entry, other.words, one.kind = slot.entry, slot.shown or "", RowKind.OURS
            continue
        one.entry, other.heir = slot.entry, slot.entry
        if lexicon.is_hidden(slot.shown or "") or (own and own in head):
            one.words, other.kind = slot.shown or "", RowKind.OURS


def _match_gaps(
    rows: Sequence[Row], slots: Sequence[Slot], lexicon: Lexicon, *, in_place: bool
) -> None:
    place = {row.entry: n for n, row in enumerate(rows) if row.entry is not None}
    waiting = [slot for slot in slots if slot.shown is not None and slot.entry not in place]
    doubt = in_place and len(waiting) <= _OTHERS
    for run, low, high in gaps(slots, place, len(rows)):
        free = [n for n in range(low + 1, high) if is_free(rows[n])]
        if len(free) * len(run) > _GRID:
            continue
        found = _best(run, free, rows, lexicon, in_place=in_place)
        paired = {slot.entry for slot, _ in found}
        others = [slot for slot in waiting if slot.entry not in paired] if doubt else []
        for slot, n in found:
            if not _is_anothers(rows[n], slot, others, lexicon):
                rows[n].entry = slot.entry


def _is_anothers(row: Row, slot: Slot, others: Sequence[Slot], lexicon: Lexicon) -> bool:
    """Tell whether a line's words speak clearly for another entry, moved into this one's place."""
    if not others:
        return False
    mine = likeness(slot, row, lexicon, in_place=True) + _MORE
    return any(likeness(one, row, lexicon, in_place=False) > mine for one in others)


def gaps(
    slots: Sequence[Slot], place: Mapping[str, int], end: int
) -> Iterator[tuple[list[Slot], int, int]]:
    """Yield the runs of shown entries that are not found, with the rows around them."""
    run: list[Slot] = []
    low = -1
    for slot in sorted((s for s in slots if s.shown is not None), key=lambda s: s.place):
        if slot.entry not in place:
            run.append(slot)
            continue
        if run:
            yield run, low, place[slot.entry]
        run, low = [], place[slot.entry]
    if run:
        yield run, low, end


def _best(
    run: Sequence[Slot],
    free: Sequence[int],
    rows: Sequence[Row],
    lexicon: Lexicon,
    *,
    in_place: bool,
) -> list[tuple[Slot, int]]:
    """Return the pairing of highest likeness that keeps the order."""
    pairs = [[likeness(s, rows[n], lexicon, in_place=in_place) for n in free] for s in run]
    total = [[0.0] * (len(free) + 1) for _ in range(len(run) + 1)]
    for i in range(len(run) - 1, -1, -1):
        for j in range(len(free) - 1, -1, -1):
            pair = pairs[i][j] + total[i + 1][j + 1] if pairs[i][j] else 0.0
            total[i][j] = max(pair, total[i + 1][j], total[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(run) and j < len(free):
        if pairs[i][j] and total[i][j] == pairs[i][j] + total[i + 1][j + 1]:
            found.append((run[i], free[j]))
            i, j = i + 1, j + 1
        elif total[i][j] == total[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _match_alike(rows: Sequence[Row], slots: Sequence[Slot], lexicon: Lexicon) -> None:
    """Pair edited lines that were moved: the best pairs first, so that luck never decides."""
    waiting = [s for s in unmatched(rows, slots) if s.shown is not None]
    near = Near(rows, slots)
    found: list[tuple[float, int, int, int]] = []
    for at, slot in enumerate(waiting):
        for n in near.candidates(slot):
            score = likeness(slot, rows[n], lexicon, in_place=False)
            if score:
                found.append((-score, abs(near.expected(slot) - n), n, at))
    taken: set[int] = set()
    for _, _, n, at in sorted(found):
        if rows[n].entry is None and at not in taken:
            rows[n].entry = waiting[at].entry
            taken.add(at)


def likeness(slot: Slot, row: Row, lexicon: Lexicon, *, in_place: bool) -> float:
    """Return how well a line may be an entry's, edited; 0: it is none."""
    one, other = lexicon.key(slot.shown or ""), lexicon.key(row.words)
    if one == other:
        return _SAME + (0.5 if row.section == slot.section else 0)
    if len(other) > _LONGEST:
        return 0.0
    promise = lexicon.promise(row.words, agreed=False)
    if promise.marked and not lexicon.promise(slot.shown or "", agreed=False).marked:
        # Words that say who does it may have been typed in front.
        other = lexicon.key(promise.text)
    alike = ratio(one, other) / 100
    if one in lexicon.hidden_keys:  # it may stand there in either language
        alike = max(ratio(words, other) / 100 for words in lexicon.hidden_keys)
    if alike < LIKE and min(len(one), len(other)) >= 8 and (one in other or other in one):
        alike = LIKE
    if alike < LIKE and (_holds(one, other) or _has_own(slot, other, lexicon)):
        alike = LIKE
    if alike >= LIKE:
        return alike + (0.05 if row.section == slot.section else 0)
    if row.marks.box and (other.startswith(f"{one} ") or one.startswith(f"{other} ")):
        return max(alike, LIKE_IN_PLACE)
    if in_place and row.marks.box and alike >= LIKE_IN_PLACE:
        return alike
    return 0.0


def _has_own(slot: Slot, other: str, lexicon: Lexicon) -> bool:
    """Tell whether an entry's own words stand there, without a name that stood in front."""
    own = lexicon.key(slot.text) if slot.text and slot.shown else ""
    return len(own) >= 8 and own in other and not lexicon.is_hidden(slot.shown or "")


def _holds(one: str, other: str) -> bool:
    """Tell whether all words of a line stand in another in their order, with more between them."""
    words = one.split()
    if len(words) < 2:
        return False
    rest = iter(other.split())
    return all(word in rest for word in words)
